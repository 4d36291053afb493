import type { Connection } from '#database/connection.ts'
import { listTables, withPartitions } from '#database/live/list-tables.ts'
import type { DatabaseContents, DatabaseEvent, DatabaseImportRequest, DatabaseTarget } from '#sync/database-messages.ts'
import { reachDatabase, type ReachOptions } from './reach-database.ts'

/** What is in the database, to choose from. */
export const databaseContents = (target: DatabaseTarget, options: ReachOptions): Promise<DatabaseContents> =>
  withConnection(target, options, async (connection) => ({ server: connection.server.text, ...(await listTables(connection)) }))

/** Reads what was chosen from the catalogs, in a transaction that can only read. */
export function importDatabase(
  request: DatabaseImportRequest,
  options: ReachOptions,
  onProgress: (share: number) => void,
): Promise<DatabaseEvent> {
  const { connection: target, namespaces, tables, privileges } = request
  return withConnection(target, options, async (connection) => {
    const { introspect } = await import('#database/introspect/introspect.ts')
    const chosen = tables && (await withPartitions(connection, tables))
    const { schema, diagnostics, server } = await introspect(connection, {
      ...(namespaces && { namespaces }),
      ...(chosen && { tables: chosen }),
      privileges: privileges === true,
      onProgress,
      signal: options.signal,
    })
    return { kind: 'done', schema, diagnostics, server: server.text }
  })
}

async function withConnection<T>(target: DatabaseTarget, options: ReachOptions, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await reachDatabase(target, options)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}
