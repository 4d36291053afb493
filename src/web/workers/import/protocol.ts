import type { Diagnostic, Severity } from '#core/diagnostic.ts'
import type { Schema } from '#core/schema/index.ts'
import type { DatabaseImportRequest } from '#sync/database-messages.ts'
import type { CodeLine } from '../../panels/lines/code-line.ts'
import type { SourceFix } from './group.ts'
import type { ImportSummary } from './summary.ts'

/** A file that a person dropped, or a text that they pasted. */
export type RawSource =
  | { readonly kind: 'file'; readonly file: string; readonly blob: Blob }
  | { readonly kind: 'text'; readonly file: string; readonly text: string }

/** A source as the report shows it. Its text stays in the worker; the page asks for lines. */
export interface ReadSource {
  readonly file: string
  /** Bytes as dropped. */
  readonly size: number
  readonly lineCount: number
  /** Characters in the longest line, as shown. */
  readonly width: number
  /** Lines, counted from 0, that something was noticed on: what the ruler shows. The first few hundred, the heaviest first. */
  readonly ticks: readonly { readonly line: number; readonly severity: Severity }[]
}

/** What reading came to. */
export interface Reading {
  readonly schema: Schema
  readonly summary: ImportSummary
  readonly sources: readonly ReadSource[]
  /** The format's title: `PostgreSQL SQL`. */
  readonly format: string
  /** Milliseconds that decoding and reading took. */
  readonly took: number
  /** Fixes carried out since the sources were dropped. */
  readonly fixes: number
  /** Whether PostgreSQL can be asked what it makes of it. */
  readonly canVerify: boolean
  /** What PostgreSQL made of it: set once it was asked. */
  readonly truth: TruthSummary | null
}

/** What PostgreSQL did with the sources, bounded in size. */
export interface TruthSummary {
  /** `18.6` */
  readonly server: string
  readonly executed: { readonly ran: number; readonly refused: number; readonly skipped: number }
  /** Objects that only their text tells of; the first few hundred. */
  readonly unverified: readonly { readonly name: string; readonly reason: string }[]
  readonly unverifiedCount: number
}

/** Page to worker. */
export type ToReader =
  /** Load what reading SQL needs; nothing is answered. */
  | { readonly kind: 'prepare' }
  | { readonly kind: 'read'; readonly sources: readonly RawSource[] }
  | { readonly kind: 'fix'; readonly fixes: readonly SourceFix[] }
  /** Back to the sources as they were dropped. */
  | { readonly kind: 'unfix' }
  /** Have the server, at this address, read a database. It is shown as the SQL that makes it, under this name. */
  | { readonly kind: 'database'; readonly address: string; readonly request: DatabaseImportRequest; readonly name: string }
  /** Ask PostgreSQL, at this address of the server, what it makes of the sources. */
  | { readonly kind: 'verify'; readonly address: string }
  /** Stop asking. */
  | { readonly kind: 'settle' }
  | { readonly kind: 'lines'; readonly request: number; readonly source: number; readonly from: number; readonly to: number }

/** Worker to page. */
export type FromReader =
  | { readonly kind: 'progress'; readonly stage: ReadingStage; readonly share: number }
  | { readonly kind: 'done'; readonly reading: Reading }
  /** PostgreSQL is at work on what was read. */
  | { readonly kind: 'verifying'; readonly share: number }
  /** The reading as PostgreSQL has it. */
  | { readonly kind: 'verified'; readonly reading: Reading }
  /** PostgreSQL could not be asked; the reading stays as it is. */
  | { readonly kind: 'not-verified'; readonly diagnostic: Diagnostic }
  /** Nothing could be read at all: not SQL, too large, no file. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'lines'; readonly request: number; readonly lines: readonly CodeLine[] }

export type ReadingStage = 'connecting' | 'opening' | 'reading' | 'reading the database' | 'summing up'
