import type { Id } from '#core/project/rows.ts'
import type { Point } from '#web/state/camera.ts'
import { hoversNothing, type Hover } from '#web/state/ui.ts'
import { addTable } from '../actions/edits.ts'
import type { CanvasKit } from '../kit.ts'
import type { Hit } from '../scene/scene.ts'
import { dragTables } from './drag-tables.ts'
import { drawLink } from './draw-link.ts'
import type { Gesture } from './gesture.ts'
import { reorderColumn } from './reorder-column.ts'
import { selectArea } from './select-area.ts'

/** How near to a line a pointer must be to mean it, in screen pixels. */
export const EDGE_REACH = 6

/** The left end of a row, where its sign is: a place to take hold of the row. */
const SIGN_WIDTH = 30

/** What a press begins; null leaves it to React Flow, which pans. */
export function gestureAt(kit: CanvasKit, target: Element, point: Point, isShift: boolean): Gesture | null {
  const { editor, scene, lens } = kit
  const { tool, hover } = editor.ui.get()
  if (tool === 'table' && editor.canEdit) return placeTable(kit, point)
  if (target.closest('[data-link-dot]') && hover.tableId && hover.columnId) return drawLink(kit, hover.tableId, hover.columnId)
  const hit = scene.hit(point.x, point.y)
  if (!hit) return isShift ? selectArea(kit, point) : null
  const columnId = columnOf(hit)
  if (tool === 'relationship' && columnId && editor.canEdit) return drawLink(kit, hit.box.id, columnId)
  const { columnId: selectedColumn } = editor.selection.get()
  if (lens.near && columnId && editor.canEdit && point.x - hit.box.x < SIGN_WIDTH) return reorderColumn(kit, hit.box.id, columnId)
  const clicksType = lens.near && columnId !== null && columnId === selectedColumn && target.closest('.sf-type') !== null
  return dragTables(kit, { tableId: hit.box.id, columnId: lens.near ? columnId : null, start: point, clicksType })
}

/** What lies under the pointer. Columns only where they can be told apart. */
export function hoverAt({ scene, lens }: CanvasKit, { x, y }: Point): Hover {
  const hit = scene.hit(x, y)
  if (hit) return { tableId: hit.box.id, columnId: lens.near ? columnOf(hit) : null, relationshipId: null }
  const edge = scene.hitEdge(x, y, EDGE_REACH / lens.viewport.zoom)
  return edge ? { ...hoversNothing, relationshipId: edge.id } : hoversNothing
}

/** Two clicks edit what they are on; far out they go nearer; on nothing they make a table. */
export function doubleClick(kit: CanvasKit, root: HTMLElement, { target, clientX, clientY }: MouseEvent): void {
  const { editor, scene, lens } = kit
  if (!(target instanceof Element) || target.closest('[data-chrome], input, button, textarea')) return
  const { left, top } = root.getBoundingClientRect()
  const point = lens.toCanvas(clientX - left, clientY - top)
  const hit = scene.hit(point.x, point.y)
  if (!hit) return addTableAt(kit, point)
  const tableId = hit.box.id
  if (!lens.near) return editor.camera.focusTable(tableId)
  if (!editor.canEdit || hit.box.face.kind === 'view') return
  const columnId = columnOf(hit)
  if (!columnId) return editor.ui.patch({ editing: { kind: 'tableName', tableId } })
  editor.selection.column(tableId, columnId)
  editor.ui.patch({ editing: { kind: target.closest('.sf-type') ? 'columnType' : 'columnName', tableId, columnId } })
}

/** The right button opens a table's menu. */
export function openMenu({ editor, scene, lens }: CanvasKit, root: HTMLElement, event: MouseEvent): void {
  const { target, clientX, clientY } = event
  if (!(target instanceof Element) || target.closest('[data-chrome], input, textarea') || !lens.near || !editor.canEdit) return
  const { left, top } = root.getBoundingClientRect()
  const { x, y } = lens.toCanvas(clientX - left, clientY - top)
  const hit = scene.hit(x, y)
  if (hit?.box.face.kind !== 'table') return
  event.preventDefault()
  if (!editor.selection.get().tableIds.has(hit.box.id)) editor.selection.tables([hit.box.id])
  editor.ui.patch({ editing: { kind: 'tableMenu', tableId: hit.box.id } })
}

function addTableAt({ editor, scene, lens }: CanvasKit, point: Point): void {
  if (scene.hitEdge(point.x, point.y, EDGE_REACH / lens.viewport.zoom)) return
  const added = addTable(editor, point)
  if (added && !lens.near) editor.camera.focusTable(added)
}

function placeTable(kit: CanvasKit, at: Point): Gesture {
  const place = (): void => addTableAt(kit, at)
  return { move: () => {}, drop: place, click: place, cancel: () => {} }
}

const columnOf = ({ box, row }: Hit): Id | null => box.face.rows[row]?.id ?? null
