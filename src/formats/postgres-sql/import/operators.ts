import { unquoteNames } from '#core/dialects/postgres.ts'
import { aCast, anOperator, anOperatorClass, anOperatorFamily, nameKey, type ObjectName } from '#core/schema/index.ts'
import type {
  AlterOperatorStmt,
  AlterOpFamilyStmt,
  CreateCastStmt,
  CreateOpClassItem,
  CreateOpClassStmt,
  CreateOpFamilyStmt,
  DefElem,
  DefineStmt,
} from 'libpg-query'
import { all, as, strings } from './ast.ts'
import type { Item } from './draft.ts'
import { functionText, namesIn, operatorText, plainText, signatureText } from './object-names.ts'
import { addPlain, byNames, operandTypes, operatorNamed } from './plain-objects.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { typeText } from './type-names.ts'
import { valueText } from './values.ts'

// Operators, what indexes know of them, and casts.

type Operator = Item<'operators'>
type Element = Item<'operatorClasses'>['elements'][number]

export function createOperator(st: Statement, node: DefineStmt): Handled {
  const name = st.newNameOf(node.defnames)
  const options = new Map(all(node.definition, 'DefElem').map((element) => [element.defname ?? '', element]))
  const type = (key: string): string | null => {
    const found = as(options.get(key)?.arg, 'TypeName')
    return found ? typeText(st, found) : null
  }
  const operator = { ...anOperator({ ...name, left: type('leftarg'), right: type('rightarg'), function: '' }) } as Operator
  if (findOperator(st, name, operator)) throw new Refusal('duplicate-object', `operator ${name.name} already exists`)
  operator.function = functionText(st, namesIn((options.get('function') ?? options.get('procedure'))?.arg))
  for (const element of options.values()) applyOption(st, operator, element)
  operator.searchPath = st.searchPath
  addPlain(st, 'operators', operator)
  return undefined
}

const findOperator = (st: Statement, name: ObjectName, { left, right }: Pick<Operator, 'left' | 'right'>): Operator | undefined =>
  st.catalog.kinds.named('operators', nameKey(name)).find((other) => other.left === left && other.right === right)

function applyOption(st: Statement, operator: Operator, { defname, arg }: DefElem): void {
  const estimator = (): string | null => (arg === undefined ? null : functionText(st, namesIn(arg)))
  switch (defname) {
    case 'commutator':
      operator.commutator = otherOperator(st, operator, namesIn(arg))
      break
    case 'negator':
      operator.negator = otherOperator(st, operator, namesIn(arg))
      break
    case 'restrict':
      operator.restrict = estimator()
      break
    case 'join':
      operator.join = estimator()
      break
    case 'hashes':
      operator.hashes = valueText(arg) !== 'false'
      break
    case 'merges':
    case 'sort1':
    case 'sort2':
    case 'ltcmp':
    case 'gtcmp':
      operator.merges = valueText(arg) !== 'false'
      break
  }
}

/** Another operator, as `OPERATOR(namespace.op)` writes it. One that is not there yet will be made where this one is, if its operands are ours. */
function otherOperator(st: Statement, operator: Operator, parts: readonly string[]): string {
  const [name = ''] = parts.slice(-1)
  const own = parts.length === 1 && [operator.left, operator.right].some((type) => type !== null && isOurs(st, type))
  const itself = parts.length === 1 && name === operator.name
  const text = operatorText(st, own || itself ? whereFound(st, operator, name) : parts)
  return text.includes('.') && text !== name ? `OPERATOR(${text})` : text
}

function whereFound(st: Statement, operator: Operator, name: string): readonly string[] {
  const found = st.session.path.names.find((namespace) => st.catalog.kinds.named('operators', nameKey({ namespace, name })).length > 0)
  return [found ?? operator.namespace, name]
}

/** True for types that the script made: operators on them cannot be there by themselves. */
function isOurs(st: Statement, type: string): boolean {
  const names = unquoteNames(type.replace(/(?:\[\])+$/, ''))
  return names.length < 3 && st.catalog.resolveType(['public'], names.at(-2), names.at(-1) ?? '') !== undefined
}

export function alterOperator(st: Statement, node: AlterOperatorStmt): Handled {
  const operator = operatorNamed(st, node.opername)
  if (!operator) throw new Refusal('unknown-object', `operator ${strings(node.opername?.objname).join('.')} does not exist`)
  for (const option of all(node.options, 'DefElem')) applyOption(st, operator, option)
  operator.searchPath ??= st.searchPath
  return undefined
}

export function createOperatorFamily(st: Statement, node: CreateOpFamilyStmt): Handled {
  const name = st.newNameOf(node.opfamilyname)
  const method = node.amname ?? ''
  if (st.catalog.kinds.named('operatorFamilies', nameKey(name)).some((other) => other.method === method))
    throw new Refusal('duplicate-object', `operator family "${name.name}" for access method "${method}" already exists`)
  addPlain(st, 'operatorFamilies', { ...anOperatorFamily({ ...name, method }), elements: [] } as Item<'operatorFamilies'>)
  return undefined
}

