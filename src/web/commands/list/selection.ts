import { BoxSelect, Copy, PenLine, SquareDashed, Trash2 } from 'lucide-react'
import type { Editor } from '../../state/editor.tsx'
import { command } from '../command.ts'

const tablesOf = ({ selection, replica: { view } }: Editor) => [...selection.get().tableIds].filter((id) => view.get('table', id))
const holdsSomething = ({ selection }: Editor): boolean => selection.get().tableIds.size > 0 || selection.get().relationshipId !== null

export const renameSelection = command({
  id: 'selection.rename',
  title: 'Rename the table',
  group: 'Selection',
  icon: PenLine,
  keys: ['F2'],
  words: 'name',
  isPossible: ({ editor }) => editor.canEdit && tablesOf(editor).length === 1,
  run: ({ editor }) => editor.canvas.renameSelection(),
})
export const duplicateSelection = command({
  id: 'selection.duplicate',
  title: 'Duplicate',
  group: 'Selection',
  icon: Copy,
  keys: ['mod+D'],
  words: 'copy clone table',
  isPossible: ({ editor }) => editor.canEdit && tablesOf(editor).length > 0,
  run: ({ editor }) => editor.canvas.duplicateSelection(),
})
export const deleteSelection = command({
  id: 'selection.delete',
  title: 'Delete',
  group: 'Selection',
  icon: Trash2,
  keys: ['Delete', 'Backspace'],
  words: 'remove drop table relationship',
  isPossible: ({ editor }) => editor.canEdit && holdsSomething(editor),
  run: ({ editor }) => editor.canvas.deleteSelection(),
})
export const selectAll = command({
  id: 'selection.all',
  title: 'Select all tables',
  group: 'Selection',
  icon: BoxSelect,
  keys: ['mod+A'],
  isPossible: ({ editor }) => editor.replica.view.all('table').length > 0,
  run: ({ editor }) => editor.canvas.selectAll(),
})
export const clearSelection = command({
  id: 'selection.clear',
  title: 'Select nothing',
  group: 'Selection',
  icon: SquareDashed,
  keys: ['Escape'],
  isHidden: true,
  isPossible: ({ editor }) => holdsSomething(editor),
  run: ({ editor }) => editor.selection.clear(),
})
