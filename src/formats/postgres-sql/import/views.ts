import { nameKey, type ObjectName } from '#core/schema/index.ts'
import type { CreateTableAsStmt, Node, RangeVar, RuleStmt, ViewStmt } from 'libpg-query'
import { strings, walk } from './ast.ts'
import { newColumn, newTable, newView, type ViewDraft } from './draft.ts'
import { inferColumns } from './infer-columns.ts'
import { storedName } from './naming.ts'
import { keepDefinition } from './opaque.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { checkSubqueryNames } from './unnamed-subquery.ts'
import { optionTexts } from './values.ts'
import { keepQuery } from './view-queries.ts'

export function createView(st: Statement, node: ViewStmt): Handled {
  const name = st.newName(node.view)
  if (node.view?.relpersistence === 't') {
    st.session.temporary.add(name.name)
    return 'ignored'
  }
  if (st.session.strict) checkSources(st, node.query)
  const old = st.catalog.relation(name)
  if (old && !(old.kind === 'view' && node.replace && !old.view.materialized)) {
    throw new Refusal('duplicate-object', `relation "${name.name}" already exists`, { location: node.view?.location })
  }
  const query = plainQuery(st, node)
  const from = query === undefined ? st.tokens.find('as', st.token(node.view?.location)) + 1 : 0
  const view = newView(name, query ?? st.text(from, queryEnd(st, node, from)))
  view.recursive = isRecursive(st)
  view.columnNames = strings(node.aliases).map(storedName)
  const { check_option: checkOption, ...options } = optionTexts(node.options)
  view.options = options
  view.checkOption =
    node.withCheckOption === 'LOCAL_CHECK_OPTION' || checkOption === 'local'
      ? 'local'
      : node.withCheckOption === 'CASCADED_CHECK_OPTION' || checkOption === 'cascaded'
        ? 'cascaded'
        : null
  view.searchPath = st.searchPath
  if (old?.kind === 'view') replace(st, old.view, view)
  else addView(st, view)
  remember(st, view, node.query, old?.kind === 'view' ? old.view : view)
  return undefined
}

/** The query of a view that is written without comments and check option: found without reading all its words. */
function plainQuery(st: Statement, node: ViewStmt): string | undefined {
  if ((node.withCheckOption ?? 'NO_CHECK_OPTION') !== 'NO_CHECK_OPTION' || node.aliases || node.options || /--|\/\*/.test(st.sql))
    return undefined
  const start = st.offset(node.view?.location ?? 0)
  const head = /^(?:[\w$]+|"[^"]+")(?:\.(?:[\w$]+|"[^"]+"))?\s+as\s+/i.exec(st.sql.slice(start, start + 300))
  if (!head) return undefined
  st.textTaken = true
  const query = st.sql.slice(start + head[0].length).trimEnd()
  st.noteCasts(query)
  return query
}

/** RECURSIVE stands right before VIEW; comments may stand between all of them. */
const isRecursive = (st: Statement): boolean =>
  /recursive/i.test(st.sql.slice(0, 200)) && st.tokens.word(st.tokens.find('view', 0) - 1) === 'recursive'

/** Where the query ends: before WITH … CHECK OPTION, if there is one. */
function queryEnd(st: Statement, node: ViewStmt, from: number): number {
  const { tokens } = st
  if (node.withCheckOption === undefined || node.withCheckOption === 'NO_CHECK_OPTION') return tokens.length
  let end = tokens.length - 1
  while (end > from && tokens.word(end) !== 'with') end -= 1
  return end
}

/** OR REPLACE keeps what hangs on the view: triggers, rules, comments, its place. */
function replace(st: Statement, old: ViewDraft, view: ViewDraft): void {
  const { definition, columnNames, options, checkOption, recursive, searchPath } = view
  Object.assign(old, { definition, columnNames, options, checkOption, recursive, searchPath })
  // It may read what came after it was first made.
  st.catalog.note(old)
}

export function createMaterializedView(st: Statement, node: CreateTableAsStmt): Handled {
  const name = st.newName(node.into?.rel)
  if (node.into?.rel?.relpersistence === 't') {
    st.session.temporary.add(name.name)
    return 'ignored'
  }
  if (st.catalog.relation(name)) {
    if (node.if_not_exists) return undefined
    throw new Refusal('duplicate-object', `relation "${name.name}" already exists`, { location: node.into?.rel?.location })
  }
  if (node.objtype !== 'OBJECT_MATVIEW') {
    return createTableAs(st, node, name)
  }
  const { tokens } = st
  const from = tokens.find('as', st.token(node.into?.rel?.location)) + 1
  const view = newView(name, st.text(from, matviewEnd(st)))
  view.materialized = true
  view.columnNames = strings(node.into?.colNames).map(storedName)
  view.options = optionTexts(node.into?.options)
  view.withData = node.into?.skipData !== true
  view.accessMethod = st.accessMethod(node.into?.accessMethod)
  view.tablespace = st.tablespace(node.into?.tableSpaceName)
  view.searchPath = st.searchPath
  addView(st, view)
  remember(st, view, node.query, view)
  return undefined
}

