import type { Id } from '#core/project/rows.ts'
import type { Point } from '#web/state/camera.ts'
import { moveColumn } from '../actions/edits.ts'
import { HEADER, ROW } from '../geometry/table-size.ts'
import { noGesture, type CanvasKit } from '../kit.ts'
import type { Gesture } from './gesture.ts'

/** A press on a column's sign: a click opens its details, a drag takes it to another place in its table. */
export function reorderColumn(kit: CanvasKit, tableId: Id, columnId: Id): Gesture {
  const { editor, scene, gesture } = kit
  const indexAt = ({ y }: Point): number => {
    const box = scene.box(tableId)
    return box ? Math.max(0, Math.min(box.face.rows.length, Math.round((y - box.y - HEADER) / ROW))) : 0
  }
  return {
    move: (point) => gesture.set({ ...noGesture, reorder: { tableId, columnId, toIndex: indexAt(point) } }),
    drop: (point) => moveColumn(editor, tableId, columnId, indexAt(point)),
    click() {
      editor.selection.column(tableId, columnId)
      editor.ui.patch({ editing: { kind: 'columnDetails', tableId, columnId } })
    },
    cancel: () => gesture.set(noGesture),
  }
}
