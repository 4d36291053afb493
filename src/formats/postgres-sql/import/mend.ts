import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { codePointOffset } from '../../shared/sql/positions.ts'
import { foreignDialect } from './foreign-dialects.ts'
import { foreignEdits, type Edit } from './foreign-repairs.ts'
import type { Parser } from './parser.ts'
import { slipsAt } from './slips.ts'

/** One thing that is wrong in a statement that the grammar refused, and what makes it right. Offsets count from the statement. */
export interface Mend {
  readonly code: DiagnosticCode
  readonly message: string
  readonly hint: string
  readonly title: string
  readonly at: number
  readonly length: number
  readonly edits: readonly Edit[]
}

export interface Mended {
  /** In the order of the statement. */
  readonly mends: readonly Mend[]
  /** The statement as it should be: the grammar takes it. */
  readonly sql: string
}

/** A CREATE TABLE longer than this is not rewritten. */
const MOST = 500_000
/** So many things are mended in one statement. */
const MOST_MENDS = 8

/**
 * What mends a statement, with certainty: the grammar takes the result. Each step mends the place where the grammar stops; it counts when the
 * grammar then takes all, or stops further on.
 */
export function mend(sql: string, offset: number, parse: Parser): Mended | undefined {
  const mends: Mend[] = []
  let edits: readonly Edit[] = []
  let text = sql
  let at = offset
  while (mends.length < MOST_MENDS) {
    const step = nextStep(text, at, parse)
    const own = step && inOriginal(step.mend.edits, edits)
    if (!step || !own) return undefined
    mends.push({ ...step.mend, at: placeBefore(step.mend.at, edits) ?? offset, edits: own })
    if (step.isWhole) return { mends, sql: step.sql }
    edits = [...edits, ...own].toSorted((a, b) => a.start - b.start)
    text = step.sql
    at = step.at
  }
  return undefined
}

interface Step {
  readonly mend: Mend
  readonly sql: string
  /** Where the grammar stops now. */
  readonly at: number
  readonly isWhole: boolean
}

function nextStep(sql: string, at: number, parse: Parser): Step | undefined {
  let further: Step | undefined
  for (const found of candidates(sql, at)) {
    const text = edited(sql, found.edits)
    const parsed = parse(text)
    if (parsed.ok) return { mend: found, sql: text, at: text.length, isWhole: true }
    const stop = codePointOffset(text, parsed.position)
    const grown = found.edits.reduce((sum, { start, end, text: put }) => (start <= at ? sum + put.length - (end - start) : sum), 0)
    if (stop > at + Math.max(0, grown)) further ??= { mend: found, sql: text, at: stop, isWhole: false }
  }
  return further
}

/** What the place where the grammar stops may need, likeliest first. */
function* candidates(sql: string, offset: number): Generator<Mend> {
  for (const { edit, ...slip } of slipsAt(sql, offset)) yield { ...slip, edits: [edit] }
  const dialect = foreignDialect(sql, offset)
  if (!dialect || sql.length > MOST || !/^\s*(?:go\s+)?create\s+table\b/i.test(sql)) return
  const { edits, lost } = foreignEdits(sql)
  if (edits.length === 0) return
  const without = lost.length === 0 ? '' : ` Without counterpart: ${lost.join(', ')}.`
  yield {
    code: 'foreign-dialect',
    message: `This is ${dialect.name} (${dialect.sign}); it can be written as PostgreSQL.${without}`,
    hint: 'Take the fix offered, and look at the result.',
    title: 'Write it as PostgreSQL',
    at: offset,
    length: 0,
    edits,
  }
}

function edited(sql: string, edits: readonly Edit[]): string {
  let result = ''
  let last = 0
  for (const { start, end, text } of edits) {
    result += sql.slice(last, start) + text
    last = end
  }
  return result + sql.slice(last)
}

/** Edits of the text that earlier edits (in order) have made, as edits of the text before; undefined when they touch the same place. */
function inOriginal(edits: readonly Edit[], earlier: readonly Edit[]): readonly Edit[] | undefined {
  const moved = edits.map(({ start, end, text }) => ({ start: placeBefore(start, earlier), end: placeBefore(end, earlier), text }))
  return moved.every((edit): edit is Edit => edit.start !== undefined && edit.end !== undefined) ? moved : undefined
}

/** Where a place of the edited text was before; undefined inside what was put there. */
function placeBefore(place: number, edits: readonly Edit[]): number | undefined {
  let grown = 0
  for (const { start, end, text } of edits) {
    if (place <= start + grown) break
    if (place < start + grown + text.length) return undefined
    grown += text.length - (end - start)
  }
  return place - grown
}
