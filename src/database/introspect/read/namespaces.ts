import { DEFAULT_NAMESPACE, type Extension, type Namespace } from '#core/schema/index.ts'
import type { Connection } from '../../connection.ts'
import { FIRST_USER_OID } from '../oids.ts'
import type { IntrospectOptions } from '../types.ts'
import type { Comments } from './comments.ts'

interface NamespaceRow {
  readonly oid: number
  readonly name: string
  readonly owner: string
  readonly usualOwner: boolean
  readonly extension: boolean
}

/** True for the namespaces (of `pg_namespace n`) that people made, and `public`; with `$1`, of those. */
export const isNamespace = ({ namespaces }: IntrospectOptions): string =>
  `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'${namespaces ? ' AND n.nspname = ANY ($1::text[])' : ''}`

/** The parameters of `isNamespace`. */
export const namespaceParams = ({ namespaces }: IntrospectOptions): readonly unknown[] => (namespaces ? [namespaces] : [])

/** The namespaces people made, and `public`; of those asked for, those there are. `named` are those to be made, as pg_dump sees it. */
export async function readNamespaces(
  query: Connection['query'],
  comments: Promise<Comments>,
  { namespaces: asked, privileges }: IntrospectOptions,
): Promise<{ readonly byOid: ReadonlyMap<number, string>; readonly named: readonly Namespace[]; readonly missing: readonly string[] }> {
  const rows = await query<NamespaceRow>(
    `SELECT n.oid, n.nspname::text AS name, pg_get_userbyid(n.nspowner)::text AS owner,
       n.nspowner = CASE WHEN current_setting('server_version_num')::int >= 150000 THEN 6171 ELSE 10 END AS "usualOwner",
       EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e') AS extension
     FROM pg_namespace n WHERE ${isNamespace({})} ORDER BY n.oid`,
  )
  const commentOn = await comments
  const read = asked ? rows.filter(({ name }) => asked.includes(name)) : rows
  const named = read.flatMap(({ oid, name, owner, usualOwner, extension }): Namespace[] => {
    if (extension) return []
    const isPublic = name === DEFAULT_NAMESPACE
    const comment = commentOn('pg_namespace', oid)
    const namespace: Namespace = {
      name,
      // `public` belongs to pg_database_owner (6171) from PostgreSQL 15 on, and to the first superuser (10) before, unless somebody changed that.
      owner: privileges === true && !(isPublic && usualOwner) ? owner : null,
      comment: isPublic && comment === 'standard public schema' ? null : comment,
    }
    return isPublic && namespace.owner === null && namespace.comment === null ? [] : [namespace]
  })
  const there = new Set(rows.map(({ name }) => name))
  return {
    byOid: new Map(read.map(({ oid, name }) => [oid, name])),
    named,
    missing: (asked ?? []).filter((name) => !there.has(name)),
  }
}

/** Extensions without their version: a dump takes what the other server has. PostgreSQL's own (plpgsql) are there anyway. */
export async function readExtensions(query: Connection['query'], comments: Comments): Promise<readonly Extension[]> {
  const rows = await query<{ oid: number; name: string; namespace: string }>(
    `SELECT e.oid, e.extname::text AS name, n.nspname::text AS namespace FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
     WHERE e.oid >= ${FIRST_USER_OID} ORDER BY e.oid`,
  )
  return rows.map(({ oid, name, namespace }) => ({ name, namespace, version: null, comment: comments('pg_extension', oid) }))
}
