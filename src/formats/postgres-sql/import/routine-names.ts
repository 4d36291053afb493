import { nameKey } from '#core/schema/index.ts'
import type { ObjectWithArgs } from 'libpg-query'
import { all, as, strings } from './ast.ts'
import type { Item } from './draft.ts'
import { storedName } from './naming.ts'
import { Refusal, type Statement } from './statement.ts'
import { typeText } from './type-names.ts'

type Routine = Item<'routines'>

/** The types by which overloads differ: those of the input arguments. */
export const signature = (routine: Pick<Routine, 'arguments' | 'orderBy'>): string =>
  [...routine.arguments, ...routine.orderBy]
    .filter(({ mode }) => mode !== 'out' && mode !== 'table')
    .map(({ type }) => bare(type))
    .join(',')

/** Modifiers do not tell types of arguments apart. */
const bare = (type: string): string => type.replace(/\([^)]*\)/g, '')

/** The routine that `name(types)` names; without types, the only one of that name. */
export function lookUpRoutine(st: Statement, object: ObjectWithArgs | undefined, objtype: string): Routine | undefined {
  const names = strings(object?.objname)
  const name = storedName(names.at(-1) ?? '')
  const wanted = inputTypes(st, object)
  for (const namespace of names.length > 1 ? names.slice(-2, -1) : st.session.path.names) {
    const overloads = (st.catalog.routines.get(nameKey({ namespace, name })) ?? []).filter((routine) => fits(routine, objtype))
    const found = object?.args_unspecified
      ? overloads[0]
      : overloads.find((routine) => signature(routine) === wanted || allTypes(routine) === wanted)
    if (found) return found
  }
  return undefined
}

export function findRoutine(st: Statement, object: ObjectWithArgs | undefined, objtype: string): Routine {
  const found = lookUpRoutine(st, object, objtype)
  if (!found)
    throw new Refusal('unknown-routine', `function ${strings(object?.objname).join('.')}(${inputTypes(st, object)}) does not exist`)
  return found
}

function inputTypes(st: Statement, object: ObjectWithArgs | undefined): string {
  const parameters = all(object?.objfuncargs, 'FunctionParameter')
  if (parameters.length > 0) {
    return parameters
      .filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE')
      .map(({ argType }) => bare(typeText(st, argType)))
      .join(',')
  }
  return (object?.objargs ?? []).map((node) => bare(typeText(st, as(node, 'TypeName')))).join(',')
}

/** Procedures are also found by all their arguments, OUT ones included. */
const allTypes = (routine: Routine): string =>
  routine.kind === 'procedure' ? routine.arguments.map(({ type }) => bare(type)).join(',') : '\u0000'

const fits = (routine: Routine, objtype: string): boolean =>
  objtype === 'OBJECT_ROUTINE' ||
  (objtype === 'OBJECT_AGGREGATE'
    ? routine.kind === 'aggregate'
    : objtype === 'OBJECT_PROCEDURE'
      ? routine.kind === 'procedure'
      : routine.kind === 'function')
