import { isUnresolved } from './references.ts'
import type { ForeignKeyRow, Id, ProjectView } from './rows.ts'

/** One end of a drawn line: how many rows there may be, and whether there may be none. */
export interface RelationshipEnd {
  readonly tableId: Id
  /** Pairwise with the other end's. May hold unresolved references. */
  readonly columnIds: readonly Id[]
  readonly many: boolean
  readonly optional: boolean
}

export const relationTypes = ['one-to-one', 'one-to-many', 'many-to-many'] as const
export type RelationType = (typeof relationTypes)[number]

/** A foreign key as it is drawn. Its id is the foreign key's. */
export interface Relationship {
  readonly id: Id
  readonly name: string
  /** The child: the table that holds the foreign key. */
  readonly source: RelationshipEnd
  /** The parent: the table that it points at. Always at most one row. */
  readonly target: RelationshipEnd
  /** What one foreign key can be; a many-to-many relationship is two of them, from a junction table. */
  readonly relationType: Exclude<RelationType, 'many-to-many'>
  /** Set when the source is a junction table: its primary key is just its two foreign keys. */
  readonly junctionTableId: Id | null
}

/** All relationships whose both ends are in the project, in the order of the foreign keys. */
export function relationshipsOf(view: ProjectView): readonly Relationship[] {
  const relationships: Relationship[] = []
  for (const row of view.all('constraint')) {
    const relationship = row.kind === 'foreignKey' ? relationshipOf(view, row) : undefined
    if (relationship) relationships.push(relationship)
  }
  return relationships
}

/** How a foreign key is drawn: cardinality from uniqueness, optionality from nullability. Undefined when its target is not in the project. */
export function relationshipOf(view: ProjectView, foreignKey: ForeignKeyRow): Relationship | undefined {
  const { id, name, tableId, columnIds, references } = foreignKey
  if (isUnresolved(references.tableId) || !view.get('table', references.tableId)) return undefined
  const many = !isUniqueIn(view, tableId, columnIds)
  const keys = new Set(primaryKeyOf(view, tableId)?.columnIds ?? [])
  // A parent need not have children. A child need not have a parent when one of its columns may be null.
  const optional = columnIds.some((columnId) => !keys.has(columnId) && (view.get('column', columnId)?.nullable ?? true))
  return {
    id,
    name,
    source: { tableId, columnIds, many, optional: true },
    target: { tableId: references.tableId, columnIds: references.columnIds, many: false, optional },
    relationType: many ? 'one-to-many' : 'one-to-one',
    junctionTableId: isJunction(view, tableId) ? tableId : null,
  }
}

/** The table's primary key. */
export function primaryKeyOf(view: ProjectView, tableId: Id) {
  return view.childrenOf('constraint', tableId).find((constraint) => constraint.kind === 'primaryKey')
}

/** The table's foreign keys, in order. */
export function foreignKeysOf(view: ProjectView, tableId: Id): readonly ForeignKeyRow[] {
  return view.childrenOf('constraint', tableId).filter((constraint) => constraint.kind === 'foreignKey')
}

/** Whether no two rows can agree in these columns: some key or unique index covers nothing but them. */
export function isUniqueIn(view: ProjectView, tableId: Id, columnIds: readonly Id[]): boolean {
  const wanted = new Set(columnIds)
  const covered = (keys: readonly (Id | null)[]) => keys.length > 0 && keys.every((key) => key !== null && wanted.has(key))
  return (
    view
      .childrenOf('constraint', tableId)
      .some((constraint) => (constraint.kind === 'primaryKey' || constraint.kind === 'unique') && covered(constraint.columnIds)) ||
    view
      .childrenOf('index', tableId)
      .some(({ unique, predicate, elements }) => unique && predicate === null && covered(elements.map(({ columnId }) => columnId)))
  )
}

/** Whether a table does nothing but join two others: two foreign keys whose columns together are its primary key. */
export function isJunction(view: ProjectView, tableId: Id): boolean {
  const key = primaryKeyOf(view, tableId)?.columnIds
  const foreignKeys = key ? foreignKeysOf(view, tableId) : []
  if (!key || foreignKeys.length !== 2) return false
  const columns = foreignKeys.flatMap(({ columnIds }) => columnIds)
  return columns.length === key.length && key.every((columnId) => columns.includes(columnId))
}
