import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { foreignDialect } from './foreign-dialects.ts'
import { foreignEdits, type Edit } from './foreign-repairs.ts'
import type { Parser } from './parser.ts'
import { slipsAt } from './slips.ts'

/** A statement that the grammar refused, and what makes it right. Offsets count from the statement. */
export interface Mend {
  readonly code: DiagnosticCode
  readonly message: string
  readonly hint: string
  readonly title: string
  readonly at: number
  readonly length: number
  readonly edits: readonly Edit[]
  /** The statement as it should be: the grammar takes it. */
  readonly sql: string
}

/** A CREATE TABLE longer than this is not rewritten. */
const MOST = 500_000

/** What mends a statement, with certainty: the grammar takes the result. */
export function mend(sql: string, offset: number, parse: Parser): Mend | undefined {
  for (const { edit, ...slip } of slipsAt(sql, offset)) {
    const text = edited(sql, [edit])
    if (parse(text).ok) return { ...slip, edits: [edit], sql: text }
  }
  const dialect = foreignDialect(sql, offset)
  if (!dialect || sql.length > MOST || !/^\s*(?:go\s+)?create\s+table\b/i.test(sql)) return undefined
  const { edits, lost } = foreignEdits(sql)
  const text = edited(sql, edits)
  if (edits.length === 0 || !parse(text).ok) return undefined
  const without = lost.length === 0 ? '' : ` Without counterpart: ${lost.join(', ')}.`
  return {
    code: 'foreign-dialect',
    message: `This is ${dialect.name} (${dialect.sign}); it can be written as PostgreSQL.${without}`,
    hint: 'Take the fix offered, and look at the result.',
    title: 'Write it as PostgreSQL',
    at: offset,
    length: 0,
    edits,
    sql: text,
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
