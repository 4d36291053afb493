import type { Point } from '#web/state/camera.ts'

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
