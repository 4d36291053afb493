import type { Diagnostic, Fix, Severity } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'

/** One place of a group: which source, where, and what was said there. */
export interface Place {
  /** Index of the source; -1 when the diagnostic names none. */
  readonly source: number
  readonly line: number
  readonly column: number
  readonly start: number
  readonly end: number
  readonly message: string
}

/** Edits of one source, in order, not overlapping. */
export interface SourceFix {
  readonly source: number
  readonly edits: Fix['edits']
}

/** The same thing noticed once or many times: one card of the report. */
export interface DiagnosticGroup {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly title: string
  readonly hint: string | null
  readonly count: number
  /** At most `MOST_PLACES`, in source order. */
  readonly places: readonly Place[]
  /** What mends all of them, or null. */
  readonly fix: { readonly title: string; readonly sources: readonly SourceFix[] } | null
}

export const MOST_PLACES = 100

/** Puts diagnostics of one code and weight together, the heaviest and then the most frequent first. */
export function groupDiagnostics(diagnostics: readonly Diagnostic[], files: readonly string[]): readonly DiagnosticGroup[] {
  const groups = new Map<string, Diagnostic[]>()
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.severity} ${diagnostic.code}`
    const group = groups.get(key)
    if (group) group.push(diagnostic)
    else groups.set(key, [diagnostic])
  }
  return [...groups.values()]
    .map((group) => describe(group, files))
    .sort((a, b) => weight[a.severity] - weight[b.severity] || b.count - a.count || firstStart(a) - firstStart(b))
}

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }
const firstStart = ({ places }: DiagnosticGroup): number => places[0]?.start ?? 0

function describe(group: readonly Diagnostic[], files: readonly string[]): DiagnosticGroup {
  const [first] = group
  if (!first) throw new Error('A group has at least one diagnostic')
  const shown = group.slice(0, MOST_PLACES)
  const hints = new Set(group.map(({ hint }) => hint ?? null))
  const shared = sharedTitle(shown.map(({ message }) => message)) ?? usualMessage(shown)
  return {
    code: first.code,
    severity: first.severity,
    title: shared ?? spoken(first.code),
    hint: (hints.size === 1 ? first.hint : commonHint(shown)) ?? (shared ? null : `“${first.message}” is the first.`),
    count: group.length,
    places: placesOf(shown, files),
    fix: commonFix(group, files),
  }
}

/** Where it was noticed, each place once. */
function placesOf(group: readonly Diagnostic[], files: readonly string[]): readonly Place[] {
  const places = new Map<string, Place>()
  for (const { span, file, message } of group) {
    const source = file === undefined ? (files.length === 1 ? 0 : -1) : files.indexOf(file)
    if (span) places.set(`${source} ${span.start} ${message}`, { source, message, ...span })
  }
  return [...places.values()]
}

/** What the messages share, or null when that is next to nothing. */
function sharedTitle(messages: readonly string[]): string | null {
  const text = commonText(messages)
  const words = text.split(' ')
  return words.filter((word) => !word.startsWith('…')).length * 2 > words.length ? text : null
}

/** The message that most of them have, if there is one. */
function usualMessage(group: readonly Diagnostic[]): string | null {
  const counts = new Map<string, number>()
  for (const { message } of group) counts.set(message, (counts.get(message) ?? 0) + 1)
  const [usual] = [...counts].toSorted((a, b) => b[1] - a[1])
  return usual && usual[1] * 2 > group.length ? usual[0] : null
}

/** What a code says: `syntax-error` gives `Syntax error`. */
function spoken(code: string): string {
  const words = code.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Hints that differ in more than a few words help only where they stand; then the card says none. */
function commonHint(group: readonly Diagnostic[]): string | null {
  const text = commonText(group.map(({ hint }) => hint ?? ''))
  const words = text.split(' ')
  return words.filter((word) => word.includes('…')).length * 3 <= words.length && text !== '' ? text : null
}

/**
 * What several messages have in common: words that differ become an ellipsis. `Index "a" was …`, `Index "b" was …` gives `Index … was …`.
 */
export function commonText(texts: readonly string[]): string {
  const [first = '', ...rest] = [...new Set(texts)].map((text) => text.split(' '))
  if (first === '') return ''
  const lengths = new Set([first, ...rest].map((words) => words.length))
  if (lengths.size > 1) return commonEnds([first, ...rest])
  const words = first.map((word, at) =>
    rest.every((other) => other[at] === word)
      ? word
      : `…${endOf(
          word,
          rest.map((other) => other[at] ?? ''),
        )}`,
  )
  return words.filter((word, at) => word !== '…' || words[at - 1] !== '…').join(' ')
}

/** The punctuation that all of the words end with. */
function endOf(word: string, others: readonly string[]): string {
  const mark = /[.,:;)]+$/.exec(word)?.[0]
  return mark && others.every((other) => other.endsWith(mark)) ? mark : ''
}

function commonEnds(texts: readonly (readonly string[])[]): string {
  const [first = [], ...rest] = texts
  const shortest = Math.min(...texts.map((words) => words.length))
  let head = 0
  while (head < shortest && rest.every((other) => other[head] === first[head])) head++
  let tail = 0
  while (tail < shortest - head && rest.every((other) => other.at(-1 - tail) === first.at(-1 - tail))) tail++
  return [...first.slice(0, head), '…', ...first.slice(first.length - tail)].join(' ')
}

/** One fix for the whole group. A fix is carried out whole or not at all: one that crosses an earlier one waits for the next reading. */
function commonFix(group: readonly Diagnostic[], files: readonly string[]): DiagnosticGroup['fix'] {
  const bySource = new Map<number, Edit[]>()
  const titles: string[] = []
  for (const { fix, file } of group) {
    const source = file === undefined ? 0 : files.indexOf(file)
    if (!fix || fix.edits.length === 0 || source === -1) continue
    const kept = bySource.get(source) ?? []
    const fresh = fix.edits.filter((edit) => !kept.some((other) => isSame(edit, other)))
    if (fresh.some((edit) => kept.some((other) => crosses(edit, other)))) continue
    bySource.set(source, [...kept, ...fresh])
    titles.push(fix.title)
  }
  const [first] = titles
  if (first === undefined) return null
  const sources = [...bySource].map(([source, edits]) => ({ source, edits: edits.toSorted((a, b) => a.start - b.start || a.end - b.end) }))
  return { title: titles.length === 1 ? first : `${commonText(titles)} (${titles.length})`, sources }
}

/** One fix for everything that has one. */
export function everyFix(diagnostics: readonly Diagnostic[], files: readonly string[]): DiagnosticGroup['fix'] {
  const fix = commonFix(diagnostics, files)
  return fix && { ...fix, title: `Fix all (${diagnostics.filter((each) => each.fix && each.fix.edits.length > 0).length})` }
}

type Edit = Fix['edits'][number]
const isSame = (a: Edit, b: Edit): boolean => a.start === b.start && a.end === b.end && a.text === b.text
/** Insertions at one place do not cross: they follow each other in the order in which they were noticed. */
const crosses = (a: Edit, b: Edit): boolean => a.start < b.end && b.start < a.end
