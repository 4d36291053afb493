import type { DiagnosticCode } from './diagnostic-codes.ts'
/** How much a diagnostic matters: `error` = something did not come over, `warning` = it did but look, `info` = good to know. */
export type Severity = 'error' | 'warning' | 'info'

/** A place in a source text. Offsets are UTF-16 code units (JavaScript string indices); line and column count from 1. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
}

/** A change to the source text that mends what a diagnostic describes. Edits do not overlap and are in source order. */
export interface Fix {
  readonly title: string
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]
}

/** Something we noticed: what is wrong, where, and what to do next. Codes are stable, kebab-case and documented in `docs/diagnostics.md`. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly message: string
  readonly hint?: string | undefined
  readonly file?: string | undefined
  readonly span?: Span | undefined
  readonly fix?: Fix | undefined
}

/** `file:line:col severity code message`, with the hint on the next line: the form that the command line prints. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, span, severity, code, message, hint } = diagnostic
  const place = `${file ?? '-'}:${span?.line ?? 1}:${span?.column ?? 1}`
  return `${place} ${severity} ${code} ${message}${hint ? `\n  ${hint}` : ''}`
}
