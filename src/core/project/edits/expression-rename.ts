import { quoteName, quoteQualified } from '../../dialects/postgres-names.ts'
import { keywordClasses } from '../../dialects/postgres-words.ts'
import type { ObjectName } from '../../schema/names.ts'
import { sqlTokens, type SqlToken } from '../sql-tokens.ts'

/** A text after a rename. `unsure`: the old name stands where only the database could tell what it means; it was left there. */
export interface Renamed {
  readonly text: string
  readonly unsure: boolean
}

export interface ColumnRename {
  readonly table: ObjectName
  readonly from: string
  readonly to: string
}

const cannotNameColumns = new Set<string>([...keywordClasses.reserved, ...keywordClasses.typeOrFunction])

/**
 * Renames a column in an expression of its own table: a check, a default, a policy, an index predicate. Strings, comments, function names,
 * types and columns of other tables stay. `qualifiers` are further names of the row (`new`, `old`); with `bare: false` only qualified
 * names are meant.
 */
export function renameInExpression(
  sql: string,
  { table, from, to }: ColumnRename,
  { qualifiers = [], bare = true }: { readonly qualifiers?: readonly string[]; readonly bare?: boolean } = {},
): Renamed {
  if (!mentions(sql, from)) return { text: sql, unsure: false }
  const { tokens, at } = navigate(sql)
  const rows = new Set([table.name, ...qualifiers])
  const subqueries = insideSubquery(tokens)
  let unsure = false
  const text = tokens.map((token, index) => {
    if (!isColumnToken(token, from)) return token.text
    if (at(index, -1)?.text === '.') return isRowOf(at, index, table, rows) ? quoteName(to) : token.text
    if (!bare || !mayBeBareColumn(at, index)) return token.text
    if (!subqueries[index]) return quoteName(to)
    unsure = true
    return token.text
  })
  return { text: text.join(''), unsure }
}

/** Renames a table where it qualifies columns in one of its own expressions. */
export function renameQualifier(sql: string, from: ObjectName, to: ObjectName): string {
  if (!mentions(sql, from.name)) return sql
  const { tokens, at } = navigate(sql)
  const replaced = tokens.map(({ text }) => text)
  tokens.forEach((token, index) => {
    if (token.kind !== 'name' || token.name !== from.name || at(index, 1)?.text !== '.') return
    if (at(index, -1)?.text !== '.') replaced[index] = quoteName(to.name)
    else if (at(index, -2)?.name === from.namespace) {
      replaced[index] = quoteName(to.name)
      replaced[at.position(index, -2)] = quoteName(to.namespace)
    }
  })
  return replaced.join('')
}

/** Renames a type after `::` and in `CAST (… AS type)`. `whole`: the text is nothing but a type. */
export function renameType(sql: string, from: ObjectName, to: ObjectName, { whole = false } = {}): string {
  if (!mentions(sql, from.name)) return sql
  const { tokens, at } = navigate(sql)
  const replaced = tokens.map(({ text }) => text)
  tokens.forEach((token, index) => {
    if (token.kind !== 'name' || token.name !== from.name || at(index, 1)?.text === '.') return
    const isQualified = at(index, -1)?.text === '.'
    const first = isQualified ? at.position(index, -2) : index
    const before = at(first, -1)
    const inTypePlace = whole
      ? before === undefined || isKeyword(before, 'setof')
      : before?.text === '::' || (isKeyword(before, 'as') && isInCast(at, first))
    if (!inTypePlace) return
    if (isQualified && tokens[first]?.name !== from.namespace) return
    if (!isQualified && from.namespace !== 'public') return
    for (let between = first; between < index; between += 1) replaced[between] = ''
    replaced[index] = quoteQualified(to, { always: isQualified })
  })
  return replaced.join('')
}

/** Whether the brackets round a token are those of `CAST (…)`. */
function isInCast(at: Neighbour, index: number): boolean {
  let depth = 0
  for (let steps = -1; ; steps -= 1) {
    const token = at(index, steps)
    if (token === undefined) return false
    if (token.text === ')') depth += 1
    if (token.text === '(') depth -= 1
    if (depth < 0) return isKeyword(at(index, steps - 1), 'cast')
  }
}

/** Whether a name stands in a text as a name, not as part of another, of a string or of a comment. */
export function mentionsName(sql: string, name: string): boolean {
  return mentions(sql, name) && sqlTokens(sql).some((token) => token.kind === 'name' && token.name === name)
}

/** Quick and generous: false only if the name certainly does not occur. */
export function mentions(sql: string, name: string): boolean {
  return sql.includes(name) || sql.toLowerCase().includes(name.replaceAll('"', '""').toLowerCase())
}

/** Finds the n-th meaningful token before or after another. */
export interface Neighbour {
  (index: number, steps: number): SqlToken | undefined
  readonly position: (index: number, steps: number) => number
}

/** A text's tokens and a way to look round in them past blanks. */
export function navigate(sql: string): { readonly tokens: readonly SqlToken[]; readonly at: Neighbour } {
  const tokens = sqlTokens(sql)
  const position = (index: number, steps: number): number => {
    const direction = Math.sign(steps)
    let left = Math.abs(steps)
    let here = index
    while (left > 0) {
      here += direction
      if (here < 0 || here >= tokens.length) return -1
      if (tokens[here]?.kind !== 'blank') left -= 1
    }
    return here
  }
  return { tokens, at: Object.assign((index: number, steps: number) => tokens[position(index, steps)], { position }) }
}

/** Whether a token is this keyword. */
export const isKeyword = (token: SqlToken | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'name' && !token.quoted && words.includes(token.name)

/** Whether a token may be a column of this name. */
export const isColumnToken = (token: SqlToken, name: string): boolean =>
  token.kind === 'name' && token.name === name && (token.quoted || !cannotNameColumns.has(name))

/** Whether an unqualified name can be a column by what stands round it. */
export function mayBeBareColumn(at: Neighbour, index: number): boolean {
  const before = at(index, -1)
  const after = at(index, 1)
  if (before?.text === '::' || isKeyword(before, 'as', 'collate', 'operator')) return false
  if (after && (['(', '.', '=>', ':='].includes(after.text) || after.kind === 'string')) return false
  // extract(year FROM …): the field is a word, not a column.
  return !(before?.text === '(' && isKeyword(at(index, -2), 'extract') && isKeyword(after, 'from'))
}

function isRowOf(at: Neighbour, index: number, table: ObjectName, rows: ReadonlySet<string>): boolean {
  const qualifier = at(index, -2)
  if (qualifier?.kind !== 'name' || !rows.has(qualifier.name)) return false
  return at(index, -3)?.text !== '.' || at(index, -4)?.name === table.namespace
}

/** For each token, whether it stands inside `(SELECT …)`. */
function insideSubquery(tokens: readonly SqlToken[]): readonly boolean[] {
  const frames: boolean[] = []
  const { length } = tokens
  return tokens.map(({ text }, index) => {
    if (text === '(') {
      let next = index + 1
      while (next < length && tokens[next]?.kind === 'blank') next += 1
      frames.push((frames.at(-1) ?? false) || isKeyword(tokens[next], 'select', 'with'))
    } else if (text === ')') frames.pop()
    return frames.at(-1) ?? false
  })
}
