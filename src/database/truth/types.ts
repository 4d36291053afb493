import type { Diagnostic } from '#core/diagnostic.ts'
import type { ImportResult, Source } from '#formats/format.ts'
import type { Schema } from '#core/schema/index.ts'
import type { ServerVersion } from '../connection.ts'

/** An object that only the grammar knows: PostgreSQL refused its statement, so it is kept as it was read. */
export interface Unverified {
  readonly list: keyof Schema
  /** As people name it: `public.users`. */
  readonly name: string
  /** What PostgreSQL said. */
  readonly reason: string
}

/** What the grammar read, refined by what PostgreSQL made of it. Nothing that the grammar read is missing from it. */
export interface TrueReading {
  readonly schema: Schema
  /** Those of the grammar that still hold, and those of PostgreSQL. */
  readonly diagnostics: readonly Diagnostic[]
  readonly unverified: readonly Unverified[]
  readonly server: ServerVersion
  /** How many statements PostgreSQL ran, refused, and was not asked to run. */
  readonly executed: { readonly ran: number; readonly refused: number; readonly skipped: number }
}

export interface TruthInput {
  readonly sources: readonly Source[]
  readonly read: ImportResult
}
