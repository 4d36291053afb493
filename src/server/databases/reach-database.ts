import type { Diagnostic } from '#core/diagnostic.ts'
import { connect } from '#database/connect/connect.ts'
import { readTarget } from '#database/connect/target.ts'
import { DatabaseError, type Connection } from '#database/connection.ts'
import { connectionUrl, fieldsUrl } from '#database/live/connection-url.ts'
import type { DatabaseTarget } from '#sync/database-messages.ts'
import { RequestFailure } from '../failure.ts'
import type { Reach } from './addresses.ts'
import { allowedAddress, type Resolve } from './resolve.ts'

export interface ReachOptions {
  readonly reach: Reach
  readonly signal: AbortSignal
  /** How names become addresses; only tests say otherwise. */
  readonly resolve?: Resolve
}

const CONNECT_MS = 10_000
const STATEMENT_MS = 60_000
const LOCK_MS = 5_000

/**
 * Connects to the database that a person names: never to a socket, never with files of this server, and only to an address that was looked at.
 * Throws a `RequestFailure` in people's words, without the password. The caller closes the connection.
 */
export async function reachDatabase(target: DatabaseTarget, { reach, signal, resolve }: ReachOptions): Promise<Connection> {
  const { url, host } = readConnection(target)
  try {
    const address = await allowedAddress(host, reach, resolve)
    signal.throwIfAborted()
    return await unlessStopped(
      signal,
      connect(url, {
        address,
        files: false,
        applicationName: 'schemaflow',
        connectTimeout: CONNECT_MS,
        statementTimeout: STATEMENT_MS,
        lockTimeout: LOCK_MS,
        signal,
      }),
    )
  } catch (error) {
    throw error instanceof DatabaseError ? failureOf('cannot-connect', error) : error
  }
}

/** A server that says nothing is not waited for when nobody listens any more; should it answer later, the session is closed. */
function unlessStopped(signal: AbortSignal, connecting: Promise<Connection>): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason as Error)
      connecting.then((connection) => connection.close()).catch(() => undefined)
    }
    signal.addEventListener('abort', stop, { once: true })
    connecting.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function readConnection(target: DatabaseTarget): { readonly url: string; readonly host: string } {
  try {
    const url = target.kind === 'text' ? connectionUrl(target.text) : fieldsUrl(target)
    return { url, host: readTarget(url, { files: false }).host }
  } catch (error) {
    throw error instanceof DatabaseError ? failureOf('bad-connection', error) : error
  }
}

const failureOf = (code: 'bad-connection' | 'cannot-connect', error: DatabaseError): RequestFailure =>
  new RequestFailure(422, code, error.message, error.hint ?? error.detail ?? undefined)

/** What went wrong while a database was read, as people are told. Null for what is a bug of ours. */
export function databaseTrouble(error: unknown): Diagnostic | null {
  if (error instanceof RequestFailure) return error.diagnostic
  if (error instanceof DatabaseError) {
    const hint = error.hint ?? error.detail
    return {
      code: error.code === null ? 'cannot-connect' : 'database-refused',
      severity: 'error',
      message: error.message,
      ...(hint ? { hint } : {}),
    }
  }
  if (error instanceof Error && error.name === 'TimeoutError')
    return {
      code: 'too-long',
      severity: 'error',
      message: 'It took longer than allowed here and was stopped.',
      hint: 'Choose fewer namespaces or tables.',
    }
  if (error instanceof Error && error.name === 'AbortError') return { code: 'too-long', severity: 'error', message: 'It was stopped.' }
  return null
}
