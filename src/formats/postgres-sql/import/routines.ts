import { nameKey, type Argument, type RoutineBody } from '#core/schema/index.ts'
import type { AlterFunctionStmt, CreateFunctionStmt, DefElem, DefineStmt, FunctionParameter } from 'libpg-query'
import { all, as, items, strings } from './ast.ts'
import { newRoutine, type Item } from './draft.ts'
import { storedName } from './naming.ts'
import { findRoutine, signature } from './routine-names.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { typeText } from './type-names.ts'
import { definitionValue } from './user-types.ts'
import { quotedParts, valueText } from './values.ts'

type Routine = Item<'routines'>
const MODES: Readonly<Record<string, Argument['mode']>> = {
  FUNC_PARAM_OUT: 'out',
  FUNC_PARAM_INOUT: 'inout',
  FUNC_PARAM_VARIADIC: 'variadic',
  FUNC_PARAM_TABLE: 'table',
}

export function createFunction(st: Statement, node: CreateFunctionStmt): Handled {
  const name = st.newNameOf(node.funcname)
  const routine = newRoutine(name, node.is_procedure ? 'procedure' : 'function')
  routine.arguments = readArguments(st, node)
  const named = routine.arguments.some(({ mode }) => mode === 'table')
  if (node.returnType && !named) routine.returns = typeText(st, node.returnType)
  routine.returnsSet = node.returnType?.setof === true && !named
  const options = all(node.options, 'DefElem')
  applyOptions(st, routine, options)
  const as_ = options.find(({ defname }) => defname === 'as')
  if (as_) routine.body = bodyOf(as_)
  else if (node.sql_body) routine.body = sqlBody(st, options)
  // A body is text until it runs; only SQL-language bodies are read when the function is made.
  routine.searchPath = st.textTaken || routine.language === 'sql' ? st.session.path.text : null
  addRoutine(st, routine, node.replace === true)
  return undefined
}

function readArguments(st: Statement, node: CreateFunctionStmt): Routine['arguments'] {
  const parameters = all(node.parameters, 'FunctionParameter')
  return parameters.map((parameter) => {
    let text: string | null = null
    if (parameter.defexpr) {
      const { tokens } = st
      const from = st.token(parameter.location)
      text = st.text(tokens.find(['default', '='], from) + 1, tokens.elementEnd(from))
    }
    return argument(st, parameter, text)
  })
}

const argument = (st: Statement, parameter: FunctionParameter, text: string | null): Routine['arguments'][number] => ({
  mode: MODES[parameter.mode ?? ''] ?? 'in',
  name: parameter.name === undefined ? null : storedName(parameter.name),
  type: typeText(st, parameter.argType),
  default: text,
})

function applyOptions(st: Statement, routine: Routine, options: readonly DefElem[]): void {
  for (const [n, option] of options.entries()) {
    const value = option.arg === undefined ? '' : valueText(option.arg)
    switch (option.defname) {
      case 'language':
        routine.language = value
        break
      case 'volatility':
        routine.volatility = value === 'immutable' || value === 'stable' ? value : 'volatile'
        break
      case 'strict':
        routine.strict = value !== 'false'
        break
      case 'security':
        routine.securityDefiner = value !== 'false'
        break
      case 'leakproof':
        routine.leakproof = value !== 'false'
        break
      case 'window':
        routine.window = value !== 'false'
        break
      case 'parallel':
        routine.parallel = value === 'safe' || value === 'restricted' ? value : 'unsafe'
        break
      case 'cost':
        routine.cost = value
        break
      case 'rows':
        routine.rows = value
        break
      case 'support':
        routine.support = quotedParts(as(option.arg, 'List')?.items)
        break
      case 'transform':
        routine.transforms = items(option.arg).map((node) => typeText(st, as(node, 'TypeName')))
        break
      case 'set':
        applySetting(st, routine, option, options[n + 1])
        break
    }
  }
}

