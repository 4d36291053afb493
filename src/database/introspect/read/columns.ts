import { nameKey, plainNotNull, type Column, type ObjectName, type Sequence } from '#core/schema/index.ts'
import { makeObjectName } from '#formats/postgres-sql/import/naming.ts'
import { collationName } from './collation-name.ts'
import { withoutBrackets } from '../definitions/brackets.ts'
import { sequenceDefault } from '../definitions/sequence-default.ts'
import { modelType } from '../names.ts'
import { optionsOf } from '../options.ts'
import type { Reading } from '../reading.ts'
import { queryRowsOf, type Fields } from '../rows.ts'
import { hasOptions, joinIds } from '../sql.ts'
import { isTable, type Relation } from './relation.ts'
import { printed } from '../definitions/printed.ts'

/** A column of any relation. */
export interface ColumnRow {
  readonly relation: number
  readonly number: number
  readonly name: string
  readonly type: string
  readonly typeOid: number
  readonly collationOid: number
  readonly notNull: boolean
  /** The default, or the expression that a generated column is computed by. */
  readonly expression: string | null
  readonly isLocal: boolean
  /** What most columns have nothing of. */
  readonly rare: RareColumn | null
}

export interface RareColumn {
  readonly identity: '' | 'a' | 'd'
  readonly generated: '' | 's' | 'v'
  readonly collationNamespace: string | null
  readonly collation: string | null
  readonly storage: string | null
  readonly compression: string | null
  readonly statistics: number | null
  readonly options: readonly string[] | null
  readonly foreignOptions: readonly string[] | null
}

export type ColumnRows = ReadonlyMap<number, readonly ColumnRow[]>

const fields: Fields<ColumnRow> = {
  relation: true,
  number: true,
  name: true,
  type: true,
  typeOid: true,
  collationOid: true,
  notNull: true,
  expression: true,
  isLocal: true,
  rare: true,
}

/** The columns of all relations that are read, by relation, in order. Dropped ones are none. */
export async function readColumns({ query, since, relations }: Reading): Promise<ColumnRows> {
  const compression = since(140_000, "NULLIF(a.attcompression::text, '')", 'NULL::text')
  // Only what generates a column names others; without the relation PostgreSQL needs not load it.
  const expression = "CASE WHEN a.atthasdef THEN pg_get_expr(d.adbin, CASE WHEN a.attgenerated <> '' THEN d.adrelid ELSE 0 END) END"
  const rows = await queryRowsOf(
    query,
    fields,
    `SELECT a.attrelid::int8 AS relation, a.attnum AS number, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type, a.atttypid::int8 AS "typeOid",
       a.attcollation::int8 AS "collationOid", a.attnotnull AS "notNull",
       ${expression} AS expression, a.attislocal AS "isLocal",
       CASE WHEN a.attidentity <> '' OR a.attgenerated <> '' OR co.oid IS NOT NULL OR a.attstorage <> t.typstorage OR ${compression} IS NOT NULL
         OR a.attstattarget >= 0 OR ${hasOptions('a.attoptions')} OR a.attfdwoptions IS NOT NULL THEN
         json_build_object('identity', a.attidentity::text, 'generated', a.attgenerated::text, 'collationNamespace', cn.nspname, 'collation', co.collname,
           'storage', CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END, 'compression', ${compression},
           'statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int END, 'options', a.attoptions, 'foreignOptions', a.attfdwoptions) END AS rare
     FROM pg_attribute a ${joinIds('a.attrelid')} JOIN pg_type t ON t.oid = a.atttypid
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
       LEFT JOIN pg_collation co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
     WHERE a.attnum > 0 AND NOT a.attisdropped`,
    [...relations.values()].filter(({ kind }) => kind !== 'S').map(({ oid }) => oid),
  )
  const groups = grouped(rows, ({ relation }) => relation)
  // They come in order more often than not: sorting here is cheaper than on the server.
  return new Map([...groups].map(([relation, columns]) => [relation, [...columns].sort((x, y) => x.number - y.number)]))
}

