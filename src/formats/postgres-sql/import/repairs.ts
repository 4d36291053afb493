import { Scanner } from '../../shared/sql/scanner.ts'

/** Replaces psql variables (`:name`, `:'name'`, `:"name"`) by something of the same length that parses. Undefined when there are none. */
export function maskVariables(
  sql: string,
): { readonly sql: string; readonly variables: readonly { at: number; text: string }[] } | undefined {
  const scanner = new Scanner(sql)
  const variables: { at: number; text: string }[] = []
  let result = ''
  let last = 0
  let colon = -1
  let before = -1
  while (scanner.nextSignificant()) {
    const { start, end, kind } = scanner
    const follows = colon >= 0 && start === colon + 1
    if (follows && (kind === 'word' || kind === 'string' || kind === 'name')) {
      const text = sql.slice(colon, end)
      variables.push({ at: colon, text })
      const inner = '_'.repeat(Math.max(0, text.length - 2))
      result += sql.slice(last, colon) + (kind === 'word' ? `_${text.slice(1)}` : kind === 'string' ? `'${inner}'` : `"${inner}"`)
      last = end
    }
    // `::` is a cast, `:=` an assignment.
    colon = kind === 'symbol' && sql[start] === ':' && before !== start - 1 ? start : -1
    before = kind === 'symbol' && sql[start] === ':' ? start : -1
  }
  return variables.length === 0 ? undefined : { sql: result + sql.slice(last), variables }
}

/** Puts the values of psql variables in. Undefined when there are none, or one has no value. */
export function fillVariables(sql: string, values: ReadonlyMap<string, string>): string | undefined {
  const masked = maskVariables(sql)
  if (!masked) return undefined
  let result = ''
  let last = 0
  for (const { at, text } of masked.variables) {
    const quote = /^:(['"])/.exec(text)?.[1] ?? ''
    const value = values.get(quote === '' ? text.slice(1) : text.slice(2, -1))
    if (value === undefined) return undefined
    result += sql.slice(last, at) + (quote === '' ? value : quote + value.replaceAll(quote, quote + quote) + quote)
    last = at + text.length
  }
  return result + sql.slice(last)
}

/** Words that begin a statement and, at the beginning of a line, hardly ever stand inside one. */
const opening = /^(?:CREATE|ALTER|DROP|INSERT|COMMENT|GRANT|REVOKE|SELECT|SET|UPDATE|DELETE|BEGIN|COMMIT|DO|COPY)$/i

/** Where a statement should have ended: the error is at a word that begins a line and could begin a statement, or right behind one. */
export function missingSemicolon(sql: string, offset: number): { readonly end: number; readonly next: number } | undefined {
  const scanner = new Scanner(sql)
  let end = 0
  let candidate: { end: number; next: number } | undefined
  let depth = 0
  while (scanner.nextSignificant() && scanner.start <= offset) {
    const { start, kind } = scanner
    const begins =
      start > 0 &&
      kind === 'word' &&
      depth === 0 &&
      opening.test(sql.slice(start, scanner.end)) &&
      /\n\s*$/.test(sql.slice(Math.max(0, start - 200), start).replace(/--[^\n]*/g, ''))
    if (begins) candidate = { end, next: start }
    else if (candidate && start === offset && end !== candidate.end) {
      // Right behind the candidate's first word is near enough.
      return sql.slice(candidate.next, offset).trim().split(/\s+/).length === 1 ? candidate : undefined
    }
    if (start === offset) return begins ? candidate : undefined
    if (kind === 'symbol') depth += sql[start] === '(' ? 1 : sql[start] === ')' ? -1 : 0
    end = scanner.end
  }
  return undefined
}
