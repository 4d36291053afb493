import type { Index, ObjectName } from '#core/schema/index.ts'
import { Tokens } from '#formats/shared/sql/tokens.ts'
import { withoutBrackets } from '../definitions/brackets.ts'
import { keyBetween } from '../definitions/keys.ts'
import { optionsOf } from '../options.ts'
import type { Reading } from '../reading.ts'
import { joinIds } from '../sql.ts'
import type { ColumnRow, ColumnRows } from './columns.ts'
import { grouped } from './columns.ts'

/** An index, whether it has a constraint or not. */
export interface IndexRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly method: string
  readonly isUnique: boolean
  /** Column numbers, 0 for expressions; those of INCLUDE at the end. */
  readonly keys: string
  readonly keyCount: number
  readonly nullsNotDistinct: boolean
  readonly isClustered: boolean
  readonly isReplicaIdentity: boolean
  readonly isPartitioned: boolean
  readonly predicate: string | null
  readonly options: readonly string[] | null
  readonly tablespace: string | null
  readonly parentNamespace: string | null
  readonly parentName: string | null
  readonly statistics: string | null
  readonly hasConstraint: boolean
  readonly definition: string | null
}

export type IndexRows = ReadonlyMap<number, readonly IndexRow[]>

/** All indexes of the relations that are read, by relation, in the order they were made. */
export async function readIndexes({ query, since, relations }: Reading): Promise<IndexRows> {
  const rows = await query<IndexRow>(
    `SELECT i.indexrelid AS oid, i.indrelid AS relation, c.relname::text AS name, am.amname::text AS method, i.indisunique AS "isUnique",
       i.indkey::text AS keys, i.indnkeyatts AS "keyCount", ${since(150_000, 'i.indnullsnotdistinct', 'false')} AS "nullsNotDistinct",
       i.indisclustered AS "isClustered", i.indisreplident AS "isReplicaIdentity", c.relkind = 'I' AS "isPartitioned",
       CASE WHEN k.oid IS NULL AND i.indpred IS NOT NULL THEN pg_get_expr(i.indpred, i.indrelid) END AS predicate,
       c.reloptions AS options, ts.spcname::text AS tablespace, pn.nspname::text AS "parentNamespace", p.relname::text AS "parentName",
       (SELECT string_agg(a.attnum || ' ' || a.attstattarget, ',' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0) AS statistics,
       k.oid IS NOT NULL AS "hasConstraint", CASE WHEN k.oid IS NULL THEN pg_get_indexdef(i.indexrelid) END AS definition
     FROM pg_index i ${joinIds('i.indrelid')} JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
       LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
       LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid AND c.relispartition
       LEFT JOIN pg_class p ON p.oid = h.inhparent LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace
       LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
     WHERE i.indisvalid OR c.relkind = 'I' ORDER BY i.indexrelid`,
    [[...relations.values()].filter(({ kind }) => kind === 'r' || kind === 'p' || kind === 'm').map(({ oid }) => oid)],
  )
  return grouped(rows, ({ relation }) => relation)
}

/** The indexes of a relation that belong to no constraint. */
export function ownIndexes({ comments }: Reading, rows: readonly IndexRow[], columns: ColumnRows): Index[] {
  return rows.flatMap((row): Index[] => {
    if (row.hasConstraint || row.definition === null) return []
    const { keys, include } = keyColumns(row, columns.get(row.relation) ?? [])
    const tokens = new Tokens(row.definition)
    const ranges = tokens.elements(tokens.find('(', tokens.find('using', 0)))
    return [
      {
        name: row.name,
        unique: row.isUnique,
        method: row.method,
        elements: keys.map((column, n) => keyBetween(tokens, ranges[n] ?? [0, 0], column)),
        include: include.map((name) => name ?? ''),
        nullsNotDistinct: row.nullsNotDistinct,
        predicate: row.predicate === null ? null : withoutBrackets(row.predicate),
        options: optionsOf(row.options),
        tablespace: row.tablespace,
        only: row.isPartitioned,
        attachedTo: attachedTo(row),
        statistics: Object.fromEntries((row.statistics?.split(',') ?? []).map((each) => statistic(each))),
        searchPath: null,
        comment: comments('pg_class', row.oid),
      },
    ]
  })
}

function statistic(text: string): [string, number] {
  const [position = '', target = ''] = text.split(' ')
  return [position, Number(target)]
}

/** Names of an index's key columns (null for expressions) and of those it includes. */
export function keyColumns(
  { keys, keyCount }: Pick<IndexRow, 'keys' | 'keyCount'>,
  columns: readonly ColumnRow[],
): { readonly keys: readonly (string | null)[]; readonly include: readonly (string | null)[] } {
  const names = keys
    .split(' ')
    .map(Number)
    .map((number) => (number === 0 ? null : columnName(columns, number)))
  return { keys: names.slice(0, keyCount), include: names.slice(keyCount) }
}

const SYSTEM_COLUMNS: Readonly<Record<number, string>> = {
  [-1]: 'ctid',
  [-2]: 'xmin',
  [-3]: 'cmin',
  [-4]: 'xmax',
  [-5]: 'cmax',
  [-6]: 'tableoid',
}

export function columnName(columns: readonly ColumnRow[], number: number): string {
  // Without dropped columns the n-th is number n.
  const direct = columns[number - 1]
  if (direct?.number === number) return direct.name
  return columns.find((column) => column.number === number)?.name ?? SYSTEM_COLUMNS[number] ?? ''
}

export const attachedTo = ({ parentNamespace, parentName }: IndexRow): ObjectName | null =>
  parentNamespace === null || parentName === null ? null : { namespace: parentNamespace, name: parentName }
