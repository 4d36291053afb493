import { nameKey, DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import type { Column, Enum, ObjectName, Schema, Sequence, Table, View } from '#core/schema/index.ts'
import { allocateNames, camelCase, Names, pascalCase, type Alphabet } from '../shared/names.ts'
import { catalogOf, pathOf, type Catalog } from '../shared/orm/catalog.ts'
import { parseDefault } from '../shared/orm/defaults.ts'
import type { Target } from '../shared/orm/common-losses.ts'
import { Losses } from '../shared/orm/losses.ts'
import { prerequisitesOf, type Prerequisites } from '../shared/orm/prerequisites.ts'
import { tsString } from '../shared/code/literals.ts'
import { canWrite, isWritableType } from './kit.ts'
import { Imports, importable } from './imports.ts'
import { moveViews, viewUses, type ViewUse } from './view-order.ts'

export const target: Target = {
  name: 'Drizzle',
  commentsAs: 'a doc comment',
  writes: ['namespaces', 'enums', 'sequences', 'tables', 'views'],
  // As part of the type's name; behind the brackets of an array drizzle-kit would put it before them.
  collates: ({ type }) => !type.endsWith(']'),
}
export const alphabet: Alphabet = { unicode: true, prefix: '_' }

/** What the parts of the exporter share: the schema looked at by name, the identifiers of everything exported, what to import, what is lost. */
export interface Context {
  readonly catalog: Catalog
  readonly losses: Losses
  readonly imports: Imports
  readonly customTypes: Map<string, { readonly id: string; readonly code: string }>
  /** Identifiers at the top of the module. */
  readonly exported: Names
  readonly tables: readonly Table[]
  readonly foreignTables: readonly Table[]
  readonly views: readonly View[]
  readonly enums: readonly Enum[]
  readonly sequences: readonly Sequence[]
  readonly namespaces: readonly string[]
  readonly id: (object: Table | View | Enum | Sequence) => string
  readonly namespaceId: (namespace: string) => string
  /** Why a text cannot be written: it speaks of something that is left out, or that cannot be there before the tables. */
  readonly forbids: (sql: string) => Reason | undefined
  /** A role as policies name it: a declaration of its own, or one of SQL's words. */
  readonly role: (name: string) => string
  readonly roles: ReadonlyMap<string, string>
  /** The SQL that the output holds. */
  readonly sql: Set<string>
  readonly prerequisites: Prerequisites
  /** How many columns take their default from a sequence. */
  readonly sequenceUses: (sequence: Sequence) => number
  /** Whether a foreign key refers to just these columns. */
  readonly isReferenced: (table: Table, columns: readonly string[]) => boolean
  /** What each view reads. */
  readonly viewUses: ReadonlyMap<View, ViewUse>
  /** Views that have their name for the sake of the order. */
  readonly movedViews: ReadonlySet<View>
  /** The key of a column in its table. */
  readonly field: (table: Table, column: string) => string
}

export function contextOf(schema: Schema): Context {
  const losses = new Losses()
  const catalog = catalogOf(schema)
  const omitted = new Omitted(losses)
  const enums = schema.enums.filter((type) => omitted.keeps('enum', type))
  const sequences = schema.sequences.filter((sequence) => omitted.keeps('sequence', sequence))
  const hasType = (table: Table, column: Column): boolean =>
    isWritableType(catalog.type(column.type, table.searchPath), (type) => enums.includes(type))
  const tables = catalog.tables.filter((table) => omitted.keeps('table', table)).map((table) => omitted.withoutColumns(table, hasType))
  const foreignTables = catalog.foreignTables.filter((table) => omitted.keeps('table', table))
  const views = schema.views.filter((view) => omitted.keeps('view', view))
  const exported = new Names(reservedExports)
  const ids = new Map<object, string>()
  const relations = [...tables, ...foreignTables, ...views]
  nameRelations(relations, exported, ids)
  const uses = viewUses(views, [...tables, ...foreignTables, ...catalog.partitions], schema)
  const movedViews = moveViews(uses, ids, exported)
  for (const type of enums) ids.set(type, exported.take(enumName(type.name), enumName(`${type.namespace}_${type.name}`)))
  for (const sequence of sequences)
    ids.set(sequence, exported.take(camelCase(sequence.name, alphabet), camelCase(`${sequence.name}_sequence`, alphabet)))
  const namespaces = usedNamespaces(schema, relations)
  const namespaceIds = new Map(namespaces.map((name) => [name, exported.take(camelCase(`${name}_schema`, alphabet))]))
  const fields = new Map(tables.map((table) => [nameKey(table), fieldsOf(table)]))
  const counters = sequenceUses(catalog, tables)
  const referenced = new Set(tables.flatMap(referencedKeys))
  const prerequisites = prerequisitesOf(catalog)
  const roles = new Map<string, string>()
  return {
    catalog: { ...catalog, tables, table: finder(tables) },
    losses,
    imports: new Imports(),
    customTypes: new Map(),
    exported,
    tables,
    foreignTables,
    views,
    enums,
    sequences,
    namespaces,
    id: (object) => ids.get(object) ?? '',
    namespaceId: (namespace) => namespaceIds.get(namespace) ?? '',
    forbids: (sql) => (omitted.allows(sql) ? afterTables(prerequisites.outOfReach(sql)) : leftOut),
    role: (name) => {
      if (roleWords.has(name)) return tsString(name)
      const id = roles.get(name) ?? exported.take(camelCase(name, alphabet), camelCase(`${name}_role`, alphabet))
      roles.set(name, id)
      return id
    },
    roles,
    sql: new Set(),
    prerequisites,
    sequenceUses: (sequence) => counters.get(sequence) ?? 0,
    viewUses: uses,
    movedViews,
    isReferenced: (table, columns) => referenced.has(columnSetKey(table, columns)),
    field: (table, column) => fields.get(nameKey(table))?.get(column) ?? '',
  }
}

/** What stands for roles without being one. */
const roleWords = new Set(['public', 'current_user', 'current_role', 'session_user'])

/** Why something is left out, with the code for it. */
export interface Reason {
  readonly code: 'drizzle-kit-marks' | 'after-tables'
  /** Begins with a small letter. */
  readonly why: string
}
const leftOut: Reason = { code: 'drizzle-kit-marks', why: 'it speaks of something that drizzle-kit cannot write' }
const marks: Reason = {
  code: 'drizzle-kit-marks',
  why: 'drizzle-kit cannot write it: a name or text holds what it stumbles over (; , -- " or names of JavaScript)',
}
const afterTables = (name: string | undefined): Reason | undefined =>
  name === undefined ? undefined : { code: 'after-tables', why: `it needs ${name}, which needs a table itself and cannot be there before` }

/** Reports something that is not in the output. */
export function loseWhole(context: Context, kind: string, path: string, { code, why }: Reason = marks): undefined {
  context.losses.add(code, kind, path, `${why.replace(/^it /, 'It ')}.`, 'Add it in the generated migration.')
}

const referencedKeys = ({ constraints }: Table): readonly string[] =>
  constraints.flatMap((one) =>
    one.kind === 'foreignKey'
      ? [columnSetKey({ namespace: one.references.namespace, name: one.references.table }, one.references.columns)]
      : [],
  )
const columnSetKey = (table: ObjectName, columns: readonly string[]): string => [nameKey(table), ...[...columns].sort()].join('\u0001')

function sequenceUses(catalog: Catalog, tables: readonly Table[]): ReadonlyMap<Sequence, number> {
  const uses = new Map<Sequence, number>()
  for (const table of tables) {
    for (const { default: text } of table.columns) {
      const value = text === null ? undefined : parseDefault(text)
      const sequence = value?.kind === 'nextval' ? catalog.sequence(value.sequence, table.searchPath) : undefined
      if (sequence) uses.set(sequence, (uses.get(sequence) ?? 0) + 1)
    }
  }
  return uses
}

/** Members that Drizzle's tables and views bring along. */
export const reservedFields = ['_', '$inferSelect', '$inferInsert', 'enableRLS', 'getSQL', 'shouldOmitSQLParens', 'constructor', 'then']

const reservedExports = [
  ...importable,
  ...['table', 'one', 'many', 'exports', 'module', 'require', 'then', 'undefined', 'Uint8Array'],
  ...`abstract any arguments as async await bigint boolean break case catch class const continue debugger declare default delete do else enum
    eval export extends false finally for from function get if implements import in infer instanceof interface is keyof let module namespace
    never new null number object of package private protected public readonly return set static string super switch symbol this throw true
    try type typeof undefined unique unknown var void while with yield`.split(/\s+/),
]

/** Tables first, those outside `public` with their namespace where two are called alike. */
function nameRelations(relations: readonly (Table | View)[], exported: Names, ids: Map<object, string>): void {
  const plain = relations.map(({ name }) => camelCase(name, alphabet))
  const count = new Map<string, number>()
  for (const name of plain) count.set(name, (count.get(name) ?? 0) + 1)
  const long = ({ namespace, name }: ObjectName): string => camelCase(`${namespace}_${name}`, alphabet)
  // Who has the name to itself, or lives in public, is asked first; source order otherwise.
  const isFirst = (at: number): boolean => count.get(plain[at] ?? '') === 1 || relations[at]?.namespace === DEFAULT_NAMESPACE
  const order = relations.map((_, at) => at).sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
  for (const at of order) {
    const relation = relations[at]
    if (!relation) continue
    const short = plain[at] ?? ''
    const kind = 'definition' in relation ? 'View' : 'Table'
    ids.set(
      relation,
      isFirst(at) ? exported.take(short, `${short}${kind}`) : exported.take(long(relation), short, `${long(relation)}${kind}`),
    )
  }
}

const enumName = (name: string): string => camelCase(/enum$/i.test(name) ? name : `${name}_enum`, alphabet)

function usedNamespaces(schema: Schema, relations: readonly ObjectName[]): readonly string[] {
  const used = [...relations, ...schema.enums, ...schema.sequences].map(({ namespace }) => namespace)
  const all = [...schema.namespaces.map(({ name }) => name), ...used]
  return [...new Set(all)].filter((name) => name !== DEFAULT_NAMESPACE && canWrite(name) && !(name in {}))
}

function fieldsOf(table: Table): ReadonlyMap<string, string> {
  const names = table.columns.map(({ name }) => name)
  const fields = allocateNames(names, { toIdentifier: (name) => camelCase(name, alphabet), reserved: reservedFields })
  return new Map(names.map((name, at) => [name, fields[at] ?? '']))
}

const finder = (tables: readonly Table[]): Catalog['table'] => {
  const byName = new Map(tables.map((table) => [nameKey(table), table]))
  return (name) => byName.get(nameKey(name))
}

/** What is left out because drizzle-kit cannot write its name, and with it every text that speaks of it. */
class Omitted {
  private readonly losses: Losses
  private readonly names: string[] = []

  constructor(losses: Losses) {
    this.losses = losses
  }

  keeps(kind: string, object: ObjectName): boolean {
    const isKept = canWrite(object.name) && canWrite(object.namespace) && !(object.namespace in {})
    return isKept || this.leaveOut(kind, object.name, pathOf(object), 'drizzle-kit cannot write such a name, so it is left out.')
  }

  withoutColumns(table: Table, hasType: (table: Table, column: Column) => boolean): Table {
    const columns = table.columns.filter((column) => {
      const path = pathOf(table, column.name)
      if (!canWrite(column.name))
        return this.leaveOut('column', column.name, path, 'drizzle-kit cannot write such a name, so it is left out.')
      return (
        hasType(table, column) ||
        this.leaveOut('column', column.name, path, `drizzle-kit cannot write its type ${column.type}, so it is left out.`)
      )
    })
    return columns.length === table.columns.length ? table : { ...table, columns }
  }

  /** Whether a text speaks of nothing that is left out. Careful: a like name elsewhere counts too. */
  allows(sql: string): boolean {
    return !this.names.some((name) => sql.includes(name) || sql.includes(name.replaceAll('"', '""')))
  }

  private leaveOut(kind: string, name: string, path: string, message: string): false {
    this.names.push(name)
    this.losses.add('name', kind, path, message, 'Rename it.')
    return false
  }
}

/** `Money` of `billing`: an identifier for something that has no export of its own. */
export const localName = (context: Context, namespace: string | null, name: string): string => {
  const short = camelCase(name, alphabet)
  return context.exported.take(short, namespace === null ? `${short}Type` : camelCase(namespace, alphabet) + pascalCase(name, alphabet))
}
