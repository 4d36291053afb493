import { aPrimaryKey, aUnique } from '../../schema/index.ts'
import { derivedIds } from '../ids.ts'
import { freeName, isConstraintNameTaken } from '../names.ts'
import { isUniqueIn, primaryKeyOf } from '../relationships.ts'
import type { ColumnRow, Draft, ForeignKeyRow, Id, Row, RowKind, TableRow } from '../rows.ts'
import { without } from '../without.ts'
import { requireForKey } from './nullable.ts'

/** Lanes of `derivedIds`: what a row made along with another is for. */
export const lanes = {
  primaryKey: 1,
  unique: 2,
  sequence: 3,
  heir: 4,
  namespace: 5,
  junction: 6,
  copy: 7,
  column: 8,
  foreignKey: 9,
} as const

/** An id that follows from another and is not in use for this kind. */
export function freeId(draft: Draft, kind: RowKind, seed: Id, lane: number): Id {
  const next = derivedIds(seed, lane)
  for (let id = next(); ; id = next()) if (!draft.get(kind, id)) return id
}

/** Where a new row goes among its siblings: after the last. */
export const nextOrder = (siblings: readonly Row[]): number => Math.floor(siblings.at(-1)?.order ?? -1) + 1

/** Puts a column into its table's primary key (made when there is none), at the end. Primary key columns are NOT NULL. */
export function addToPrimaryKey(draft: Draft, table: TableRow, column: ColumnRow): void {
  const key = primaryKeyOf(draft, table.id)
  if (key?.columnIds.includes(column.id)) return
  if (key) draft.update('constraint', key.id, { columnIds: [...key.columnIds, column.id] })
  else {
    const name = freeName(isConstraintNameTaken(draft, table.namespace), table.name, null, 'pkey')
    const own = without(aPrimaryKey({ name, columns: [] }), 'columns', 'include')
    draft.insert('constraint', { ...own, ...childOf(draft, table, column.id, lanes.primaryKey), columnIds: [column.id], includeIds: [] })
  }
  requireForKey(draft, column)
}

/** Takes a column out of its table's primary key; the last one takes the key with it. The column stays NOT NULL, as in PostgreSQL. */
export function removeFromPrimaryKey(draft: Draft, table: TableRow, column: ColumnRow): void {
  const key = primaryKeyOf(draft, table.id)
  if (!key?.columnIds.includes(column.id)) return
  const columnIds = key.columnIds.filter((id) => id !== column.id)
  if (columnIds.length === 0) draft.delete('constraint', key.id)
  else draft.update('constraint', key.id, { columnIds })
}

/** Makes columns unique together, unless some key says so already. Named as PostgreSQL names it. */
export function addUnique(draft: Draft, table: TableRow, columns: readonly ColumnRow[]): void {
  const [first] = columns
  const columnIds = columns.map(({ id }) => id)
  if (!first || isUniqueIn(draft, table.id, columnIds)) return
  const name = freeName(isConstraintNameTaken(draft, table.namespace), table.name, columns.map((column) => column.name).join('_'), 'key')
  const own = without(aUnique({ name, columns: [] }), 'columns', 'include')
  draft.insert('constraint', { ...own, ...childOf(draft, table, first.id, lanes.unique), columnIds, includeIds: [] })
}

/** Removes the unique constraints and indexes on exactly these columns. The primary key stays. */
export function removeUnique(draft: Draft, tableId: Id, columnIds: readonly Id[]): void {
  for (const constraint of draft.childrenOf('constraint', tableId)) {
    if (constraint.kind === 'unique' && isSameSet(constraint.columnIds, columnIds)) draft.delete('constraint', constraint.id)
  }
  for (const { id, unique, predicate, elements } of draft.childrenOf('index', tableId)) {
    const keys = elements.map((element) => element.columnId ?? '')
    if (unique && predicate === null && isSameSet(keys, columnIds)) draft.delete('index', id)
  }
}

/** Whether a foreign key may point at these columns: a primary key, unique constraint or unique index is on exactly them. */
export function isReferable(draft: Draft, tableId: Id, columnIds: readonly Id[]): boolean {
  return (
    draft
      .childrenOf('constraint', tableId)
      .some((one) => (one.kind === 'primaryKey' || one.kind === 'unique') && !one.deferrable && isSameSet(one.columnIds, columnIds)) ||
    draft.childrenOf('index', tableId).some(
      ({ unique, predicate, elements }) =>
        unique &&
        predicate === null &&
        isSameSet(
          elements.map((key) => key.columnId ?? ''),
          columnIds,
        ),
    )
  )
}

/** Foreign keys that point at columns which are no key (any more): PostgreSQL would not have them. */
export const brokenReferences = (draft: Draft, tableId: Id): readonly ForeignKeyRow[] =>
  draft.foreignKeysTo(tableId).filter(({ references }) => !isReferable(draft, tableId, references.columnIds))

const isSameSet = (a: readonly Id[], b: readonly Id[]): boolean => a.length === b.length && a.every((id) => b.includes(id))

function childOf(draft: Draft, table: TableRow, seed: Id, lane: number) {
  return { id: freeId(draft, 'constraint', seed, lane), tableId: table.id, order: nextOrder(draft.childrenOf('constraint', table.id)) }
}
