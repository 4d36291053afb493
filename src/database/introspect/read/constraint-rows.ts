import type { Reading } from '../reading.ts'
import { queryRowsOf, type Fields } from '../rows.ts'
import { joinIds } from '../sql.ts'

/** A row of `pg_constraint`. */
export interface ConstraintRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly kind: 'p' | 'u' | 'x' | 'c' | 'f' | 'n'
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly validated: boolean
  readonly enforced: boolean
  readonly isLocal: boolean
  readonly noInherit: boolean
  readonly index: number
  readonly columns: readonly number[] | null
  readonly foreign: ForeignRow | null
  readonly period: boolean
  /** A check's expression, or an exclusion constraint's whole definition. */
  readonly text: string | null
}

/** What a foreign key says of its target. */
export interface ForeignRow {
  readonly relation: number
  readonly columns: readonly number[]
  readonly onUpdate: string
  readonly onDelete: string
  readonly match: string
  readonly deleteColumns: readonly number[] | null
}

const fields: Fields<ConstraintRow> = {
  oid: true,
  relation: true,
  name: true,
  kind: true,
  deferrable: true,
  deferred: true,
  validated: true,
  enforced: true,
  isLocal: true,
  noInherit: true,
  index: true,
  columns: true,
  foreign: true,
  period: true,
  text: true,
}

/** All constraints of tables, those of a table in pg_dump's order of kinds. Foreign keys that partitions have of their parent are none of their own. */
export async function readConstraintRows({ query, since, relations }: Reading): Promise<readonly ConstraintRow[]> {
  return queryRowsOf(
    query,
    fields,
    `SELECT k.oid::int8 AS oid, k.conrelid::int8 AS relation, k.conname::text AS name, k.contype::text AS kind, k.condeferrable AS deferrable, k.condeferred AS deferred,
       k.convalidated AS validated, ${since(180_000, 'k.conenforced', 'true')} AS enforced, k.conislocal AS "isLocal", k.connoinherit AS "noInherit",
       k.conindid::int8 AS index, k.conkey AS columns, ${since(180_000, 'k.conperiod', 'false')} AS period,
       CASE WHEN k.contype = 'f' THEN json_build_object('relation', k.confrelid::int8, 'columns', k.confkey, 'onUpdate', k.confupdtype::text,
         'onDelete', k.confdeltype::text, 'match', k.confmatchtype::text, 'deleteColumns', ${since(150_000, 'k.confdelsetcols', 'NULL::int2[]')}) END AS foreign,
       CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid) WHEN 'x' THEN pg_get_constraintdef(k.oid) END AS text
     FROM pg_constraint k ${joinIds('k.conrelid')}
     WHERE k.contype IN ('p', 'u', 'x', 'c', 'f', 'n') AND (k.contype <> 'f' OR k.conparentid = 0)
     ORDER BY k.conrelid, strpos('cpuxfn', k.contype::text), k.oid`,
    [...relations.values()].filter(({ kind }) => kind === 'r' || kind === 'p' || kind === 'f').map(({ oid }) => oid),
  )
}
