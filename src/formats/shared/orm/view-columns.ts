import { quoteName, unquoteNames } from '#core/dialects/postgres.ts'

import type { Column, ObjectName, View } from '#core/schema/index.ts'
import { Tokens } from '../sql/tokens.ts'
import { searchPathOf } from './catalog.ts'
import { isName, readValue, type ResultOf, type Source, type ValueScope, type ViewColumn } from './view-values.ts'

export type { ViewColumn } from './view-values.ts'

/** Finds the columns of a table or view that a query reads from. */
export type FindColumns = (name: ObjectName) => readonly ViewColumn[] | undefined

/**
 * Reads a view's columns off its query: plain column references, `*`, casts and a few functions whose type is certain.
 * Undefined when even the names are not certain (set-returning sources, values without names, queries of another shape).
 */
export function viewColumns(view: View, find: FindColumns, resultOf: ResultOf = () => null): readonly ViewColumn[] | undefined {
  const tokens = new Tokens(view.definition)
  const select = mainSelect(tokens)
  if (select < 0) return undefined
  const end = firstOf(tokens, select + 1, setWords)
  const from = firstOf(tokens, select + 1, ['from'], end)
  const listEnd = from < end ? from : firstOf(tokens, select + 1, clauseWords, end)
  const sources =
    from < end ? readSources(tokens, from + 1, firstOf(tokens, from + 1, clauseWords, end), (parts) => lookUp(parts, view, find)) : []
  const scope = { sources, resultOf, named: view.columnNames.length > 0 }
  const found = readList(tokens, skipQuantifier(tokens, select + 1), listEnd, scope)
  if (!found || found.length === 0) return undefined
  const optional = sources.length > 1 || end < tokens.length
  const columns = found.map((column) => (optional ? { ...column, nullable: true } : column))
  if (view.columnNames.length === 0) return distinct(columns)
  return distinct(columns.map((column, at) => ({ ...column, name: view.columnNames[at] ?? column.name })))
}

/** A table's columns in the same form. */
export const asViewColumns = (columns: readonly Column[]): readonly ViewColumn[] =>
  columns.map(({ name, type, nullable }) => ({ name, type, nullable }))

/**
 * A view's query that names its columns as the view's column list does, which says the same without the list. Undefined where a name has no
 * place of its own (`*`).
 */
export function withColumnNames(view: View): string | undefined {
  const tokens = new Tokens(view.definition)
  const select = mainSelect(tokens)
  if (select < 0 || tokens.find(['union', 'intersect', 'except'], 0) >= 0) return undefined
  const end = firstOf(tokens, select + 1, ['from', ...clauseWords])
  const elements: (readonly [from: number, to: number])[] = []
  for (let at = skipQuantifier(tokens, select + 1); at < end; at = (elements.at(-1)?.[1] ?? end) + 1)
    elements.push([at, tokens.elementEnd(at, end)])
  if (elements.length < view.columnNames.length || elements.some(([, to]) => tokens.word(to - 1) === '*')) return undefined
  let sql = view.definition
  for (const [at, [from, to]] of [...elements.entries()].reverse()) {
    const name = view.columnNames[at]
    const first = tokens.list[from]
    const last = tokens.list[to - 1]
    if (name === undefined || !first || !last) continue
    const value = tokens.slice(from, aliasAt(tokens, from, to))
    sql = `${sql.slice(0, first.start)}${value} AS ${quoteName(name)}${sql.slice(last.end)}`
  }
  return sql
}

/** Where an element's value ends and `AS name`, or a bare name, begins. */
function aliasAt(tokens: Tokens, from: number, to: number): number {
  const as = tokens.find('as', from, to)
  if (as >= 0) return as
  return to - from >= 2 && isName(tokens, to - 1) && isEndOfOperand(tokens, to - 2) ? to - 1 : to
}

/** The columns of a relation as the query names it. */
type ColumnsOf = (parts: readonly string[]) => readonly ViewColumn[] | undefined

interface ListScope extends ValueScope {
  /** The view names its columns itself. */
  readonly named: boolean
}

const setWords = ['union', 'intersect', 'except']
const clauseWords = ['where', 'group', 'having', 'window', 'order', 'limit', 'offset', 'fetch', 'for', ...setWords]
const joinWords = new Set([
  'join',
  'inner',
  'left',
  'right',
  'full',
  'cross',
  'natural',
  'outer',
  'on',
  'using',
  'tablesample',
  'as',
  ...clauseWords,
])

const firstOf = (tokens: Tokens, from: number, words: readonly string[], to = tokens.length): number => {
  const found = tokens.find(words, from, to)
  return found < 0 ? to : found
}

/** The SELECT whose list names the columns: the first outside brackets, after a WITH list. */
function mainSelect(tokens: Tokens): number {
  if (tokens.word(0) === '(' && tokens.close(0) === tokens.length - 1) return -1
  return tokens.find('select', 0)
}

