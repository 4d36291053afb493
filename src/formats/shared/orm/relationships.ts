import { nameKey } from '#core/schema/index.ts'
import type { ForeignKey, Table } from '#core/schema/index.ts'
import { camelCase, Names, pascalCase, plural, singular, type Alphabet } from '../names.ts'
import { columnOf, isNullable, type Catalog } from './catalog.ts'
import { perTable } from './per-table.ts'

/** A foreign key between two tables that both stand in the output. */
export interface Relationship {
  readonly foreignKey: ForeignKey
  readonly from: Table
  readonly to: Table
  /** A row is referenced by one row at most: the foreign key's columns are unique together. */
  readonly isOneToOne: boolean
  /** Some column of the foreign key may be NULL. */
  readonly isOptional: boolean
  /** There is another relationship between the two tables, in either direction, or it leads back to its own table. */
  readonly isAmbiguous: boolean
  /** There is another one from the same table to the same table. */
  readonly isRepeated: boolean
}

/** Every foreign key whose ends are both there, in the order of the tables. */
export function relationshipsOf(
  catalog: Catalog,
  accepts: (foreignKey: ForeignKey, from: Table, to: Table) => boolean = () => true,
): readonly Relationship[] {
  const found = catalog.tables.flatMap((from) =>
    from.constraints.flatMap((foreignKey) => {
      if (foreignKey.kind !== 'foreignKey') return []
      const to = catalog.table({ namespace: foreignKey.references.namespace, name: foreignKey.references.table })
      const complete =
        to && foreignKey.columns.every((name) => columnOf(from, name)) && foreignKey.references.columns.every((name) => columnOf(to, name))
      return complete && foreignKey.columns.length > 0 && accepts(foreignKey, from, to) ? [{ foreignKey, from, to }] : []
    }),
  )
  const pairs = counted(found.map(({ from, to }) => pairKey(from, to)))
  const directions = counted(found.map(({ from, to }) => directionKey(from, to)))
  return found.map(({ foreignKey, from, to }) => ({
    foreignKey,
    from,
    to,
    isOneToOne: uniqueKeys(from).has(memberKey(foreignKey.columns)),
    isOptional: foreignKey.columns.some((name) => {
      const column = columnOf(from, name)
      return column !== undefined && isNullable(from, column)
    }),
    isAmbiguous: from === to || (pairs.get(pairKey(from, to)) ?? 0) > 1,
    isRepeated: (directions.get(directionKey(from, to)) ?? 0) > 1,
  }))
}

/** The sets of columns whose values are unique: keys, unique constraints and unique indexes without predicate or expression. */
export function uniqueSets(table: Table): readonly (readonly string[])[] {
  const constraints = table.constraints.flatMap((constraint) =>
    (constraint.kind === 'primaryKey' || constraint.kind === 'unique') && !constraint.withoutOverlaps ? [constraint.columns] : [],
  )
  const indexes = table.indexes.flatMap((index) => {
    const columns = index.elements.flatMap(({ column }) => (column === null ? [] : [column]))
    return index.unique && index.predicate === null && columns.length === index.elements.length ? [columns] : []
  })
  return [...constraints, ...indexes]
}

const memberKey = (columns: readonly string[]): string => [...columns].sort().join('\u0001')
const uniqueKeys = perTable((table) => new Set(uniqueSets(table).map(memberKey)))

export const sameMembers = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name))

/** How the fields of a table and the tables themselves are called in the output. */
export interface Identifiers {
  readonly table: (table: Table) => string
  /** The identifiers that a table's columns have. */
  readonly fields: (table: Table) => readonly string[]
  readonly reserved: readonly string[]
  readonly alphabet: Alphabet
}

/** The two fields that stand for a relationship: on the table with the foreign key, and on the referenced one. */
export interface RelationshipNames {
  readonly forward: string
  readonly backward: string
}

/**
 * Names both ends: after the foreign key's column (`author_id` → `author`), else after the referenced table; the other end after the table
 * that refers (`posts`), told apart by the column where needed (`postsByAuthor`). Never the name of a column or of another end.
 */
export function nameRelationships(
  relationships: readonly Relationship[],
  identifiers: Identifiers,
): ReadonlyMap<Relationship, RelationshipNames> {
  const taken = new Map<string, Names>()
  const namesOf = (table: Table): Names => {
    const names = taken.get(nameKey(table)) ?? new Names([...identifiers.reserved, ...identifiers.fields(table)])
    taken.set(nameKey(table), names)
    return names
  }
  const forward = new Map(relationships.map((one) => [one, namesOf(one.from).take(...forwardWishes(one, identifiers))]))
  return new Map(
    relationships.map((one) => {
      const there = forward.get(one) ?? ''
      return [one, { forward: there, backward: namesOf(one.to).take(...backwardWishes(one, there, identifiers)) }]
    }),
  )
}

function forwardWishes({ foreignKey, to }: Relationship, { table, alphabet }: Identifiers): [string, ...string[]] {
  const target = singular(camelCase(table(to), alphabet))
  const [column = ''] = foreignKey.columns
  if (foreignKey.columns.length > 1) return [target, `${target}By${foreignKey.columns.map((name) => pascalCase(name, alphabet)).join('')}`]
  const stem = column.replace(/(?:_(?:id|uuid|fk|ref|key)|(?<=[a-z0-9])(?:Id|ID))$/, '')
  const own = camelCase(stem, alphabet)
  const both = `${own}${pascalCase(target, alphabet)}`
  return stem !== column && stem !== '' ? [own, both] : [target, both]
}

function backwardWishes(
  { from, to, isOneToOne, isRepeated }: Relationship,
  forward: string,
  { table, alphabet }: Identifiers,
): [string, ...string[]] {
  const source = camelCase(table(from), alphabet)
  const base = isOneToOne ? singular(source) : plural(source)
  const told = `${base}By${pascalCase(forward, alphabet)}`
  if (from === to) return forward === 'parent' ? [isOneToOne ? 'child' : 'children', told] : [told]
  return isRepeated ? [told] : [base, told]
}

const pairKey = (from: Table, to: Table): string => [nameKey(from), nameKey(to)].sort().join('\u0001')
const directionKey = (from: Table, to: Table): string => [nameKey(from), nameKey(to)].join('\u0001')

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
