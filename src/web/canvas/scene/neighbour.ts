import type { Id } from '#core/project/rows.ts'
import type { Point } from '#web/state/camera.ts'
import type { Rect } from '../geometry/rect.ts'

/** The nearest box in the direction of an arrow key; sideways counts double, so that rows and columns are followed. */
export function neighbour(
  boxes: readonly (Rect & { readonly id: Id })[],
  from: Id | undefined,
  key: string,
  center: Point,
): Id | undefined {
  const middle = (box: Rect): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
  const start = boxes.find((box) => box.id === from)
  const origin = start ? middle(start) : center
  let best: Id | undefined
  let least = Number.POSITIVE_INFINITY
  for (const box of boxes) {
    const { x, y } = middle(box)
    const [dx, dy] = [x - origin.x, y - origin.y]
    const ahead = key === 'ArrowLeft' ? -dx : key === 'ArrowRight' ? dx : key === 'ArrowUp' ? -dy : dy
    const aside = key === 'ArrowLeft' || key === 'ArrowRight' ? Math.abs(dy) : Math.abs(dx)
    const distance = start ? ahead + 2 * aside : Math.hypot(dx, dy)
    if (box.id === from || (start && ahead <= 1) || distance >= least) continue
    best = box.id
    least = distance
  }
  return best
}
