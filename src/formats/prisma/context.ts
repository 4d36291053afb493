import { nameKey, DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import type { Enum, Extension, ObjectName, Schema, Table, View } from '#core/schema/index.ts'
import { allocateNames, camelCase, Names, pascalCase, plainCase, singular, type Alphabet } from '../shared/names.ts'
import { catalogOf, type Catalog, type ResolvedType } from '../shared/orm/catalog.ts'
import type { Target } from '../shared/orm/common-losses.ts'
import { Losses } from '../shared/orm/losses.ts'
import { hasOwnComment } from './extension-comments.ts'

export const target: Target = {
  name: 'Prisma',
  commentsAs: 'a /// comment',
  writes: ['namespaces', 'extensions', 'enums', 'domains', 'sequences', 'tables', 'views'],
}
export const alphabet: Alphabet = { unicode: false, prefix: 'field' }

/** What the parts of the exporter share: the schema looked at by name, the identifiers of everything in the output, what is lost. */
export interface Context {
  readonly catalog: Catalog
  readonly losses: Losses
  /** Preview features that the output needs. */
  readonly previews: Set<'partialIndexes' | 'postgresqlExtensions' | 'views'>
  /** The columns whose default is `autoincrement()`: table and column. */
  readonly autoincremented: Set<string>
  /** The namespaces that the output is spread over, when there are several. */
  readonly namespaces: readonly string[]
  readonly id: (object: Table | View | Enum) => string
  readonly field: (table: Table, column: string) => string
  readonly enumValue: (type: Enum, value: string) => string | undefined
}

export function contextOf(given: Schema): Context {
  const schema = withRequiredDomains(withoutOwnComments(given))
  const catalog = catalogOf(schema)
  const ids = modelNames(schema, catalog)
  const fields = new Map(catalog.tables.map((table) => [nameKey(table), fieldNames(table.columns.map(({ name }) => name))]))
  const values = new Map(schema.enums.map((type) => [type, valueNames(type)]))
  const used = [...catalog.tables, ...catalog.foreignTables, ...schema.views, ...schema.enums].map(({ namespace }) => namespace)
  const namespaces = [
    ...new Set([...(used.includes(DEFAULT_NAMESPACE) ? [DEFAULT_NAMESPACE] : []), ...schema.namespaces.map(({ name }) => name), ...used]),
  ]
  return {
    catalog,
    losses: new Losses(),
    previews: new Set(),
    autoincremented: new Set(),
    namespaces: namespaces.some((name) => name !== DEFAULT_NAMESPACE) ? namespaces : [],
    id: (object) => ids.get(object) ?? '',
    field: (table, column) => fields.get(nameKey(table))?.get(column) ?? '',
    enumValue: (type, value) => values.get(type)?.get(value),
  }
}

/** Prisma's extensions bring their comments along; PL/pgSQL is there without being asked for. */
function withoutOwnComments(schema: Schema): Schema {
  const isOwn = (extension: Extension): boolean => extension.name === 'plpgsql' || hasOwnComment(extension)
  return { ...schema, extensions: schema.extensions.map((one) => (isOwn(one) ? { ...one, comment: null } : one)) }
}

/** Columns whose domain is NOT NULL are so themselves, for Prisma as for PostgreSQL. */
function withRequiredDomains(schema: Schema): Schema {
  if (schema.domains.every(({ nullable }) => nullable)) return schema
  const { type } = catalogOf(schema)
  const isRequired = (one: ResolvedType): boolean =>
    one.kind === 'domain' && one.dimensions === 0 && one.base.dimensions === 0 && (!one.domain.nullable || isRequired(one.base))
  const tables = schema.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => (isRequired(type(column.type, table.searchPath)) ? { ...column, nullable: false } : column)),
  }))
  return { ...schema, tables }
}

/** `@@map`, where the name is another than in the database. */
export const mapLine = (identifier: string, name: string): readonly string[] =>
  identifier === name ? [] : [`@@map(${JSON.stringify(name)})`]

/** `@@schema`, where there are several. */
export const schemaLine = ({ namespaces }: Context, namespace: string): readonly string[] =>
  namespaces.length === 0 ? [] : [`@@schema(${JSON.stringify(namespace)})`]

/** Names of fields: unique in their model. */
export function fieldNames(columns: readonly string[]): ReadonlyMap<string, string> {
  const names = allocateNames(columns, { toIdentifier: (name) => camelCase(name, alphabet), reserved: reservedFields })
  return new Map(columns.map((column, at) => [column, names[at] ?? '']))
}

export const reservedFields = ['AND', 'OR', 'NOT', 'constructor']

function valueNames(type: Enum): ReadonlyMap<string, string> {
  const names = allocateNames(type.values, {
    toIdentifier: (name) => plainCase(name, { unicode: false, prefix: name === '' ? 'EMPTY' : 'value' }),
  })
  return new Map(type.values.map((value, at) => [value, names[at] ?? '']))
}

const reservedModels = [
  ...['PrismaClient', 'Prisma', 'String', 'Int', 'Float', 'Boolean', 'DateTime', 'Json', 'Bytes', 'Decimal', 'BigInt', 'Unsupported'],
  ...['Object', 'Date', 'Buffer', 'Promise', 'Record', 'Partial'],
  ...`async await break case catch class const continue debugger default delete do else enum export extends false finally for function if
    implements import in instanceof interface let new null package private protected public return super switch this throw true try typeof
    using var void while with yield`.split(/\s+/),
]

/**
 * `ProjectMember` for `project_members`. Models, views and enums share one space of names, and differ in more than capitals because the
 * client makes a file of each. Outside `public` the namespace goes in front where two are called alike.
 */
function modelNames(schema: Schema, catalog: Catalog): ReadonlyMap<object, string> {
  const names = new Names(reservedModels, (name) => name.toLowerCase())
  const relations: readonly (Table | View)[] = [...catalog.tables, ...catalog.foreignTables, ...schema.views]
  const wish = (object: ObjectName, text: string): string =>
    pascalCase(text, { unicode: false, prefix: 'values' in object ? 'enum' : 'model' })
  const short = (object: ObjectName): string => ('values' in object ? wish(object, object.name) : singular(wish(object, object.name)))
  const long = (object: ObjectName): string => wish(object, `${object.namespace}_${object.name}`)
  const count = new Map<string, number>()
  for (const relation of relations) count.set(short(relation), (count.get(short(relation)) ?? 0) + 1)
  const isFirst = (object: ObjectName): boolean => count.get(short(object)) === 1 || object.namespace === DEFAULT_NAMESPACE
  const order = [...relations.filter(isFirst), ...relations.filter((relation) => !isFirst(relation))]
  const ids = new Map<object, string>()
  for (const relation of order) {
    const plain = wish(relation, relation.name)
    ids.set(relation, isFirst(relation) ? names.take(short(relation), plain) : names.take(singular(long(relation)), long(relation), plain))
  }
  for (const type of schema.enums) ids.set(type, names.take(short(type), `${short(type)}Enum`, `${long(type)}Enum`))
  return ids
}
