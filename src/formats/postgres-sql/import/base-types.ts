import { aBaseType, nameKey, type ObjectName } from '#core/schema/index.ts'
import type { AlterTypeStmt, DefElem, DefineStmt } from 'libpg-query'
import { all, as, strings } from './ast.ts'
import type { Item } from './draft.ts'
import { functionText, namesIn } from './object-names.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { storedName } from './naming.ts'
import { typeText } from './type-names.ts'
import { addType, definitionValue } from './user-types.ts'

/** CREATE TYPE name (INPUT = …), and CREATE TYPE name, which only announces it. */
export function createBaseType(st: Statement, node: DefineStmt): Handled {
  const name = st.newNameOf(node.defnames)
  const announced = shell(st, name)
  const elements = all(node.definition, 'DefElem')
  if (announced && elements.length > 0) {
    announced.options = options(st, elements)
    announced.searchPath = st.searchPath
    return undefined
  }
  const key = nameKey(name)
  if (st.catalog.types.has(key) || st.catalog.relations.has(key))
    throw new Refusal('duplicate-object', `type "${name.name}" already exists`)
  addType(st, {
    kind: 'base',
    type: { ...aBaseType({ ...name, options: options(st, elements) }), searchPath: st.searchPath } as Item<'baseTypes'>,
  })
  return undefined
}

/** A type that was announced and not defined yet. */
export function shell(st: Statement, name: ObjectName): Item<'baseTypes'> | undefined {
  const found = st.catalog.types.get(nameKey(name))
  return found?.kind === 'base' && Object.keys(found.type.options).length === 0 ? found.type : undefined
}

/** ALTER TYPE … SET (…). */
export function alterBaseType(st: Statement, node: AlterTypeStmt): Handled {
  const names = strings(node.typeName)
  const name = st.catalog.resolveType(st.session.path.names, names.at(-2), storedName(names.at(-1) ?? ''))
  const found = name && st.catalog.types.get(nameKey(name))
  if (found?.kind !== 'base') throw new Refusal('unknown-type', `type "${names.join('.')}" does not exist`)
  const changed = options(st, all(node.options, 'DefElem'))
  const rest = Object.entries({ ...found.type.options, ...changed }).filter(([, value]) => value.toLowerCase() !== 'none')
  found.type.options = Object.fromEntries(rest)
  return undefined
}

const functions = new Set(['input', 'output', 'receive', 'send', 'typmod_in', 'typmod_out', 'analyze', 'subscript'])
const types = new Set(['like', 'element'])

function options(st: Statement, elements: readonly DefElem[]): Readonly<Record<string, string>> {
  const result: Record<string, string> = {}
  for (const element of elements) {
    const name = element.defname ?? ''
    const { arg } = element
    if (arg === undefined) result[name] = equals(st, element) ? 'none' : 'true'
    else if (functions.has(name)) result[name] = functionText(st, namesIn(arg))
    else if (types.has(name) && as(arg, 'TypeName')) result[name] = typeText(st, as(arg, 'TypeName'))
    else result[name] = definitionValue(st, element)
  }
  return result
}

/** `name = NONE` has no value in the tree, and neither has `name` alone. */
const equals = (st: Statement, element: DefElem): boolean => st.tokens.word(st.token(element.location) + 1) === '='
