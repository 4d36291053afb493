import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { typeParts } from '#core/dialects/postgres.ts'
import type { Index, IndexElement, Table } from '#core/schema/index.ts'
import { prismaString } from '../shared/code/literals.ts'
import { columnOf, pathOf } from '../shared/orm/catalog.ts'
import { indexLosses } from '../shared/orm/common-losses.ts'
import { byteLength } from '../shared/orm/defaults.ts'
import { qualify } from '../shared/orm/qualify.ts'
import { target, type Context } from './context.ts'
import type { Model, UniqueKey } from './model.ts'

/** `@id`, `@unique` on a field, where the key is this one column's. */
export function fieldKeys(model: Model, column: string): readonly string[] {
  const { table, primaryKey } = model
  const isId = primaryKey?.columns.length === 1 && primaryKey.columns[0] === column
  const unique = fieldUnique(model, column)
  return [
    ...(isId && primaryKey ? [`@id${args([mapOf(primaryKey.name, [table.name, 'pkey'])])}`] : []),
    ...(unique ? [`@unique${args([sortOf(unique), mapOf(unique.name, [table.name, column, 'key'])])}`] : []),
  ]
}

/** `@@id`, `@@unique` and `@@index` lines. */
export function keyLines(context: Context, model: Model): readonly string[] {
  const { table, primaryKey } = model
  const list = (columns: readonly string[]): string => columns.map((column) => context.field(table, column)).join(', ')
  const id =
    primaryKey && primaryKey.columns.length > 1
      ? [`@@id([${list(primaryKey.columns)}]${more([mapOf(primaryKey.name, [table.name, 'pkey'])])})`]
      : []
  const uniques = model.uniques
    .filter((key) => fieldUnique(model, key.columns[0] ?? '') !== key)
    .map((key) => {
      const fields = key.columns.map((column, at) => context.field(table, column) + args([sortOf(key, at)])).join(', ')
      return `@@unique([${fields}]${more([mapOf(key.name, [table.name, ...key.columns, 'key'])])})`
    })
  for (const key of model.uniques) uniqueLosses(context, table, key)
  const indexes = table.indexes.flatMap((index) =>
    model.uniques.some(({ source }) => source === index) ? [] : indexLine(context, model, index),
  )
  const isUnique = (line: string): boolean => line.startsWith('@@unique')
  return [...id, ...uniques, ...indexes.filter(isUnique), ...indexes.filter((line) => !isUnique(line))]
}

/** The unique key that is written on its field: the first one of this column alone. */
const fieldUnique = (model: Model, column: string): UniqueKey | undefined =>
  model.uniques.find(({ columns }) => columns.length === 1 && columns[0] === column)

/** What Prisma calls a key or index when it is not told: names of another kind need `map`. */
function mapOf(name: string, parts: readonly string[]): string {
  const byDefault = parts.join('_')
  return name === byDefault && byteLength(byDefault) <= 63 ? '' : `map: ${prismaString(name)}`
}

const sortOf = ({ source }: UniqueKey, at = 0): string =>
  'elements' in source && source.elements[at]?.order === 'desc' ? 'sort: Desc' : ''

const args = (items: readonly string[]): string => {
  const given = items.filter(Boolean)
  return given.length === 0 ? '' : `(${given.join(', ')})`
}
const more = (items: readonly string[]): string =>
  items
    .filter(Boolean)
    .map((item) => `, ${item}`)
    .join('')

function uniqueLosses(context: Context, table: Table, { name, source }: UniqueKey): void {
  if ('elements' in source) commonIndexLosses(context, table, source)
  else if (source.nullsNotDistinct)
    context.losses.add('nulls-not-distinct', 'unique', pathOf(table, name), `${target.name} cannot say NULLS NOT DISTINCT.`)
}

function commonIndexLosses(context: Context, table: Table, index: Index): void {
  const path = pathOf(table, index.name)
  const add = (code: DiagnosticCode, lost: boolean, what: string): void => {
    if (lost) context.losses.add(code, 'index', path, `${target.name} cannot say ${what}.`, 'Keep the index in a SQL migration.')
  }
  indexLosses(path, index, target, context.losses)
  add('nulls-not-distinct', index.nullsNotDistinct, 'NULLS NOT DISTINCT')
  add('storage-options', Object.keys(index.options).length > 0, 'WITH (…) on indexes')
  add(
    'collation',
    index.elements.some(({ collation }) => collation !== null),
    'COLLATE on indexes',
  )
  const hasNulls = index.elements.some(({ order, nulls }) => nulls !== null && (nulls === 'first') !== (order === 'desc'))
  add('nulls-order', hasNulls, 'NULLS FIRST or LAST')
}

