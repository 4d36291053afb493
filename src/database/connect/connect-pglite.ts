import { DatabaseError, type Connection, type ServerVersion } from '../connection.ts'
import { inTurn } from './in-turn.ts'
import { statementProblem } from './problems.ts'
import { pgliteParsers } from './values.ts'

/** What of PGlite is used: an instance, or one that stands for an instance in a worker. */
export interface PGliteLike {
  query<Row>(sql: string, params?: unknown[], options?: { parsers?: Record<number, (text: string) => unknown> }): Promise<{ rows: Row[] }>
  exec(sql: string): Promise<unknown>
  close(): Promise<void>
}

/** A session of a PGlite instance. Closing it leaves the instance open unless `owned` is set. */
export async function connectPGlite(db: PGliteLike, { owned = false }: { readonly owned?: boolean } = {}): Promise<Connection> {
  const parsers = { ...pgliteParsers }
  const turn = inTurn()
  let closed = false
  const run = <T>(sql: string, work: () => Promise<T>): Promise<T> =>
    turn(async () => {
      if (closed) throw new DatabaseError('The connection is closed.')
      try {
        return await work()
      } catch (error) {
        throw statementProblem(error, sql)
      }
    })
  const query = <Row>(sql: string, params?: readonly unknown[]): Promise<readonly Row[]> =>
    run(sql, async () => (await db.query<Row>(sql, params ? [...params] : undefined, { parsers })).rows)
  return {
    server: await versionOf(query),
    query,
    exec: (sql) => run(sql, async () => void (await db.exec(sql))),
    close: async () => {
      if (closed) return
      closed = true
      if (owned) await db.close()
    },
  }
}

async function versionOf(query: Connection['query']): Promise<ServerVersion> {
  const [row] = await query<{ number: string; text: string }>(
    `SELECT current_setting('server_version_num') AS number, split_part(current_setting('server_version'), ' ', 1) AS text`,
  )
  return { number: Number(row?.number ?? 0), text: row?.text ?? '', engine: 'pglite' }
}
