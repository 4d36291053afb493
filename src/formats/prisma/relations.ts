import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { nameKey } from '#core/schema/index.ts'
import type { ForeignKey, ReferentialAction, Table } from '#core/schema/index.ts'
import { prismaString } from '../shared/code/literals.ts'
import { columnOf, pathOf } from '../shared/orm/catalog.ts'
import { nameRelationships, relationshipsOf, sameMembers, type Relationship, type RelationshipNames } from '../shared/orm/relationships.ts'
import { field, type Row } from './block.ts'
import { alphabet, reservedFields, target, type Context } from './context.ts'
import { mapOf } from './keys.ts'
import type { Model } from './model.ts'

interface Candidate {
  readonly foreignKey: ForeignKey
  readonly from: Table
  readonly to: Table
}

/** A relationship with everything that its two fields say. */
interface Ends {
  readonly one: Relationship
  readonly names: RelationshipNames
  readonly label: string | undefined
  readonly from: Model
  readonly to: Model
}

/** The relation fields of every model, by table: both ends of every foreign key that Prisma can hold. */
export function relationFields(context: Context, models: ReadonlyMap<string, Model>): (table: Table) => readonly Row[] {
  const relationships = relationshipsOf(context.catalog, (foreignKey, from, to) => accepts(context, models, { foreignKey, from, to }))
  missingLosses(context)
  const names = nameRelationships(relationships, {
    table: context.id,
    fields: (table) => table.columns.map((column) => context.field(table, column.name)),
    reserved: reservedFields,
    alphabet,
  })
  const labels = relationLabels(relationships)
  const rows = new Map<Table, Row[]>(context.catalog.tables.map((table) => [table, []]))
  for (const one of relationships) {
    const both = names.get(one)
    const from = models.get(nameKey(one.from))
    const to = models.get(nameKey(one.to))
    if (!both || !from || !to) continue
    const ends: Ends = { one, names: both, label: labels.get(one), from, to }
    rows.get(one.from)?.push(forwardField(context, ends))
    rows.get(one.to)?.push(backwardField(context, ends))
  }
  return (table) => rows.get(table) ?? []
}

function forwardField(context: Context, { one, names, label, from, to }: Ends): Row {
  const { foreignKey } = one
  const pairs = orderedPairs(one, from)
  const near = pairs.map(([column]) => context.field(one.from, column))
  const far = pairs.map(([, column]) => context.field(one.to, column))
  const map = mapOf(foreignKey.name, [one.from.name, ...pairs.map(([column]) => column), 'fkey'])
  const options = [
    ...(label === undefined ? [] : [prismaString(label)]),
    `fields: [${near.join(', ')}]`,
    `references: [${far.join(', ')}]`,
    ...actionOption('onDelete', foreignKey.onDelete, one.isOptional ? 'setNull' : 'restrict'),
    ...actionOption('onUpdate', foreignKey.onUpdate, 'cascade'),
    ...(map === '' ? [] : [map]),
  ]
  const ignore = to.isIgnored && !from.isIgnored ? ' @ignore' : ''
  return field(names.forward, context.id(one.to) + (one.isOptional ? '?' : ''), `@relation(${options.join(', ')})${ignore}`)
}

function backwardField(context: Context, { one, names, label, from, to }: Ends): Row {
  const isSingle = one.isOneToOne && uniqueOrder(one.foreignKey.columns, from) !== undefined
  const ignore = from.isIgnored && !to.isIgnored ? '@ignore' : ''
  const relation = label === undefined ? '' : `@relation(${prismaString(label)})`
  return field(names.backward, context.id(one.from) + (isSingle ? '?' : '[]'), [relation, ignore].filter(Boolean).join(' '))
}

/** The foreign key's pairs, in the order of the unique key that makes it one-to-one: Prisma compares lists, not sets. */
function orderedPairs({ foreignKey, isOneToOne }: Relationship, from: Model): readonly (readonly [near: string, far: string])[] {
  const order = (isOneToOne ? uniqueOrder(foreignKey.columns, from) : undefined) ?? foreignKey.columns
  return order.map((column) => [column, foreignKey.references.columns[foreignKey.columns.indexOf(column)] ?? ''])
}

function uniqueOrder(columns: readonly string[], { primaryKey, uniques }: Model): readonly string[] | undefined {
  return [...(primaryKey ? [primaryKey.columns] : []), ...uniques.map((key) => key.columns)].find((key) => sameMembers(key, columns))
}

const actions: Readonly<Record<ReferentialAction, string>> = {
  noAction: 'NoAction',
  restrict: 'Restrict',
  cascade: 'Cascade',
  setNull: 'SetNull',
  setDefault: 'SetDefault',
}
const actionOption = (name: string, action: ReferentialAction, byDefault: ReferentialAction): readonly string[] =>
  action === byDefault ? [] : [`${name}: ${actions[action]}`]

/** Prisma wants the referenced fields to be a key, and both ends of a pair to be of one type. */
function accepts(context: Context, models: ReadonlyMap<string, Model>, { foreignKey, from, to }: Candidate): boolean {
  const near = models.get(nameKey(from))
  const far = models.get(nameKey(to))
  if (!near || !far) return false
  const lose = (code: DiagnosticCode, message: string): false => {
    context.losses.add(code, 'foreignKey', pathOf(from, foreignKey.name), message, 'Keep the foreign key in a SQL migration.')
    return false
  }
  if (uniqueOrder(foreignKey.references.columns, far) === undefined) {
    return lose('foreign-key-target', `${target.name} needs a key on the columns that the foreign key refers to.`)
  }
  const differing = foreignKey.columns.find((column, at) => !isSameType(near, column, far, foreignKey.references.columns[at] ?? ''))
  if (differing === undefined) return true
  return lose(
    'foreign-key-types',
    `${target.name} needs the same type on both ends; ${differing} has another one than the column it refers to.`,
  )
}

function isSameType(near: Model, column: string, far: Model, other: string): boolean {
  const one = near.types.get(column)
  const two = far.types.get(other)
  return one !== undefined && two !== undefined && one.name === two.name && one.isList === two.isList
}

/** Foreign keys whose other end is not a model here: partitions, foreign tables, tables of another schema. */
function missingLosses(context: Context): void {
  for (const table of context.catalog.tables) {
    for (const constraint of table.constraints) {
      if (constraint.kind !== 'foreignKey') continue
      const { namespace, table: name, columns } = constraint.references
      const other = context.catalog.table({ namespace, name })
      if (other && columns.every((column) => columnOf(other, column)) && constraint.columns.every((column) => columnOf(table, column)))
        continue
      context.losses.add(
        'foreign-key-target',
        'foreignKey',
        pathOf(table, constraint.name),
        `The foreign key leads to ${namespace}.${name}, which is not a model here.`,
      )
    }
  }
}

/** Names that tell apart several relations between the same two models: the names of their foreign keys, made different. */
function relationLabels(relationships: readonly Relationship[]): ReadonlyMap<Relationship, string> {
  const taken = new Set<string>()
  const labels = new Map<Relationship, string>()
  for (const one of relationships.filter(({ isAmbiguous }) => isAmbiguous)) {
    const pair = [nameKey(one.from), nameKey(one.to)].sort().join('\u0001')
    let label = one.foreignKey.name
    for (let n = 2; taken.has(`${pair}\u0001${label}`); n += 1) label = `${one.foreignKey.name}_${n}`
    taken.add(`${pair}\u0001${label}`)
    labels.set(one, label)
  }
  return labels
}
