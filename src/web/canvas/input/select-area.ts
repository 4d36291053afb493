import type { Point } from '#web/state/camera.ts'
import type { Rect } from '../geometry/rect.ts'
import { noGesture, type CanvasKit } from '../kit.ts'
import type { Gesture } from './gesture.ts'

/** Shift and drag on empty canvas: selects every table the rectangle touches, besides what was selected. */
export function selectArea({ editor, scene, gesture }: CanvasKit, start: Point): Gesture {
  const before = editor.selection.get().tableIds
  return {
    move(point) {
      const marquee = rectBetween(start, point)
      gesture.set({ ...noGesture, marquee })
      const ids = new Set([...before, ...scene.boxesIn(marquee).map((box) => box.id)])
      if (ids.size !== editor.selection.get().tableIds.size) editor.selection.tables(ids)
    },
    drop: () => gesture.set(noGesture),
    click: () => {},
    cancel() {
      gesture.set(noGesture)
      editor.selection.tables(before)
    },
  }
}

const rectBetween = (a: Point, b: Point): Rect => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
})