function skipQuantifier(tokens: Tokens, at: number): number {
  if (tokens.word(at) === 'all') return at + 1
  if (tokens.word(at) !== 'distinct') return at
  return tokens.word(at + 1) === 'on' && tokens.word(at + 2) === '(' ? tokens.close(at + 2) + 1 : at + 1
}

/** The relations of a FROM clause, inside the brackets of joins too. */
function readSources(tokens: Tokens, from: number, to: number, columnsOf: ColumnsOf): readonly Source[] {
  const sources: Source[] = []
  let expecting = true
  for (let at = from; at < to;) {
    const word = tokens.word(at)
    if (!expecting) {
      if (word === 'join' || word === ',') expecting = true
      else if (word === '(') at = tokens.close(at)
      at += 1
      continue
    }
    if (word === 'lateral' || word === 'only') at += 1
    else if (word === '(' && !['select', 'with', 'values', '('].includes(tokens.word(at + 1))) at += 1
    else if (word === '(' && isJoinBracket(tokens, at)) at += 1
    else {
      const read = readSource(tokens, at, columnsOf)
      sources.push(read.source)
      at = read.next
      expecting = false
    }
  }
  return sources
}

/** `((a JOIN b …` holds relations, `((SELECT …` a query. */
function isJoinBracket(tokens: Tokens, at: number): boolean {
  let inner = at
  while (tokens.word(inner) === '(') inner += 1
  return !['select', 'with', 'values'].includes(tokens.word(inner))
}

function readSource(tokens: Tokens, start: number, columnsOf: ColumnsOf): { readonly source: Source; readonly next: number } {
  let at = start
  let columns: readonly ViewColumn[] | undefined
  let name = ''
  if (tokens.word(at) === '(') at = tokens.close(at) + 1
  else {
    while (tokens.word(at + 1) === '.') at += 2
    at += 1
    const parts = unquoteNames(tokens.slice(start, at))
    name = parts.at(-1) ?? ''
    if (tokens.word(at) === '(') at = tokens.close(at) + 1
    else columns = columnsOf(parts)
  }
  if (tokens.word(at) === 'as') at += 1
  const alias = tokens.list[at]
  if (alias && (alias.kind === 'name' || (alias.kind === 'word' && !joinWords.has(alias.word)))) {
    name = unquoteNames(tokens.slice(at, at + 1))[0] ?? name
    at += 1
    if (tokens.word(at) === '(') {
      columns = undefined
      at = tokens.close(at) + 1
    }
  }
  return { source: { alias: name, columns }, next: at }
}

function lookUp(parts: readonly string[], view: View, find: FindColumns): readonly ViewColumn[] | undefined {
  const name = parts.at(-1) ?? ''
  const namespace = parts.at(-2)
  const candidates = namespace === undefined ? [...searchPathOf(view.searchPath), view.namespace] : [namespace]
  return candidates.map((candidate) => find({ namespace: candidate, name })).find((columns) => columns !== undefined)
}

function readList(tokens: Tokens, from: number, to: number, scope: ListScope): readonly ViewColumn[] | undefined {
  const columns: ViewColumn[] = []
  for (let at = from; at < to;) {
    const end = tokens.elementEnd(at, to)
    const read = readElement(tokens, at, end, scope)
    if (!read) return undefined
    columns.push(...read)
    at = end + 1
  }
  return columns
}

function readElement(tokens: Tokens, from: number, to: number, scope: ListScope): readonly ViewColumn[] | undefined {
  if (tokens.word(to - 1) === '*' && (to - from === 1 || tokens.word(to - 2) === '.')) {
    const { sources } = scope
    const wanted = to - from === 1 ? sources : sources.filter(({ alias }) => alias === unquoteNames(tokens.slice(from, from + 1))[0])
    const lists = wanted.map(({ columns }) => columns)
    return lists.length === 0 || lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? [])
  }
  const as = tokens.find('as', from, to)
  const end = aliasAt(tokens, from, to)
  const value = readValue(tokens, from, end, scope)
  const nameAt = as >= 0 ? as + 1 : end
  // With a column list of its own, the view does not need the names of its query.
  const name = end < to ? unquoteNames(tokens.slice(nameAt, nameAt + 1))[0] : (value.name ?? (scope.named ? '' : undefined))
  return name === undefined ? undefined : [{ name, type: value.type, nullable: value.nullable }]
}

const isEndOfOperand = (tokens: Tokens, at: number): boolean =>
  isName(tokens, at) ||
  ['string', 'number', 'dollar'].includes(tokens.list[at]?.kind ?? '') ||
  [')', ']'].includes(tokens.word(at)) ||
  tokens.word(at) === 'end'

/** Names must differ, or the reading was wrong. */
const distinct = (columns: readonly ViewColumn[]): readonly ViewColumn[] | undefined =>
  new Set(columns.map(({ name }) => name)).size === columns.length ? columns : undefined