/** `SET name TO value`, `SET name FROM CURRENT`, `RESET name`: the value as it is written. */
function applySetting(st: Statement, routine: Routine, option: DefElem, next: DefElem | undefined): void {
  const setting = as(option.arg, 'VariableSetStmt')
  const settings: Record<string, string> = { ...routine.settings }
  if (setting?.kind === 'VAR_RESET_ALL') routine.settings = {}
  else if (setting?.kind === 'VAR_RESET' || setting?.kind === 'VAR_SET_DEFAULT') {
    const { [setting.name ?? '']: _gone, ...rest } = settings
    routine.settings = rest
  } else if (setting) {
    const { tokens } = st
    const from = st.token(option.location)
    const end = next ? st.token(next.location) : settingEnd(st, from)
    const at = setting.kind === 'VAR_SET_CURRENT' ? tokens.find('from', from) : tokens.find(['to', '='], from) + 1
    settings[setting.name ?? ''] = tokens.slice(at, end)
    routine.settings = settings
  }
}

/** The last option ends at the body in SQL, if there is one, or with the statement. */
function settingEnd(st: Statement, from: number): number {
  const { tokens } = st
  const body = tokens.find(['begin', 'return'], from)
  return body < 0 ? tokens.length : body
}

function bodyOf(option: DefElem): RoutineBody {
  const [first, second] = strings(items(option.arg))
  return second === undefined ? { kind: 'string', text: first ?? '' } : { kind: 'object', file: first ?? '', symbol: second }
}

function sqlBody(st: Statement, options: readonly DefElem[]): RoutineBody {
  const { tokens } = st
  const last = Math.max(0, ...options.map(({ location }) => st.token(location)))
  const from = tokens.find(['begin', 'return'], Math.max(last, tokens.close(tokens.find('(', 0))))
  return { kind: 'sql', text: st.text(from, tokens.length) }
}

/** CREATE AGGREGATE, in the form with arguments and the old one with `basetype`. */
export function createAggregate(st: Statement, node: DefineStmt): Handled {
  const name = st.newNameOf(node.defnames)
  const { tokens } = st
  const aggregate: Record<string, string> = {}
  let base: string | undefined
  for (const element of all(node.definition, 'DefElem')) {
    if (element.defname === 'basetype')
      base = element.arg && as(element.arg, 'TypeName') ? typeText(st, as(element.arg, 'TypeName')) : undefined
    else aggregate[element.defname ?? ''] = element.arg === undefined ? '' : definitionValue(st, element)
  }
  const [list, direct] = node.args ?? []
  const parameters = all(items(list), 'FunctionParameter').map((parameter) => argument(st, parameter, null))
  const count = as(direct, 'Integer')
  // -1: no ORDER BY; otherwise so many arguments stand before it.
  const before = count && (count.ival ?? 0) >= 0 ? (count.ival ?? 0) : parameters.length
  const routine = newRoutine(name, 'aggregate')
  routine.aggregate = aggregate
  routine.arguments = node.oldstyle
    ? base === undefined
      ? []
      : [{ mode: 'in', name: null, type: base, default: null }]
    : parameters.slice(0, before)
  // With VARIADIC the last direct argument is the aggregated one too: the grammar lists it once.
  const isShared = (count?.ival ?? -1) >= parameters.length && parameters.at(-1)?.mode === 'variadic'
  routine.orderBy = node.oldstyle ? [] : isShared ? parameters.slice(-1) : parameters.slice(before)
  routine.searchPath = tokens.length > 0 ? st.session.path.text : null
  addRoutine(st, routine, node.replace === true)
  return undefined
}

function addRoutine(st: Statement, routine: Routine, replace: boolean): void {
  const key = nameKey(routine)
  const overloads = st.catalog.routines.get(key) ?? []
  const at = overloads.findIndex((other) => signature(other) === signature(routine))
  const old = overloads[at]
  if (old && !replace) throw new Refusal('duplicate-object', `function "${routine.name}" already exists with the same argument types`)
  if (old) Object.assign(routine, { comment: old.comment, owner: old.owner })
  if (routine.kind === 'aggregate') st.catalog.hasAggregates = true
  st.catalog.note(routine, old)
  st.catalog.routines.set(key, old ? overloads.with(at, routine) : [...overloads, routine])
}

export function alterFunction(st: Statement, node: AlterFunctionStmt): Handled {
  const routine = findRoutine(st, node.func, node.objtype ?? 'OBJECT_FUNCTION')
  applyOptions(st, routine, all(node.actions, 'DefElem'))
  return undefined
}
