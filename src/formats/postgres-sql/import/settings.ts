import type { DoStmt, FuncCall, Node, SelectStmt, VariableSetStmt } from 'libpg-query'
import { Tokens } from '../../shared/sql/tokens.ts'
import { nameKey } from '#core/schema/index.ts'
import { all, as, strings, walk } from './ast.ts'
import { keepVerbatim } from './opaque.ts'
import type { Handled, Statement } from './statement.ts'

/** SET: only the search path matters to what follows. */
export function variableSet(st: Statement, node: VariableSetStmt): Handled {
  if (node.name === 'check_function_bodies') {
    const value = all(node.args, 'A_Const')[0]
    st.session.unchecked = /^(?:off|false|no|0)$/i.test(value?.sval?.sval ?? String(value?.ival?.ival ?? value?.boolval?.boolval ?? ''))
  }
  if (node.name !== 'search_path') return 'ignored'
  const { path } = st.session
  if (node.kind === 'VAR_SET_VALUE') path.set(all(node.args, 'A_Const').map((constant) => constant.sval?.sval ?? ''))
  else path.reset()
  return 'ignored'
}

/** Functions that change settings, data or nothing: nothing of the schema. */
const harmless = new Set([
  'set_config',
  'setval',
  'nextval',
  'currval',
  'now',
  'version',
  'pg_notify',
  'pg_sleep',
  'current_setting',
  'pg_stat_statements_reset',
  'count',
  'max',
  'min',
  'sum',
  'coalesce',
  'pg_advisory_lock',
  'pg_advisory_unlock',
  'pg_advisory_xact_lock',
  'pg_size_pretty',
  'lo_create',
  'lo_unlink',
  'pg_is_in_recovery',
  'txid_current',
  'pg_reload_conf',
])

/** SELECT: may set the search path, may call a function that changes the schema; then it is kept. */
export function select(st: Statement, node: SelectStmt): Handled {
  if (node.intoClause) return undefined
  const calls: string[] = []
  walk(node, (kind, content) => {
    if (kind !== 'FuncCall') return
    const call = content as FuncCall
    const name = strings(call.funcname).at(-1) ?? ''
    calls.push(name)
    if (name === 'set_config') setConfig(st, call)
  })
  const own = calls.filter((name) =>
    [...st.session.path.names, 'public'].some((namespace) => st.catalog.routines.has(`${namespace}\u0000${name}`)),
  )
  const bare = !node.fromClause && calls.some((name) => !harmless.has(name))
  const qualified = !node.fromClause && calls.length > 0 && calls.every((name) => !harmless.has(name))
  if (own.length === 0 && !bare && !qualified) return 'ignored'
  return keepDynamic(st, 'SELECT that calls a function')
}

/** DO, CALL and calls of functions: what they do is known to PostgreSQL only. They come late when they speak of something we know, else early. */
export function keepDynamic(st: Statement, reason: string): Handled {
  if (mayMakeObjects(st, reason)) st.session.dynamic = true
  const { relations, types, routines } = st.catalog
  const late = (st.sql.match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []).some(
    (word) => relations.hasName(word) || types.hasName(word) || routines.hasName(word),
  )
  return keepVerbatim(st, reason, { late })
}

/** True unless the text, and the bodies of our own functions that it names, show that nothing a table could need is made. */
function mayMakeObjects(st: Statement, reason: string): boolean {
  const words = new Set(st.sql.match(/[\p{L}_][\p{L}\p{N}_$]*/gu))
  const { routines, namespaces } = st.catalog
  const bodies = [...words]
    .filter((word) => routines.hasName(word))
    .flatMap((name) => ['public', ...namespaces.keys()].flatMap((namespace) => routines.get(nameKey({ namespace, name })) ?? []))
    .map(({ body }) => (body?.kind === 'string' || body?.kind === 'sql' ? body.text : ''))
  if (reason !== 'DO block' && bodies.length === 0) return true
  return [reason === 'DO block' ? st.sql : '', ...bodies].some((text) => {
    const made = [...text.matchAll(making)].map(([, kind]) => kind?.toLowerCase() ?? '')
    return made.length === 0 ? /\bexecute\b/i.test(text) : made.some((kind) => makes.has(kind))
  })
}
const making = /\b(?:create|alter)\s+(?:or\s+replace\s+|unlogged\s+|unique\s+|materialized\s+|foreign\s+)*([a-z]+)/gi
const makes = new Set([
  'table',
  'view',
  'index',
  'sequence',
  'type',
  'domain',
  'schema',
  'function',
  'procedure',
  'aggregate',
  'trigger',
  'policy',
  'extension',
  'statistics',
])

/** DO of a block that computes: a search path it sets for the session is in force afterwards. */
export function computedBlock(st: Statement, node: DoStmt): Handled {
  const body = all(node.args, 'DefElem').find(({ defname }) => defname === 'as')
  if (isAboutData(st, as(body?.arg, 'String')?.sval ?? '')) return 'ignored'
  const handled = keepDynamic(st, 'DO block')
  const set = /\bset\s+(?:session\s+)?search_path\s*(?:=|\bto\b)\s*([^;']+);/i.exec(as(body?.arg, 'String')?.sval ?? '')?.[1]
  if (set !== undefined) st.session.path.setText(set)
  return handled
}

/** A block that only reads, changes or checks rows is as little part of a schema as INSERT and UPDATE are. */
function isAboutData(st: Statement, body: string): boolean {
  const words = new Tokens(body).list.map(({ word }) => word)
  const changes = words.some((word, n) => schemaWords.has(word) || (word === 'comment' && words[n + 1] === 'on'))
  if (changes || !words.some((word) => dataWords.has(word))) return false
  return !words.some((word) => word !== '' && st.catalog.routines.hasName(word))
}
const dataWords = new Set(['insert', 'update', 'delete', 'merge', 'raise'])
const schemaWords = new Set(
  `create alter drop execute perform call grant revoke refresh reindex truncate copy cluster security search_path set_config do
  reassign import analyze vacuum lock`.split(/\s+/),
)

function setConfig(st: Statement, call: FuncCall): void {
  const [name, value] = (call.args ?? []).map(constant)
  if (name === 'search_path' && value !== undefined) st.session.path.setText(value)
}

const constant = (node: Node): string | undefined => {
  const value = as(node, 'A_Const')
  return value?.sval ? (value.sval.sval ?? '') : undefined
}
