import type { Reading } from '../reading.ts'
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
  readonly foreignRelation: number
  readonly foreignNamespace: string | null
  readonly foreignTable: string | null
  readonly foreignColumns: readonly string[] | null
  readonly onUpdate: string
  readonly onDelete: string
  readonly match: string
  readonly deleteColumns: readonly number[] | null
  readonly period: boolean
  readonly expression: string | null
  readonly definition: string | null
}

/** All constraints of tables, those of a table in pg_dump's order of kinds. Foreign keys that partitions have of their parent are none of their own. */
export async function readConstraintRows({ query, since, relations }: Reading): Promise<readonly ConstraintRow[]> {
  return query<ConstraintRow>(
    `SELECT k.oid, k.conrelid AS relation, k.conname::text AS name, k.contype::text AS kind, k.condeferrable AS deferrable, k.condeferred AS deferred,
       k.convalidated AS validated, ${since(180_000, 'k.conenforced', 'true')} AS enforced, k.conislocal AS "isLocal", k.connoinherit AS "noInherit",
       k.conindid AS index, k.conkey AS columns, k.confrelid AS "foreignRelation", fn.nspname::text AS "foreignNamespace", f.relname::text AS "foreignTable",
       CASE WHEN k.contype = 'f' THEN (SELECT array_agg(a.attname::text ORDER BY u.n) FROM unnest(k.confkey) WITH ORDINALITY AS u(number, n)
         JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number) END AS "foreignColumns",
       k.confupdtype::text AS "onUpdate", k.confdeltype::text AS "onDelete", k.confmatchtype::text AS match,
       ${since(150_000, 'k.confdelsetcols', 'NULL::int2[]')} AS "deleteColumns", ${since(180_000, 'k.conperiod', 'false')} AS period,
       CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS expression,
       CASE WHEN k.contype = 'x' THEN pg_get_constraintdef(k.oid) END AS definition
     FROM pg_constraint k ${joinIds('k.conrelid')} LEFT JOIN pg_class f ON f.oid = k.confrelid AND k.contype = 'f' LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
     WHERE k.contype IN ('p', 'u', 'x', 'c', 'f', 'n') AND (k.contype <> 'f' OR k.conparentid = 0)
     ORDER BY k.conrelid, array_position('{c,p,u,x,f,n}'::text[], k.contype::text), k.oid`,
    [[...relations.values()].filter(({ kind }) => kind === 'r' || kind === 'p' || kind === 'f').map(({ oid }) => oid)],
  )
}