const methods: Readonly<Record<string, string | null>> = {
  btree: null,
  hash: 'Hash',
  gin: 'Gin',
  gist: 'Gist',
  spgist: 'SpGist',
  brin: 'Brin',
}

function indexLine(context: Context, model: Model, index: Index): readonly string[] {
  const { table } = model
  const why = whyNot(model, index)
  if (why !== undefined) {
    const message = `${target.name} has no indexes ${why}.`
    context.losses.add(
      why === 'on expressions' ? 'expression-index' : 'index',
      'index',
      pathOf(table, index.name),
      message,
      'Keep the index in a SQL migration.',
    )
    return []
  }
  commonIndexLosses(context, table, index)
  if (index.predicate !== null) context.previews.add('partialIndexes')
  const columns = index.elements.map(({ column }) => column ?? '')
  const fields = index.elements.map((element) => context.field(table, element.column ?? '') + args(elementArgs(model, index, element)))
  const kind = index.unique ? '@@unique' : '@@index'
  const type = methods[index.method] ?? null
  const options = [
    type === null ? '' : `type: ${type}`,
    index.predicate === null
      ? ''
      : `where: raw(${prismaString(qualify(context.catalog, index.predicate, index.searchPath ?? table.searchPath))})`,
    mapOf(index.name, [table.name, ...columns, index.unique ? 'key' : 'idx']),
  ]
  return [`${kind}([${fields.join(', ')}]${more(options)})`]
}

function whyNot({ table, types }: Model, index: Index): string | undefined {
  if (index.elements.some(({ column }) => column === null)) return 'on expressions'
  if (!Object.hasOwn(methods, index.method)) return `of the method ${index.method}`
  if (index.elements.some(({ column }) => column === null || !columnOf(table, column))) return 'on columns that are not there'
  if (index.unique && index.elements.some(({ opclass }) => opclass !== null)) return 'that are unique and name an operator class'
  const bare = index.elements.some(
    (element) => element.opclass === null && needsOpclass(index.method, types, element) && !ownOpclass(index.method, table, element),
  )
  return bare ? `of the method ${index.method} on columns of such a type` : undefined
}

function elementArgs({ table, types }: Model, index: Index, element: IndexElement): readonly string[] {
  const own = needsOpclass(index.method, types, element) ? ownOpclass(index.method, table, element) : undefined
  const opclass = element.opclass ?? own
  return [
    opclass == null ? '' : `ops: raw(${prismaString(opclass)})`,
    element.order === 'desc' && index.method === 'btree' ? 'sort: Desc' : '',
  ]
}

/** Prisma knows PostgreSQL's own operator classes only: for types that extensions serve it asks for the name. */
function needsOpclass(method: string, types: Model['types'], { column }: IndexElement): boolean {
  const type = types.get(column ?? '')
  if (!type || type.isUnsupported) return false
  switch (method) {
    case 'gin':
      return !type.isList && !(type.name === 'Json' && type.native === '')
    case 'gist':
      return true
    case 'spgist':
      return !(type.name === 'String' && type.native === '')
    case 'brin':
      return (
        ['Boolean', 'Json'].includes(type.name) ||
        type.isList ||
        type.enum !== undefined ||
        /^@db\.(?:Money|Xml|Citext|Oid)/.test(type.native)
      )
    default:
      return false
  }
}

const shortNames: Readonly<Record<string, string>> = {
  smallint: 'int2',
  integer: 'int4',
  bigint: 'int8',
  real: 'float4',
  'double precision': 'float8',
  'character varying': 'text',
  character: 'bpchar',
  boolean: 'bool',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
  'bit varying': 'vbit',
  money: 'cash',
}

/** The operator class that PostgreSQL takes by itself: those of btree_gin and btree_gist are named after the type. */
function ownOpclass(method: string, table: Table, { column }: IndexElement): string | undefined {
  const found = columnOf(table, column ?? '')
  const { name, dimensions } = typeParts(found?.type ?? '')
  if (dimensions || !/^[a-z ]+$/.test(name)) return undefined
  const short = Object.hasOwn(shortNames, name) ? (shortNames[name] ?? name) : name
  if (method === 'gin')
    return `${name === 'character varying' ? 'varchar' : short === 'vbit' ? 'varbit' : short === 'cash' ? 'money' : short}_ops`
  if (method === 'gist') return `gist_${short}_ops`
  if (method === 'spgist' && (name === 'character varying' || name === 'text')) return 'text_ops'
  return method === 'spgist' && (name === 'inet' || name === 'cidr')
    ? 'inet_ops'
    : method === 'brin' && name === 'oid'
      ? 'oid_minmax_ops'
      : undefined
}
