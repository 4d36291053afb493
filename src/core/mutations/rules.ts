import { z } from 'zod'
import { nextOrder } from '../project/edits/keys.ts'
import type { Draft, Row } from '../project/rows.ts'
import { displayName, ruleShape } from '../schema/index.ts'
import { id, projectId } from './arguments.ts'
import { mutation } from './mutation.ts'
import { parentOf, requireFreeChildName, type Parent } from './names-on-table.ts'
import { patchIn, patchOf, wholeOf } from './shape-arguments.ts'
import { maybeExpression, requireCommands } from './sql-texts.ts'
import { existing, refuse, requireFreeId } from './trouble.ts'

/** `rules.create`: what is done also, or instead, when a table or view is written to. */
export const createRule = mutation({
  name: 'rules.create',
  role: 'editor',
  args: wholeOf(ruleShape, { more: { tableId: id.nullable().default(null), viewId: id.nullable().default(null) } }),
  apply(draft, args) {
    requireFreeId(draft, 'rule', args.id)
    const parent = parentOf(draft, args)
    requireFreeChildName(draft, 'rule', parent, args)
    draft.insert('rule', sound(draft, parent, { ...patchIn(args), id: args.id, order: nextOrder(draft.childrenOf('rule', parent.id)) }))
    return []
  },
})

/** `rules.update`. */
export const updateRule = mutation({
  name: 'rules.update',
  role: 'editor',
  args: patchOf(ruleShape),
  apply(draft, args) {
    const before = existing(draft, 'rule', args.id)
    const parent = parentOf(draft, before)
    const after = sound(draft, parent, { ...before, ...patchIn(args) })
    if (after.name !== before.name) requireFreeChildName(draft, 'rule', parent, after)
    draft.update('rule', before.id, after)
    return []
  },
})

/** `rules.delete`. */
export const deleteRule = mutation({
  name: 'rules.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, args) {
    draft.delete('rule', existing(draft, 'rule', args.id).id)
    return []
  },
})

function sound(draft: Draft, parent: Parent, row: Row<'rule'>): Row<'rule'> {
  if (row.event === 'select')
    refuse('bad-rule', `A rule for SELECT makes a view of "${displayName(parent)}".`, 'Make a view, or choose another event.')
  if (parent.kind === 'view' && draft.get('view', parent.id)?.materialized)
    refuse('bad-rule', `"${displayName(parent)}" is a materialized view, which has no rules.`)
  return {
    ...row,
    where: maybeExpression(`WHERE of the rule "${row.name}"`, row.where),
    commands: requireCommands(`What the rule "${row.name}" does`, row.commands),
  }
}
