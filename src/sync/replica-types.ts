import type { Diagnostic } from '#core/diagnostic.ts'
import type { Limits } from '#core/mutations/mutation.ts'
import type { Id } from '#core/project/rows.ts'
import type { ProjectRows } from '#core/project/store.ts'
import type { JoinReply, MutateMessage, OutgoingMutation } from './messages.ts'

export interface ReplicaOptions {
  readonly projectId: Id
  /** Makes a UUIDv7: the client's id (one per tab, unless pending work is restored), and a new one when the server has forgotten the old. */
  readonly makeId: () => Id
  readonly limits: Limits
  /** Sends a message; the reply comes back through `acknowledge`. Called with at most one message under way, and only while joined. */
  readonly send: (message: MutateMessage) => void
  /** Entries are missing: join again with this `since`. Called once per gap. */
  readonly requestCatchUp: (since: number) => void
  /** What this replica holds cannot be right: load a snapshot (`load`), then join again. */
  readonly requestSnapshot: () => void
  /** A pending mutation was refused by the server and is rolled back. Also those of an earlier visit, whose promises are gone. */
  readonly onRefused?: (mutation: OutgoingMutation, diagnostics: readonly Diagnostic[]) => void
  /** The pending mutations changed: time to save `exportPending()`. */
  readonly onPending?: () => void
  /** A listener threw: for the console. */
  readonly onTrouble?: (error: unknown) => void
}

/** A project as the server hands it out: its rows as of entry `seq`. */
export interface ProjectSnapshot {
  readonly seq: number
  readonly rows: ProjectRows
}

/** What a client says of itself when it joins. */
export interface JoinQuestion {
  readonly clientId: Id
  /** The last log entry that it has; null = none. */
  readonly since: number | null
  /** The last of its mutations that the server has answered, so it must know at least these. */
  readonly answered: number
}

/** What the server says to a client that it lets in, as far as the replica has to know. */
export type Joined = Pick<Extract<JoinReply, { kind: 'joined' }>, 'role' | 'lastMutationId' | 'entries'>
