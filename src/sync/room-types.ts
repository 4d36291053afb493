import type { Limits, Role } from '#core/mutations/mutation.ts'
import type { Id } from '#core/project/rows.ts'
import type { LogEntry, MutationResult } from './types.ts'

/** Who does it: the signed-in person of the connection, never something from a message. */
export interface Actor {
  readonly id: Id
  readonly name: string
}

/** What must be remembered of a client to run each of its mutations exactly once. */
export interface ClientState {
  readonly clientId: Id
  /** Only this person may use the client id. */
  readonly authorId: Id
  readonly lastMutationId: number
  /** Results of its last mutations, oldest first, at most `RECENT_RESULTS`: the answer when they are sent again. */
  readonly recent: readonly { readonly mutationId: number; readonly result: MutationResult }[]
}

/** A client has at most one `mutate` message under way, so these are all results that it may not have heard of. */
export const RECENT_RESULTS = 64

/** What one transaction writes. `entries` may be empty (all refused): then only `clients` are written, and `seq` stays. */
export interface Batch {
  readonly projectId: Id
  /** The compare-and-swap: `UPDATE projects SET seq = seqAfter WHERE id = projectId AND seq = seqBefore`. No row updated = `conflict`. */
  readonly seqBefore: number
  readonly seqAfter: number
  /** In order, `seqBefore + 1 … seqAfter`. Their changes, in order, are what the row tables need. Each goes to the change log with `args`. */
  readonly entries: readonly (LogEntry & { readonly args: unknown })[]
  /** To insert or replace by (project, client). */
  readonly clients: readonly ClientState[]
}

export type CommitResult = 'committed' | 'conflict' | 'rejected'

export interface RoomOptions {
  readonly projectId: Id
  readonly limits: Limits
  /**
   * Writes the batch in ONE transaction and answers after it is durable. `conflict`: the project was not at `seqBefore` any more (or a role
   * changed): nothing written. `rejected`: the database cannot hold this data (SQLSTATE 22, 23, 54): nothing written; the room finds the
   * mutation that is to blame and refuses it alone. Throwing = unknown outcome: the room looks into the log and finds out by itself.
   */
  readonly commit: (batch: Batch) => Promise<CommitResult>
  /** The change log after `seq`, in order. */
  readonly loadSince: (seq: number) => Promise<readonly LogEntry[]>
  /** Whether what came after `seq` is better taken as a snapshot. */
  readonly isTooMuch: (seq: number) => Promise<boolean>
  readonly loadClient: (clientId: Id) => Promise<ClientState | undefined>
  /** The role of now; null = none. Asked for every run of a mutation, also when it runs again after a conflict. */
  readonly roleOf: (actor: Actor) => Role | null
  /** Sends committed entries to everybody in the project, the authors included. Called in order, without gaps. */
  readonly emit: (entries: readonly LogEntry[]) => void
  /** Server time, ISO 8601. */
  readonly now: () => string
  /** Lets input and output have a turn: `() => new Promise((resolve) => setImmediate(resolve))`. */
  readonly yieldTurn: () => Promise<void>
  /** Hears of trouble (for the log). */
  readonly onTrouble?: (trouble: { readonly code: string; readonly error: unknown }) => void
  /** Mutations per transaction; 128. */
  readonly maxBatch?: number
  /** Mutations waiting; beyond that `retry` is answered; 2,000. */
  readonly maxQueue?: number
}
