import { Scanner } from '../../shared/sql/scanner.ts'
import { closed, inBrackets } from './sql.ts'

/** A default inside CREATE TABLE must not begin a condition (PostgreSQL's `b_expr`): brackets make any expression fit. */
export function defaultSql(text: string): string {
  return needsBrackets(text) ? inBrackets(text) : closed(text)
}

const conditionWords = new Set([
  'and',
  'or',
  'not',
  'in',
  'like',
  'ilike',
  'similar',
  'between',
  'is',
  'isnull',
  'notnull',
  'collate',
  'at',
  'overlaps',
  'any',
  'all',
  'some',
])

function needsBrackets(text: string): boolean {
  if (!/[a-z]{2}/i.test(text)) return false
  const scanner = new Scanner(text)
  let depth = 0
  let cases = 0
  while (scanner.nextSignificant()) {
    const symbol = scanner.kind === 'symbol' ? text[scanner.start] : ''
    if (symbol === '(' || symbol === '[') depth += 1
    else if (symbol === ')' || symbol === ']') depth -= 1
    if (scanner.kind !== 'word' || depth > 0) continue
    const word = text.slice(scanner.start, scanner.end).toLowerCase()
    if (word === 'case') cases += 1
    else if (word === 'end') cases -= 1
    else if (cases === 0 && conditionWords.has(word)) return true
  }
  return false
}
