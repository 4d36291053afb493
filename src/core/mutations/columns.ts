import { z } from 'zod'
import type { Diagnostic } from '../diagnostic.ts'
import { deleteColumn, needsColumn } from '../project/edits/deleting.ts'
import { addToPrimaryKey, addUnique, brokenReferences, removeFromPrimaryKey, removeUnique } from '../project/edits/keys.ts'
import { renameColumn } from '../project/edits/renaming.ts'
import { descendantsOf } from '../project/edits/texts.ts'
import { serialType } from '../project/edits/types.ts'
import { foreignKeysOf, primaryKeyOf } from '../project/relationships.ts'
import type { ColumnRow, Draft, TableRow } from '../project/rows.ts'
import { displayName } from '../schema/index.ts'
import { id, name, projectId } from './arguments.ts'
import {
  addColumn,
  addSequence,
  columnFields,
  newColumn,
  requireFreeColumnName,
  requireReferences,
  requireType,
  setColumnFields,
  warnOfType,
} from './column-fields.ts'
import { typeMismatches } from './foreign-key-checks.ts'
import { mutation } from './mutation.ts'
import { existing, refuse } from './trouble.ts'
import { requireNoTypeCycle } from './type-users.ts'

/** `columns.create`: a new column, last unless `order` says otherwise. */
export const createColumn = mutation({
  name: 'columns.create',
  role: 'editor',
  args: newColumn.extend({ tableId: id, projectId }),
  apply(draft, wanted, context) {
    return addColumn(draft, existing(draft, 'table', wanted.tableId), wanted, context)
  },
})

/** `columns.update`: whatever is given. Constraints, indexes, expressions and views follow a new name. */
export const updateColumn = mutation({
  name: 'columns.update',
  role: 'editor',
  args: z.strictObject({ id, projectId, name: name.optional(), dataType: name.optional(), ...columnFields }),
  apply(draft, wanted) {
    const before = existing(draft, 'column', wanted.id)
    const table = existing(draft, 'table', before.tableId)
    const warnings: Diagnostic[] = []
    const brokenBefore = brokenReferences(draft, table.id)
    if (wanted.name !== undefined && wanted.name !== before.name) warnings.push(...changeName(draft, table, before, wanted.name))
    if (wanted.dataType !== undefined) warnings.push(...changeType(draft, table, before, wanted.dataType))
    const column = existing(draft, 'column', wanted.id)
    if (wanted.isPrimaryKey === true) addToPrimaryKey(draft, table, column)
    if (wanted.isPrimaryKey === false) removeFromPrimaryKey(draft, table, column)
    if (wanted.isUnique === true) addUnique(draft, table, [column])
    if (wanted.isUnique === false) removeUnique(draft, table.id, [column.id])
    requireReferences(draft, table, brokenBefore)
    setColumnFields(draft, table, wanted.id, wanted)
    requireNotNullKey(draft, table, wanted.id)
    return warnings
  },
})

/** `columns.delete`: with the keys, constraints, indexes and foreign keys (of both ends) that use it. */
export const removeColumn = mutation({
  name: 'columns.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, wanted) {
    const column = existing(draft, 'column', wanted.id)
    const table = existing(draft, 'table', column.tableId)
    if (column.inherited) refuseInherited(table, column)
    const need = needsColumn(draft, table, column)
    if (need !== null) refuse('column-in-use', `The column "${column.name}" cannot be deleted: ${need}.`, 'Change or delete that first.')
    return deleteColumn(draft, column)
  },
})

