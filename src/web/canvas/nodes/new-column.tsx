import { useRef, useState, type ReactNode } from 'react'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '#web/state/editor.tsx'
import { addColumn } from '../actions/edits.ts'
import { CellInput } from './cell-input.tsx'

/** The line below a table where columns are typed, one after the other: Enter keeps one and goes on, an empty line or Escape ends. */
export function NewColumn({ tableId }: { tableId: Id }): ReactNode {
  const editor = useEditor()
  const [round, setRound] = useState(0)
  const added = useRef(-1)
  return (
    <div className="sf-add sf-new">
      <CellInput
        key={round}
        label="New column"
        placeholder="name type"
        value=""
        mono
        onCommit={(text) => {
          added.current = round
          addColumn(editor, tableId, text)
        }}
        onDone={(how) => {
          if (added.current === round && how !== 'blur') setRound(round + 1)
          else if (isStillHere(editor.ui.get().editing, tableId)) editor.ui.patch({ editing: null })
        }}
      />
    </div>
  )
}

/** Clicking into another cell has moved the edit there already. */
const isStillHere = (editing: { readonly kind: string; readonly tableId: Id } | null, tableId: Id): boolean =>
  editing?.kind === 'newColumn' && editing.tableId === tableId
