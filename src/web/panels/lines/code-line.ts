import type { Severity } from '#core/diagnostic.ts'

/** What a stretch of code is, for colour. The index in this list is what travels between worker and page. */
export const tokenKinds = ['plain', 'keyword', 'type', 'string', 'number', 'comment'] as const
export type TokenKind = (typeof tokenKinds)[number]

/** A stretch of a line that a diagnostic points at. Columns are UTF-16 offsets in the line, `end` exclusive. */
export interface Mark {
  readonly start: number
  readonly end: number
  readonly severity: Severity
}

/** A line as the page draws it. Small on purpose: only lines that are in sight are ever sent. */
export interface CodeLine {
  readonly text: string
  /** Lengths and token kinds in turn: `[6, 1, 1, 0]` = six characters of keyword, one plain. Empty = all plain. */
  readonly runs: readonly number[]
  readonly marks?: readonly Mark[]
}

/** Lines longer than this are cut in the view (never in what is copied, saved or read). */
export const LONGEST_SHOWN_LINE = 2000

/** A text that somebody else holds and of which the page asks for what is in sight. Another text is another object. */
export interface LineSource {
  readonly lineCount: number
  /** Characters in the longest line, as shown. */
  readonly width: number
  /** Lines `from` (included) to `to` (excluded), counted from 0. */
  readonly read: (from: number, to: number) => Promise<readonly CodeLine[]>
}
