import { z } from 'zod'
import { nextOrder } from '../project/edits/keys.ts'
import type { Row } from '../project/rows.ts'
import { policyShape } from '../schema/index.ts'
import { id, projectId } from './arguments.ts'
import { mutation } from './mutation.ts'
import { parentOf, requireFreeChildName } from './names-on-table.ts'
import { patchIn, patchOf, wholeOf } from './shape-arguments.ts'
import { maybeExpression } from './sql-texts.ts'
import { existing, refuse, requireFreeId, requireGoodName } from './trouble.ts'

/** `policies.create`: who may see or write which rows. Takes effect once row-level security is on (`tables.configure`). */
export const createPolicy = mutation({
  name: 'policies.create',
  role: 'editor',
  args: wholeOf(policyShape, { more: { tableId: id } }),
  apply(draft, args) {
    requireFreeId(draft, 'policy', args.id)
    requireFreeChildName(draft, 'policy', parentOf(draft, args), args)
    const order = nextOrder(draft.childrenOf('policy', args.tableId))
    draft.insert('policy', sound({ ...patchIn(args), id: args.id, order }))
    return []
  },
})

/** `policies.update`. */
export const updatePolicy = mutation({
  name: 'policies.update',
  role: 'editor',
  args: patchOf(policyShape),
  apply(draft, args) {
    const before = existing(draft, 'policy', args.id)
    const after = sound({ ...before, ...patchIn(args) })
    if (after.name !== before.name) requireFreeChildName(draft, 'policy', parentOf(draft, before), after)
    draft.update('policy', before.id, after)
    return []
  },
})

/** `policies.delete`. */
export const deletePolicy = mutation({
  name: 'policies.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, args) {
    draft.delete('policy', existing(draft, 'policy', args.id).id)
    return []
  },
})

function sound(row: Row<'policy'>): Row<'policy'> {
  const using = maybeExpression(`USING of the policy "${row.name}"`, row.using)
  const check = maybeExpression(`WITH CHECK of the policy "${row.name}"`, row.check)
  for (const role of row.roles) requireGoodName(role, 'policy')
  if (using !== null && row.command === 'insert')
    refuse(
      'bad-policy',
      `The policy "${row.name}" is for INSERT: there are no rows yet that USING could look at.`,
      'Write it as WITH CHECK.',
    )
  if (check !== null && (row.command === 'select' || row.command === 'delete'))
    refuse('bad-policy', `The policy "${row.name}" is for ${row.command.toUpperCase()}: no row is written that WITH CHECK could look at.`)
  return { ...row, using, check }
}
