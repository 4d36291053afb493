import type { Connection } from '../../connection.ts'
import { FIRST_USER_OID } from '../oids.ts'

/** Comments by catalog, OID and, for columns, number. */
export type Comments = (catalog: string, oid: number, part?: number) => string | null

/** All comments of a database on what is not PostgreSQL's own. */
export async function readComments(query: Connection['query']): Promise<Comments> {
  const rows = await query<{ catalog: string; oid: number; part: number; text: string }>(
    `SELECT c.relname::text AS catalog, d.objoid AS oid, d.objsubid AS part, d.description AS text FROM pg_description d JOIN pg_class c ON c.oid = d.classoid
     WHERE d.objoid >= ${FIRST_USER_OID} OR (d.classoid = 'pg_namespace'::regclass AND d.objoid = to_regnamespace('public'))`,
  )
  const catalogs = new Map<string, Map<number, string>>()
  for (const { catalog, oid, part, text } of rows) {
    const known = catalogs.get(catalog)
    if (known) known.set(oid * MAX_PARTS + part, text)
    else catalogs.set(catalog, new Map([[oid * MAX_PARTS + part, text]]))
  }
  return (catalog, oid, part = 0) => catalogs.get(catalog)?.get(oid * MAX_PARTS + part) ?? null
}

/** More than the 1,600 columns a table can have. */
const MAX_PARTS = 2048
