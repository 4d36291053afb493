import type { Id } from '#core/project/rows.ts'
import type { Editor } from '#web/state/editor.tsx'
import { duplicateTables } from './edits.ts'

/** What was copied last in this tab, and from which project; how often it was pasted moves the copies on. */
let copied: { readonly projectId: string; readonly ids: readonly Id[]; pastes: number } | null = null

/** Remembers the selected tables. False when there is none, or when text is selected: that is the browser's to copy. */
export function copySelected(editor: Editor): boolean {
  const ids = [...editor.selection.get().tableIds].filter((id) => editor.replica.view.get('table', id))
  if (ids.length === 0 || (getSelection()?.toString() ?? '') !== '') return false
  copied = { projectId: editor.projectId, ids, pastes: 0 }
  return true
}

/** Pastes copies of what was copied in this project and selects them. */
export function pasteCopied(editor: Editor): boolean {
  if (!copied || copied.projectId !== editor.projectId || !editor.canEdit) return false
  copied.pastes++
  return duplicateTables(editor, copied.ids, 40 * copied.pastes)
}
