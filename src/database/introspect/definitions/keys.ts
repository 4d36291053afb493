import { anIndexElement, type IndexElement } from '#core/schema/index.ts'
import type { Tokens } from '#formats/shared/sql/tokens.ts'

// The keys of indexes, exclusion constraints and partitioned tables, out of the texts that PostgreSQL's `pg_get_indexdef`, `pg_get_constraintdef`
// and `pg_get_partkeydef` print: `key [COLLATE x] [opclass [(options)]] [ASC|DESC] [NULLS FIRST|LAST]`.

/** The key that stands between two tokens. `column` is its column's name, null for an expression. */
export function keyBetween(tokens: Tokens, [from, to]: readonly [number, number], column: string | null): IndexElement {
  const end = column === null ? expressionEnd(tokens, from, to) : from + 1
  if (column !== null && end === to) return plainKey(column)
  const rest: Rest = { collation: null, opclass: null, order: null, nulls: null }
  for (let at = end; at < to;) at = readRest(tokens, at, to, rest)
  return anIndexElement({
    column,
    expression: column === null ? expressionText(tokens, from, end) : null,
    ...rest,
    // What the order already says is left out.
    nulls: rest.nulls === (rest.order === 'desc' ? 'first' : 'last') ? null : rest.nulls,
  })
}

interface Rest {
  collation: string | null
  opclass: string | null
  order: IndexElement['order']
  nulls: IndexElement['nulls']
}

const plainKey = (column: string): IndexElement => ({ column, expression: null, collation: null, opclass: null, order: null, nulls: null })

/** Takes one word of what follows a key, and says where the next begins. */
function readRest(tokens: Tokens, at: number, to: number, rest: Rest): number {
  const word = tokens.word(at)
  if (word === 'desc' || word === 'asc') {
    rest.order = word === 'desc' ? 'desc' : null
    return at + 1
  }
  if (word === 'nulls') {
    rest.nulls = tokens.word(at + 1) === 'first' ? 'first' : 'last'
    return at + 2
  }
  const isCollation = word === 'collate'
  const start = isCollation ? at + 1 : at
  let end = start + 1
  while (end < to && tokens.word(end) === '.') end += 2
  if (isCollation) {
    rest.collation = tokens.slice(start, end)
    return end
  }
  const name = tokens.slice(start, end)
  if (tokens.word(end) !== '(') {
    rest.opclass = name
    return end
  }
  rest.opclass = `${name}(${tokens
    .elements(end)
    .map(([a, b]) => option(tokens, a, b))
    .join(', ')})`
  return tokens.close(end) + 1
}

/** `siglen='32'` is printed with quotes, whether they are needed or not. */
function option(tokens: Tokens, from: number, to: number): string {
  const text = tokens.slice(from, to)
  const [, name = '', value = ''] = /^([^=]+)='((?:[^']|'')*)'$/s.exec(text) ?? []
  return name !== '' && /^[\w.-]+$/.test(value) ? `${name.trim()}=${value}` : text
}

/** A key that is no column is an expression in brackets, or a function call. */
function expressionEnd(tokens: Tokens, from: number, to: number): number {
  if (tokens.word(from) === '(') return tokens.close(from) + 1
  const open = tokens.find('(', from, to)
  if (open >= 0) return tokens.close(open) + 1
  return from + 1
}

function expressionText(tokens: Tokens, from: number, end: number): string {
  return tokens.word(from) === '(' && tokens.close(from) === end - 1 ? tokens.slice(from + 1, end - 1) : tokens.slice(from, end)
}
