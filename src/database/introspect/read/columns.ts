import { nameKey, type Column, type ObjectName, type Sequence } from '#core/schema/index.ts'
import { makeObjectName } from '#formats/postgres-sql/import/naming.ts'
import { collationName } from './collation-name.ts'
import { withoutBrackets } from '../definitions/brackets.ts'
import { sequenceDefault } from '../definitions/sequence-default.ts'
import { modelType } from '../names.ts'
import { optionsOf } from '../options.ts'
import type { Reading } from '../reading.ts'
import { joinIds } from '../sql.ts'
import type { Relation } from './relation.ts'

/** A column of any relation. */
export interface ColumnRow {
  readonly relation: number
  readonly number: number
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly identity: '' | 'a' | 'd'
  readonly generated: '' | 's' | 'v'
  readonly expression: string | null
  readonly collationNamespace: string | null
  readonly collation: string | null
  readonly storage: string | null
  readonly compression: string | null
  readonly statistics: number | null
  readonly options: readonly string[] | null
  readonly foreignOptions: readonly string[] | null
  readonly isLocal: boolean
}

export type ColumnRows = ReadonlyMap<number, readonly ColumnRow[]>

/** The columns of all relations that are read, by relation, in order. Dropped ones are none. */
export async function readColumns({ query, since, relations }: Reading): Promise<ColumnRows> {
  const rows = await query<ColumnRow>(
    `SELECT a.attrelid AS relation, a.attnum AS number, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull",
       a.attidentity::text AS identity, a.attgenerated::text AS generated, CASE WHEN a.atthasdef THEN pg_get_expr(d.adbin, d.adrelid) END AS expression,
       cn.nspname::text AS "collationNamespace", co.collname::text AS collation,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END AS storage, ${since(140_000, "NULLIF(a.attcompression::text, '')", 'NULL::text')} AS compression,
       CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int END AS statistics, a.attoptions AS options, a.attfdwoptions AS "foreignOptions", a.attislocal AS "isLocal"
     FROM pg_attribute a ${joinIds('a.attrelid')} JOIN pg_type t ON t.oid = a.atttypid
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
       LEFT JOIN pg_collation co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
     WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum`,
    [[...relations.values()].filter(({ kind }) => kind !== 'S').map(({ oid }) => oid)],
  )
  return grouped(rows, ({ relation }) => relation)
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
  /** Names of NOT NULL constraints by relation and column (PostgreSQL 18). */
  readonly notNullNames: ReadonlyMap<string, string>
  readonly sequences: ReadonlySet<string>
}

/** A table's columns as the model has them. */
export function tableColumns(context: ColumnContext, table: Relation, rows: readonly ColumnRow[]): Column[] {
  return rows.map((row): Column => {
    const key = `${table.oid} ${row.number}`
    const { expression, generated } = row
    return {
      name: row.name,
      type: modelType(row.type),
      nullable: !row.notNull,
      default: expression === null || generated !== '' ? null : columnDefault(context, expression),
      identity: identityOf(context, table, row),
      generated: generated !== '' && expression !== null ? { expression: expression.trim(), stored: generated === 's' } : null,
      collation: collationName(row.collationNamespace, row.collation),
      storage: row.storage === null ? null : (STORAGE[row.storage] ?? null),
      compression: row.compression === null ? null : (COMPRESSION[row.compression] ?? row.compression),
      statistics: row.statistics,
      options: optionsOf(row.options),
      foreignOptions: optionsOf(row.foreignOptions),
      inherited: !row.isLocal || table.ofType !== null,
      notNullName: context.notNullNames.get(key) ?? null,
      comment: context.reading.comments('pg_class', table.oid, row.number),
    }
  })
}

/** A default's brackets around the whole say nothing; `nextval` of a sequence we know has one spelling. */
export const columnDefault = ({ sequences }: Pick<ColumnContext, 'sequences'>, text: string): string =>
  sequenceDefault(withoutBrackets(text), (name: ObjectName) => sequences.has(nameKey(name)))

/** Partitions have their parent's identity (PostgreSQL 17), not one of their own. */
function identityOf({ identitySequences }: ColumnContext, table: Relation, { identity, number, name }: ColumnRow): Column['identity'] {
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
