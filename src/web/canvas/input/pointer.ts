import type { Id } from '#core/project/rows.ts'
import type { Point } from '#web/state/camera.ts'
import { hoversNothing, type Hover } from '#web/state/ui.ts'
import { addTable } from '../actions/edits.ts'
import { noGesture, type CanvasKit } from '../kit.ts'
import type { Hit } from '../scene/scene.ts'
import { dragTables } from './drag-tables.ts'
import { drawLink } from './draw-link.ts'
import { panAtBorders } from './pan-at-borders.ts'
import { reorderColumn } from './reorder-column.ts'
import { selectArea } from './select-area.ts'

/** One press of the pointer, from down to up. Points are in canvas coordinates. */
export interface Gesture {
  /** Called once the pointer has really moved, then for every movement. */
  move(point: Point, event: PointerEvent): void
  /** The pointer went up after moving. */
  drop(point: Point, event: PointerEvent): void
  /** The pointer went up where it came down. */
  click(event: PointerEvent): void
  /** Escape, or the press was taken away. */
  cancel(): void
}

/** What counts as moving, in screen pixels. */
const THRESHOLD = 4
/** How near to a line a click must be, in screen pixels. */
const EDGE_REACH = 6

/**
 * Everything the pointer does on the canvas apart from panning and zooming, which are React Flow's. Works on the scene, not on elements, so
 * that far out, where tables are only a picture, everything works the same.
 */
export function followPointer(kit: CanvasKit, root: HTMLElement): () => void {
  const { editor, scene, lens } = kit
  let active: { readonly gesture: Gesture; readonly id: number; readonly x: number; readonly y: number; moved: boolean } | null = null
  let pressed: { readonly x: number; readonly y: number } | null = null

  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = root.getBoundingClientRect()
    return lens.toCanvas(event.clientX - left, event.clientY - top)
  }
  const finish = (): void => {
    active = null
    borders.stop()
    if (!kit.gesture.get().link?.dropped) kit.gesture.set(noGesture)
  }

  // The canvas comes along when something is dragged to its border.
  const borders = panAtBorders(root, (x, y, event) => {
    editor.camera.panBy(x, y)
    active?.gesture.move(pointOf(event), event)
  })

  const onDown = (event: PointerEvent): void => {
    pressed = null
    const target = event.target
    if (!(target instanceof Element) || target.closest('[data-chrome], input, button, textarea, [role="dialog"]') || active) return
    if (event.button !== 0 || !root.contains(target)) return
    pressed = { x: event.clientX, y: event.clientY }
    kit.gesture.set(noGesture)
    const gesture = gestureAt(kit, target, pointOf(event), event)
    if (gesture) active = { gesture, id: event.pointerId, x: event.clientX, y: event.clientY, moved: false }
  }
  /** What we have taken, React Flow must not pan with. */
  const onPress = (event: Event): void => {
    if (active) event.stopPropagation()
  }
  const onMove = (event: PointerEvent): void => {
    if (!active) return hover(event)
    if (event.pointerId !== active.id) return
    if (!active.moved && Math.hypot(event.clientX - active.x, event.clientY - active.y) < THRESHOLD) return
    active.moved = true
    active.gesture.move(pointOf(event), event)
    borders.follow(event)
  }
  const onUp = (event: PointerEvent): void => {
    if (active && event.pointerId === active.id) {
      const { gesture, moved } = active
      if (moved) gesture.drop(pointOf(event), event)
      else gesture.click(event)
      return finish()
    }
    const wasClick = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < THRESHOLD
    pressed = null
    if (!wasClick) return
    const { x, y } = pointOf(event)
    const edge = scene.hitEdge(x, y, EDGE_REACH / lens.viewport.zoom)
    if (edge) editor.selection.relationship(edge.id)
    else editor.selection.clear()
  }
  const onCancel = (): void => {
    active?.gesture.cancel()
    finish()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !active) return
    event.preventDefault()
    event.stopPropagation()
    onCancel()
  }
  const hover = (event: PointerEvent): void => {
    const { target } = event
    if (target instanceof Element && target.closest('[data-link-dot]')) return
    const outside = !(target instanceof Element) || !root.contains(target) || target.closest('[data-chrome]') || event.buttons !== 0
    const next = outside ? hoversNothing : hoverAt(kit, pointOf(event))
    const before = editor.ui.get().hover
    if (next.tableId !== before.tableId || next.columnId !== before.columnId || next.relationshipId !== before.relationshipId)
      editor.ui.patch({ hover: next })
  }

  root.addEventListener('pointerdown', onDown, { capture: true })
  root.addEventListener('mousedown', onPress, { capture: true })
  root.addEventListener('touchstart', onPress, { capture: true, passive: true })
  window.addEventListener('pointermove', onMove)
  window.addEventListener('pointerup', onUp)
  window.addEventListener('pointercancel', onCancel)
  window.addEventListener('keydown', onKey, { capture: true })
  const onDouble = (event: MouseEvent): void => doubleClick(kit, root, event, pointOf(event))
  root.addEventListener('dblclick', onDouble)
  return () => {
    root.removeEventListener('pointerdown', onDown, { capture: true })
    root.removeEventListener('mousedown', onPress, { capture: true })
    root.removeEventListener('touchstart', onPress, { capture: true })
    window.removeEventListener('pointermove', onMove)
    window.removeEventListener('pointerup', onUp)
    window.removeEventListener('pointercancel', onCancel)
    window.removeEventListener('keydown', onKey, { capture: true })
    root.removeEventListener('dblclick', onDouble)
  }
}

