import { z } from 'zod'
import { nextOrder } from '../project/edits/keys.ts'
import type { Draft, TriggerRow } from '../project/rows.ts'
import { triggerShape } from '../schema/index.ts'
import { id, name, projectId } from './arguments.ts'
import { mutation } from './mutation.ts'
import { parentOf, requireColumns, requireFreeChildName, type Parent } from './names-on-table.ts'
import { patchIn, patchOf, wholeOf } from './shape-arguments.ts'
import { maybeExpression } from './sql-texts.ts'
import { requireTriggerFunction } from './trigger-function.ts'
import { existing, refuse, requireFreeId, requireGoodName } from './trouble.ts'

const events = z
  .array(
    z.strictObject({
      kind: z.enum(['insert', 'update', 'delete', 'truncate']),
      /** UPDATE OF: columns of the table; of a view by name. */
      columnIds: z.array(id).max(1_600).default([]),
      viewColumns: z.array(name).max(1_600).default([]),
    }),
  )
  .min(1)
  .max(4)

/** `triggers.create`: on a table or a view. */
export const createTrigger = mutation({
  name: 'triggers.create',
  role: 'editor',
  args: wholeOf(triggerShape, {
    omit: ['events'],
    more: { events, tableId: id.nullable().default(null), viewId: id.nullable().default(null) },
  }),
  apply(draft, args) {
    requireFreeId(draft, 'trigger', args.id)
    const parent = parentOf(draft, args)
    requireFreeChildName(draft, 'trigger', parent, args)
    const row = sound(draft, parent, { ...patchIn(args), id: args.id, order: nextOrder(draft.childrenOf('trigger', parent.id)) })
    draft.insert('trigger', row)
    return requireTriggerFunction(draft, row.function, 'trigger')
  },
})

/** `triggers.update`. */
export const updateTrigger = mutation({
  name: 'triggers.update',
  role: 'editor',
  args: patchOf(triggerShape, { omit: ['events'], more: { events } }),
  apply(draft, args) {
    const before = existing(draft, 'trigger', args.id)
    const parent = parentOf(draft, before)
    const after = sound(draft, parent, { ...before, ...patchIn(args) })
    if (after.name !== before.name) requireFreeChildName(draft, 'trigger', parent, after)
    draft.update('trigger', before.id, after)
    return after.function === before.function ? [] : requireTriggerFunction(draft, after.function, 'trigger')
  },
})

/** `triggers.delete`. */
export const deleteTrigger = mutation({
  name: 'triggers.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, args) {
    draft.delete('trigger', existing(draft, 'trigger', args.id).id)
    return []
  },
})

/** What PostgreSQL asks of a trigger (`CreateTriggerFiringOn` in trigger.c), as data: each line is refused when it is true. */
function sound(draft: Draft, parent: Parent, row: TriggerRow): TriggerRow {
  const isView = parent.kind === 'view'
  const kinds = row.events.map(({ kind }) => kind)
  const columns = row.events.filter(({ columnIds, viewColumns }) => columnIds.length + viewColumns.length > 0)
  const hasTransition = row.oldTable !== null || row.newTable !== null
  const partitioned = !isView && draft.get('table', parent.id)?.partitionBy !== null
  const troubles: readonly (readonly [boolean, string])[] = [
    [isView && (draft.get('view', parent.id)?.materialized ?? false), 'a materialized view has no triggers'],
    [new Set(kinds).size < kinds.length, 'each event is named once'],
    [columns.some(({ kind }) => kind !== 'update'), 'only UPDATE has a list of columns'],
    [row.timing === 'insteadOf' && !isView, 'INSTEAD OF is for views'],
    [isView && row.forEach === 'row' && row.timing !== 'insteadOf', 'on a view, BEFORE and AFTER are for each statement'],
    [row.timing === 'insteadOf' && row.forEach !== 'row', 'INSTEAD OF is for each row'],
    [row.timing === 'insteadOf' && (row.when?.trim() ?? '') !== '', 'INSTEAD OF has no WHEN'],
    [row.timing === 'insteadOf' && columns.length > 0, 'INSTEAD OF has no list of columns'],
    [kinds.includes('truncate') && (row.forEach === 'row' || isView), 'TRUNCATE is for each statement, on tables'],
    [
      row.constraint !== null && (row.timing !== 'after' || row.forEach !== 'row' || isView),
      'a constraint trigger is AFTER, for each row, on a table',
    ],
    [
      row.constraint !== null && row.constraint.initiallyDeferred && !row.constraint.deferrable,
      'what is deferred at first must be deferrable',
    ],
    [hasTransition && (row.timing !== 'after' || row.constraint !== null || isView), 'transition tables are for AFTER triggers on tables'],
    [hasTransition && (kinds.length > 1 || columns.length > 0), 'transition tables are for one event, without a list of columns'],
    [hasTransition && kinds.includes('truncate'), 'TRUNCATE has no transition tables'],
    [hasTransition && partitioned && row.forEach === 'row', 'a row trigger of a partitioned table has no transition tables'],
    [row.oldTable !== null && kinds.includes('insert'), 'INSERT has no old rows'],
    [row.newTable !== null && kinds.includes('delete'), 'DELETE has no new rows'],
    [row.oldTable !== null && row.oldTable === row.newTable, 'the two transition tables need two names'],
  ]
  const trouble = troubles.find(([isSo]) => isSo)
  if (trouble) refuse('bad-trigger', `The trigger "${row.name}" cannot be like that: ${trouble[1]}.`)
  for (const alias of [row.oldTable, row.newTable]) if (alias !== null) requireGoodName(alias, 'table')
  for (const { columnIds } of row.events) if (!isView) requireColumns(draft, parent, columnIds)
  const events = row.events.map(({ kind, columnIds, viewColumns }) =>
    isView ? { kind, columnIds: [], viewColumns } : { kind, columnIds, viewColumns: [] },
  )
  return { ...row, events, when: maybeExpression(`WHEN of the trigger "${row.name}"`, row.when) }
}
