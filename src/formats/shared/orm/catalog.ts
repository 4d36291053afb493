import { canonicalType, findType, typeParts, unquoteNames } from '#core/dialects/postgres.ts'
import { aColumn, nameKey, DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import type { Column, Domain, Enum, ObjectName, Schema, Sequence, Table } from '#core/schema/index.ts'
import { perTable } from './per-table.ts'

/** A column's type with its name looked up in the schema. `dimensions` counts the brackets. */
export type ResolvedType =
  | { readonly kind: 'builtin'; readonly name: string; readonly modifier: string | null; readonly dimensions: number }
  | { readonly kind: 'enum'; readonly enum: Enum; readonly dimensions: number }
  | { readonly kind: 'domain'; readonly domain: Domain; readonly base: ResolvedType; readonly dimensions: number }
  | {
      /** Composite and range types, table row types, and types of extensions. */
      readonly kind: 'other'
      readonly namespace: string | null
      readonly name: string
      readonly modifier: string | null
      readonly dimensions: number
    }

/** A schema as an object-relational mapper looks at it: by name, and only what can stand as a table of its own. */
export interface Catalog {
  readonly schema: Schema
  /** Plain, partitioned and inherited tables, with all their columns. No partitions, no foreign tables. */
  readonly tables: readonly Table[]
  readonly foreignTables: readonly Table[]
  readonly partitions: readonly Table[]
  readonly table: (name: ObjectName) => Table | undefined
  readonly sequence: (sqlName: string, searchPath?: string | null) => Sequence | undefined
  readonly type: (type: string, searchPath?: string | null) => ResolvedType
  /** The namespaces that have something of a name. */
  readonly namespaces: Readonly<Record<'sequences' | 'routines' | 'types' | 'relations', ReadonlyMap<string, ReadonlySet<string>>>>
}

export function catalogOf(schema: Schema): Catalog {
  const all = new Map(schema.tables.map((table) => [nameKey(table), table]))
  const complete = schema.tables.map((table) => withAllColumns(table, all, schema))
  const tables = complete.filter((table) => !table.partitionOf && !table.foreign)
  const byName = new Map(tables.map((table) => [nameKey(table), table]))
  const sequences = finder(schema.sequences)
  return {
    schema,
    tables,
    foreignTables: complete.filter((table) => table.foreign),
    partitions: complete.filter((table) => table.partitionOf && !table.foreign),
    table: (name) => byName.get(nameKey(name)),
    sequence: (sqlName, searchPath = null) => sequences(unquoteNames(sqlName), searchPath),
    type: typeResolver(schema),
    namespaces: {
      sequences: namespacesByName(schema.sequences),
      routines: namespacesByName(schema.routines),
      types: namespacesByName([...schema.enums, ...schema.domains, ...schema.compositeTypes, ...schema.rangeTypes, ...schema.baseTypes]),
      relations: namespacesByName([...schema.tables, ...schema.views]),
    },
  }
}

function namespacesByName(objects: readonly ObjectName[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { namespace, name } of objects) {
    const known = found.get(name)
    if (known) known.add(namespace)
    else found.set(name, new Set([namespace]))
  }
  return found
}

/** Names as SQL writes them: the namespaces of a search path. The default path is `public` alone. */
export function searchPathOf(searchPath: string | null): readonly string[] {
  const path = searchPath === null ? [] : unquoteNames(searchPath).filter((name) => name !== '$user')
  return [...path, DEFAULT_NAMESPACE]
}

type Find<T> = (parts: readonly string[], searchPath: string | null) => T | undefined

function finder<T extends ObjectName>(objects: readonly T[]): Find<T> {
  const byName = new Map(objects.map((object) => [nameKey(object), object]))
  const byPlainName = groupByName(objects)
  return (parts, searchPath) => {
    const name = parts.at(-1)
    if (name === undefined) return undefined
    const namespace = parts.at(-2)
    if (namespace !== undefined) return byName.get(nameKey({ namespace, name }))
    const onPath = searchPathOf(searchPath).find((candidate) => byName.has(nameKey({ namespace: candidate, name })))
    if (onPath !== undefined) return byName.get(nameKey({ namespace: onPath, name }))
    const alike = byPlainName.get(name) ?? []
    return alike.length === 1 ? alike[0] : undefined
  }
}

function groupByName<T extends ObjectName>(objects: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const object of objects) {
    const known = groups.get(object.name)
    if (known) known.push(object)
    else groups.set(object.name, [object])
  }
  return groups
}

