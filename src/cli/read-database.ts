import { DatabaseError, type Connection } from '#database/connection.ts'
import { connectionUrl } from '#database/live/connection-url.ts'
import type { Introspection, IntrospectOptions } from '#database/introspect/types.ts'
import { wrongUse } from './exit-code.ts'
import { readTableName, type SourceOptions } from './source-options.ts'
import { progress, type Terminal } from './terminal.ts'

/** Reads a live database from its catalogs. What stands in the way is told in words, never with the password. */
export async function readDatabase(text: string, options: SourceOptions, io: Terminal): Promise<Introspection> {
  return withDatabase(text, async (connection) => {
    const chosen = await choose(connection, options)
    const { introspect } = await import('#database/introspect/introspect.ts')
    const bar = progress(io, 'Reading the database')
    try {
      return await introspect(connection, { ...chosen, privileges: options.privileges === true, onProgress: bar.report })
    } finally {
      bar.done()
    }
  })
}

/** What the options choose; a name that is not there is told, with those that are. */
async function choose(connection: Connection, { namespace, table }: SourceOptions): Promise<IntrospectOptions> {
  if (!namespace && !table) return {}
  if (namespace && table) throw wrongUse('--namespace and --table cannot be used together', 'Name all tables, or all namespaces.')
  const { listTables, withPartitions } = await import('#database/live/list-tables.ts')
  const { namespaces } = await listTables(connection)
  const missing = namespace?.find((name) => !namespaces.some((known) => known.name === name))
  if (missing !== undefined)
    throw wrongUse(`there is no namespace "${missing}" in the database`, `There are: ${namespaces.map(({ name }) => name).join(', ')}.`)
  if (!table) return namespace ? { namespaces: namespace } : {}
  const tables = table.map(readTableName)
  const chosen = await withPartitions(connection, tables)
  for (const { namespace: of, name } of tables) {
    if (!(await isRelation(connection, of, name)))
      throw wrongUse(`there is no table or view "${of}"."${name}" in the database`, 'Write it like public.users; quote it as in SQL.')
  }
  return { tables: chosen }
}

async function isRelation(connection: Connection, namespace: string, name: string): Promise<boolean> {
  const sql = `SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname::text = $1 AND c.relname::text = $2 AND c.relkind IN ('r', 'p', 'f', 'v', 'm')`
  return (await connection.query(sql, [namespace, name])).length > 0
}

/** What PostgreSQL or the way to it says, as wrong use: a hint and exit code 2, no stack. */
export async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DatabaseError) throw wrongUse(error.message, error.hint ?? error.detail ?? undefined)
    throw error
  }
}

const withDatabase = <T>(text: string, work: (connection: Connection) => Promise<T>): Promise<T> =>
  inWords(async () => {
    const { connect } = await import('#database/connect/connect.ts')
    const connection = await connect(connectionUrl(text), { environment: true, lockTimeout: 10_000 })
    try {
      return await work(connection)
    } finally {
      await connection.close()
    }
  })
