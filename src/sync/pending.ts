import type { Change, Id } from '#core/project/rows.ts'
import type { OutgoingMutation } from './messages.ts'
import type { MutationResult } from './types.ts'

/** Work that the server has not acknowledged yet, as JSON: survives a reload. */
export interface SavedPending {
  readonly projectId: Id
  readonly clientId: Id
  readonly nextMutationId: number
  readonly pending: readonly OutgoingMutation[]
}

/** A mutation of this client that is not both answered and confirmed yet. */
export interface Pending extends OutgoingMutation {
  /** What it does to the view; [] when it cannot run on the present rows (the server will say). */
  changes: readonly Change[]
  /** The confirmed rows contain it, or it has been refused: it is not replayed any more. */
  entered: boolean
  /** The server has answered: it is not sent any more. */
  answered: boolean
  /** The log entry that it became, as the server's answer says; null = not known. */
  seq: number | null
  /** Its share of a message, in characters. */
  readonly size: number
  readonly resolve: (result: MutationResult) => void
}

/** A mutation that was just made, with what it did to the view. */
export const pendingOf = (mutation: OutgoingMutation, changes: readonly Change[], resolve: Pending['resolve']): Pending => ({
  ...mutation,
  changes,
  entered: false,
  answered: false,
  seq: null,
  size: JSON.stringify(mutation).length,
  resolve,
})
/** What of it travels. */
export const outgoing = ({ mutationId, name, args }: OutgoingMutation): OutgoingMutation => ({ mutationId, name, args })
