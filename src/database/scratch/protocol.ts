// What is said between us and the thread in which PGlite runs (worker.mjs).

/** What the thread needs to begin. */
export interface WorkerSetup {
  /** The packed data folder to begin with; null = initdb makes one. */
  readonly archive: string | null
  /** One number: how many statements of a `run` are done. Lets us see from outside which one hangs. */
  readonly progress: SharedArrayBuffer
}

export type WorkerTask =
  /** Opens a database as new, in place of the one that is open. */
  | { readonly kind: 'open' }
  | { readonly kind: 'query'; readonly sql: string; readonly params: readonly unknown[] }
  | { readonly kind: 'exec'; readonly sql: string }
  | { readonly kind: 'run'; readonly statements: readonly string[] }
  /** The data folder as an archive. */
  | { readonly kind: 'pack' }

export interface WorkerRequest {
  readonly id: number
  readonly task: WorkerTask
}

/** Rows as PostgreSQL wrote them: functions that read values do not cross threads. */
export interface TextRows {
  readonly rows: readonly Readonly<Record<string, string | null>>[]
  /** OIDs of the types by name of the column. */
  readonly types: Readonly<Record<string, number>>
}

/** An error of PostgreSQL as it crosses the threads. */
export interface WireError {
  readonly message: string
  /** null = not PostgreSQL refused but PGlite broke down: it is not used again. */
  readonly code: string | null
  readonly detail: string | null
  readonly hint: string | null
  /** In code points of the statement from 1, as PostgreSQL counts. */
  readonly position: number | null
}

export type WorkerAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: WireError }
