import { z } from 'zod'
import { brokenReferences, nextOrder } from '../project/edits/keys.ts'
import { requireForKey } from '../project/edits/nullable.ts'
import { freeName } from '../project/names.ts'
import { primaryKeyOf } from '../project/relationships.ts'
import type { Draft, Id, PrimaryKeyRow, TableRow, UniqueRow } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { aPrimaryKey, aUnique, displayName, uniqueShape } from '../schema/index.ts'
import { id, name, projectId } from './arguments.ts'
import { requireFreeConstraintName } from './foreign-keys.ts'
import { mutation } from './mutation.ts'
import { requireColumns, requireFreeRelationName, takenBeside } from './names-on-table.ts'
import { patchIn, patchOf, wholeOf } from './shape-arguments.ts'
import { existing, refuse, requireFreeId } from './trouble.ts'

const columnIds = z.array(id).min(1).max(32)
const includeIds = z.array(id).max(32)
const fixed = ['attachedTo', 'columns', 'include', 'kind'] as const

/** `keys.create`: a primary key or a unique constraint. Columns of a primary key become NOT NULL. */
export const createKey = mutation({
  name: 'keys.create',
  role: 'editor',
  args: wholeOf(uniqueShape, {
    omit: [...fixed, 'name'],
    more: { kind: z.enum(['primaryKey', 'unique']), tableId: id, name: name.optional(), columnIds, includeIds: includeIds.default([]) },
  }),
  apply(draft, { name: wished, kind, nullsNotDistinct, ...args }) {
    requireFreeId(draft, 'constraint', args.id)
    const table = existing(draft, 'table', args.tableId)
    if (kind === 'primaryKey' && primaryKeyOf(draft, table.id))
      refuse('duplicate-name', `"${displayName(table)}" has a primary key already.`, 'Change that one.')
    const common = {
      ...patchIn(args),
      name: wished ?? generatedName(draft, table, kind, args.columnIds),
      id: args.id,
      order: nextOrder(draft.childrenOf('constraint', table.id)),
    }
    if (kind === 'primaryKey' && nullsNotDistinct) refuse('bad-option', 'A primary key has no NULLs to tell apart.')
    const row: PrimaryKeyRow | UniqueRow =
      kind === 'primaryKey'
        ? { ...without(aPrimaryKey({ name: '', columns: [] }), 'columns', 'include'), ...common }
        : { ...without(aUnique({ name: '', columns: [] }), 'columns', 'include'), ...common, nullsNotDistinct }
    requireFreeNames(draft, table, row.name)
    put(draft, table, row)
    return []
  },
})

/** `keys.update`: a primary key or unique constraint. Refused while a foreign key relies on what it would lose. */
export const updateKey = mutation({
  name: 'keys.update',
  role: 'editor',
  args: patchOf(uniqueShape, { omit: fixed, more: { columnIds, includeIds } }),
  apply(draft, args) {
    const before = existingKey(draft, args.id)
    const table = existing(draft, 'table', before.tableId)
    if (before.kind === 'primaryKey' && args.nullsNotDistinct) refuse('bad-option', 'A primary key has no NULLs to tell apart.')
    const patch = before.kind === 'primaryKey' ? without(patchIn(args), 'nullsNotDistinct') : patchIn(args)
    const after = { ...before, ...patch } as PrimaryKeyRow | UniqueRow
    if (after.name !== before.name) requireFreeNames(draft, table, after.name, before.id)
    const broken = brokenReferences(draft, table.id)
    put(draft, table, after, before)
    requireReferred(
      draft,
      table,
      before.name,
      broken.map((key) => key.id),
    )
    return []
  },
})

/** `keys.delete`: refused while a foreign key relies on it. The columns of a primary key stay NOT NULL. */
export const deleteKey = mutation({
  name: 'keys.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, args) {
    const row = existingKey(draft, args.id)
    const table = existing(draft, 'table', row.tableId)
    const broken = brokenReferences(draft, table.id)
    draft.delete('constraint', row.id)
    requireReferred(
      draft,
      table,
      row.name,
      broken.map((key) => key.id),
    )
    return []
  },
})

function existingKey(draft: Draft, wanted: Id): PrimaryKeyRow | UniqueRow {
  const row = existing(draft, 'constraint', wanted)
  return row.kind === 'primaryKey' || row.kind === 'unique' ? row : refuse('not-found', `"${row.name}" is not a key.`)
}

function put(draft: Draft, table: TableRow, row: PrimaryKeyRow | UniqueRow, before?: PrimaryKeyRow | UniqueRow): void {
  if (row.columnIds !== before?.columnIds) requireColumns(draft, table, row.columnIds)
  if (row.includeIds !== before?.includeIds) requireColumns(draft, table, row.includeIds)
  if (row.initiallyDeferred && !row.deferrable) refuse('bad-option', 'What is deferred at first must be deferrable.')
  if (row.withoutOverlaps && row.columnIds.length < 2) refuse('bad-option', 'WITHOUT OVERLAPS needs a column before the period.')
  if (before) draft.update('constraint', row.id, row)
  else draft.insert('constraint', row)
  if (row.kind !== 'primaryKey') return
  for (const columnId of row.columnIds) {
    const column = draft.get('column', columnId)
    if (column) requireForKey(draft, column)
  }
}

function requireFreeNames(draft: Draft, table: TableRow, wanted: string, except?: Id): void {
  requireFreeConstraintName(draft, table, wanted, except)
  requireFreeRelationName(draft, 'constraint', { namespace: table.namespace, name: wanted }, except)
}

function requireReferred(draft: Draft, table: TableRow, key: string, brokenBefore: readonly Id[]): void {
  const broken = brokenReferences(draft, table.id).find((one) => !brokenBefore.includes(one.id))
  if (broken) refuse('key-in-use', `The foreign key "${broken.name}" needs the key "${key}" as it is.`, 'Delete that relationship first.')
}

function generatedName(draft: Draft, table: TableRow, kind: 'primaryKey' | 'unique', ids: readonly Id[]): string {
  if (kind === 'primaryKey') return freeName(takenBeside(draft, table), table.name, null, 'pkey')
  const names = ids.map((columnId) => existing(draft, 'column', columnId).name)
  return freeName(takenBeside(draft, table), table.name, names.join('_'), 'key')
}
