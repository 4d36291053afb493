import type { Connection } from '../../connection.ts'
import { FIRST_USER_OID } from '../oids.ts'

/** Comments by catalog, OID and, for columns, number. */
export type Comments = (catalog: string, oid: number, part?: number) => string | null

/** All comments of a database on what is not PostgreSQL's own. */
export async function readComments(query: Connection['query']): Promise<Comments> {
  const rows = await query<{ catalog: string; objoid: number; objsubid: number; description: string }>(
    `SELECT d.classoid::regclass::text AS catalog, d.objoid, d.objsubid, d.description FROM pg_description d
     WHERE d.objoid >= ${FIRST_USER_OID} OR (d.classoid = 'pg_namespace'::regclass AND d.objoid = to_regnamespace('public')::oid)`,
  )
  const comments = new Map<string, string>()
  for (const { catalog, objoid, objsubid, description } of rows) comments.set(`${catalog} ${objoid} ${objsubid}`, description)
  return (catalog, oid, part = 0) => comments.get(`${catalog} ${oid} ${part}`) ?? null
}
