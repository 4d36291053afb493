import { DatabaseError } from '../connection.ts'

/**
 * The scratch database is gone, and everything in it: it crashed, or a statement did not end and there was no other way to stop it. The next call
 * finds a new, empty one.
 */
export class ScratchLost extends DatabaseError {
  /** How many statements of the `run` had been done before; null = it was no `run`. */
  readonly done: number | null
  /** True when a statement took too long, false when the database broke down. */
  readonly timedOut: boolean

  constructor(message: string, { done, timedOut }: { readonly done: number | null; readonly timedOut: boolean }) {
    // 57014: query_canceled, 57P01: admin_shutdown.
    super(message, { code: timedOut ? '57014' : '57P01' })
    this.name = 'ScratchLost'
    this.done = done
    this.timedOut = timedOut
  }
}