/** What a press begins; null leaves it to React Flow, which pans. */
function gestureAt(kit: CanvasKit, target: Element, point: Point, event: PointerEvent): Gesture | null {
  const { editor, scene, lens } = kit
  const { tool, hover } = editor.ui.get()
  if (tool === 'table' && editor.canEdit) return placeTable(kit, point)
  if (target.closest('[data-link-dot]') && hover.tableId && hover.columnId) return drawLink(kit, hover.tableId, hover.columnId)
  const hit = scene.hit(point.x, point.y)
  if (!hit) return event.shiftKey ? selectArea(kit, point) : null
  const columnId = columnOf(hit)
  if (tool === 'relationship' && columnId && editor.canEdit) return drawLink(kit, hit.box.id, columnId)
  const { columnId: selectedColumn } = editor.selection.get()
  if (lens.near && columnId && editor.canEdit && target.closest('.sf-key')) return reorderColumn(kit, hit.box.id, columnId)
  const clicksType = lens.near && columnId !== null && columnId === selectedColumn && target.closest('.sf-type') !== null
  return dragTables(kit, hit.box.id, lens.near ? columnId : null, point, clicksType)
}

function placeTable({ editor }: CanvasKit, at: Point): Gesture {
  const place = (): void => void addTable(editor, at)
  return { move: () => {}, drop: place, click: place, cancel: () => {} }
}

function hoverAt({ scene, lens }: CanvasKit, { x, y }: Point): Hover {
  const hit = scene.hit(x, y)
  if (hit) return { tableId: hit.box.id, columnId: lens.near ? columnOf(hit) : null, relationshipId: null }
  const edge = scene.hitEdge(x, y, EDGE_REACH / lens.viewport.zoom)
  return edge ? { ...hoversNothing, relationshipId: edge.id } : hoversNothing
}

function doubleClick({ editor, scene, lens }: CanvasKit, root: HTMLElement, { target }: MouseEvent, point: Point): void {
  if (!(target instanceof Element) || !root.contains(target) || target.closest('[data-chrome], input, button, textarea')) return
  const hit = scene.hit(point.x, point.y)
  if (!hit) {
    if (scene.hitEdge(point.x, point.y, EDGE_REACH / lens.viewport.zoom)) return
    const added = addTable(editor, point)
    if (added && !lens.near) editor.camera.focusTable(added)
    return
  }
  const tableId = hit.box.id
  if (!lens.near) return editor.camera.focusTable(tableId)
  if (!editor.canEdit || hit.box.face.kind === 'view') return
  const columnId = columnOf(hit)
  if (!columnId) return editor.ui.patch({ editing: { kind: 'tableName', tableId } })
  editor.selection.column(tableId, columnId)
  editor.ui.patch({ editing: { kind: target.closest('.sf-type') ? 'columnType' : 'columnName', tableId, columnId } })
}

const columnOf = ({ box, row }: Hit): Id | null => box.face.rows[row]?.id ?? null
