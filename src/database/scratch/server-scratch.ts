import { randomBytes } from 'node:crypto'
import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import { connect } from '../connect/connect.ts'
import { DatabaseError, type Connection } from '../connection.ts'
import type { Scratch, ScratchOptions } from './types.ts'

const PREFIX = 'sf_scratch_'
/** What a crashed process left behind is removed after a day. */
const DAY_MS = 24 * 3600 * 1000
/** So many statements go to the server at once; after a failure they are sent one by one. */
const BATCH = 50

/** A database of our own on a server that lets us make and drop databases. Roles made for it are removed with it. */
export async function openServerScratch(url: string, { statementTimeout = 6_000 }: ScratchOptions): Promise<Scratch> {
  const maintenance = await connect(url)
  try {
    await removeLeftOvers(maintenance)
    const rolesBefore = await roleNames(maintenance)
    let { name, connection } = await create(maintenance, url, statementTimeout)
    const remove = async () => {
      await connection.close()
      await dropDatabase(maintenance, name)
      await dropNewRoles(maintenance, rolesBefore)
    }
    // One face for all databases that follow each other.
    const face: Connection = {
      server: connection.server,
      query: (sql, params) => connection.query(sql, params),
      exec: (sql) => connection.exec(sql),
      close: () => close(),
    }
    let closing: Promise<void> | undefined
    const close = () => (closing ??= remove().finally(() => maintenance.close()))
    return {
      connection: face,
      run: (statements) => runAll(connection, statements),
      reset: async () => {
        await remove()
        ;({ name, connection } = await create(maintenance, url, statementTimeout))
      },
      close,
    }
  } catch (error) {
    await maintenance.close()
    throw error
  }
}

async function create(maintenance: Connection, url: string, statementTimeout: number): Promise<{ name: string; connection: Connection }> {
  const name = `${PREFIX}${Date.now().toString(36)}_${randomBytes(6).toString('hex')}`
  await maintenance.exec(`CREATE DATABASE ${quoteName(name)} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`)
  try {
    return { name, connection: await connect(urlOf(url, name), { statementTimeout }) }
  } catch (error) {
    await dropDatabase(maintenance, name)
    throw error
  }
}

/** The same server, another database. */
function urlOf(url: string, database: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${database}`
  parsed.searchParams.delete('dbname')
  return parsed.toString()
}

const dropDatabase = (maintenance: Connection, name: string): Promise<void> =>
  maintenance.exec(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`)

/** Names carry the time at which they were made. Somebody else may be removing them too. */
async function removeLeftOvers(maintenance: Connection): Promise<void> {
  const rows = await maintenance.query<{ name: string }>(`SELECT datname AS name FROM pg_database WHERE starts_with(datname::text, $1)`, [
    PREFIX,
  ])
  for (const { name } of rows) {
    const made = Number.parseInt(name.slice(PREFIX.length).split('_')[0] ?? '', 36)
    if (Date.now() - made > DAY_MS) await dropDatabase(maintenance, name).catch(() => undefined)
  }
}

/** Roles are the whole server's. Only those marked as ours are ever dropped. */
export const ROLE_MARK = 'made by SchemaFlow for a scratch database'

async function roleNames(maintenance: Connection): Promise<ReadonlySet<string>> {
  const rows = await maintenance.query<{ name: string }>('SELECT rolname AS name FROM pg_roles')
  return new Set(rows.map(({ name }) => name))
}

async function dropNewRoles(maintenance: Connection, before: ReadonlySet<string>): Promise<void> {
  const rows = await maintenance.query<{ name: string }>(
    `SELECT rolname AS name FROM pg_roles WHERE shobj_description(oid, 'pg_authid') = ${quoteLiteral(ROLE_MARK)}`,
  )
  // Another scratch database may still need it: then the server refuses, and the other one removes it.
  for (const { name } of rows) if (!before.has(name)) await maintenance.exec(`DROP ROLE ${quoteName(name)}`).catch(() => undefined)
}

async function runAll(connection: Connection, statements: readonly string[]): Promise<readonly (DatabaseError | null)[]> {
  const results: (DatabaseError | null)[] = []
  for (let at = 0; at < statements.length; at += BATCH) {
    const batch = statements.slice(at, at + BATCH)
    const together = await attempt(connection, batch.join('\n;\n'))
    if (together === null) results.push(...batch.map(() => null))
    else for (const sql of batch) results.push(await attempt(connection, sql))
  }
  return results
}

/** null = it ran. Throws when not the statement failed but the connection. */
async function attempt(connection: Connection, sql: string): Promise<DatabaseError | null> {
  try {
    await connection.exec(sql)
    return null
  } catch (error) {
    if (error instanceof DatabaseError && error.code !== null) return error
    throw error
  }
}
