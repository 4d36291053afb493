import { memo, useCallback, type ReactNode } from 'react'
import { DEFAULT_NAMESPACE } from '#core/schema/names.ts'
import type { Id } from '#core/project/rows.ts'
import { useEditor, useSelection, useUi } from '#web/state/editor.tsx'
import { HEADER, ROW } from '../geometry/table-size.ts'
import { useCanvas, useFace } from '../kit.ts'
import { renameTable, typeNewColumn } from '../actions/edits.ts'
import { CellInput } from './cell-input.tsx'
import { TableMenu } from '../popovers/table-menu.tsx'
import { ColumnRow } from './column-row.tsx'
import { NewColumn } from './new-column.tsx'
import { useRowWindow } from './row-window.ts'

/** A table or view as it can be read and edited. Moves without rendering; renders when what it shows, its selection or its edit changes. */
export const TableNode = memo(function TableNode({ id }: { id: Id }): ReactNode {
  const { scene, elements } = useCanvas()
  const editor = useEditor()
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
  const label = `${face.kind === 'view' ? 'View' : 'Table'} ${face.name}, ${face.rows.length} columns`
  return (
    <section
      ref={attach}
      className={`sf-table nopan${isSelected ? ' sf-selected' : ''}${face.kind === 'view' ? ' sf-view' : ''}${editing ? ' sf-editing' : ''}`}
      style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
      data-table-id={id}
      data-table={face.name}
      aria-label={label}
    >
      <header style={{ height: HEADER }}>
        <i className={`sf-bar sf-${box.color}`} />
        {face.namespace !== DEFAULT_NAMESPACE && <small>{face.namespace}.</small>}
        {editing?.kind === 'tableName' ? (
          <CellInput
            label="Table name"
            value={face.name}
            onCommit={(name) => renameTable(editor, id, name)}
            onDone={(how) => {
              editor.ui.patch({ editing: null })
              const [firstRow] = face.rows
              if (how === 'tab' && firstRow) editor.ui.patch({ editing: { kind: 'columnName', tableId: id, columnId: firstRow.id } })
            }}
          />
        ) : (
          <b>{face.name}</b>
        )}
      </header>
      <div className="sf-rows" style={{ height: face.rows.length * ROW, paddingTop: first * ROW }}>
        {face.rows.slice(first, last).map((row) => (
          <ColumnRow
            key={row.id}
            tableId={id}
            row={row}
            isSelected={row.id === columnId}
            editing={editing && 'columnId' in editing && editing.columnId === row.id ? editing.kind : null}
          />
        ))}
      </div>
      {face.foot && <footer>{face.foot}</footer>}
      {face.kind === 'table' && editor.canEdit && (
        <>
          <button
            type="button"
            className="sf-menu"
            aria-label={`Menu of ${face.name}`}
            aria-haspopup="menu"
            onClick={() => {
              editor.selection.tables([id])
              editor.ui.patch({ editing: { kind: 'tableMenu', tableId: id } })
            }}
          >
            ⋯
          </button>
          {editing?.kind === 'tableMenu' && <TableMenu tableId={id} />}
          {editing?.kind === 'newColumn' ? (
            <NewColumn tableId={id} />
          ) : (
            <button type="button" className="sf-add" data-add-column onClick={() => typeNewColumn(editor, id)}>
              + Column
            </button>
          )}
        </>
      )}
    </section>
  )
})
