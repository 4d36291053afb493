import type { ReactNode } from 'react'
import { DEFAULT_NAMESPACE } from '#core/schema/names.ts'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '#web/state/editor.tsx'
import { finishTable, renameTable } from '../actions/edits.ts'
import { HEADER } from '../geometry/table-size.ts'
import type { Face } from '../scene/face.ts'
import type { PaletteName } from '../scene/palette.ts'
import { CellInput, type Leaving } from './cell-input.tsx'

interface TableHeaderProps {
  readonly id: Id
  readonly face: Face
  readonly color: PaletteName
  readonly isEdited: boolean
}

/** Colour bar, dimmed namespace, name; the name is edited in place. */
export function TableHeader({ id, face, color, isEdited }: TableHeaderProps): ReactNode {
  const editor = useEditor()
  const leave = (how: Leaving): void => {
    finishTable(editor, id)
    const [first] = face.rows
    const next =
      how === 'tab'
        ? first
          ? ({ kind: 'columnName', tableId: id, columnId: first.id } as const)
          : ({ kind: 'newColumn', tableId: id } as const)
        : null
    editor.ui.patch({ editing: next })
  }
  return (
    <header style={{ height: HEADER }}>
      <i className={`sf-bar sf-${color}`} />
      {face.namespace !== DEFAULT_NAMESPACE && <small>{face.namespace}.</small>}
      {isEdited ? (
        <CellInput label="Table name" value={face.name} onCommit={(name) => renameTable(editor, id, name)} onDone={leave} />
      ) : (
        <b>{face.name}</b>
      )}
    </header>
  )
}
