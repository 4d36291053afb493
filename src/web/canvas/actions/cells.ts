import { unreachable } from '#core/unreachable.ts'
import type { Id } from '#core/project/rows.ts'
import type { Editor } from '#web/state/editor.tsx'
import type { Leaving } from '../nodes/cell-input.tsx'
import { typeNewColumn } from './edits.ts'

/** A cell of a column that is being edited. */
interface Cell {
  readonly kind: 'columnName' | 'columnType'
  readonly tableId: Id
  readonly columnId: Id
}

/**
 * Where typing goes on after a cell is left (S0 §8): Tab to the next column's same cell, Shift+Tab to the one before, Enter on the last column
 * opens the next, right at the end of a name goes to the type.
 */
export function leaveCell(editor: Editor, { kind, tableId, columnId }: Cell, how: Leaving): void {
  const columns = editor.replica.view.childrenOf('column', tableId)
  const at = columns.findIndex((column) => column.id === columnId)
  const go = (to: number): void => {
    const column = columns[to]
    editor.ui.patch({ editing: column ? { kind, tableId, columnId: column.id } : null })
    if (column) editor.selection.column(tableId, column.id)
  }
  switch (how) {
    case 'tab':
      return at === columns.length - 1 && kind === 'columnName' ? typeNewColumn(editor, tableId) : go(at + 1)
    case 'backtab':
      return at === 0 ? editor.ui.patch({ editing: { kind: 'tableName', tableId } }) : go(at - 1)
    case 'enter':
      return at === columns.length - 1 && kind === 'columnName' ? typeNewColumn(editor, tableId) : editor.ui.patch({ editing: null })
    case 'right':
      return editor.ui.patch({ editing: { kind: 'columnType', tableId, columnId } })
    case 'escape':
      return editor.ui.patch({ editing: null })
    case 'blur': {
      // Clicking into another cell has moved the edit there already.
      const { editing } = editor.ui.get()
      if (editing && 'columnId' in editing && editing.columnId === columnId && editing.kind === kind) editor.ui.patch({ editing: null })
      return
    }
    default:
      return unreachable(how)
  }
}
