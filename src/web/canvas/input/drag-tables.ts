import type { Id } from '#core/project/rows.ts'
import type { Point } from '#web/state/camera.ts'
import { moveTables } from '../actions/edits.ts'
import { noGesture, type CanvasKit } from '../kit.ts'
import type { Gesture } from './gesture.ts'

/** Where a table was pressed. */
export interface TablePress {
  readonly tableId: Id
  readonly columnId: Id | null
  readonly start: Point
  /** The press was on the type of the column that is selected already: a click opens the type picker. */
  readonly clicksType: boolean
}

/**
 * A press on a table: a click selects it (and the column under the pointer), a drag moves it, together with whatever else is selected. The
 * project hears of it once, at the end.
 */
export function dragTables(kit: CanvasKit, { tableId, columnId, start, clicksType }: TablePress): Gesture {
  const { editor, scene } = kit
  let origins: Map<Id, Point> | null = null
  const placesAt = ({ x, y }: Point): Map<Id, Point> =>
    new Map(
      [...(origins ?? [])].map(([id, origin]) => [id, { x: Math.round(origin.x + x - start.x), y: Math.round(origin.y + y - start.y) }]),
    )
  const begin = (): void => {
    if (!editor.selection.get().tableIds.has(tableId)) editor.selection.tables([tableId])
    origins = new Map([...editor.selection.get().tableIds].flatMap((id) => (scene.box(id) ? [[id, scene.box(id) as Point] as const] : [])))
    kit.gesture.set({ ...noGesture, held: new Set(origins.keys()) })
  }
  return {
    move(point) {
      if (!editor.canEdit) return
      if (!origins) begin()
      scene.hold(placesAt(point))
    },
    drop(point) {
      if (!origins) return
      moveTables(editor, placesAt(point))
      scene.release()
    },
    click(event) {
      if (event.shiftKey || event.ctrlKey || event.metaKey) return editor.selection.toggle(tableId)
      if (clicksType && columnId) return editor.ui.patch({ editing: { kind: 'columnType', tableId, columnId } })
      if (columnId) editor.selection.column(tableId, columnId)
      else editor.selection.tables([tableId])
    },
    cancel: () => scene.release(),
  }
}
