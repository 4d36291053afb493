import { addHeirCheck, addHeirs, letGo } from '../project/edits/inheritance.ts'
import { descendantsOf } from '../project/edits/texts.ts'
import type { ColumnRow, Draft, Id, IndexElementRow, TableRow } from '../project/rows.ts'
import { displayName, passesNotNull } from '../schema/index.ts'
import { tableKeyRow, type IndexKey } from './index-keys.ts'
import { requireExpression } from './sql-texts.ts'
import { existing, refuse } from './trouble.ts'

// Parents and children among tables: partitioning and inheritance.

/** Partition keys as they are stored, or the mutation ends. */
export function storedPartitionKeys(draft: Draft, table: TableRow, keys: readonly IndexKey[]): readonly IndexElementRow[] {
  return keys.map((key) => {
    if (key.order !== null || key.nulls !== null) refuse('bad-partition', 'A partition key has no order.')
    return tableKeyRow(draft, { kind: 'table', id: table.id, namespace: table.namespace, name: table.name }, key)
  })
}

/** Ends the mutation when a table cannot be partitioned, or not partitioned any more. Its keys are looked at in `aftercare`. */
export function requirePartitionable(draft: Draft, before: TableRow, after: TableRow): void {
  const name = displayName(after)
  const children = draft
    .all('table')
    .filter(({ partitionOf, inherits }) => partitionOf?.parentId === after.id || inherits.includes(after.id))
  const { partitionBy } = after
  if (!partitionBy) {
    if (before.partitionBy && children[0])
      refuse('bad-partition', `"${name}" has the partition "${children[0].name}".`, 'Detach its partitions first.')
    return
  }
  if (partitionBy.strategy === 'list' && partitionBy.keys.length > 1) refuse('bad-partition', 'A list has one partition key.')
  const ids = partitionBy.keys.map(({ columnId }) => columnId)
  if (ids.some((columnId, at) => columnId !== null && ids.indexOf(columnId) !== at))
    refuse('bad-partition', 'A column is in the partition key once.')
  const generated = ids.map((columnId) => columnId && draft.get('column', columnId)).find((column) => column && column.generated)
  if (generated) refuse('bad-partition', `The column "${generated.name}" is computed, so nothing can be partitioned by it.`)
  const keysChanged = JSON.stringify(before.partitionBy) !== JSON.stringify(partitionBy)
  if (keysChanged && before.partitionBy && children[0])
    refuse('bad-partition', `"${name}" has the partition "${children[0].name}" already.`, 'Detach its partitions first.')
  const constraints = draft.childrenOf('constraint', after.id)
  const troubles: readonly (readonly [boolean, string])[] = [
    [after.foreign !== null, 'it is a foreign table'],
    [after.unlogged, 'it is unlogged'],
    [after.inherits.length > 0, 'it inherits from another table'],
    [before.partitionBy === null && children.length > 0, `"${children[0]?.name ?? ''}" inherits from it`],
    [Object.keys(after.options).length > 0, 'it has storage options, which only its partitions can have'],
    [after.accessMethod !== null, 'it has an access method'],
    [constraints.some((one) => one.kind === 'check' && one.noInherit), 'it has a check that is not inherited'],
    [constraints.some(({ kind }) => kind === 'exclusion'), 'it has an exclusion constraint'],
    [
      draft.childrenOf('trigger', after.id).some(({ forEach, oldTable, newTable }) => forEach === 'row' && (oldTable ?? newTable) !== null),
      'it has a row trigger with transition tables',
    ],
  ]
  const trouble = troubles.find(([isSo]) => isSo)
  if (trouble) refuse('bad-partition', `"${name}" cannot be partitioned: ${trouble[1]}.`)
}

/** Makes a table a partition of another, gives it another bound, or detaches it (null). */
export function setPartition(draft: Draft, table: TableRow, wanted: { readonly parentId: Id; readonly bound: string } | null): void {
  const before = table.partitionOf
  if (wanted !== null) requireUntyped(table)
  if (wanted === null || wanted.parentId !== before?.parentId) letGo(draft, table)
  if (wanted === null) return draft.update('table', table.id, { partitionOf: null })
  const parent = existing(draft, 'table', wanted.parentId)
  const bound = requireExpression('The bound', wanted.bound)
  if (!/^(?:default|for\s+values\s+(?:in|from|with)\b.+)$/is.test(bound))
    refuse('bad-partition', `This is not the bound of a partition: ${bound.slice(0, 80)}`, 'Write FOR VALUES … or DEFAULT.')
  requireBoundOf(parent, bound)
  requireNoLoop(draft, table, [parent.id])
  draft.update('table', table.id, { partitionOf: { parentId: parent.id, bound } })
  if (parent.id === before?.parentId) return
  if (table.inherits.length > 0) refuse('bad-partition', `"${displayName(table)}" inherits from a table, so it cannot be a partition.`)
  requireNoLoop(draft, table, [parent.id])
  const columns = draft.childrenOf('column', table.id)
  const strange = columns.find((column) => !columnNamed(draft, parent.id, column.name))
  if (strange)
    refuse('bad-partition', `"${displayName(parent)}" has no column "${strange.name}".`, 'A partition has just the columns of its parent.')
  for (const column of draft.childrenOf('column', parent.id)) takeOver(draft, { table, parent, mayAdd: false }, column)
}

