import type { A_Const, DiscardStmt, DoStmt, FuncCall, SelectStmt, TransactionStmt, VariableSetStmt } from 'libpg-query'
import { unquoteNames } from '#core/dialects/postgres.ts'
import { Tokens } from '../../shared/sql/tokens.ts'
import { nameKey } from '#core/schema/index.ts'
import { all, as, strings, walk } from './ast.ts'
import { keepVerbatim } from './opaque.ts'
import type { Handled, Statement } from './statement.ts'

/** SET and RESET: of settings that say what follows means. */
export function variableSet(st: Statement, node: VariableSetStmt): Handled {
  const values = node.kind === 'VAR_SET_VALUE' ? all(node.args, 'A_Const').map(constantText) : undefined
  if (node.kind === 'VAR_RESET_ALL') for (const name of schemaSettings) set(st, name, undefined)
  else set(st, node.name ?? '', values, node.is_local === true)
  return 'ignored'
}

/** DISCARD: like RESET ALL, when it is all that is discarded. */
export function discard(st: Statement, node: DiscardStmt): Handled {
  if (node.target === 'DISCARD_ALL') for (const name of schemaSettings) set(st, name, undefined)
  return 'ignored'
}

/** BEGIN, COMMIT and ROLLBACK, as far as settings go. */
export function transaction(st: Statement, { kind }: TransactionStmt): Handled {
  const { settings } = st.session
  if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') settings.begin()
  else if (kind === 'TRANS_STMT_COMMIT') settings.commit()
  else if (kind === 'TRANS_STMT_ROLLBACK') settings.rollback()
  return 'ignored'
}

const schemaSettings = ['search_path', 'check_function_bodies', 'default_tablespace', 'default_table_access_method']

/** SET LOCAL outside a transaction does nothing in PostgreSQL. Tools that run each file in a transaction mean it, so that it holds unless strict. */
function set(st: Statement, name: string, values: readonly string[] | undefined, isLocal = false): void {
  const { settings, strict } = st.session
  if (!isLocal || settings.inTransaction || !strict) return settings.set(name, values, isLocal)
  if (!schemaSettings.includes(name)) return
  st.tell('warning', 'no-transaction', `SET LOCAL ${name} does nothing: no transaction has begun.`, {
    hint: 'Begin one before it, write SET, or import with --fix, which takes each file as one transaction.',
  })
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
  const path = /\bset\s+(?:session\s+)?search_path\s*(?:=|\bto\b)\s*([^;']+);/i.exec(as(body?.arg, 'String')?.sval ?? '')?.[1]
  if (path !== undefined) set(st, 'search_path', unquoteNames(path))
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
  const [name, value, isLocal] = (call.args ?? []).map((node) => as(node, 'A_Const')).map((node) => node && constantText(node))
  if (name === undefined || value === undefined) return
  set(st, name, name === 'search_path' ? unquoteNames(value) : [value], isLocal === 'true')
}

const constantText = ({ sval, ival, boolval, fval }: A_Const): string =>
  sval ? (sval.sval ?? '') : boolval ? String(boolval.boolval === true) : (fval?.fval ?? String(ival?.ival ?? (ival ? 0 : '')))
