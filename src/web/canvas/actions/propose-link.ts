import type { Id, ProjectView } from '#core/project/rows.ts'
import type { LinkDraft } from '../kit.ts'

/** Which way a drawn line is to be read: the child gets the foreign key, the parent is what it refers to. */
export interface LinkProposal {
  /** `columnId` null: a new column of that name and the parent's type. */
  readonly child: { readonly tableId: Id; readonly columnId: Id | null; readonly newColumn: string }
  readonly parent: { readonly tableId: Id; readonly columnId: Id }
}

/**
 * Makes sense of a line from a column to a column or table, whichever way it was drawn: from a key to something that is no key, the other
 * table refers to it; otherwise the column where it began refers to where it ends. Dropped on a table, it means that table's key, or a new
 * column (`customer_id`) in it. Null when no column can be found to refer to.
 */
export function proposeLink(view: ProjectView, { fromTableId, fromColumnId, toTableId, toColumnId }: LinkDraft): LinkProposal | null {
  if (!toTableId) return null
  const fromIsKey = isKey(view, fromTableId, fromColumnId)
  const toIsKey = toColumnId !== null && isKey(view, toTableId, toColumnId)
  const reversed = fromIsKey && !toIsKey && fromTableId !== toTableId
  if (reversed)
    return {
      child: childEnd(view, toTableId, toColumnId, { tableId: fromTableId, columnId: fromColumnId }),
      parent: { tableId: fromTableId, columnId: fromColumnId },
    }
  const columnId = toColumnId ?? keyColumn(view, toTableId)
  return columnId && columnId !== fromColumnId
    ? { child: { tableId: fromTableId, columnId: fromColumnId, newColumn: '' }, parent: { tableId: toTableId, columnId } }
    : null
}

/** The same line read the other way. */
export function swapLink(view: ProjectView, { child, parent }: LinkProposal): LinkProposal | null {
  const columnId = child.columnId ?? keyColumn(view, child.tableId)
  return columnId ? { child: { ...parent, newColumn: '' }, parent: { tableId: child.tableId, columnId } } : null
}

/** The first column of a table's primary key, else its first column. */
export function keyColumn(view: ProjectView, tableId: Id): Id | undefined {
  for (const constraint of view.childrenOf('constraint', tableId)) if (constraint.kind === 'primaryKey') return constraint.columnIds[0]
  return view.childrenOf('column', tableId)[0]?.id
}

/** The child's column: the one dropped on, one that has the right name already, or a new one. */
function childEnd(view: ProjectView, tableId: Id, columnId: Id | null, parent: LinkProposal['parent']): LinkProposal['child'] {
  const newColumn = `${view.get('table', parent.tableId)?.name ?? 'table'}_${view.get('column', parent.columnId)?.name ?? 'id'}`
  const named = view.childrenOf('column', tableId).find((column) => column.name === newColumn)
  return { tableId, columnId: columnId ?? named?.id ?? null, newColumn }
}

const isKey = (view: ProjectView, tableId: Id, columnId: Id): boolean =>
  view
    .childrenOf('constraint', tableId)
    .some((it) => (it.kind === 'primaryKey' || it.kind === 'unique') && it.columnIds.length === 1 && it.columnIds[0] === columnId)
