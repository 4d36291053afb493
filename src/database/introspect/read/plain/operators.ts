import { quoteName } from '#core/dialects/postgres.ts'
import type { Cast, Operator } from '#core/schema/index.ts'
import { modelType, signatureText } from '../../names.ts'
import type { Reading } from '../../reading.ts'
import { FIRST_USER_OID } from '../../oids.ts'
import { argumentTypes, functionName, notOfExtension, ownerOf } from '../../sql.ts'

interface OperatorRow {
  readonly oid: number
  readonly namespace: string
  readonly name: string
  readonly owner: string | null
  readonly left: string | null
  readonly right: string | null
  readonly function: string
  readonly commutatorNamespace: string | null
  readonly commutator: string | null
  readonly negatorNamespace: string | null
  readonly negator: string | null
  readonly restrict: string | null
  readonly join: string | null
  readonly hashes: boolean
  readonly merges: boolean
}

/** Operators with a function: those without are only announced by others. */
export async function readOperators(reading: Reading): Promise<readonly Operator[]> {
  const { query, namespaces, comments } = reading
  const type = (column: string) => `CASE WHEN ${column} <> 0 THEN format_type(${column}, NULL) END`
  const rows = await query<OperatorRow>(
    `SELECT o.oid, n.nspname::text AS namespace, o.oprname::text AS name, ${ownerOf(reading, 'o.oprowner')} AS owner, ${type('o.oprleft')} AS left,
       ${type('o.oprright')} AS right, ${functionName('o.oprcode')} AS function, cn.nspname::text AS "commutatorNamespace", c.oprname::text AS commutator,
       gn.nspname::text AS "negatorNamespace", g.oprname::text AS negator, ${functionName('o.oprrest')} AS restrict, ${functionName('o.oprjoin')} AS join,
       o.oprcanhash AS hashes, o.oprcanmerge AS merges
     FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
       LEFT JOIN pg_operator c ON c.oid = o.oprcom LEFT JOIN pg_namespace cn ON cn.oid = c.oprnamespace
       LEFT JOIN pg_operator g ON g.oid = o.oprnegate LEFT JOIN pg_namespace gn ON gn.oid = g.oprnamespace
     WHERE o.oprcode <> 0 AND o.oprnamespace = ANY ($1::oid[]) AND ${notOfExtension('pg_operator', 'o.oid')} ORDER BY o.oid`,
    [[...namespaces.keys()]],
  )
  return rows.map((row) => ({
    namespace: row.namespace,
    name: row.name,
    left: row.left === null ? null : modelType(row.left),
    right: row.right === null ? null : modelType(row.right),
    function: row.function,
    commutator: other(row.commutatorNamespace, row.commutator),
    negator: other(row.negatorNamespace, row.negator),
    restrict: row.restrict,
    join: row.join,
    hashes: row.hashes,
    merges: row.merges,
    searchPath: null,
    owner: row.owner,
    comment: comments('pg_operator', row.oid),
  }))
}

/** Another operator as a definition names it: `OPERATOR(public.=)`, `=`. */
const other = (namespace: string | null, name: string | null): string | null =>
  namespace === null || name === null ? null : namespace === 'pg_catalog' ? name : `OPERATOR(${quoteName(namespace)}.${name})`

interface CastRow {
  readonly oid: number
  readonly source: string
  readonly target: string
  readonly method: string
  readonly context: string
  readonly functionNamespace: string | null
  readonly functionName: string | null
  readonly types: readonly string[]
}

const METHODS: Readonly<Record<string, Cast['method']>> = { f: 'function', i: 'inout', b: 'binary' }
const CONTEXTS: Readonly<Record<string, Cast['context']>> = { e: 'explicit', a: 'assignment', i: 'implicit' }

/** Casts that people made; those from a range to its multirange come with the type. */
export async function readCasts({ query, since, comments }: Reading): Promise<readonly Cast[]> {
  const rows = await query<CastRow>(
    `SELECT c.oid, format_type(c.castsource, NULL) AS source, format_type(c.casttarget, NULL) AS target, c.castmethod::text AS method,
       c.castcontext::text AS context, n.nspname::text AS "functionNamespace", p.proname::text AS "functionName", ${argumentTypes('p.proargtypes')} AS types
     FROM pg_cast c LEFT JOIN pg_proc p ON p.oid = c.castfunc AND c.castfunc <> 0 LEFT JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE c.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_cast', 'c.oid')}
       ${since(140_000, 'AND NOT EXISTS (SELECT FROM pg_range r WHERE r.rngtypid = c.castsource AND r.rngmultitypid = c.casttarget)', '')} ORDER BY c.oid`,
  )
  return rows.map(({ oid, source, target, method, context, functionNamespace, functionName: name, types }) => ({
    source: modelType(source),
    target: modelType(target),
    method: METHODS[method] ?? 'function',
    function: functionNamespace === null || name === null ? null : signatureText(functionNamespace, name, types),
    context: CONTEXTS[context] ?? 'explicit',
    searchPath: null,
    comment: comments('pg_cast', oid),
  }))
}