const boundWord = { range: 'from', list: 'in', hash: 'with' } as const

function requireBoundOf({ partitionBy, ...parent }: TableRow, bound: string): void {
  if (!partitionBy) refuse('bad-partition', `"${displayName(parent)}" is not partitioned.`, 'Say what it is partitioned by first.')
  const isDefault = /^default$/i.test(bound)
  if (isDefault && partitionBy.strategy === 'hash') refuse('bad-partition', 'What is partitioned by hash has no default partition.')
  if (!isDefault && !new RegExp(`^for\\s+values\\s+${boundWord[partitionBy.strategy]}\\b`, 'i').test(bound))
    refuse(
      'bad-partition',
      `"${displayName(parent)}" is partitioned by ${partitionBy.strategy}: FOR VALUES ${boundWord[partitionBy.strategy].toUpperCase()} …`,
    )
}

/** The tables that a table inherits from, in order. Columns that it lacks are added. */
export function setParents(draft: Draft, table: TableRow, parentIds: readonly Id[]): void {
  const parents = parentIds.map((parentId) => existing(draft, 'table', parentId))
  if (parents.length > 0) requireUntyped(table)
  if (new Set(parentIds).size < parentIds.length) refuse('bad-partition', 'A table inherits from another once.')
  if (parents.length > 0 && (table.partitionBy || table.partitionOf || draft.get('table', table.id)?.partitionOf))
    refuse('bad-partition', `"${displayName(table)}" is partitioned or a partition, so it cannot inherit.`)
  const partitioned = parents.find(({ partitionBy, partitionOf }) => partitionBy ?? partitionOf)
  if (partitioned) refuse('bad-partition', `"${displayName(partitioned)}" is partitioned or a partition: nothing can inherit from it.`)
  requireNoLoop(draft, table, parentIds)
  letGo(draft, table)
  draft.update('table', table.id, { inherits: parentIds })
  for (const parent of parents)
    for (const column of draft.childrenOf('column', parent.id)) takeOver(draft, { table, parent, mayAdd: true }, column)
}

/** Ends the mutation for a typed table: its columns come from its type, as PostgreSQL says too. */
function requireUntyped(table: TableRow): void {
  if (table.ofType)
    refuse('bad-partition', `"${displayName(table)}" is made of the type "${displayName(table.ofType)}", so it cannot inherit.`)
}

interface Descent {
  readonly table: TableRow
  readonly parent: TableRow
  /** An heir gets the columns that it lacks; a partition must have them. */
  readonly mayAdd: boolean
}

/** A parent's column and what it must be in a child: of the same type, and NOT NULL where the parent says so. */
function takeOver(draft: Draft, { table, parent, mayAdd }: Descent, column: ColumnRow): void {
  const own = columnNamed(draft, table.id, column.name)
  if (own && own.type !== column.type)
    refuse('bad-partition', `"${column.name}" is ${own.type}, but ${column.type} in "${displayName(parent)}".`, 'Give both the same type.')
  if (own) draft.update('column', own.id, { inherited: true, nullable: own.nullable && !passesNotNull(column) })
  else if (mayAdd) addHeirs(draft, [table, ...descendantsOf(draft, table.id)], column)
  else refuse('bad-partition', `"${displayName(table)}" lacks the column "${column.name}" of "${displayName(parent)}".`, 'Add it first.')
  for (const check of draft.childrenOf('constraint', parent.id)) {
    if (check.kind !== 'check' || check.noInherit) continue
    const same = draft.childrenOf('constraint', table.id).find(({ name }) => name === check.name)
    if (same && (same.kind !== 'check' || same.expression !== check.expression))
      refuse(
        'duplicate-name',
        `"${displayName(table)}" and its parent have different constraints "${check.name}".`,
        'Rename one of the two.',
      )
    if (same?.kind === 'check') draft.update('constraint', same.id, { inherited: true })
    else addHeirCheck(draft, table, check)
  }
}

function requireNoLoop(draft: Draft, table: TableRow, parentIds: readonly Id[]): void {
  if (parentIds.includes(table.id) || descendantsOf(draft, table.id).some(({ id }) => parentIds.includes(id)))
    refuse('made-of-itself', `"${displayName(table)}" would inherit from itself.`, 'Choose another parent.')
}

const columnNamed = (draft: Draft, tableId: Id, name: string): ColumnRow | undefined =>
  draft.childrenOf('column', tableId).find((column) => column.name === name)
