import { quoteName, unquoteNames } from '#core/dialects/postgres.ts'
import { nameKey } from '#core/schema/index.ts'
import type { Node, RangeVar } from 'libpg-query'
import { Tokens } from '../../shared/sql/tokens.ts'
import { as, walk } from './ast.ts'
import type { TableDraft, ViewDraft } from './draft.ts'
import { sourceColumns } from './infer-columns.ts'
import type { Statement } from './statement.ts'
import { keepQuery, queryOf, star } from './view-queries.ts'

// PostgreSQL stores what a view's query refers to, not its text. These two keep the text true when a table below it changes.

/** Before a table gets another column: `*` in views that read it stands for the columns there are now. */
export function freezeStars(st: Statement, table: TableDraft): void {
  const key = nameKey(table)
  for (const view of st.catalog.viewReads.readersOf(key)) {
    if (tried.get(view) === view.definition || !star.test(view.definition)) continue
    view.definition = withoutStars(st, view)
    keepQuery(view, undefined)
    tried.set(view, view.definition)
  }
}

/** Queries whose stars cannot be written out: to be tried once. */
const tried = new WeakMap<ViewDraft, string>()

function withoutStars(st: Statement, view: ViewDraft): string {
  const { definition } = view
  const select = as(queryOf(st.session.parse, view), 'SelectStmt')
  const sources = select && sourceColumns(st, select)
  if (!sources) return definition
  const tokens = new Tokens(definition)
  const stop = tokens.find('from', 0)
  let result = ''
  let last = 0
  for (let at = tokens.find('*', 0, stop); at >= 0; at = tokens.find('*', at + 1, stop)) {
    const before = tokens.word(at - 1)
    const qualified = before === '.'
    // Elsewhere it multiplies, or counts rows.
    if (!qualified && before !== ',' && before !== 'select' && before !== 'all' && before !== 'distinct') continue
    const owner = qualified ? nameAt(tokens, at - 2) : undefined
    const columns = [...sources].flatMap(([alias, list]) =>
      owner === undefined || alias === owner ? list.map(({ name }) => `${quoteName(alias)}.${quoteName(name)}`) : [],
    )
    const first = tokens.list[qualified ? at - 2 : at]
    const mark = tokens.list[at]
    if (columns.length === 0 || !first || !mark) continue
    result += definition.slice(last, first.start) + columns.join(', ')
    last = mark.end
  }
  return result + definition.slice(last)
}

/** After a table's column got another name: views that read it use the new one and still call theirs by the old. */
export function renameColumnInViews(st: Statement, table: TableDraft, from: string, to: string): void {
  const key = nameKey(table)
  for (const view of st.catalog.viewReads.readersOf(key)) {
    const reads = st.catalog.viewReads.get(view) ?? new Set()
    if (!view.definition.toLowerCase().includes(from.toLowerCase())) continue
    const others = [...reads].some((other) => other !== key && hasColumn(st, other, from))
    view.definition = renamed(st, view.definition, table, { from, to, qualifiedOnly: others })
  }
}

function hasColumn(st: Statement, key: string, column: string): boolean {
  const relation = st.catalog.relations.get(key)
  return relation?.kind !== 'table' || relation.table.columns.some(({ name }) => name === column)
}

function renamed(
  st: Statement,
  text: string,
  table: TableDraft,
  { from, to, qualifiedOnly }: { from: string; to: string; qualifiedOnly: boolean },
): string {
  const aliases = aliasesOf(st, text, table)
  const tokens = new Tokens(text)
  let result = ''
  let last = 0
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens.list[at]
    if (!token || nameAt(tokens, at) !== from || tokens.word(at + 1) === '(' || tokens.word(at + 1) === '.' || tokens.word(at - 1) === 'as')
      continue
    const qualified = tokens.word(at - 1) === '.'
    if (qualified ? !aliases.has(nameAt(tokens, at - 2) ?? '') : qualifiedOnly) continue
    result += text.slice(last, token.start) + quoteName(to)
    const start = qualified ? at - 2 : at
    // A result column that is just the column keeps its name.
    const alone =
      ['select', ',', 'distinct', 'all'].includes(tokens.word(start - 1)) &&
      (at + 1 === tokens.length || [',', 'from', ')'].includes(tokens.word(at + 1)))
    if (alone && inSelectList(tokens, start)) result += ` AS ${quoteName(from)}`
    last = token.end
  }
  return result + text.slice(last)
}

/** True when the nearest clause before a token, on its level of brackets, is SELECT. */
function inSelectList(tokens: Tokens, at: number): boolean {
  let depth = 0
  for (let index = at - 1; index >= 0; index -= 1) {
    const word = tokens.word(index)
    if (word === ')') depth += 1
    else if (word === '(' && (depth -= 1) < 0) return false
    if (depth > 0) continue
    if (word === 'select') return true
    if (word === 'from' || word === 'by' || word === 'where' || word === 'values' || word === 'having' || word === 'using') return false
  }
  return false
}

/** The names a table goes by in a query. */
function aliasesOf(st: Statement, text: string, table: TableDraft): ReadonlySet<string> {
  const names = new Set([table.name])
  const parsed = st.session.parse(text)
  const root: Node | undefined = parsed.ok ? parsed.stmts[0]?.stmt : undefined
  walk(root, (kind, content) => {
    const relation = content as RangeVar
    if (kind === 'RangeVar' && relation.relname === table.name && relation.alias?.aliasname) names.add(relation.alias.aliasname)
  })
  return names
}

function nameAt(tokens: Tokens, index: number): string | undefined {
  const token = tokens.list[index]
  if (token?.kind === 'word') return token.word
  return token?.kind === 'name' ? unquoteNames(tokens.text.slice(token.start, token.end))[0] : undefined
}
