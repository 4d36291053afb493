import { Tokens } from '#formats/shared/sql/tokens.ts'

/**
 * A query as PostgreSQL prints it, so that it makes the same view again. One thing gets lost otherwise: `NULL` among the columns of a UNION's
 * later parts is printed as `NULL::integer`, which read back would be called `int4` and no longer `?column?`. pg_dump loses it.
 */
export function exactQuery(text: string): string {
  if (!/::/.test(text) || text.indexOf('SELECT') === text.lastIndexOf('SELECT')) return text
  const tokens = new Tokens(text)
  let result = ''
  let last = 0
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens.word(at) !== 'select') continue
    for (let from = at + 1; from < tokens.length;) {
      const to = itemEnd(tokens, from)
      const end = tokens.list[to - 1]?.end
      if (end !== undefined && isCastConstant(tokens, from, to)) {
        result += `${text.slice(last, end)} AS "?column?"`
        last = end
      }
      if (tokens.word(to) !== ',') break
      from = to + 1
    }
  }
  return result + text.slice(last)
}

/** What ends the list of a SELECT's columns. */
const ends = new Set([
  ...['from', 'where', 'union', 'intersect', 'except', 'group', 'having', 'window', 'order', 'limit', 'offset', 'fetch', 'for', 'into'],
  ...[',', ')', ';'],
])

function itemEnd(tokens: Tokens, from: number): number {
  for (let at = from; at < tokens.length; at += 1) {
    const word = tokens.word(at)
    if (ends.has(word)) return at
    if (word === '(' || word === '[') at = tokens.close(at)
  }
  return tokens.length
}

/** `NULL::integer`, `'x'::text`, `(-1)::numeric(3,1)`: a constant, a cast, and no name. */
function isCastConstant(tokens: Tokens, from: number, to: number): boolean {
  const first = tokens.list[from]
  const isBracket = tokens.word(from) === '('
  const isConstant = first?.kind === 'string' || first?.kind === 'number' || tokens.word(from) === 'null' || isBracket
  if (!isConstant) return false
  const inside = isBracket ? tokens.slice(from + 1, tokens.close(from)) : ''
  if (isBracket && !/^-?\d[\d.e+-]*$/i.test(inside)) return false
  const cast = isBracket ? tokens.close(from) + 1 : from + 1
  return /^::[\w\s".,()[\]]+$/.test(tokens.slice(cast, to)) && tokens.find('as', cast, to) < 0
}
