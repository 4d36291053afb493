import type { Index, IndexElement, ObjectName } from '#core/schema/index.ts'
import { Tokens } from '#formats/shared/sql/tokens.ts'
import { withoutBrackets } from '../definitions/brackets.ts'
import { keyBetween } from '../definitions/keys.ts'
import { optionsOf } from '../options.ts'
import type { Asking, Reading } from '../reading.ts'
import { queryRowsOf, type Fields } from '../rows.ts'
import { hasOptions, joinIds } from '../sql.ts'
import { columnName } from './column-name.ts'
import { grouped, type ColumnRow, type ColumnRows } from './columns.ts'
import { printed } from '../definitions/printed.ts'

/** An index, whether it has a constraint or not. */
export interface IndexRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly method: string
  readonly isUnique: boolean
  /** Column numbers, 0 for expressions; those of INCLUDE at the end. */
  readonly keys: readonly number[]
  readonly keyCount: number
  /** Bits by key: 1 = descending, 2 = NULLS FIRST. */
  readonly order: readonly number[]
  /** Operator classes and collations by key. */
  readonly classes: readonly number[]
  readonly collations: readonly number[]
  /** Some key's operator class has options. */
  readonly hasClassOptions: boolean | null
  readonly nullsNotDistinct: boolean
  readonly isClustered: boolean
  readonly isReplicaIdentity: boolean
  readonly isPartitioned: boolean
  readonly predicate: string | null
  readonly options: readonly string[] | null
  readonly tablespace: string | null
  readonly parent: ObjectName | null
  readonly statistics: Readonly<Record<string, number>> | null
  readonly hasConstraint: boolean
}

export interface IndexRows {
  readonly of: (relation: number) => readonly IndexRow[]
  readonly byOid: ReadonlyMap<number, IndexRow>
  /** `pg_get_indexdef` of those that are not plain. */
  readonly definitions: ReadonlyMap<number, string>
}

const fields: Fields<IndexRow> = {
  oid: true,
  relation: true,
  name: true,
  method: true,
  isUnique: true,
  keys: true,
  keyCount: true,
  order: true,
  classes: true,
  collations: true,
  hasClassOptions: true,
  nullsNotDistinct: true,
  isClustered: true,
  isReplicaIdentity: true,
  isPartitioned: true,
  predicate: true,
  options: true,
  tablespace: true,
  parent: true,
  statistics: true,
  hasConstraint: true,
}

/** All indexes of the relations that are read, in the order they were made. */
export async function readIndexRows({ query, since, relations }: Reading): Promise<readonly IndexRow[]> {
  return queryRowsOf(
    query,
    fields,
    `SELECT i.indexrelid::int8 AS oid, i.indrelid::int8 AS relation, c.relname::text AS name, am.amname::text AS method, i.indisunique AS "isUnique",
       i.indkey::int2[] AS keys, i.indnkeyatts AS "keyCount", i.indoption::int2[] AS "order", i.indclass::oid[]::int8[] AS classes,
       i.indcollation::oid[]::int8[] AS collations, s.isset AS "hasClassOptions",
       ${since(150_000, 'i.indnullsnotdistinct', 'false')} AS "nullsNotDistinct",
       i.indisclustered AS "isClustered", i.indisreplident AS "isReplicaIdentity", c.relkind = 'I' AS "isPartitioned",
       CASE WHEN k.oid IS NULL AND i.indpred IS NOT NULL THEN pg_get_expr(i.indpred, i.indrelid) END AS predicate,
       c.reloptions AS options, ts.spcname::text AS tablespace,
       CASE WHEN p.oid IS NOT NULL THEN json_build_object('namespace', pn.nspname, 'name', p.relname) END AS parent, s.targets AS statistics,
       k.oid IS NOT NULL AS "hasConstraint"
     FROM pg_index i ${joinIds('i.indrelid')} JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
       LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
       LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid AND c.relispartition
       LEFT JOIN pg_class p ON p.oid = h.inhparent LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace
       LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
       LEFT JOIN (SELECT a.attrelid, bool_or(${hasOptions('a.attoptions')}) AS isset,
           json_object_agg(a.attnum, a.attstattarget) FILTER (WHERE a.attstattarget >= 0) AS targets
         FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indexrelid AND a.attnum > 0
         WHERE a.attstattarget >= 0 OR a.attoptions IS NOT NULL GROUP BY a.attrelid) s ON s.attrelid = i.indexrelid
     WHERE i.indisvalid OR c.relkind = 'I' ORDER BY i.indexrelid`,
    [...relations.values()].filter(({ kind }) => kind === 'r' || kind === 'p' || kind === 'm').map(({ oid }) => oid),
  )
}