function typeResolver(schema: Schema): Catalog['type'] {
  const enums = finder(schema.enums)
  const domains = finder(schema.domains)
  const resolve = (type: string, searchPath: string | null, depth: number): ResolvedType => {
    const { name, modifier, dimensions: brackets } = typeParts(canonicalType(type))
    const dimensions = brackets.length / 2
    const plain = builtinName(name.replace(/^pg_catalog\./, ''))
    if (isBuiltin(plain)) return { kind: 'builtin', name: plain, modifier, dimensions }
    const parts = unquoteNames(plain)
    const foundEnum = enums(parts, searchPath)
    if (foundEnum) return { kind: 'enum', enum: foundEnum, dimensions }
    const domain = depth < 20 ? domains(parts, searchPath) : undefined
    if (domain) return { kind: 'domain', domain, base: resolve(domain.type, domain.searchPath, depth + 1), dimensions }
    return { kind: 'other', namespace: parts.at(-2) ?? null, name: parts.at(-1) ?? plain, modifier, dimensions }
  }
  return (type, searchPath = null) => resolve(type, searchPath, 0)
}

/** `"numeric"` is `numeric`, but `"char"` is a type of its own. */
function builtinName(name: string): string {
  const unquoted = /^"([a-z ]+)"$/.exec(name)?.[1]
  return unquoted !== undefined && unquoted !== 'char' && isBuiltin(unquoted) ? unquoted : name
}

/** Types that extensions bring are not built in, although the type picker offers them. */
const extensionTypes = new Set(['citext', 'hstore', 'ltree'])
const moreBuiltins = new Set(
  'aclitem cid gtsvector int2vector oidvector pg_lsn pg_snapshot refcursor regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype tid txid_snapshot xid xid8'.split(
    ' ',
  ),
)
const isBuiltin = (name: string): boolean =>
  (findType(name) !== undefined && !extensionTypes.has(name)) || moreBuiltins.has(name) || /^interval\b/.test(name)

/** Columns that a table has from its parents or its type, where the source did not spell them out. */
function withAllColumns(table: Table, all: ReadonlyMap<string, Table>, schema: Schema, seen: ReadonlySet<Table> = new Set()): Table {
  if (seen.has(table)) return table
  const parents = [...table.inherits, ...(table.partitionOf ? [table.partitionOf.parent] : [])]
    .map((name) => all.get(nameKey(name)))
    .filter((parent) => parent !== undefined)
    .map((parent) => withAllColumns(parent, all, schema, new Set([...seen, table])))
  const type = table.ofType && schema.compositeTypes.find((candidate) => table.ofType && nameKey(candidate) === nameKey(table.ofType))
  const given: readonly Column[] = [
    ...parents.flatMap(({ columns }) => columns),
    ...(type?.attributes.map((attribute) => aColumn(attribute)) ?? []),
  ]
  if (given.length === 0) return table
  const own = new Set(table.columns.map(({ name }) => name))
  const missing = new Map(given.filter(({ name }) => !own.has(name)).map((column) => [column.name, { ...column, inherited: true }]))
  return missing.size === 0 ? table : { ...table, columns: [...missing.values(), ...table.columns] }
}

/** A relation's columns are named once: the first column of that name, or undefined. */
export const columnOf = (table: Table, name: string): Column | undefined => columnsByName(table).get(name)
const columnsByName = perTable(({ columns }) => new Map([...columns].reverse().map((column) => [column.name, column])))

/** `public.users`, `public.users.email`: an object as a loss names it. */
export const pathOf = ({ namespace, name }: ObjectName, ...parts: readonly string[]): string => [namespace, name, ...parts].join('.')

/** Whether a column can be NULL, the primary key considered. */
export const isNullable = (table: Table, column: Column): boolean =>
  column.nullable && !column.identity && !keyColumns(table).has(column.name)
const keyColumns = perTable(({ constraints }) => new Set(constraints.flatMap((one) => (one.kind === 'primaryKey' ? one.columns : []))))
