import { typeParts, unquoteNames } from '#core/dialects/postgres.ts'
import type { Diagnostic } from '#core/diagnostic.ts'
import {
  displayName,
  nameKey,
  type Constraint,
  type Index,
  type ObjectName,
  type Schema,
  type Table,
  type View,
} from '#core/schema/index.ts'
import { nextval } from '#formats/postgres-sql/import/columns.ts'
import { userTypeText } from '#formats/postgres-sql/import/type-names.ts'
import type { IntrospectOptions } from './types.ts'

/** A part of a database on its own feet: what was asked for, what it is made of, and no reference to tables that were left out. */
export function selected(schema: Schema, options: IntrospectOptions, diagnostics: Diagnostic[]): Schema {
  if (options.namespaces === undefined && options.tables === undefined) return schema
  const there = new Set([...schema.tables, ...schema.views].map(nameKey))
  for (const name of options.tables ?? [])
    if (!there.has(nameKey(name)))
      diagnostics.push({ code: 'not-in-database', severity: 'warning', message: `There is no table or view "${displayName(name)}".` })
  if (options.namespaces !== undefined) tellTypes(schema, options.namespaces, diagnostics)
  const servers = schema.foreignServers.filter(({ name }) => schema.tables.some(({ foreign }) => foreign?.server === name))
  const standing = {
    ...schema,
    tables: schema.tables.map((table) => onItsOwn(table, there, diagnostics)),
    foreignServers: servers,
    foreignDataWrappers: schema.foreignDataWrappers.filter(({ name }) => servers.some(({ wrapper }) => wrapper === name)),
  }
  return options.tables === undefined ? standing : withNeeds(standing)
}

/** Types of columns that are in namespaces which were not asked for (and in none of an extension). */
function tellTypes({ tables, extensions }: Schema, namespaces: readonly string[], diagnostics: Diagnostic[]): void {
  const read = new Set([...namespaces, ...extensions.map(({ namespace }) => namespace)])
  for (const table of tables)
    for (const { name, type } of table.columns) {
      const [qualifier] = /^(?:"(?:[^"]|"")+"|[^\s".]+)(?=\.)/.exec(type) ?? []
      const [namespace] = unquoteNames(qualifier ?? '')
      if (namespace === undefined || read.has(namespace)) continue
      diagnostics.push({
        code: 'outside-selection',
        severity: 'info',
        message: `Column "${name}" of "${displayName(table)}" has the type ${type}, whose schema was not asked for.`,
      })
    }
}

/** A table without its references to tables outside. */
function onItsOwn(table: Table, there: ReadonlySet<string>, diagnostics: Diagnostic[]): Table {
  const isThere = (name: ObjectName): boolean => there.has(nameKey(name))
  const tell = (what: string, name: ObjectName) =>
    diagnostics.push({
      code: 'outside-selection',
      severity: 'info',
      message: `${what} of "${displayName(table)}" refers to "${displayName(name)}", which was not asked for; it was left out.`,
    })
  const constraints = table.constraints.filter((constraint) => {
    if (constraint.kind !== 'foreignKey') return true
    const target = { namespace: constraint.references.namespace, name: constraint.references.table }
    if (isThere(target)) return true
    tell(`Foreign key "${constraint.name}"`, target)
    return false
  })
  const parents = table.partitionOf ? [table.partitionOf.parent] : table.inherits
  const missing = parents.filter((parent) => !isThere(parent))
  if (missing.length === 0) return { ...table, constraints }
  for (const parent of missing) tell('Inheritance', parent)
  const isOrphan = missing.length === parents.length
  return {
    ...table,
    partitionOf: null,
    inherits: table.inherits.filter(isThere),
    columns: isOrphan ? table.columns.map((column) => ({ ...column, inherited: false })) : table.columns,
    constraints: constraints.map((constraint) => detached(constraint, isOrphan)),
    indexes: table.indexes.map((index): Index => ({ ...index, attachedTo: null })),
  }
}

function detached(constraint: Constraint, isOrphan: boolean): Constraint {
  if (constraint.kind === 'check') return isOrphan ? { ...constraint, inherited: false } : constraint
  return constraint.kind === 'foreignKey' ? constraint : { ...constraint, attachedTo: null }
}

/** Of everything else only what the tables and views use: their types, and the functions of their triggers. */
function withNeeds(schema: Schema): Schema {
  const owners: readonly (Table | View)[] = [...schema.tables, ...schema.views]
  const functions = new Set(owners.flatMap(({ triggers }) => triggers.map((trigger) => nameKey(trigger.function))))
  const routines = schema.routines.filter((routine) => functions.has(nameKey(routine)))
  const types = typesUsed(schema)
  const isUsed = (type: ObjectName): boolean => types.has(userTypeText(type))
  const collations = new Set(
    [...schema.tables.flatMap(({ columns }) => columns), ...schema.domains].flatMap(({ collation }) =>
      collation === null ? [] : [unquoteNames(collation).join('\u0000')],
    ),
  )
  const part: Schema = {
    ...schema,
    routines,
    sequences: sequencesUsed(schema),
    enums: schema.enums.filter(isUsed),
    domains: schema.domains.filter(isUsed),
    compositeTypes: schema.compositeTypes.filter(isUsed),
    rangeTypes: schema.rangeTypes.filter(isUsed),
    baseTypes: schema.baseTypes.filter(isUsed),
    collations: schema.collations.filter((collation) => collations.has(nameKey(collation))),
    operators: [],
    operatorFamilies: [],
    operatorClasses: [],
    textSearch: [],
    conversions: [],
  }
  const things: readonly ObjectName[] = [
    ...[...part.tables, ...part.views, ...part.sequences, ...part.routines],
    ...[...part.enums, ...part.domains, ...part.compositeTypes, ...part.rangeTypes, ...part.baseTypes, ...part.collations],
  ]
  const inUse = new Set(things.map(({ namespace }) => namespace))
  const there = new Set(things.map(nameKey))
  return {
    ...part,
    namespaces: part.namespaces.filter(({ name }) => inUse.has(name)),
    privileges: part.privileges.filter(({ on, defaults, objects }) =>
      defaults
        ? false
        : objects.every(({ namespace, name }) =>
            namespace === null ? on === 'namespace' && inUse.has(name) : there.has(nameKey({ namespace, name })),
          ),
    ),
  }
}

/** Sequences that belong to the tables, or that their columns count with. */
function sequencesUsed({ sequences, tables }: Schema): Schema['sequences'] {
  const defaults = new Set(tables.flatMap(({ columns }) => columns.map((column) => column.default)))
  return sequences.filter((sequence) => sequence.ownedBy !== null || defaults.has(nextval(sequence)))
}

/** The names of types that columns have, and those that these are made of. */
function typesUsed(schema: Schema): ReadonlySet<string> {
  const madeOf = new Map<string, readonly string[]>([
    ...schema.domains.map((domain) => [userTypeText(domain), [domain.type]] as const),
    ...schema.rangeTypes.map((range) => [userTypeText(range), [range.subtype]] as const),
    ...schema.compositeTypes.map((type) => [userTypeText(type), type.attributes.map((attribute) => attribute.type)] as const),
  ])
  const used = new Set<string>()
  const visit = (type: string): void => {
    const { name } = typeParts(type)
    if (used.has(name)) return
    used.add(name)
    madeOf.get(name)?.forEach(visit)
  }
  for (const { columns, ofType } of schema.tables) {
    for (const { type } of columns) visit(type)
    if (ofType) visit(userTypeText(ofType))
  }
  return used
}
