import { z } from 'zod'
import { mentionsName } from '../project/edits/expression-rename.ts'
import { addHeirCheck } from '../project/edits/inheritance.ts'
import { nextOrder } from '../project/edits/keys.ts'
import { descendantsOf } from '../project/edits/texts.ts'
import { freeName } from '../project/names.ts'
import type { CheckRow, Draft, Id, TableRow } from '../project/rows.ts'
import { checkShape, displayName } from '../schema/index.ts'
import { id, name, projectId } from './arguments.ts'
import { requireFreeConstraintName } from './foreign-keys.ts'
import { mutation } from './mutation.ts'
import { takenBeside } from './names-on-table.ts'
import { patchIn, patchOf, wholeOf } from './shape-arguments.ts'
import { requireExpression } from './sql-texts.ts'
import { existing, refuse, requireFreeId } from './trouble.ts'

// What a check constraint of PostgreSQL cannot be, or what is not for people to say.
const fixed = ['kind', 'inherited', 'deferrable', 'initiallyDeferred'] as const

/** `checks.create`: on a table and on those that inherit from it. Without a name it gets the one that PostgreSQL would give. */
export const createCheck = mutation({
  name: 'checks.create',
  role: 'editor',
  args: wholeOf(checkShape, { omit: [...fixed, 'name'], more: { tableId: id, name: name.optional() } }),
  apply(draft, { name: wished, ...args }) {
    requireFreeId(draft, 'constraint', args.id)
    const table = existing(draft, 'table', args.tableId)
    const row: CheckRow = sound(table, {
      ...patchIn(args),
      kind: 'check',
      inherited: false,
      deferrable: false,
      initiallyDeferred: false,
      name: wished ?? generatedName(draft, table, args.expression),
      id: args.id,
      order: nextOrder(draft.childrenOf('constraint', table.id)),
    })
    requireFreeConstraintName(draft, table, row.name)
    draft.insert('constraint', row)
    if (!row.noInherit) bequeath(draft, table, row)
    return []
  },
})

/** `checks.update`: tables that inherit it follow. */
export const updateCheck = mutation({
  name: 'checks.update',
  role: 'editor',
  args: patchOf(checkShape, { omit: fixed }),
  apply(draft, args) {
    const before = existingCheck(draft, args.id)
    const table = existing(draft, 'table', before.tableId)
    requireOwn(table, before)
    const after = sound(table, { ...before, ...patchIn(args) })
    if (after.name !== before.name) requireFreeConstraintName(draft, table, after.name, before.id)
    disinherit(draft, table, before)
    draft.update('constraint', before.id, after)
    if (!after.noInherit) bequeath(draft, table, after)
    return []
  },
})

/** `checks.delete`: in the tables that inherit it, too. */
export const deleteCheck = mutation({
  name: 'checks.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, args) {
    const row = existingCheck(draft, args.id)
    const table = existing(draft, 'table', row.tableId)
    requireOwn(table, row)
    disinherit(draft, table, row)
    draft.delete('constraint', row.id)
    return []
  },
})

function existingCheck(draft: Draft, wanted: Id): CheckRow {
  const row = existing(draft, 'constraint', wanted)
  return row.kind === 'check' ? row : refuse('not-found', `"${row.name}" is not a check.`)
}

function requireOwn(table: TableRow, { name: checkName, inherited }: CheckRow): void {
  if (inherited)
    refuse('inherited-column', `"${displayName(table)}" has the check "${checkName}" from its parent table.`, 'Change it there.')
}

function sound(table: TableRow, row: CheckRow): CheckRow {
  if (row.noInherit && table.partitionBy)
    refuse('bad-partition', `"${displayName(table)}" is partitioned, so its partitions have all its checks.`, 'Leave NO INHERIT off.')
  const expression = requireExpression(`The check "${row.name}"`, row.expression)
  // What is not enforced cannot have been looked at.
  return { ...row, expression, validated: row.validated && row.enforced }
}

/** `table_column_check` when one column is looked at, else `table_check`: as PostgreSQL names it (`AddRelationNewConstraints`). */
function generatedName(draft: Draft, table: TableRow, expression: string): string {
  const used = draft.childrenOf('column', table.id).filter((column) => mentionsName(expression, column.name))
  const only = used.length === 1 ? (used[0]?.name ?? null) : null
  return freeName(takenBeside(draft, table), table.name, only, 'check')
}

/** Gives a check to the tables that inherit from one. A check of the same name there must say the same. */
function bequeath(draft: Draft, table: TableRow, check: CheckRow): void {
  for (const child of descendantsOf(draft, table.id)) {
    const own = draft.childrenOf('constraint', child.id).find((one) => one.name === check.name)
    if (own?.kind === 'check' && own.expression === check.expression && !own.noInherit) continue
    if (own) refuse('duplicate-name', `"${displayName(child)}" has a constraint "${check.name}" already.`, 'Choose another name.')
    addHeirCheck(draft, child, check)
  }
}

function disinherit(draft: Draft, table: TableRow, check: CheckRow): void {
  for (const child of descendantsOf(draft, table.id)) {
    for (const own of draft.childrenOf('constraint', child.id))
      if (own.kind === 'check' && own.inherited && own.name === check.name) draft.delete('constraint', own.id)
  }
}
