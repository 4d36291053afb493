import type { Id } from '#core/project/rows.ts'
import type { Rect } from './geometry/rect.ts'
import { FOOT, HEADER, ROW } from './geometry/table-size.ts'
import type { CanvasKit } from './kit.ts'

/** Free space that what is revealed gets, in screen pixels; more below, where the tool bar is. */
const AIR = 40
const AIR_BELOW = 84

/** What is being typed in comes into view when it is not, by the shortest way. */
export function followCaret(kit: CanvasKit): () => void {
  const { editor, scene } = kit
  let last = ''
  return editor.ui.subscribe(() => {
    const { editing } = editor.ui.get()
    const column = editing && 'columnId' in editing ? editing.columnId : null
    const key = `${editing?.tableId} ${editing?.kind} ${column}`
    const box = editing ? scene.box(editing.tableId) : undefined
    if (key === last) return
    last = key
    const rect = box && caretRect(box, column, editing?.kind === 'newColumn')
    if (rect) bringIntoView(kit, rect)
  })
}

/** Brings a column's row into view. Not for clicks: nothing may move between the two clicks of a double-click. */
export function revealColumn(kit: CanvasKit, tableId: Id, columnId: Id): void {
  const box = kit.scene.box(tableId)
  const rect = box && caretRect(box, columnId, false)
  if (rect) bringIntoView(kit, rect)
}

interface Rows extends Rect {
  readonly face: { readonly rows: readonly { readonly id: Id }[] }
}

function caretRect({ x, y, width, height, face }: Rows, columnId: Id | null, isNewColumn: boolean): Rect | null {
  if (isNewColumn) return { x, y: y + height, width, height: ROW + FOOT }
  const index = columnId ? face.rows.findIndex((row) => row.id === columnId) : -1
  if (columnId) return index < 0 ? null : { x, y: y + HEADER + index * ROW, width, height: ROW }
  return { x, y, width, height: HEADER }
}

function bringIntoView({ editor, lens }: CanvasKit, rect: Rect): void {
  const { x, y, zoom } = lens.viewport
  const { width, height } = lens.screen
  if (!lens.near || width === 0) return
  const panX = overflow(rect.x * zoom + x, (rect.x + rect.width) * zoom + x, AIR, width - AIR)
  const panY = overflow(rect.y * zoom + y, (rect.y + rect.height) * zoom + y, AIR, height - AIR_BELOW)
  if (panX !== 0 || panY !== 0) editor.camera.panBy(panX, panY)
}

/** How far a stretch must be moved back to lie between two borders; its start counts more than its end. */
export function overflow(start: number, end: number, low: number, high: number): number {
  if (start < low) return start - low
  return end > high ? Math.min(end - high, start - low) : 0
}
