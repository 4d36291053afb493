import type { Id } from '#core/project/rows.ts'
import { autoLayout } from '../actions/arrange.ts'
import { copySelected, pasteCopied } from '../actions/clipboard.ts'
import { addTable, deleteSelected, duplicateSelected, moveColumn, moveTables, typeNewColumn } from '../actions/edits.ts'
import { revealColumn } from '../reveal.ts'
import { neighbour } from '../scene/neighbour.ts'
import type { CanvasKit } from '../kit.ts'

/** How far an arrow key moves a table, in canvas pixels; with Shift, further. */
const NUDGE = 10
const STRIDE = 50

/**
 * The canvas's keys (S0 §8 and the tool bar's): they work while the canvas or nothing has the focus, never while something is typed.
 * A key that was used is marked as handled (`preventDefault`).
 */
export function followKeyboard(kit: CanvasKit, root: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const { target } = event
    if (event.defaultPrevented || !(target instanceof Element)) return
    if (target !== document.body && !root.contains(target)) return
    if (target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]')) return
    // A focused button keeps Enter and Space for itself.
    if (target.closest('button') && (event.key === 'Enter' || event.key === ' ')) return
    if (handleKey(kit, event)) event.preventDefault()
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}

/** True when the key meant something. */
export function handleKey(kit: CanvasKit, event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): boolean {
  const { editor } = kit
  const mod = event.ctrlKey || event.metaKey
  if (mod && event.key.startsWith('Arrow')) return selectNeighbour(kit, event.key)
  if (mod) return !event.altKey && !event.shiftKey && handleWithMod(kit, event.key.toLowerCase())
  if (event.key.startsWith('Arrow')) return handleArrow(kit, event.key, event.shiftKey, event.altKey)
  if (event.altKey) return false
  switch (event.key) {
    case 'Delete':
    case 'Backspace':
      return used(deleteSelected(editor))
    case 'Escape':
      return handleEscape(kit)
    case 'F2':
    case 'Enter':
      return startEdit(kit)
    case '+':
    case '=':
      return used(editor.camera.zoomIn())
    case '-':
      return used(editor.camera.zoomOut())
    case '0':
      return used(editor.camera.zoomTo(1))
  }
  switch (event.shiftKey ? '' : event.key.toLowerCase()) {
    case 'f':
      return used(editor.camera.fit())
    case 'v':
      return used(editor.ui.patch({ tool: 'select' }))
    case 't':
      return used(newTable(kit))
    case 'r':
      return editor.canEdit && used(editor.ui.patch({ tool: 'relationship' }))
    case 'l':
      return editor.canEdit && used(void autoLayout(editor, kit.scene))
    case 'c':
      return addsColumn(kit)
    default:
      return false
  }
}

/** A new table in the middle of what is seen, or near it where that is taken. */
export function newTable({ editor, scene, lens }: CanvasKit): void {
  const center = editor.camera.center()
  let at = { x: center.x - 122, y: center.y - 60 }
  while (scene.boxesIn({ ...at, width: 244, height: 64 }).length > 0) at = { x: at.x + 40, y: at.y + 40 }
  const added = addTable(editor, at)
  if (added && !lens.near) editor.camera.focusTable(added)
}

function handleWithMod({ editor, scene }: CanvasKit, key: string): boolean {
  if (key === 'd') return used(duplicateSelected(editor))
  if (key === 'c') return copySelected(editor)
  if (key === 'v') return pasteCopied(editor)
  if (key === 'a') return used(editor.selection.tables(scene.boxes.keys()))
  return false
}

/** Ctrl and an arrow: the nearest table in that direction, or the one nearest to the middle when none is selected. */
function selectNeighbour({ editor, scene }: CanvasKit, key: string): boolean {
  const [tableId] = editor.selection.get().tableIds
  const next = neighbour([...scene.boxes.values()], tableId, key, editor.camera.center())
  if (!next) return false
  editor.camera.focusTable(next)
  return true
}

function handleArrow(kit: CanvasKit, key: string, far: boolean, alt: boolean): boolean {
  const { editor, scene } = kit
  const { tableIds, columnId } = editor.selection.get()
  const [tableId] = tableIds
  if (!tableId) return false
  const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0
  if (columnId) return step !== 0 && (alt ? shiftColumn(kit, tableId, columnId, step) : stepColumn(kit, tableId, columnId, step))
  if (alt || !editor.canEdit) return false
  const distance = far ? STRIDE : NUDGE
  const dx = key === 'ArrowLeft' ? -distance : key === 'ArrowRight' ? distance : 0
  const places = [...tableIds].flatMap((id) => {
    const box = scene.box(id)
    return box ? [[id, { x: box.x + dx, y: box.y + step * distance }] as const] : []
  })
  moveTables(editor, new Map(places))
  return true
}

function stepColumn(kit: CanvasKit, tableId: Id, columnId: Id, step: number): boolean {
  const { editor, scene } = kit
  const rows = scene.box(tableId)?.face.rows ?? []
  const next = rows[rows.findIndex((row) => row.id === columnId) + step]
  if (next) {
    editor.selection.column(tableId, next.id)
    revealColumn(kit, tableId, next.id)
  } else if (step < 0) editor.selection.tables([tableId])
  return true
}

function shiftColumn({ editor, scene }: CanvasKit, tableId: Id, columnId: Id, step: number): boolean {
  const at = scene.box(tableId)?.face.rows.findIndex((row) => row.id === columnId) ?? -1
  moveColumn(editor, tableId, columnId, step < 0 ? Math.max(0, at - 1) : at + 2)
  return true
}

function handleEscape({ editor, gesture }: CanvasKit): boolean {
  const { tool, editing } = editor.ui.get()
  const { tableIds, columnId, relationshipId } = editor.selection.get()
  if (editing) editor.ui.patch({ editing: null })
  else if (gesture.get().link) gesture.set({ ...gesture.get(), link: null })
  else if (tool !== 'select') editor.ui.patch({ tool: 'select' })
  else if (columnId) editor.selection.tables(tableIds)
  else if (tableIds.size > 0 || relationshipId) editor.selection.clear()
  else return false
  return true
}

/** F2 and Enter: the name of the column or table that is selected. */
export function startEdit({ editor, lens }: CanvasKit): boolean {
  const { tableIds, columnId } = editor.selection.get()
  const [tableId] = tableIds
  if (!editor.canEdit || !tableId || tableIds.size !== 1) return false
  if (!lens.near) return used(editor.camera.focusTable(tableId, columnId ?? undefined))
  if (editor.replica.view.get('view', tableId)) return false
  return used(editor.ui.patch({ editing: columnId ? { kind: 'columnName', tableId, columnId } : { kind: 'tableName', tableId } }))
}

function addsColumn({ editor, lens }: CanvasKit): boolean {
  const [tableId] = editor.selection.get().tableIds
  if (!lens.near || !editor.canEdit || !tableId || !editor.replica.view.get('table', tableId)) return false
  return used(typeNewColumn(editor, tableId))
}

/** For `return used(work())`: the key did something. */
const used = (_work: void): true => true
