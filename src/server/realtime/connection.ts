import type { Socket } from 'socket.io'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { Id } from '#core/project/rows.ts'
import type { ClientEvents, MutateReply, ServerEvents } from '#sync/messages.ts'
import type { Auth, Person } from '../auth/auth.ts'
import type { ServerConfig } from '../config.ts'
import type { Log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import type { Rooms } from './rooms.ts'
import type { TokenBucket } from './token-bucket.ts'

/** What the server knows of a connection. Set at the handshake from the session, never from messages. */
export interface Connection {
  person: Person
  /** The project it has joined. */
  projectId: Id | null
  role: string | null
  readonly messages: TokenBucket
  readonly underWay: Set<Promise<unknown>>
}
export type ProjectSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, Connection>

export interface RealtimeOptions {
  readonly config: ServerConfig
  readonly auth: Auth
  readonly database: Database
  readonly rooms: Rooms
  readonly log: Log
}

/** What the handlers of messages work with. */
export interface MessageContext extends RealtimeOptions {
  /** Puts a socket into a project's room, out of the one it was in. */
  readonly enter: (socket: ProjectSocket, projectId: Id, role: string) => Promise<void>
  /** Takes from a person's allowance of mutations. 0 = go on; else wait so many milliseconds. */
  readonly takeMutations: (userId: string, count: number) => number
}

/** The session cookie as it was sent at the handshake. */
export const cookieOf = (socket: ProjectSocket): Headers => new Headers({ cookie: socket.handshake.headers.cookie ?? '' })

export const refused = (code: DiagnosticCode, message: string, hint?: string) =>
  ({ kind: 'refused', diagnostics: [{ code, severity: 'error', message, hint }] }) satisfies MutateReply

export const tooFast = (afterMs: number): MutateReply => ({
  kind: 'retry',
  afterMs: Math.min(afterMs, 60_000),
  diagnostics: [
    {
      code: 'too-many-messages',
      severity: 'error',
      message: 'You are sending faster than allowed.',
      hint: 'What you did is kept and sent later.',
    },
  ],
})
