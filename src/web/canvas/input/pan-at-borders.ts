/** How near to the border it begins, in screen pixels. */
const ZONE = 36
/** Screen pixels per frame at the very border. */
const SPEED = 14

/**
 * While something is dragged near the border of the canvas, calls `pan` once per frame with how far to go. `follow` takes every movement of
 * the pointer, `stop` ends it.
 */
export function panAtBorders(root: HTMLElement, pan: (x: number, y: number, event: PointerEvent) => void) {
  let frame = 0
  let last: PointerEvent | null = null
  const step = (): void => {
    frame = 0
    if (!last) return
    const { left, top, right, bottom } = root.getBoundingClientRect()
    const x = borderPull(last.clientX, left, right)
    const y = borderPull(last.clientY, top, bottom)
    if (x === 0 && y === 0) return
    pan(x, y, last)
    frame = requestAnimationFrame(step)
  }
  return {
    follow(event: PointerEvent): void {
      last = event
      if (frame === 0) frame = requestAnimationFrame(step)
    },
    stop(): void {
      last = null
      cancelAnimationFrame(frame)
      frame = 0
    },
  }
}

/** How far to pan for a pointer at `at` between two borders: 0 in the middle, up to the full speed at and beyond a border. */
export function borderPull(at: number, low: number, high: number): number {
  const depth = Math.max(low + ZONE - at, 0) - Math.max(at - (high - ZONE), 0)
  return depth === 0 ? 0 : -Math.sign(depth) * SPEED * Math.min(1, Math.abs(depth) / ZONE)
}