/** `columns.reorder`: the columns in their new order. Those that are not listed (somebody just added them) stay after the others. */
export const reorderColumns = mutation({
  name: 'columns.reorder',
  role: 'editor',
  args: z.strictObject({ tableId: id, columnIds: z.array(id).min(1).max(1_600), projectId }),
  apply(draft, { tableId, columnIds }) {
    const table = existing(draft, 'table', tableId)
    const foreign = columnIds.map((columnId) => draft.get('column', columnId)).find((column) => column && column.tableId !== tableId)
    if (foreign) refuse('other-table', `The column "${foreign.name}" is not one of "${displayName(table)}".`)
    const listed = new Set(columnIds)
    const columns = draft.childrenOf('column', tableId)
    const rest = columns.filter((column) => !listed.has(column.id)).map((column) => column.id)
    const there = new Set(columns.map((column) => column.id))
    const order = [...listed, ...rest].filter((columnId) => there.has(columnId))
    order.forEach((columnId, index) => draft.update('column', columnId, { order: index }))
    return []
  },
})

function changeName(draft: Draft, table: TableRow, column: ColumnRow, to: string): readonly Diagnostic[] {
  if (column.inherited) refuseInherited(table, column)
  for (const child of [table, ...descendantsOf(draft, table.id)]) {
    requireFreeColumnName(draft, child, to, column.id)
  }
  return renameColumn(draft, column, to)
}

function changeType(
  draft: Draft,
  table: TableRow,
  { id: columnId, name: columnName, type, inherited }: ColumnRow,
  dataType: string,
): readonly Diagnostic[] {
  const serial = serialType(dataType)
  const next = serial ?? requireType(draft, dataType)
  if (next === type && !serial) return []
  if (inherited) refuse('inherited-column', `The column "${columnName}" has the type of its parent table.`, 'Change it there.')
  draft.update('column', columnId, { type: next })
  requireNoTypeCycle(draft, table)
  if (!integers.has(next)) dropSequences(draft, columnId)
  const column = existing(draft, 'column', columnId)
  if (serial && column.default === null && column.identity === null) addSequence(draft, table, column)
  for (const child of descendantsOf(draft, table.id)) {
    const heir = draft.childrenOf('column', child.id).find((one) => one.inherited && one.name === column.name)
    if (heir) draft.update('column', heir.id, { type: next })
  }
  for (const sequence of draft.all('sequence')) {
    if (sequence.ownedBy?.columnId === columnId && sequence.type === type) draft.update('sequence', sequence.id, { type: next })
  }
  return [...warnOfType(draft, columnName, next), ...mismatches(draft, table, column)]
}

const integers = new Set(['smallint', 'integer', 'bigint'])

/** A column that is no integer any more cannot draw from a sequence: it goes, with the default. */
function dropSequences(draft: Draft, columnId: string): void {
  const owned = draft.all('sequence').filter(({ ownedBy }) => ownedBy?.columnId === columnId)
  if (owned.length === 0) return
  for (const { id: sequenceId } of owned) draft.delete('sequence', sequenceId)
  const value = draft.get('column', columnId)?.default ?? ''
  if (/^nextval\('[^']+'(?:::regclass)?\)$/.test(value)) draft.update('column', columnId, { default: null })
}

/** Foreign keys of a column whose two ends are of types that PostgreSQL does not compare. */
function mismatches(draft: Draft, table: TableRow, { id: columnId }: ColumnRow): readonly Diagnostic[] {
  const keys = new Map([...foreignKeysOf(draft, table.id), ...draft.foreignKeysTo(table.id)].map((key) => [key.id, key]))
  return [...keys.values()].flatMap((key) => typeMismatches(draft, key, columnId))
}

function requireNotNullKey(draft: Draft, table: TableRow, columnId: string): void {
  const column = draft.get('column', columnId)
  if (!column?.nullable || !primaryKeyOf(draft, table.id)?.columnIds.includes(columnId)) return
  refuse(
    'primary-key-not-null',
    `"${column.name}" is in the primary key of "${displayName(table)}", so it cannot be nullable.`,
    'Take it out of the key first.',
  )
}

function refuseInherited(table: TableRow, column: ColumnRow): never {
  return refuse('inherited-column', `"${displayName(table)}" has the column "${column.name}" from its parent table.`, 'Change it there.')
}
