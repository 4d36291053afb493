import type { Id } from '#core/project/rows.ts'
import { noGesture, type CanvasKit, type LinkDraft } from '../kit.ts'
import type { Point } from '#web/state/camera.ts'
import type { Gesture } from './gesture.ts'

/** A press on a column's dot: draws a line to another column or table; dropped on one, the popover asks what relationship it is to be. */
export function drawLink(kit: CanvasKit, fromTableId: Id, fromColumnId: Id): Gesture {
  const { scene, gesture, editor } = kit
  const linkAt = (at: Point, dropped: boolean): LinkDraft => {
    const hit = scene.hit(at.x, at.y)
    const column = hit ? hit.box.face.rows[hit.row] : undefined
    const isTarget = hit !== null && hit.box.face.kind === 'table' && column?.id !== fromColumnId
    return {
      fromTableId,
      fromColumnId,
      at,
      toTableId: isTarget ? hit.box.id : null,
      toColumnId: isTarget ? (column?.id ?? null) : null,
      dropped,
    }
  }
  return {
    move: (point) => gesture.set({ ...noGesture, link: linkAt(point, false) }),
    drop(point) {
      const link = linkAt(point, true)
      gesture.set(link.toTableId ? { ...noGesture, link } : noGesture)
      editor.ui.patch({ tool: 'select' })
    },
    click: () => editor.selection.column(fromTableId, fromColumnId),
    cancel: () => gesture.set(noGesture),
  }
}