/** Makes indexes easy to find, and asks for the definitions of those that numbers alone do not tell. */
export async function indexesOf(
  { query }: Reading,
  columns: ColumnRows,
  rows: readonly IndexRow[],
  classes: OperatorClasses,
): Promise<IndexRows> {
  const own = rows.filter(({ hasConstraint }) => !hasConstraint)
  const odd = own.flatMap((row) => (isPlain(row, columns.get(row.relation) ?? [], classes) ? [] : [row.oid]))
  const definitions =
    odd.length === 0
      ? []
      : await query<{ oid: number; text: string }>('SELECT i.oid, pg_get_indexdef(i.oid) AS text FROM unnest($1::oid[]) AS i(oid)', [odd])
  const byRelation = grouped(rows, ({ relation }) => relation)
  return {
    of: (relation) => byRelation.get(relation) ?? [],
    byOid: new Map(rows.map((row) => [row.oid, row])),
    definitions: new Map(definitions.map(({ oid, text }) => [oid, printed(text)])),
  }
}

interface OperatorClass {
  readonly oid: number
  readonly isDefault: boolean
  readonly type: number
}

export type OperatorClasses = ReadonlyMap<number, OperatorClass>

export async function readClasses({ query }: Asking): Promise<OperatorClasses> {
  const rows = await query<OperatorClass>('SELECT o.oid, o.opcdefault AS "isDefault", o.opcintype AS type FROM pg_opclass o')
  return new Map(rows.map((row) => [row.oid, row]))
}

/** Whether every key is a column with its type's own operator class and its own collation: the numbers then say all there is to say. */
function isPlain(
  { keys, keyCount, classes, collations, hasClassOptions }: IndexRow,
  columns: readonly ColumnRow[],
  known: OperatorClasses,
): boolean {
  if (hasClassOptions === true) return false
  for (let n = 0; n < keyCount; n += 1) {
    const column = columns.find(({ number }) => number === keys[n])
    const opclass = known.get(classes[n] ?? 0)
    if (!column || !opclass?.isDefault || collations[n] !== column.collationOid) return false
    if (opclass.type !== column.typeOid && !(opclass.type === TEXT && column.typeOid === VARCHAR)) return false
  }
  return true
}

/** Texts of both types are compared by the same class. */
const TEXT = 25
const VARCHAR = 1043

/** The indexes of a relation that belong to no constraint. */
export function ownIndexes({ comments }: Reading, rows: IndexRows, relation: number, columns: readonly ColumnRow[]): Index[] {
  return rows.of(relation).flatMap((row): Index[] => {
    if (row.hasConstraint) return []
    const { keys, include } = keyColumns(row, columns)
    return [
      {
        name: row.name,
        unique: row.isUnique,
        method: row.method,
        elements: elementsOf(row, rows.definitions.get(row.oid), keys),
        include: include.map((name) => name ?? ''),
        nullsNotDistinct: row.nullsNotDistinct,
        predicate: row.predicate === null ? null : withoutBrackets(row.predicate),
        options: optionsOf(row.options),
        tablespace: row.tablespace,
        only: row.isPartitioned,
        attachedTo: row.parent,
        statistics: row.statistics ?? {},
        searchPath: null,
        comment: comments('pg_class', row.oid),
      },
    ]
  })
}

const elementsOf = (row: IndexRow, definition: string | undefined, keys: readonly (string | null)[]): IndexElement[] =>
  definition === undefined ? plainElements(row, keys) : definedElements(definition, keys)

/** Keys that are just columns, by the bits of their order. What the order already says of NULLs is left out. */
const plainElements = ({ order }: IndexRow, keys: readonly (string | null)[]): IndexElement[] =>
  keys.map((column, n) => {
    const bits = order[n] ?? 0
    const isDown = (bits & 1) !== 0
    const isFirst = (bits & 2) !== 0
    return {
      column,
      expression: null,
      collation: null,
      opclass: null,
      order: isDown ? 'desc' : null,
      nulls: isDown === isFirst ? null : isFirst ? 'first' : 'last',
    }
  })

function definedElements(definition: string, keys: readonly (string | null)[]): IndexElement[] {
  const tokens = new Tokens(definition)
  const ranges = tokens.elements(tokens.find('(', tokens.find('using', 0)))
  return keys.map((column, n) => keyBetween(tokens, ranges[n] ?? [0, 0], column))
}

/** Names of an index's key columns (null for expressions) and of those it includes. */
export function keyColumns(
  { keys, keyCount }: Pick<IndexRow, 'keys' | 'keyCount'>,
  columns: readonly ColumnRow[],
): { readonly keys: readonly (string | null)[]; readonly include: readonly (string | null)[] } {
  const names = keys.map((number) => (number === 0 ? null : columnName(columns, number)))
  return { keys: names.slice(0, keyCount), include: names.slice(keyCount) }
}
