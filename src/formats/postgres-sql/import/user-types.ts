import { aCompositeType, aDomain, anEnum, aRangeType, nameKey, type ObjectName } from '#core/schema/index.ts'
import type {
  AlterDomainStmt,
  AlterEnumStmt,
  CompositeTypeStmt,
  CreateDomainStmt,
  CreateEnumStmt,
  CreateRangeStmt,
  DefElem,
  Node,
} from 'libpg-query'
import { all, as, strings } from './ast.ts'
import type { DomainDraft, Item } from './draft.ts'
import type { UserType } from './relation.ts'
import { storedName } from './naming.ts'
import { functionText, namesIn } from './object-names.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { collationText, typeText, userTypeText } from './type-names.ts'
import { checkTypes } from './unknown-types.ts'

export function createEnum(st: Statement, node: CreateEnumStmt): Handled {
  const name = newType(st, node.typeName)
  addType(st, { kind: 'enum', type: { ...anEnum({ ...name, values: strings(node.vals) }) } as Item<'enums'> })
  return undefined
}

export function alterEnum(st: Statement, node: AlterEnumStmt): Handled {
  const { type } = findType(st, node.typeName, 'enum')
  if (node.oldVal !== undefined) {
    const at = type.values.indexOf(node.oldVal)
    if (at < 0) throw new Refusal('unknown-value', `"${node.oldVal}" is not a value of ${type.name}`)
    type.values = type.values.with(at, node.newVal ?? '')
    renameInDefaults(st, type, node.oldVal, node.newVal ?? '')
    return undefined
  }
  const value = node.newVal ?? ''
  if (type.values.includes(value)) {
    if (node.skipIfNewValExists) return undefined
    throw new Refusal('duplicate-object', `enum label "${value}" already exists`)
  }
  const neighbor = node.newValNeighbor === undefined ? -1 : type.values.indexOf(node.newValNeighbor)
  if (node.newValNeighbor !== undefined && neighbor < 0)
    throw new Refusal('unknown-value', `"${node.newValNeighbor}" is not a value of ${type.name}`)
  const at = neighbor < 0 ? type.values.length : node.newValIsAfter ? neighbor + 1 : neighbor
  type.values = type.values.toSpliced(at, 0, value)
  return undefined
}

/** Defaults are stored as values: they follow. */
function renameInDefaults(st: Statement, type: Item<'enums'>, from: string, to: string): void {
  const text = userTypeText(type)
  const literal = (value: string) => `'${value.replaceAll("'", "''")}'`
  for (const table of st.catalog.tables()) {
    for (const column of table.columns)
      if (column.type === text && column.default?.startsWith(literal(from)))
        column.default = literal(to) + column.default.slice(literal(from).length)
  }
}

export function createDomain(st: Statement, node: CreateDomainStmt): Handled {
  const name = newType(st, node.domainname)
  const domain = { ...aDomain({ ...name, type: typeText(st, node.typeName) }), constraints: [] } as DomainDraft
  if (node.collClause) domain.collation = collationText(st, node.collClause.collname)
  checkTypes(st)
  const nodes = all(node.constraints, 'Constraint')
  const starts = nodes
    .map((constraint) => st.token(constraint.location))
    .concat(node.collClause ? [st.token(node.collClause.location)] : [])
    .sort((a, b) => a - b)
  for (const constraint of nodes) {
    const from = st.token(constraint.location)
    if (constraint.contype === 'CONSTR_NOTNULL') domain.nullable = false
    else if (constraint.contype === 'CONSTR_DEFAULT') {
      const keyword = st.tokens.find('default', from)
      domain.default = st.text(keyword + 1, starts.find((start) => start > from) ?? st.tokens.length)
    } else if (constraint.contype === 'CONSTR_CHECK') addDomainCheck(st, domain, constraint)
  }
  domain.searchPath = st.searchPath
  addType(st, { kind: 'domain', type: domain })
  return undefined
}

function addDomainCheck(
  st: Statement,
  domain: DomainDraft,
  node: { location?: number; conname?: string; initially_valid?: boolean },
): void {
  const check = st.tokens.find('check', st.token(node.location))
  const name =
    node.conname === undefined ? st.catalog.chooseConstraintName(domain.namespace, domain.name, null, 'check') : storedName(node.conname)
  st.catalog.countConstraintName(domain.namespace, name, 1)
  domain.constraints.push({ name, expression: st.inside(check + 1), validated: node.initially_valid !== false, comment: null })
}

