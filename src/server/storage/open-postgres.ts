import { drizzle } from 'drizzle-orm/node-postgres'
import { Pool, type PoolClient } from 'pg'
import type { Database, Sql } from './database.ts'
import { HINT, listenForHints, type Hints } from './hints.ts'
import { migrate } from './migrate.ts'
import * as tables from './tables.ts'

/** Opens a PostgreSQL server's database (DATABASE_URL) and brings it up to date. Several servers may share it. */
export async function openPostgres(url: string, onIdleError: (error: Error) => void): Promise<Database> {
  const pool = new Pool({ connectionString: url, max: 10, application_name: 'schemaflow' })
  // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
  pool.on('error', onIdleError)
  let hints: Hints | undefined
  const database: Database = {
    engine: 'postgres',
    orm: drizzle({ client: pool, schema: tables }),
    sql: runOn(pool),
    prepared: prepareOn(pool),
    transaction: (work) => inTransaction(pool, work),
    hints: {
      tell: (projectId) => void pool.query(HINT, [projectId]).catch(onIdleError),
      listen: (onHint) => (hints ??= listenForHints(url, onHint)),
    },
    async close() {
      await hints?.close()
      await pool.end()
    },
  }
  try {
    await migrate(database)
    return database
  } catch (error) {
    await pool.end()
    throw error
  }
}

async function inTransaction<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(runOn(client))
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}

const runOn =
  (client: Pool | PoolClient): Sql =>
  async <Row>(text: string, params: readonly unknown[] = []) =>
    (await client.query(text, [...params])).rows as Row[]

/** The driver prepares a named statement once per connection. */
function prepareOn(pool: Pool): Sql {
  const names = new Map<string, string>()
  return async <Row>(text: string, params: readonly unknown[] = []) => {
    const name = names.get(text) ?? `prepared_${names.size}`
    names.set(text, name)
    return (await pool.query({ name, text, values: [...params] })).rows as Row[]
  }
}
