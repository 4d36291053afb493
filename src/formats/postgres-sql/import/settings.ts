import type { FuncCall, Node, SelectStmt, VariableSetStmt } from 'libpg-query'
import { all, as, strings, walk } from './ast.ts'
import { keepVerbatim } from './opaque.ts'
import type { Handled, Statement } from './statement.ts'

/** SET: only the search path matters to what follows. */
export function variableSet(st: Statement, node: VariableSetStmt): Handled {
  if (node.name !== 'search_path') return 'ignored'
  const { path } = st.session
  if (node.kind === 'VAR_SET_VALUE') path.set(all(node.args, 'A_Const').map((constant) => constant.sval?.sval ?? ''))
  else path.reset()
  return 'ignored'
}

/** Functions that change settings, data or nothing: nothing of the schema. */
const harmless = new Set(['set_config', 'setval', 'nextval', 'currval', 'now', 'version', 'pg_notify', 'pg_sleep', 'current_setting', 'pg_stat_statements_reset', 'count', 'max', 'min', 'sum', 'coalesce', 'pg_advisory_lock', 'pg_advisory_unlock', 'pg_advisory_xact_lock', 'pg_size_pretty', 'lo_create', 'lo_unlink', 'pg_is_in_recovery', 'txid_current', 'pg_reload_conf'])

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
  const own = calls.filter((name) => [...st.session.path.names, 'public'].some((namespace) => st.catalog.routines.has(`${namespace}\u0000${name}`)))
  const bare = !node.fromClause && calls.some((name) => !harmless.has(name))
  const qualified = !node.fromClause && calls.length > 0 && calls.every((name) => !harmless.has(name))
  if (own.length === 0 && !bare && !qualified) return 'ignored'
  st.session.dynamic = true
  return keepVerbatim(st, 'SELECT that calls a function', { late: true })
}

function setConfig(st: Statement, call: FuncCall): void {
  const [name, value] = (call.args ?? []).map(constant)
  if (name === 'search_path' && value !== undefined) st.session.path.setText(value)
}

const constant = (node: Node): string | undefined => {
  const value = as(node, 'A_Const')
  return value?.sval ? (value.sval.sval ?? '') : undefined
}
