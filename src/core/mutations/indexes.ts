import { z } from 'zod'
import { brokenReferences, nextOrder } from '../project/edits/keys.ts'
import { freeName, relationNamed } from '../project/names.ts'
import type { Draft, ForeignKeyRow, IndexRow } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { anIndex, indexShape } from '../schema/index.ts'
import { id, name, projectId } from './arguments.ts'
import { indexKey, indexKeyRow, requirePossible, type IndexKey } from './index-keys.ts'
import { mutation } from './mutation.ts'
import { parentOf, requireColumns, requireFreeRelationName, type Parent } from './names-on-table.ts'
import { patchIn, patchOf, wholeOf } from './shape-arguments.ts'
import { maybeExpression } from './sql-texts.ts'
import { existing, refuse, requireFreeId } from './trouble.ts'

const elements = z.array(indexKey).min(1).max(32)
const includeIds = z.array(id).max(32)
// Partitions' indexes follow their parent's; what stands beside a text is known when it was read.
const fixed = ['attachedTo', 'elements', 'include', 'searchPath'] as const

/** `indexes.create`: an index on columns or expressions of a table or materialized view. Without a name it gets the one that PostgreSQL would give. */
export const createIndex = mutation({
  name: 'indexes.create',
  role: 'editor',
  args: wholeOf(indexShape, {
    omit: [...fixed, 'name'],
    more: {
      elements,
      includeIds: includeIds.default([]),
      name: name.optional(),
      tableId: id.nullable().default(null),
      viewId: id.nullable().default(null),
    },
  }),
  apply(draft, { name: wished, ...args }) {
    requireFreeId(draft, 'index', args.id)
    const parent = parentOf(draft, args)
    const keys = args.elements.map((one) => indexKeyRow(draft, parent, one))
    const row = sound(draft, parent, {
      ...without(anIndex({ name: '', elements: [] }), 'elements', 'include'),
      ...patchIn(args),
      name: wished ?? generatedName(draft, parent, keys),
      elements: keys,
      id: args.id,
      order: nextOrder(draft.childrenOf('index', parent.id)),
    })
    requireFreeRelationName(draft, 'index', { namespace: parent.namespace, name: row.name })
    draft.insert('index', row)
    return []
  },
})

/** `indexes.update`: refused while a foreign key relies on the uniqueness that it would lose. */
export const updateIndex = mutation({
  name: 'indexes.update',
  role: 'editor',
  args: patchOf(indexShape, { omit: fixed, more: { elements, includeIds } }),
  apply(draft, { elements: wanted, ...args }) {
    const before = existing(draft, 'index', args.id)
    const parent = parentOf(draft, before)
    const keys = wanted ? keysOf(draft, parent, wanted, before) : before.elements
    const after = sound(draft, parent, { ...before, ...patchIn(args), elements: keys })
    if (after.name !== before.name) requireFreeRelationName(draft, 'index', { namespace: parent.namespace, name: after.name }, before.id)
    const broken = referencesBroken(draft, before, () => draft.update('index', before.id, after))
    if (broken)
      refuse('key-in-use', `The foreign key "${broken.name}" needs the index "${before.name}" as it is.`, 'Delete that relationship first.')
    return []
  },
})

/** `indexes.delete`: refused while a foreign key relies on its uniqueness. */
export const deleteIndex = mutation({
  name: 'indexes.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, args) {
    const index = existing(draft, 'index', args.id)
    const broken = referencesBroken(draft, index, () => draft.delete('index', index.id))
    if (broken) refuse('key-in-use', `The foreign key "${broken.name}" needs the index "${index.name}".`, 'Delete that relationship first.')
    return []
  },
})

/** Does something to an index; a foreign key that has lost its key by it. */
function referencesBroken(draft: Draft, { tableId }: IndexRow, work: () => void): ForeignKeyRow | undefined {
  const before = tableId === null ? [] : brokenReferences(draft, tableId)
  work()
  return tableId === null ? undefined : brokenReferences(draft, tableId).find(({ id: key }) => !before.some((one) => one.id === key))
}

/** The keys as they are stored. One that leads nowhere (a column that a dump left out) may stay as it was. */
function keysOf(draft: Draft, parent: Parent, wanted: readonly IndexKey[], before: IndexRow): IndexRow['elements'] {
  return wanted.map((key) => before.elements.find((one) => isSameKey(one, key)) ?? indexKeyRow(draft, parent, key))
}

const isSameKey = (row: IndexRow['elements'][number], key: IndexKey): boolean =>
  (['columnId', 'viewColumn', 'expression', 'collation', 'opclass', 'order', 'nulls'] as const).every(
    (field) => row[field] === (key[field] ?? null),
  )

function sound(draft: Draft, parent: Parent, row: IndexRow): IndexRow {
  if (parent.kind === 'view' && !(draft.get('view', parent.id)?.materialized ?? false))
    refuse('bad-option', `"${parent.name}" is a view that holds no data, so it has no indexes.`, 'Make it materialized.')
  if (parent.kind === 'view' && row.includeIds.length > 0) refuse('bad-arguments', 'Columns of a view are given by their names.')
  if (parent.kind === 'table')
    requireColumns(
      draft,
      parent,
      row.includeIds.filter((columnId) => draft.get('column', columnId)),
    )
  requirePossible(row.method, row)
  if (row.nullsNotDistinct && !row.unique) refuse('bad-option', 'NULLS NOT DISTINCT is for unique indexes.')
  return { ...row, predicate: maybeExpression(`WHERE of the index "${row.name}"`, row.predicate) }
}

/** `table_column_other_idx`, with `expr` for expressions: as PostgreSQL names it (`ChooseIndexName`). */
function generatedName(draft: Draft, { namespace, name: parent }: Parent, keys: IndexRow['elements']): string {
  const parts = keys.map(({ columnId, viewColumn }) =>
    columnId === null ? (viewColumn ?? 'expr') : existing(draft, 'column', columnId).name,
  )
  return freeName((candidate) => relationNamed(draft, { namespace, name: candidate }) !== undefined, parent, parts.join('_'), 'idx')
}
