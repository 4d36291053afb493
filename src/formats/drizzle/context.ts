import { nameKey } from '#core/schema/index.ts'
import type { Column, Enum, ObjectName, Schema, Sequence, Table, View } from '#core/schema/index.ts'
import { camelCase, Names } from '../shared/names.ts'
import { catalogOf, type Catalog } from '../shared/orm/catalog.ts'
import { parseDefault } from '../shared/orm/defaults.ts'
import type { Target } from '../shared/orm/common-losses.ts'
import { Losses } from '../shared/orm/losses.ts'
import { prerequisitesOf, type Prerequisites } from '../shared/orm/prerequisites.ts'
import { tsString } from '../shared/code/literals.ts'
import { Imports } from './imports.ts'
import { isWritableType } from './kit.ts'
import { alphabet, enumName, fieldsOf, namespacesIn, nameRelations, reservedExports } from './naming.ts'
import { Omitted } from './omitted.ts'
import { moveViews, viewUses, type ViewUse } from './view-order.ts'

export const target: Target = {
  name: 'Drizzle',
  commentsAs: 'a doc comment',
  writes: ['namespaces', 'enums', 'sequences', 'tables', 'views'],
  // As part of the type's name; behind the brackets of an array drizzle-kit would put it before them.
  collates: ({ type }) => !type.endsWith(']'),
}

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
  const namespaces = namespacesIn(schema, relations).filter((name) => omitted.keepsNamespace(name))
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

const finder = (tables: readonly Table[]): Catalog['table'] => {
  const byName = new Map(tables.map((table) => [nameKey(table), table]))
  return (name) => byName.get(nameKey(name))
}