export function alterDomain(st: Statement, node: AlterDomainStmt): Handled {
  const { type } = findType(st, node.typeName, 'domain')
  const constraint = as(node.def, 'Constraint')
  switch (node.subtype) {
    case 'T':
      type.default = node.def ? st.text(st.tokens.find('default', 0) + 1, st.tokens.length) : null
      break
    case 'N':
      type.nullable = true
      break
    case 'O':
      type.nullable = false
      break
    case 'C':
      if (constraint?.contype === 'CONSTR_NOTNULL') type.nullable = false
      else if (constraint) addDomainCheck(st, type, { ...constraint, initially_valid: constraint.skip_validation !== true })
      break
    case 'X':
      if (!type.constraints.some(({ name }) => name === node.name) && !node.missing_ok)
        throw new Refusal('unknown-constraint', `constraint "${node.name ?? ''}" of domain ${type.name} does not exist`)
      type.constraints = type.constraints.filter(({ name }) => name !== node.name)
      break
    case 'V':
      for (const check of type.constraints) if (check.name === node.name) check.validated = true
      break
  }
  type.searchPath ??= st.searchPath
  return undefined
}

export function createComposite(st: Statement, node: CompositeTypeStmt): Handled {
  const name = st.newName(node.typevar)
  checkFree(st, name)
  const attributes = all(node.coldeflist, 'ColumnDef').map((def) => ({
    name: storedName(def.colname ?? ''),
    type: typeText(st, def.typeName),
    collation: def.collClause ? collationText(st, def.collClause.collname) : null,
    comment: null,
  }))
  checkTypes(st)
  const type = { ...aCompositeType(name), attributes } as Item<'compositeTypes'>
  st.catalog.note(type)
  st.catalog.addRelation(name, { kind: 'composite', type })
  return undefined
}

export function createRange(st: Statement, node: CreateRangeStmt): Handled {
  const name = newType(st, node.typeName)
  const options: Record<string, string> = {}
  let subtype = ''
  for (const element of all(node.params, 'DefElem')) {
    if (element.defname === 'subtype') subtype = typeText(st, as(element.arg, 'TypeName'))
    else if (functions.has(element.defname ?? '')) options[element.defname ?? ''] = functionText(st, namesIn(element.arg))
    else options[element.defname ?? ''] = definitionValue(st, element)
  }
  const type = { ...aRangeType({ ...name, subtype, options }), searchPath: st.searchPath } as Item<'rangeTypes'>
  addType(st, { kind: 'range', type })
  const multirange = options['multirange_type_name']
  const other = { namespace: name.namespace, name: multirange ?? multirangeName(name.name) }
  if (!multirange) st.catalog.types.set(nameKey(other), { kind: 'opaque', name: other })
  return undefined
}

const functions = new Set(['canonical', 'subtype_diff'])
const multirangeName = (name: string): string => (name.includes('range') ? name.replace('range', 'multirange') : `${name}_multirange`)

/** The value of `name = value` in a definition list, as it is written. */
export function definitionValue(st: Statement, element: DefElem): string {
  const from = st.token(element.location)
  const equals = st.tokens.find('=', from)
  const end = st.tokens.elementEnd(from)
  return equals < 0 || equals >= end ? '' : st.text(equals + 1, end)
}

function newType(st: Statement, parts: readonly Node[] | undefined): ObjectName {
  const name = st.newNameOf(parts)
  checkFree(st, name)
  return name
}

function checkFree(st: Statement, name: ObjectName): void {
  const key = nameKey(name)
  const known = st.catalog.types.get(key)
  if (known?.kind === 'base' && Object.keys(known.type.options).length === 0) st.catalog.types.delete(key)
  if (st.catalog.types.has(key) || st.catalog.relations.has(key))
    throw new Refusal('duplicate-object', `type "${name.name}" already exists`)
}

export function addType(st: Statement, type: UserType): void {
  if (type.kind !== 'opaque') st.catalog.note(type.type)
  const { namespace, name } = type.kind === 'opaque' ? type.name : type.type
  st.catalog.types.set(nameKey({ namespace, name }), type)
}

/** The user type that name parts name, of the kind asked for. */
export function findType<K extends 'enum' | 'domain' | 'range'>(
  st: Statement,
  parts: readonly Node[] | readonly string[] | undefined,
  kind: K,
): Extract<UserType, { kind: K }> {
  const names = typeof parts?.[0] === 'string' ? (parts as readonly string[]) : strings(parts as readonly Node[] | undefined)
  const name = st.catalog.resolveType(st.session.path.names, names.at(-2), storedName(names.at(-1) ?? ''))
  const type = name && st.catalog.types.get(nameKey(name))
  if (type?.kind !== kind)
    throw new Refusal('unknown-type', `${kind === 'range' ? 'range type' : kind} "${names.join('.')}" does not exist`)
  return type as Extract<UserType, { kind: K }>
}
