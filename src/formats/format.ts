import type { Diagnostic, Span } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { Schema } from '#core/schema/index.ts'

/** A text to read, with the name people know it by. */
export interface Source {
  readonly file: string
  readonly text: string
}

export interface ImportOptions {
  /** Keep owners, GRANT, REVOKE and default privileges. Off: they are counted as ignored. */
  readonly privileges?: boolean
  /**
   * Take only what PostgreSQL itself would take: no repairs, no forward references. Off: what is plainly meant (an inline INDEX, a forgotten
   * semicolon, a foreign key to a table created later) is brought in and reported as repaired.
   */
  readonly strict?: boolean
  /** Called now and then with the share done, from 0 to 1. */
  readonly onProgress?: (share: number) => void
  /** Ends the work early: the import rejects with the signal's reason. */
  readonly signal?: { readonly aborted: boolean; readonly reason?: unknown }
}

/** How a statement ended. Every statement of the source has exactly one outcome. */
export const outcomes = ['modelled', 'verbatim', 'repaired', 'ignored', 'rejected'] as const
export type Outcome = (typeof outcomes)[number]

export interface StatementRecord {
  readonly outcome: Outcome
  /** What sort of statement it is: `CREATE TABLE`, `COPY data`, `\restrict`. */
  readonly kind: string
  readonly file: string
  readonly span: Span
}

export interface ImportResult {
  readonly schema: Schema
  readonly statements: readonly StatementRecord[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Something the target cannot hold: which object, what of it, and what became of it. */
export interface Loss {
  readonly code: DiagnosticCode
  /** `table`, `check`, `trigger` … */
  readonly kind: string
  /** The object as people name it: `public.users.email`. */
  readonly object: string
  readonly message: string
  readonly hint?: string
}

export interface ExportOptions {
  /** Write owners, grants and default privileges too. */
  readonly privileges?: boolean
}

export interface ExportResult {
  /** The output. `path` is relative and forward-slashed; a single-file format has one entry. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  readonly losses: readonly Loss[]
  /** Where each table's text is in the first file, for jumping between canvas and code. UTF-16 offsets. */
  readonly places?: readonly { readonly namespace: string; readonly name: string; readonly start: number; readonly end: number }[]
}

/** Reads texts. Never throws on bad input; several sources are read in the order given, as one schema. */
export type Importer = (sources: readonly Source[], options?: ImportOptions) => Promise<ImportResult>
/** Writes a schema. Pure: the same schema gives the same text. */
export type Exporter = (schema: Schema, options?: ExportOptions) => ExportResult

/** What a format's folder exports from its `index.ts`. */
export interface Format {
  readonly importer?: Importer
  readonly exporter?: Exporter
}

/** What is known of a format before its code is loaded. */
export interface FormatEntry<Id extends string = string> {
  readonly id: Id
  readonly title: string
  /** The extension of its files, without the dot. */
  readonly extension: string
  readonly reads: boolean
  readonly writes: boolean
  /** Shiki's name of the language. */
  readonly language: string
  /** How sure we are that a text is of this format, 0 to 1, from its name and its first kilobytes. */
  readonly detect: (file: string, head: string) => number
  readonly load: () => Promise<{ readonly format: Format }>
}