export function grouped<T>(rows: readonly T[], key: (row: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

export const STORAGE: Readonly<Record<string, Column['storage']>> = { p: 'plain', e: 'external', x: 'extended', m: 'main' }
export const COMPRESSION: Readonly<Record<string, string>> = { p: 'pglz', l: 'lz4' }

/** What columns need to know of the rest. */
export interface ColumnContext {
  readonly reading: Reading
  /** Sequences behind identity columns by relation and column: `oid number`. */
  readonly identitySequences: ReadonlyMap<string, Sequence>
  readonly notNulls: NotNulls
  readonly sequences: ReadonlySet<string>
}

/** What is said of NOT NULL constraints that is not plain, by relation and column number (PostgreSQL 18). */
export type NotNulls = ReadonlyMap<number, ReadonlyMap<number, NotNull>>
export type NotNull = Pick<Column, keyof typeof plainNotNull>

/** The columns of all tables as the model has them, by table. */
export const columnsOfTables = (context: ColumnContext, rows: ColumnRows): ReadonlyMap<number, readonly Column[]> =>
  new Map(
    [...context.reading.relations.values()]
      .filter(isTable)
      .map((table) => [table.oid, tableColumns(context, table, rows.get(table.oid) ?? [])]),
  )

function tableColumns(context: ColumnContext, table: Relation, rows: readonly ColumnRow[]): Column[] {
  const { comments } = context.reading
  const notNulls = context.notNulls.get(table.oid)
  const isTyped = table.ofType !== null
  // Written out: there are many of them.
  return rows.map((row): Column => {
    const { expression, rare, number } = row
    const generated = rare !== null && rare.generated !== ''
    const settings = rare ? settingsOf(rare) : plain
    const notNull = notNulls?.get(number) ?? plainNotNull
    return {
      name: row.name,
      type: modelType(row.type),
      nullable: !row.notNull,
      default: expression === null || generated ? null : columnDefault(context, expression),
      identity: rare && identityOf(context, table, row, rare),
      generated: generated && expression !== null ? { expression: printed(expression), stored: rare.generated === 's' } : null,
      collation: settings.collation,
      storage: settings.storage,
      compression: settings.compression,
      statistics: settings.statistics,
      options: settings.options,
      foreignOptions: settings.foreignOptions,
      inherited: !row.isLocal || isTyped,
      notNullName: notNull.notNullName,
      notNullNoInherit: notNull.notNullNoInherit,
      notNullNotValid: notNull.notNullNotValid,
      notNullComment: notNull.notNullComment,
      comment: comments('pg_class', table.oid, number),
    }
  })
}

type Settings = Pick<Column, 'collation' | 'storage' | 'compression' | 'statistics' | 'options' | 'foreignOptions'>

const plain: Settings = { collation: null, storage: null, compression: null, statistics: null, options: {}, foreignOptions: {} }

const settingsOf = (rare: RareColumn): Settings => ({
  collation: collationName(rare.collationNamespace, rare.collation),
  storage: rare.storage === null ? null : (STORAGE[rare.storage] ?? null),
  compression: rare.compression === null ? null : (COMPRESSION[rare.compression] ?? rare.compression),
  statistics: rare.statistics,
  options: optionsOf(rare.options),
  foreignOptions: optionsOf(rare.foreignOptions),
})

/** A default's brackets around the whole say nothing; `nextval` of a sequence we know has one spelling. */
export const columnDefault = ({ sequences }: Pick<ColumnContext, 'sequences'>, text: string): string =>
  sequenceDefault(withoutBrackets(text), (name: ObjectName) => sequences.has(nameKey(name)))

/** Partitions have their parent's identity (PostgreSQL 17), not one of their own. */
function identityOf(
  { identitySequences }: ColumnContext,
  table: Relation,
  { number, name }: ColumnRow,
  { identity }: RareColumn,
): Column['identity'] {
  const sequence = identity === '' ? undefined : identitySequences.get(`${table.oid} ${number}`)
  if (!sequence) return null
  const { start, increment, min, max, cache, cycle } = sequence
  return {
    kind: identity === 'a' ? 'always' : 'byDefault',
    // The name PostgreSQL would choose anyway says nothing.
    sequenceName: sequence.name === makeObjectName(table.name, name, 'seq') ? null : sequence.name,
    sequence: { start, increment, min, max, cache, cycle },
  }
}