/** CREATE TABLE AS: a table like any other where its columns can be told; else it is kept as it is. */
function createTableAs(st: Statement, node: CreateTableAsStmt, name: ObjectName): Handled {
  checkSubqueryNames(st, node.query)
  checkSources(st, node.query)
  const columns = inferColumns(st, node.query)
  const given = strings(node.into?.colNames).map(storedName)
  const names = (columns ?? []).map((column, n) => given[n] ?? column.name)
  if (!columns || new Set(names).size < names.length) {
    st.session.dynamic = true
    return keepDefinition(st, 'CREATE TABLE AS', name, 'relation')
  }
  const table = newTable(name)
  table.columns = columns.map(({ type }, n) => newColumn(names[n] ?? '', type ?? 'text'))
  table.unlogged = node.into?.rel?.relpersistence === 'u'
  table.options = optionTexts(node.into?.options)
  table.accessMethod = st.accessMethod(node.into?.accessMethod)
  table.tablespace = st.tablespace(node.into?.tableSpaceName)
  st.catalog.note(table)
  st.catalog.addRelation(table, { kind: 'table', table })
  return undefined
}

/** Reading from a table that was refused, a query is refused too. */
function checkSources(st: Statement, query: Node | undefined): void {
  walk(query, (kind, content) => {
    if (kind !== 'RangeVar') return
    const relation = content as RangeVar
    if (st.find(relation) || !st.session.refused.has(relation.relname ?? '')) return
    throw new Refusal('unknown-table', `relation "${relation.relname ?? ''}" does not exist`, { location: relation.location })
  })
}

/** WITH DATA and WITH NO DATA are not part of the query. */
function matviewEnd(st: Statement): number {
  const { tokens } = st
  const { length } = tokens
  if (tokens.word(length - 1) !== 'data') return length
  if (tokens.word(length - 2) === 'with') return length - 2
  return tokens.word(length - 2) === 'no' && tokens.word(length - 3) === 'with' ? length - 3 : length
}

function addView(st: Statement, view: ViewDraft): void {
  st.catalog.note(view)
  st.catalog.addRelation(view, { kind: 'view', view })
}

/** Remembers what the query reads, for DROP … CASCADE and renames. */
function remember(st: Statement, view: ViewDraft, query: Node | undefined, key: ViewDraft): void {
  const reads = new Set<string>()
  walk(query, (kind, content) => {
    if (kind !== 'RangeVar') return
    const name = st.find(content as RangeVar)
    if (name && nameKey(name) !== nameKey(view)) reads.add(nameKey(name))
  })
  st.catalog.viewReads.set(key, reads)
  keepQuery(key, query)
  st.catalog.viewColumns.delete(key)
}

const EVENTS = { CMD_SELECT: 'select', CMD_INSERT: 'insert', CMD_UPDATE: 'update', CMD_DELETE: 'delete' } as const

export function createRule(st: Statement, node: RuleStmt): Handled {
  const name = st.find(node.relation)
  const relation = name && st.catalog.relation(name)
  const owner = relation?.kind === 'table' ? relation.table : relation?.kind === 'view' ? relation.view : undefined
  if (!owner)
    throw new Refusal('unknown-table', `relation "${node.relation?.relname ?? ''}" does not exist`, { location: node.relation?.location })
  const { tokens } = st
  const relationAt = st.token(node.relation?.location)
  const doAt = tokens.find('do', relationAt)
  const where = node.whereClause ? tokens.find('where', relationAt, doAt) : -1
  const from = ['instead', 'also'].includes(tokens.word(doAt + 1)) ? doAt + 2 : doAt + 1
  const event = node.event && node.event in EVENTS ? EVENTS[node.event as keyof typeof EVENTS] : 'select'
  const rule = {
    name: storedName(node.rulename ?? ''),
    event,
    instead: node.instead === true,
    where: where < 0 ? null : st.text(where + 1, doAt),
    commands: st.text(from, tokens.length),
    enabled: 'origin' as const,
    searchPath: st.searchPath,
    comment: null,
  }
  const at = owner.rules.findIndex((other) => other.name === rule.name)
  if (at >= 0 && !node.replace) throw new Refusal('duplicate-object', `rule "${rule.name}" for relation "${owner.name}" already exists`)
  if (at >= 0) owner.rules[at] = rule
  else owner.rules.push(rule)
  return undefined
}
