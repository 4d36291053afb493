import type { Asking } from '../reading.ts'
import { queryRows, type Fields } from '../rows.ts'
import { notOfExtension, ownerOf } from '../sql.ts'
import { isNamespace, namespaceParams } from './namespaces.ts'
import type { Relation } from './relation.ts'

const fields: Fields<Relation> = {
  namespace: true,
  name: true,
  oid: true,
  kind: true,
  persistence: true,
  typeOid: true,
  rowSecurity: true,
  forceRowSecurity: true,
  replicaIdentity: true,
  options: true,
  toastOptions: true,
  accessMethod: true,
  tablespace: true,
  populated: true,
  isPartition: true,
  bound: true,
  partitionKey: true,
  ofTypeNamespace: true,
  ofType: true,
  server: true,
  serverOptions: true,
  definition: true,
  owner: true,
}

/** Tables, views, sequences and composite types in the namespaces that are read, in the order they were made. */
export async function readRelations(reading: Asking): Promise<ReadonlyMap<number, Relation>> {
  const { query, options } = reading
  const rows = await queryRows(
    query,
    fields,
    `SELECT c.oid::int8 AS oid, n.nspname::text AS namespace, c.relname::text AS name, c.relkind::text AS kind, c.relpersistence::text AS persistence,
       c.reltype::int8 AS "typeOid", c.relrowsecurity AS "rowSecurity", c.relforcerowsecurity AS "forceRowSecurity",
       c.relreplident::text AS "replicaIdentity", c.reloptions AS options, t.reloptions AS "toastOptions", am.amname::text AS "accessMethod",
       ts.spcname::text AS tablespace, c.relispopulated AS populated, c.relispartition AS "isPartition",
       CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS bound,
       CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS "partitionKey",
       ofn.nspname::text AS "ofTypeNamespace", oft.typname::text AS "ofType",
       fs.srvname::text AS server, ft.ftoptions AS "serverOptions",
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS definition, ${ownerOf(reading, 'c.relowner')} AS owner
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_class t ON t.oid = c.reltoastrelid AND c.reltoastrelid <> 0
       LEFT JOIN pg_am am ON am.oid = c.relam AND c.relkind <> 'S'
       LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
       LEFT JOIN pg_type oft ON oft.oid = c.reloftype AND c.reloftype <> 0 LEFT JOIN pg_namespace ofn ON ofn.oid = oft.typnamespace
       LEFT JOIN pg_foreign_table ft ON ft.ftrelid = c.oid LEFT JOIN pg_foreign_server fs ON fs.oid = ft.ftserver
     WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND c.relpersistence <> 't' AND ${isNamespace(options)}
       AND ${notOfExtension('pg_class', 'c.oid')} AND (c.relkind <> 'c' OR ${notOfExtension('pg_type', 'c.reltype')})
     ORDER BY c.oid`,
    namespaceParams(options),
  )
  const wanted = options.tables && new Set(options.tables.map(({ namespace, name }) => `${namespace}\u0000${name}`))
  const isWanted = ({ kind, namespace, name }: Relation): boolean =>
    !wanted || kind === 'S' || kind === 'c' || wanted.has(`${namespace}\u0000${name}`)
  return new Map(rows.filter(isWanted).map((row) => [row.oid, row]))
}