export function createOperatorClass(st: Statement, node: CreateOpClassStmt): Handled {
  const name = st.newNameOf(node.opclassname)
  const method = node.amname ?? ''
  const { kinds } = st.catalog
  if (kinds.named('operatorClasses', nameKey(name)).some((other) => other.method === method))
    throw new Refusal('duplicate-object', `operator class "${name.name}" for access method "${method}" already exists`)
  const type = typeText(st, node.datatype)
  const nodes = all(node.items, 'CreateOpClassItem')
  const storage = nodes.find(({ itemtype }) => itemtype === STORAGE)?.storedtype
  const family = node.opfamilyname
    ? (byNames(st, 'operatorFamilies', strings(node.opfamilyname), (other) => other.method === method) ?? st.newNameOf(node.opfamilyname))
    : kinds.named('operatorFamilies', nameKey(name)).find((other) => other.method === method)
  addPlain(st, 'operatorClasses', {
    ...anOperatorClass({ ...name, method, type, isDefault: node.isDefault === true }),
    family: family ? { namespace: family.namespace, name: family.name } : null,
    storage: storage ? typeText(st, storage) : null,
    elements: nodes.filter(({ itemtype }) => itemtype !== STORAGE).map((item) => element(st, item, { type, method })),
    searchPath: st.searchPath,
  } as Item<'operatorClasses'>)
  return undefined
}

/** Kinds of CreateOpClassItem: PostgreSQL's OPCLASS_ITEM_… */
const OPERATOR = 1
const STORAGE = 3

/** An element with its operand types, as PostgreSQL fills them in (assignOperTypes and assignProcTypes in opclasscmds.c). */
function element(st: Statement, item: CreateOpClassItem, of: { type: string | null; method: string }): Element {
  const given =
    item.itemtype === OPERATOR
      ? operandTypes(st, item.name?.objargs)
      : (item.class_args ?? []).map((node) => typeText(st, as(node, 'TypeName')))
  const number = item.number ?? 0
  const both = of.type === null ? [] : [of.type, of.type]
  if (item.itemtype === OPERATOR) {
    const types = given.map((type) => type ?? 'none')
    return {
      kind: 'operator',
      number,
      name: operatorText(st, strings(item.name?.objname)),
      types: types.length > 0 ? types : both,
      orderBy: item.order_family ? plainText(st, 'operatorFamilies', strings(item.order_family)) : null,
    }
  }
  const types = given.flatMap((type) => (type === null ? [] : [type]))
  const [only] = types
  const own = comparing(of.method, number) ? (item.name?.objargs ?? []).map((node) => typeText(st, as(node, 'TypeName'))) : []
  return {
    kind: 'function',
    number,
    name: signatureText(st, item.name),
    types: types.length === 1 && only !== undefined ? [only, only] : types.length > 1 ? types : own.length === 2 ? own : both,
    orderBy: null,
  }
}

/** Comparison functions say by their own arguments what they compare. */
const comparing = (method: string, number: number): boolean => method === 'btree' && number === 1

export function alterOperatorFamily(st: Statement, node: AlterOpFamilyStmt): Handled {
  const method = node.amname ?? ''
  const family = byNames(st, 'operatorFamilies', strings(node.opfamilyname), (other) => other.method === method) ?? implicitFamily(st, node)
  const changed = all(node.items, 'CreateOpClassItem').map((item) => element(st, item, { type: null, method }))
  if (!node.isDrop) family.elements.push(...changed)
  else
    for (const gone of all(node.items, 'CreateOpClassItem')) {
      const types = (gone.class_args ?? []).map((type) => typeText(st, as(type, 'TypeName')))
      const both = types.length === 1 ? [...types, ...types] : types
      const kind = gone.itemtype === OPERATOR ? 'operator' : 'function'
      family.elements = family.elements.filter(
        (other) => other.kind !== kind || other.number !== gone.number || other.types.join('\u0000') !== both.join('\u0000'),
      )
    }
  family.searchPath ??= st.searchPath
  return undefined
}

/** The family that a class made along with itself: it gets a place of its own once it holds more than the class. */
function implicitFamily(st: Statement, node: AlterOpFamilyStmt): Item<'operatorFamilies'> {
  const method = node.amname ?? ''
  const opclass = byNames(st, 'operatorClasses', strings(node.opfamilyname), (other) => other.method === method && other.family === null)
  if (!opclass) throw new Refusal('unknown-object', `operator family "${strings(node.opfamilyname).join('.')}" does not exist`)
  const { namespace, name } = opclass
  const family = { ...anOperatorFamily({ namespace, name, method }), elements: [] } as Item<'operatorFamilies'>
  opclass.family = { namespace, name }
  addPlain(st, 'operatorFamilies', family)
  return family
}

const CONTEXTS = { COERCION_IMPLICIT: 'implicit', COERCION_ASSIGNMENT: 'assignment' } as const

export function createCast(st: Statement, node: CreateCastStmt): Handled {
  const source = typeText(st, node.sourcetype)
  const target = typeText(st, node.targettype)
  if (st.catalog.kinds.named('casts', source).some((other) => other.target === target))
    throw new Refusal('duplicate-object', `cast from type ${source} to type ${target} already exists`)
  addPlain(st, 'casts', {
    ...aCast({
      source,
      target,
      method: node.func ? 'function' : node.inout ? 'inout' : 'binary',
      function: node.func ? signatureText(st, node.func) : null,
      context: CONTEXTS[node.context as keyof typeof CONTEXTS] ?? 'explicit',
    }),
    searchPath: st.searchPath,
  })
  return undefined
}
