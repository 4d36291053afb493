import type { Diagnostic } from '../diagnostic.ts'
import { isReferable } from '../project/edits/keys.ts'
import { isComparable } from '../project/edits/types.ts'
import type { Draft, ForeignKeyRow, Id } from '../project/rows.ts'
import { displayName } from '../schema/names.ts'
import { warning } from './trouble.ts'

/** Column pairs of a foreign key (all, or those with one column) whose types PostgreSQL does not compare. */
export function typeMismatches(draft: Draft, { name, columnIds, references }: ForeignKeyRow, columnId?: Id): readonly Diagnostic[] {
  return columnIds.flatMap((childId, at) => {
    const child = draft.get('column', childId)
    const parent = draft.get('column', references.columnIds[at] ?? '')
    if (!child || !parent || (columnId !== undefined && child.id !== columnId && parent.id !== columnId)) return []
    if (isComparable(draft, child.type, parent.type)) return []
    const table = draft.get('table', parent.tableId)
    const target = `"${table ? `${displayName(table)}.` : ''}${parent.name}"`
    return warning(
      'incompatible-types',
      `The foreign key "${name}" joins "${child.name}" (${child.type}) with ${target} (${parent.type}): PostgreSQL will not compare them.`,
      'Give both columns the same type.',
    )
  })
}

/** Whether PostgreSQL would refuse a foreign key because of what it points at: nothing unique there, or types that do not go together. */
export function referenceProblems(draft: Draft, foreignKey: ForeignKeyRow): readonly Diagnostic[] {
  const { name, references } = foreignKey
  const table = draft.get('table', references.tableId)
  if (!table) return []
  if (isReferable(draft, table.id, references.columnIds)) return typeMismatches(draft, foreignKey)
  const hint = 'Make a key of just the columns that it refers to.'
  return [warning('no-unique-key', `The foreign key "${name}" refers to columns of "${displayName(table)}" that are not unique.`, hint)]
}
