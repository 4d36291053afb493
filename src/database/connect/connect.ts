import type { Duplex } from 'node:stream'
import pg from 'pg'
import { DatabaseError, type Connection, type ServerVersion } from '../connection.ts'
import type { ConnectOptions } from './options.ts'
import { connectionProblem, statementProblem } from './problems.ts'
import { textParser } from './values.ts'
import { readTarget, type Target } from './target.ts'
import { tlsAttempts, withoutTls, type TlsAttempt } from './tls.ts'

export type { ConnectOptions } from './options.ts'

/**
 * Opens a session of the server that a `postgres://` url names. TLS is as `sslmode` says, with libpq's meanings. Rejects with a `DatabaseError`
 * that says in words why (host not found, refused, password wrong, no such database, TLS needed) and never holds the password.
 */
export async function connect(url: string, options: ConnectOptions = {}): Promise<Connection> {
  const target = readTarget(url, options)
  options.signal?.throwIfAborted()
  const { client, attempt } = await open(target, options)
  try {
    const server = await begin(client, options)
    return session(client, server, { target, options, attempt })
  } catch (error) {
    await client.end().catch(() => undefined)
    throw connectionProblem(error, target)
  }
}

interface Opened {
  readonly client: pg.Client
  readonly attempt: TlsAttempt
}

/** Tries with and without TLS in the order that `sslmode` gives; the first error that is not about TLS counts. */
async function open(target: Target, options: ConnectOptions): Promise<Opened> {
  const attempts = tlsAttempts(target)
  let first: unknown
  for (const [n, attempt] of attempts.entries()) {
    const client = new pg.Client(clientConfig(target, options, attempt))
    // A session that breaks later rejects its next statement; without a listener Node would end the program.
    client.on('error', () => undefined)
    const stop = () => void client.end().catch(() => undefined)
    options.signal?.addEventListener('abort', stop, { once: true })
    try {
      await client.connect()
      return { client, attempt }
    } catch (error) {
      void client.end().catch(() => undefined)
      options.signal?.throwIfAborted()
      // That the server has no TLS is no reason when the next way fails too.
      if (first === undefined || withoutTls(first)) first = error
      if (n + 1 === attempts.length || !attempt.mayTryNext(error)) throw connectionProblem(first, target)
    } finally {
      options.signal?.removeEventListener('abort', stop)
    }
  }
  throw connectionProblem(first, target)
}

function clientConfig(target: Target, options: ConnectOptions, { ssl }: TlsAttempt): pg.ClientConfig {
  const { applicationName = 'schemaflow', connectTimeout = 10_000 } = options
  const { host, port, user, password, database, settings } = target
  return {
    host: options.address ?? host,
    port,
    user,
    database,
    // A function is asked only when the server wants one, and keeps the package from looking elsewhere.
    password: password === undefined && options.environment === true ? undefined : () => password ?? '',
    ssl,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeout,
    ...(settings !== undefined && { options: settings }),
    keepAlive: true,
    // Statements asked for at once travel at once; the server takes them in order.
    pipeline: true,
    types: { getTypeParser: textParser as typeof pg.types.getTypeParser },
  }
}

/** Sets the session's limits and asks who answers. Limits are no part of the start of a connection: poolers in between refuse them there. */
async function begin(client: pg.Client, { statementTimeout = 0, lockTimeout = 0 }: ConnectOptions): Promise<ServerVersion> {
  const limits = Object.entries({ statement_timeout: statementTimeout, lock_timeout: lockTimeout })
    .filter(([, milliseconds]) => milliseconds > 0)
    .map(([name, milliseconds]) => `, set_config('${name}', '${Math.round(milliseconds)}', false)`)
  const { rows } = await client.query<{ number: string; text: string }>(
    `SELECT current_setting('server_version_num') AS number, split_part(current_setting('server_version'), ' ', 1) AS text${limits.join('')}`,
  )
  return { number: Number(rows[0]?.number ?? 0), text: rows[0]?.text ?? '', engine: 'postgres' }
}

function session(
  client: pg.Client,
  server: ServerVersion,
  { target, options, attempt }: { target: Target; options: ConnectOptions; attempt: TlsAttempt },
): Connection {
  let ended: Promise<void> | undefined
  const close = (): Promise<void> => (ended ??= client.end().catch(() => undefined))
  const cancel = () => void cancelBackend(client, clientConfig(target, options, attempt))
  options.signal?.addEventListener('abort', cancel, { once: true })
  const run = async <T>(sql: string, work: () => Promise<T>): Promise<T> => {
    options.signal?.throwIfAborted()
    if (ended) throw new DatabaseError('The connection is closed.')
    try {
      return await work()
    } catch (error) {
      options.signal?.throwIfAborted()
      throw statementProblem(error, sql, target)
    }
  }
  return {
    server,
    query: (sql, params) => run(sql, async () => (await client.query(sql, params ? [...params] : undefined)).rows),
    exec: (sql) => run(sql, async () => void (await client.query(sql))),
    close: () => {
      options.signal?.removeEventListener('abort', cancel)
      return close()
    },
  }
}

/** Asks the server, over a session of its own, to stop what this one is doing, and hangs up. */
async function cancelBackend(client: pg.Client, config: pg.ClientConfig): Promise<void> {
  // Not in the package's types, but what its own documentation uses.
  const { processID, connection } = client as unknown as { readonly processID: number | null; readonly connection: { stream: Duplex } }
  const other = new pg.Client({ ...config, connectionTimeoutMillis: 3000 })
  other.on('error', () => undefined)
  try {
    await other.connect()
    await other.query('SELECT pg_cancel_backend($1)', [processID])
  } catch {
    // It ends with its connection, too.
  } finally {
    await other.end().catch(() => undefined)
    connection.stream.destroy()
  }
}
