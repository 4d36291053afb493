import { nameKey } from '#core/schema/index.ts'
import type { Node, ObjectWithArgs } from 'libpg-query'
import { as, items, strings } from './ast.ts'
import type { Item } from './draft.ts'
import type { PlainList } from './kinds.ts'
import { storedName } from './naming.ts'
import { namesIn } from './object-names.ts'
import { Refusal, type Statement } from './statement.ts'
import { typeText } from './type-names.ts'

// Objects of the plain kinds, found as COMMENT, DROP and ALTER name them.

/** An object with the list it is in. */
export type Plain = { [L in PlainList]: { readonly list: L; readonly item: Item<L> } }[PlainList]

/** Takes a new object into the catalog. */
export function addPlain<L extends PlainList>(st: Statement, list: L, item: Item<L> & object): void {
  st.catalog.note(item)
  st.catalog.kinds.add(list, item)
}

/** The first object along the search path with these name parts, and with what else tells it apart. */
export function byNames<L extends PlainList>(
  st: Statement,
  list: L,
  parts: readonly string[],
  fits: (item: Item<L>) => boolean = () => true,
): (Item<L> & object) | undefined {
  const name = storedName(parts.at(-1) ?? '')
  for (const namespace of parts.length > 1 ? parts.slice(-2, -1) : st.session.path.names) {
    const found = st.catalog.kinds.named(list, nameKey({ namespace, name })).find(fits)
    if (found) return found
  }
  return undefined
}

/** An object of a kind without namespaces. */
export const byName = <L extends PlainList>(st: Statement, list: L, name: string | undefined): (Item<L> & object) | undefined =>
  st.catalog.kinds.named(list, storedName(name ?? ''))[0]

/** Refuses a second object of a name. True: it is there, and IF NOT EXISTS says that this is fine. */
export function isThere(existing: object | undefined, what: string, tolerated: boolean | undefined): boolean {
  if (existing && !tolerated) throw new Refusal('duplicate-object', `${what} already exists`)
  return existing !== undefined
}

/** The operand types of an operator: null stands for NONE. */
export const operandTypes = (st: Statement, nodes: readonly Node[] | undefined): readonly (string | null)[] =>
  (nodes ?? []).map((node) => {
    const type = as(node, 'TypeName')
    return type ? typeText(st, type) : null
  })

export function operatorNamed(st: Statement, object: ObjectWithArgs | undefined): Item<'operators'> | undefined {
  const [left = null, right = null] = operandTypes(st, object?.objargs)
  return byNames(st, 'operators', strings(object?.objname), (other) => other.left === left && other.right === right)
}

const textSearchKinds: Readonly<Record<string, Item<'textSearch'>['kind']>> = {
  OBJECT_TSPARSER: 'parser',
  OBJECT_TSTEMPLATE: 'template',
  OBJECT_TSDICTIONARY: 'dictionary',
  OBJECT_TSCONFIGURATION: 'configuration',
}

/** Lists whose objects one name tells apart, by what the grammar calls them. */
const named: Readonly<Record<string, PlainList>> = {
  OBJECT_LANGUAGE: 'languages',
  OBJECT_ACCESS_METHOD: 'accessMethods',
  OBJECT_FDW: 'foreignDataWrappers',
  OBJECT_FOREIGN_SERVER: 'foreignServers',
  OBJECT_PUBLICATION: 'publications',
}
const qualified: Readonly<Record<string, PlainList>> = { OBJECT_COLLATION: 'collations', OBJECT_CONVERSION: 'conversions' }
const byMethod: Readonly<Record<string, 'operatorFamilies' | 'operatorClasses'>> = {
  OBJECT_OPFAMILY: 'operatorFamilies',
  OBJECT_OPCLASS: 'operatorClasses',
}
const nameless: Readonly<Record<string, PlainList>> = { OBJECT_OPERATOR: 'operators', OBJECT_CAST: 'casts', OBJECT_TRANSFORM: 'transforms' }

/** The list that an object type's objects are in; undefined for relations, types, routines and their parts. */
export const plainListOf = (objtype: string | undefined): PlainList | undefined => {
  const type = objtype ?? ''
  return named[type] ?? qualified[type] ?? byMethod[type] ?? nameless[type] ?? (textSearchKinds[type] && 'textSearch')
}

/** The object that a statement names, when the script made it. */
export function plainObject(st: Statement, objtype: string | undefined, node: Node | undefined): Plain | undefined {
  const list = plainListOf(objtype)
  const item = list && find(st, objtype ?? '', list, node)
  // List and item come from one look-up.
  return item && ({ list, item } as Plain)
}

function find(st: Statement, objtype: string, list: PlainList, node: Node | undefined): Item<PlainList> | undefined {
  const parts = namesIn(node)
  const method = byMethod[objtype]
  const search = textSearchKinds[objtype]
  if (named[objtype]) return byName(st, list, parts[0])
  if (method) return byNames(st, method, parts.slice(1), (other) => other.method === parts[0])
  if (search) return byNames(st, 'textSearch', parts, ({ kind }) => kind === search)
  if (objtype === 'OBJECT_OPERATOR') return operatorNamed(st, as(node, 'ObjectWithArgs'))
  if (qualified[objtype]) return byNames(st, list, parts)
  const [first, second] = items(node)
  const type = typeText(st, as(first, 'TypeName'))
  const target = as(second, 'TypeName')
  if (target) {
    const to = typeText(st, target)
    return st.catalog.kinds.named('casts', type).find((cast) => cast.target === to)
  }
  const language = as(second, 'String')?.sval
  return st.catalog.kinds.named('transforms', type).find((transform) => transform.language === language)
}
