import { aSequence, nameKey, type Sequence, type SequenceOptions } from '#core/schema/index.ts'
import type { Reading } from '../reading.ts'
import type { ColumnRows } from './columns.ts'
import { queryRowsOf, type Fields } from '../rows.ts'
import { joinIds } from '../sql.ts'

export interface SequenceRow {
  readonly oid: number
  readonly type: string
  readonly start: string
  readonly increment: string
  readonly min: string
  readonly max: string
  readonly cache: string
  readonly cycle: boolean
  readonly table: number | null
  readonly column: number | null
  /** a = owned by a column, i = behind an identity column. */
  readonly dependency: 'a' | 'i' | null
}

export interface Sequences {
  /** Those of their own. */
  readonly list: readonly Sequence[]
  /** Those behind identity columns, by relation and column number. */
  readonly ofIdentity: ReadonlyMap<string, Sequence>
  readonly names: ReadonlySet<string>
}

const fields: Fields<SequenceRow> = {
  oid: true,
  type: true,
  start: true,
  increment: true,
  min: true,
  max: true,
  cache: true,
  cycle: true,
  table: true,
  column: true,
  dependency: true,
}

export async function readSequenceRows({ query, relations }: Reading): Promise<readonly SequenceRow[]> {
  return queryRowsOf(
    query,
    fields,
    `SELECT s.seqrelid::int8 AS oid, format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start, s.seqincrement::text AS increment, s.seqmin::text AS min,
       s.seqmax::text AS max, s.seqcache::text AS cache, s.seqcycle AS cycle, d.refobjid::int8 AS "table", d.refobjsubid AS "column", d.deptype::text AS dependency
     FROM pg_sequence s ${joinIds('s.seqrelid')}
       LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.objsubid = 0 AND d.refclassid = 'pg_class'::regclass
         AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
     ORDER BY s.seqrelid`,
    [...relations.values()].filter(({ kind }) => kind === 'S').map(({ oid }) => oid),
  )
}

/** Sequences as the model has them: of their own, or as a part of an identity column. */
export function sequencesOf({ relations, comments }: Reading, columns: ColumnRows, rows: readonly SequenceRow[]): Sequences {
  const list: Sequence[] = []
  const ofIdentity = new Map<string, Sequence>()
  for (const row of rows) {
    const relation = relations.get(row.oid)
    if (!relation) continue
    const owner = row.table === null ? undefined : relations.get(row.table)
    const column = owner && columns.get(owner.oid)?.find(({ number }) => number === row.column)
    const sequence = aSequence({
      namespace: relation.namespace,
      name: relation.name,
      type: row.type,
      ...sequenceOptions(row),
      ownedBy: owner && column ? { namespace: owner.namespace, table: owner.name, column: column.name } : null,
      unlogged: relation.persistence === 'u',
      owner: relation.owner,
      comment: comments('pg_class', row.oid),
    })
    if (row.dependency === 'i') ofIdentity.set(`${row.table} ${row.column}`, sequence)
    else list.push(sequence)
  }
  return { list, ofIdentity, names: new Set(list.map(nameKey)) }
}

const BOUNDS: Readonly<Record<string, readonly [min: string, max: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
}

/** What differs from the defaults of type and direction. */
function sequenceOptions({ type, start, increment, min, max, cache, cycle }: SequenceRow): SequenceOptions {
  const down = increment.startsWith('-')
  const [lowest, highest] = BOUNDS[type] ?? ['', '']
  return {
    start: start === (down ? max : min) ? null : start,
    increment: increment === '1' ? null : increment,
    min: min === (down ? lowest : '1') ? null : min,
    max: max === (down ? '-1' : highest) ? null : max,
    cache: cache === '1' ? null : cache,
    cycle,
  }
}
