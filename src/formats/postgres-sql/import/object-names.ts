import { isBuiltinCollation, quoteName } from '#core/dialects/postgres.ts'
import { nameKey } from '#core/schema/index.ts'
import type { Node, ObjectWithArgs } from 'libpg-query'
import { as, items, strings } from './ast.ts'
import type { PlainList } from './kinds.ts'
import { storedName } from './naming.ts'
import { lookUpRoutine } from './routine-names.ts'
import type { Statement } from './statement.ts'
import { isBuiltinSearch } from './text-search-builtin.ts'
import { typeText } from './type-names.ts'

// How texts name functions, operators and other objects: with the namespace where it is known, without `pg_catalog`, which is always looked in.

/** The parts of a name with the namespace in which the script made it. What is not known stays as it stands, and needs the search path. */
function resolved(st: Statement, parts: readonly string[], known: (key: string) => boolean): readonly string[] {
  const names = parts.map(storedName)
  if (names.length > 1) return names.at(-2) === 'pg_catalog' ? names.slice(-1) : names.slice(-2)
  const [name = ''] = names
  const namespace = st.session.path.names.find((candidate) => known(nameKey({ namespace: candidate, name })))
  if (namespace !== undefined) return [namespace, name]
  st.textTaken = true
  return names
}

/** The names in a node: a list of strings, a string, or what the grammar took for a type. */
export function namesIn(node: Node | undefined): readonly string[] {
  const type = as(node, 'TypeName')
  if (type) return strings(type.names)
  const text = as(node, 'String')
  return text ? [text.sval ?? ''] : strings(items(node))
}

/** A function's name as SQL writes it. */
export const functionText = (st: Statement, parts: readonly string[]): string =>
  resolved(st, parts, (key) => st.catalog.routines.has(key))
    .map(quoteName)
    .join('.')

/** A function with its argument types: `public.f(integer, text)`. */
export function signatureText(st: Statement, object: ObjectWithArgs | undefined): string {
  const name = functionText(st, strings(object?.objname))
  const routine = object?.args_unspecified ? lookUpRoutine(st, object, 'OBJECT_FUNCTION') : undefined
  if (routine) return `${name}(${routine.arguments.map(({ type }) => type).join(', ')})`
  return object?.args_unspecified
    ? name
    : `${name}(${(object?.objargs ?? []).map((node) => typeText(st, as(node, 'TypeName'))).join(', ')})`
}

/** The name of an object of a plain kind as SQL writes it. */
export const plainText = (st: Statement, list: PlainList, parts: readonly string[]): string =>
  list === 'collations' && parts.length === 1 && isBuiltinCollation(parts[0] ?? '')
    ? quoteName(parts[0] ?? '')
    : resolved(st, parts, (key) => st.catalog.kinds.named(list, key).length > 0)
        .map(quoteName)
        .join('.')

/** A text search object's name: the four kinds share a list, but not their names. */
export const textSearchText = (st: Statement, kind: 'parser' | 'template' | 'dictionary', parts: readonly string[]): string =>
  parts.length === 1 && isBuiltinSearch(kind, parts[0] ?? '')
    ? quoteName(parts[0] ?? '')
    : resolved(st, parts, (key) => st.catalog.kinds.named('textSearch', key).some((object) => object.kind === kind))
        .map(quoteName)
        .join('.')

/** An operator as operator classes name it: `public.<`, `<`. */
export function operatorText(st: Statement, parts: readonly string[]): string {
  const names = resolved(st, parts, (key) => st.catalog.kinds.named('operators', key).length > 0)
  return names.map((name, at) => (at < names.length - 1 ? quoteName(name) : name)).join('.')
}
