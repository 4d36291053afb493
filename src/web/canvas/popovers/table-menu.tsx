import { Columns3, CopyPlus, Pencil, SearchCode, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Id } from '#core/project/rows.ts'
import { useEditor, useRow } from '#web/state/editor.tsx'
import { inspect } from '#web/state/inspect.ts'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator, DropdownMenuTrigger } from '#web/ui/dropdown-menu.tsx'
import { deleteSelected, duplicateSelected, setTableColor, typeNewColumn } from '../actions/edits.ts'
import { palette } from '../scene/palette.ts'

/** What can be done with a table, behind its three dots. */
export function TableMenu({ tableId }: { tableId: Id }): ReactNode {
  const editor = useEditor()
  const table = useRow('table', tableId)
  if (!table) return null
  const close = (): void => {
    if (editor.ui.get().editing?.kind === 'tableMenu') editor.ui.patch({ editing: null })
  }
  return (
    <DropdownMenu open modal={false} onOpenChange={(open) => open || close()}>
      <DropdownMenuTrigger asChild>
        <span className="sf-menu-anchor" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="right" className="w-52" data-chrome onCloseAutoFocus={(event) => event.preventDefault()}>
        <DropdownMenuItem shortcut="F2" onSelect={() => editor.ui.patch({ editing: { kind: 'tableName', tableId } })}>
          <Pencil aria-hidden="true" /> Rename
        </DropdownMenuItem>
        <DropdownMenuItem shortcut="C" onSelect={() => typeNewColumn(editor, tableId)}>
          <Columns3 aria-hidden="true" /> Add a column
        </DropdownMenuItem>
        <DropdownMenuItem shortcut="I" onSelect={() => inspect(editor, 'table', tableId)}>
          <SearchCode aria-hidden="true" /> Indexes, triggers …
        </DropdownMenuItem>
        <DropdownMenuItem shortcut="Ctrl D" onSelect={() => duplicateSelected(editor)}>
          <CopyPlus aria-hidden="true" /> Duplicate
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <div role="group" aria-label="Colour" className="flex items-center justify-between px-1 py-0.5">
          {[null, ...palette].map((color) => (
            <DropdownMenuItem
              key={color ?? 'none'}
              aria-label={color ?? 'by namespace'}
              title={color ?? 'by namespace'}
              className="grid size-6 place-items-center p-0"
              onSelect={() => setTableColor(editor, tableId, color)}
            >
              <span
                className={`size-3.5 rounded-full ${color ? `sf-${color}` : 'border border-mark'} ${table.color === color ? 'outline-2 outline-offset-1 outline-ring' : ''}`}
              />
            </DropdownMenuItem>
          ))}
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuItem danger shortcut="Del" onSelect={() => deleteSelected(editor)}>
          <Trash2 aria-hidden="true" /> Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
