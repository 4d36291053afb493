import type { Connection, DatabaseError } from '../connection.ts'

export interface ScratchOptions {
  /** A server on which databases may be made and dropped; null = PGlite in a worker. */
  readonly url?: string | null
  /** A statement that takes longer, in milliseconds, is ended. Default 6,000. */
  readonly statementTimeout?: number
}

/** A place to try SQL out: a database of our own, empty at the start, gone at the end. Kept warm: making one costs 0.3 s, emptying one less. */
export interface Scratch {
  readonly connection: Connection
  /**
   * Runs many statements, each by itself and in its own transaction, with one round trip where that is possible. Gives for each what the server
   * said against it; null = it ran. Rejects only when the database is lost (`ScratchLost`): by a crash, or by a statement that does not end.
   */
  run(statements: readonly string[]): Promise<readonly (DatabaseError | null)[]>
  /** Makes it as new. */
  reset(): Promise<void>
  /** Removes it. */
  close(): Promise<void>
}
