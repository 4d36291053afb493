import { Diamond, FileInput, TableProperties } from 'lucide-react'
import { command } from '../command.ts'

export const addTable = command({
  id: 'schema.addTable',
  title: 'Add a table',
  group: 'Schema',
  icon: TableProperties,
  keys: ['T'],
  words: 'new create',
  isPossible: ({ editor }) => editor.canEdit,
  run: ({ editor }) => editor.canvas.addTable(),
})
export const addEnum = command({
  id: 'schema.addEnum',
  title: 'Add an enum type',
  group: 'Schema',
  icon: Diamond,
  words: 'new create values',
  isPossible: ({ editor }) => editor.canEdit,
  run: ({ openNewEnum }) => openNewEnum(),
})
export const importSource = command({
  id: 'schema.import',
  title: 'Import SQL',
  group: 'Schema',
  icon: FileInput,
  words: 'load open dump file paste',
  isPossible: ({ editor }) => editor.canEdit,
  run: ({ page }) => page.openImport(),
})
