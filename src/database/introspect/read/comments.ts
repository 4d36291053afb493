import type { Connection } from '../../connection.ts'
import { FIRST_USER_OID } from '../oids.ts'
import { queryRows } from '../rows.ts'

/** Comments by catalog, OID and, for columns, number. */
export type Comments = (catalog: string, oid: number, part?: number) => string | null

/** All comments of a database on what is not PostgreSQL's own. */
export async function readComments(query: Connection['query']): Promise<Comments> {
  const rows = await queryRows<{ catalog: string; oid: number; part: number; text: string }>(
    query,
    { catalog: true, oid: true, part: true, text: true },
    `SELECT c.relname::text AS catalog, d.objoid::int8 AS oid, d.objsubid AS part, d.description AS text FROM pg_description d JOIN pg_class c ON c.oid = d.classoid
     WHERE d.objoid >= ${FIRST_USER_OID} OR (d.classoid = 'pg_namespace'::regclass AND d.objoid = to_regnamespace('public'))`,
  )
  const catalogs = new Map<string, Map<number, Map<number, string>>>()
  for (const { catalog, oid, part, text } of rows) {
    const ofCatalog = catalogs.get(catalog) ?? new Map<number, Map<number, string>>()
    const parts = ofCatalog.get(oid)
    if (parts) parts.set(part, text)
    else catalogs.set(catalog, ofCatalog.set(oid, new Map([[part, text]])))
  }
  return (catalog, oid, part = 0) => catalogs.get(catalog)?.get(oid)?.get(part) ?? null
}
