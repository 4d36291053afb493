/** A piece of SQL. The texts of all tokens in order are the source, so that one can be replaced and nothing else changes. */
export interface SqlToken {
  readonly kind: 'name' | 'string' | 'number' | 'symbol' | 'blank'
  readonly text: string
  /** Names only: the name as PostgreSQL stores it (unquoted, folded to lower case where it was not quoted). */
  readonly name: string
  readonly quoted: boolean
}

const patterns = {
  blank: /(?:\s|--[^\n\r]*)+/y,
  dollarMark: /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y,
  escapeString: /[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y,
  string: /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*(?:'|$)/y,
  quotedName: /(?:[uU]&)?"(?:[^"]|"")*(?:"|$)/y,
  name: /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y,
  number: /\.?\d[\w.]*/y,
  symbol: /::|=>|:=|[\s\S]/y,
}

/** Takes SQL text apart: an expression, a query, a body. Never fails; what is unterminated reaches to the end. */
export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = []
  for (let at = 0; at < sql.length;) {
    const token = tokenAt(sql, at)
    tokens.push(token)
    at += token.text.length
  }
  return tokens
}

/** The tokens that say something: without blanks and comments. */
export const meaningful = (tokens: readonly SqlToken[]): readonly SqlToken[] => tokens.filter(({ kind }) => kind !== 'blank')

function tokenAt(sql: string, at: number): SqlToken {
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(sql)?.[0]
  }
  const blank = match(patterns.blank) ?? (sql.startsWith('/*', at) ? blockComment(sql, at) : undefined)
  if (blank) return plain('blank', blank)
  const mark = match(patterns.dollarMark)
  if (mark) {
    const end = sql.indexOf(mark, at + mark.length)
    return plain('string', end < 0 ? sql.slice(at) : sql.slice(at, end + mark.length))
  }
  const string = match(patterns.escapeString) ?? match(patterns.string)
  if (string) return plain('string', string)
  const quoted = match(patterns.quotedName)
  if (quoted) return { kind: 'name', text: quoted, name: unquote(quoted), quoted: true }
  const name = match(patterns.name)
  if (name) return { kind: 'name', text: name, name: name.toLowerCase(), quoted: false }
  const number = match(patterns.number)
  if (number) return plain('number', number)
  return plain('symbol', match(patterns.symbol) ?? sql.slice(at, at + 1))
}

const plain = (kind: Exclude<SqlToken['kind'], 'name'>, text: string): SqlToken => ({ kind, text, name: '', quoted: false })

const unquote = (text: string): string =>
  text
    .replace(/^(?:[uU]&)?"/, '')
    .replace(/"$/, '')
    .replaceAll('""', '"')

/** Comments nest in PostgreSQL. */
function blockComment(sql: string, at: number): string {
  let depth = 0
  for (let index = at; index < sql.length; index += 1) {
    if (sql.startsWith('/*', index)) depth += 1
    else if (sql.startsWith('*/', index)) depth -= 1
    else continue
    index += 1
    if (depth === 0) return sql.slice(at, index + 1)
  }
  return sql.slice(at)
}
