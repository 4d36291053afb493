import { memo, type ReactNode } from 'react'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '#web/state/editor.tsx'
import type { Editing } from '#web/state/ui.ts'
import { renameColumn } from '../actions/edits.ts'
import { leaveCell } from '../actions/cells.ts'
import { TypePicker } from '../popovers/type-picker.tsx'
import { ColumnDetails } from '../popovers/column-details.tsx'
import type { KeySign, RowFace } from '../scene/face.ts'
import { CellInput } from './cell-input.tsx'

interface ColumnRowProps {
  readonly tableId: Id
  readonly row: RowFace
  readonly isSelected: boolean
  readonly editing: Extract<Editing, { readonly columnId: Id }>['kind'] | null
}

/** One column: sign, name, type. In edit it keeps its place and size. */
export const ColumnRow = memo(function ColumnRow({ tableId, row, isSelected, editing }: ColumnRowProps): ReactNode {
  const editor = useEditor()
  return (
    <div
      className={`sf-row${isSelected ? ' sf-on' : ''}${editing ? ' sf-edit' : ''}`}
      data-column-id={row.id}
      data-column={row.name}
      title={row.about ?? undefined}
    >
      <i
        className={row.key ? `sf-key sf-key-${row.key}` : 'sf-key'}
        {...(row.key ? { role: 'img', 'aria-label': signWords[row.key] } : {})}
      />
      {editing === 'columnName' ? (
        <CellInput
          label="Column name"
          value={row.name}
          mono
          onCommit={(name) => renameColumn(editor, row.id, name)}
          onDone={(how) => leaveCell(editor, { kind: 'columnName', tableId, columnId: row.id }, how)}
        />
      ) : (
        <span className={row.nullable ? 'sf-name sf-null' : 'sf-name'}>{row.name}</span>
      )}
      <span className="sf-type">{row.type}</span>
      {editing === 'columnType' && <TypePicker tableId={tableId} columnId={row.id} />}
      {editing === 'columnDetails' && <ColumnDetails tableId={tableId} columnId={row.id} />}
    </div>
  )
})

const signWords: Readonly<Record<KeySign, string>> = {
  primary: 'primary key',
  foreign: 'foreign key',
  unique: 'unique',
  primaryForeign: 'primary and foreign key',
  foreignUnique: 'unique foreign key',
}
