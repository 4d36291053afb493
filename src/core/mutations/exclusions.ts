import { z } from 'zod'
import { nextOrder } from '../project/edits/keys.ts'
import { freeName } from '../project/names.ts'
import type { Draft, ExclusionRow, Id, TableRow } from '../project/rows.ts'
import { exclusionShape } from '../schema/index.ts'
import { id, name, projectId } from './arguments.ts'
import { requireFreeConstraintName } from './foreign-keys.ts'
import { indexKey, requirePossible, tableKeyRow } from './index-keys.ts'
import { mutation } from './mutation.ts'
import { requireColumns, requireFreeRelationName, takenBeside, type Parent } from './names-on-table.ts'
import { patchIn, patchOf, wholeOf } from './shape-arguments.ts'
import { maybeExpression } from './sql-texts.ts'
import { existing, refuse, requireFreeId } from './trouble.ts'

const elements = z
  .array(z.strictObject({ element: indexKey, /** As SQL writes it: `=`, `&&`, `OPERATOR(public.=)`. */ operator: name }))
  .min(1)
  .max(32)
const includeIds = z.array(id).max(32)
const fixed = ['attachedTo', 'elements', 'include', 'kind'] as const

/** `exclusions.create`: no two rows may have keys that all compare true. Without a name it gets the one that PostgreSQL would give. */
export const createExclusion = mutation({
  name: 'exclusions.create',
  role: 'editor',
  args: wholeOf(exclusionShape, {
    omit: [...fixed, 'name'],
    more: { tableId: id, name: name.optional(), elements, includeIds: includeIds.default([]) },
  }),
  apply(draft, { name: wished, ...args }) {
    requireFreeId(draft, 'constraint', args.id)
    const table = existing(draft, 'table', args.tableId)
    const keys = keysOf(draft, table, args.elements)
    const parts = keys.map(({ element }) => (element.columnId === null ? 'expr' : existing(draft, 'column', element.columnId).name))
    const row: ExclusionRow = {
      ...patchIn(args),
      kind: 'exclusion',
      attachedTo: null,
      elements: keys,
      name: wished ?? freeName(takenBeside(draft, table), table.name, parts.join('_'), 'excl'),
      id: args.id,
      order: nextOrder(draft.childrenOf('constraint', table.id)),
    }
    requireFreeNames(draft, table, row.name)
    draft.insert('constraint', sound(draft, table, row))
    return []
  },
})

/** `exclusions.update`. */
export const updateExclusion = mutation({
  name: 'exclusions.update',
  role: 'editor',
  args: patchOf(exclusionShape, { omit: fixed, more: { elements, includeIds } }),
  apply(draft, { elements: wanted, ...args }) {
    const before = existingExclusion(draft, args.id)
    const table = existing(draft, 'table', before.tableId)
    const after = { ...before, ...patchIn(args), elements: wanted ? keysOf(draft, table, wanted) : before.elements }
    if (after.name !== before.name) requireFreeNames(draft, table, after.name, before.id)
    draft.update('constraint', before.id, sound(draft, table, after))
    return []
  },
})

/** `exclusions.delete`. */
export const deleteExclusion = mutation({
  name: 'exclusions.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, args) {
    draft.delete('constraint', existingExclusion(draft, args.id).id)
    return []
  },
})

function existingExclusion(draft: Draft, wanted: Id): ExclusionRow {
  const row = existing(draft, 'constraint', wanted)
  return row.kind === 'exclusion' ? row : refuse('not-found', `"${row.name}" is not an exclusion constraint.`)
}

function keysOf(draft: Draft, table: TableRow, wanted: z.output<typeof elements>): ExclusionRow['elements'] {
  const parent: Parent = { kind: 'table', id: table.id, namespace: table.namespace, name: table.name }
  return wanted.map(({ element, operator }) => {
    const spelled = operator.trim()
    if (!/^(?:[-+*/<>=~!@#%^&|`?]{1,63}|operator\s*\(.+\))$/is.test(spelled))
      refuse('bad-option', `"${operator}" is not an operator.`, 'Write it as in SQL: =, &&.')
    return { element: tableKeyRow(draft, parent, element), operator: spelled }
  })
}

function sound(draft: Draft, table: TableRow, row: ExclusionRow): ExclusionRow {
  requireColumns(draft, table, row.includeIds)
  const keys = row.elements.map(({ element }) => element)
  requirePossible(row.method ?? 'btree', { unique: false, elements: keys, includeIds: row.includeIds })
  if (row.method === 'gin' || row.method === 'brin')
    refuse('bad-option', `An index of method ${row.method} cannot exclude.`, 'Choose gist.')
  if (row.initiallyDeferred && !row.deferrable) refuse('bad-option', 'What is deferred at first must be deferrable.')
  if (table.partitionBy) refuse('bad-partition', `"${table.name}" is partitioned; before PostgreSQL 17 it has no exclusion constraints.`)
  return { ...row, predicate: maybeExpression(`WHERE of "${row.name}"`, row.predicate) }
}

function requireFreeNames(draft: Draft, table: TableRow, wanted: string, except?: Id): void {
  requireFreeConstraintName(draft, table, wanted, except)
  requireFreeRelationName(draft, 'constraint', { namespace: table.namespace, name: wanted }, except)
}
