import { memo, useCallback, type ReactNode } from 'react'
import type { Id } from '#core/project/rows.ts'
import { useEditor, useSelection, useUi } from '#web/state/editor.tsx'
import { inspect } from '#web/state/inspect.ts'
import type { Editing } from '#web/state/ui.ts'
import { typeNewColumn } from '../actions/edits.ts'
import { ROW } from '../geometry/table-size.ts'
import { useCanvas, useFace } from '../kit.ts'
import { TableMenu } from '../popovers/table-menu.tsx'
import { ColumnRow } from './column-row.tsx'
import { NewColumn } from './new-column.tsx'
import { useRowWindow } from './row-window.ts'
import { TableHeader } from './table-header.tsx'

/** A table or view as it can be read and edited. Moves without rendering; renders when what it shows, its selection or its edit changes. */
export const TableNode = memo(function TableNode({ id }: { id: Id }): ReactNode {
  const { scene, elements } = useCanvas()
  const editor = useEditor()
  const { canEdit } = editor
  const face = useFace(id)
  const isSelected = useSelection((it) => it.tableIds.has(id))
  const columnId = useSelection((it) => (it.tableIds.has(id) ? it.columnId : null))
  const editing = useUi((it) => (it.editing?.tableId === id ? it.editing : null))
  const [first, last] = useRowWindow(id, face?.rows.length ?? 0)
  const attach = useCallback(
    (element: HTMLElement | null) => {
      if (element) elements.set(id, element)
      else elements.delete(id)
    },
    [elements, id],
  )
  const box = scene.box(id)
  if (!face || !box) return null
  const edited = editing && 'columnId' in editing ? editing : null
  return (
    <section
      ref={attach}
      className={`sf-table nopan${isSelected ? ' sf-selected' : ''}${face.kind === 'view' ? ' sf-view' : ''}${editing ? ' sf-editing' : ''}`}
      style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
      data-table-id={id}
      data-table={face.name}
      aria-label={`${face.kind === 'view' ? 'View' : 'Table'} ${face.name}, ${face.rows.length} columns`}
    >
      <TableHeader id={id} face={face} color={box.color} isEdited={editing?.kind === 'tableName'} />
      <div className="sf-rows" style={{ height: face.rows.length * ROW, paddingTop: first * ROW }}>
        {face.rows.slice(first, last).map((row) => (
          <ColumnRow
            key={row.id}
            tableId={id}
            row={row}
            isSelected={row.id === columnId}
            editing={edited?.columnId === row.id ? edited.kind : null}
          />
        ))}
      </div>
      {face.foot && (
        <footer>
          <button type="button" tabIndex={-1} title="Inspect" onClick={() => inspect(editor, face.kind, id)}>
            {face.foot}
          </button>
        </footer>
      )}
      {face.kind === 'table' && canEdit && <TableTools id={id} name={face.name} editing={editing?.kind ?? null} />}
    </section>
  )
})

interface TableToolsProps {
  readonly id: Id
  readonly name: string
  readonly editing: Editing['kind'] | null
}
/** The menu behind three dots, and the way to the next column. */
function TableTools({ id, name, editing }: TableToolsProps): ReactNode {
  const editor = useEditor()
  const openMenu = (): void => {
    editor.selection.tables([id])
    editor.ui.patch({ editing: { kind: 'tableMenu', tableId: id } })
  }
  return (
    <>
      <button type="button" className="sf-menu" aria-label={`Menu of ${name}`} aria-haspopup="menu" onClick={openMenu}>
        ⋯
      </button>
      {editing === 'tableMenu' && <TableMenu tableId={id} />}
      {editing === 'newColumn' ? (
        <NewColumn tableId={id} />
      ) : (
        <button type="button" className="sf-add" data-add-column onClick={() => typeNewColumn(editor, id)}>
          + Column
        </button>
      )}
    </>
  )
}
