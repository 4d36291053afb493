import type { Id } from '#core/project/rows.ts'
import type { Rect } from '../geometry/rect.ts'
import type { Route } from '../geometry/route.ts'

/** Thickness of a band of the canvas, in pixels: about a table. */
const BAND = 280

interface Obstacle {
  readonly id: Id
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Where tables are, asked by lines: tables by the upright and by the level bands that they touch. */
export class Obstacles {
  readonly #upright = new Map<number, Map<Id, Obstacle>>()
  readonly #level = new Map<number, Map<Id, Obstacle>>()
  readonly #rects = new Map<Id, Rect>()

  /** Where a table is now; null when it is gone. Tells where it was. */
  set(id: Id, rect: Rect | null): Rect | undefined {
    const before = this.#rects.get(id)
    if (before) {
      for (const band of bandsOf(before.x, before.width)) this.#upright.get(band)?.delete(id)
      for (const band of bandsOf(before.y, before.height)) this.#level.get(band)?.delete(id)
    }
    if (!rect) {
      this.#rects.delete(id)
      return before
    }
    const obstacle = { id, left: rect.x, top: rect.y, right: rect.x + rect.width, bottom: rect.y + rect.height }
    this.#rects.set(id, rect)
    for (const band of bandsOf(rect.x, rect.width)) this.#upright.set(band, (this.#upright.get(band) ?? new Map()).set(id, obstacle))
    for (const band of bandsOf(rect.y, rect.height)) this.#level.set(band, (this.#level.get(band) ?? new Map()).set(id, obstacle))
    return before
  }

  /** How many tables a line crosses, other than those at its ends. Tables count once per straight stretch. */
  crossings({ x1, y1, x2, y2, middle }: Route, ends: readonly [Id, Id]): number {
    return this.#acrossLevel(x1, middle, y1, ends) + this.#acrossUpright(middle, y1, y2, ends) + this.#acrossLevel(middle, x2, y2, ends)
  }

  #acrossUpright(x: number, a: number, b: number, [from, to]: readonly [Id, Id]): number {
    const top = Math.min(a, b)
    const bottom = Math.max(a, b)
    let count = 0
    this.#upright.get(Math.floor(x / BAND))?.forEach((it) => {
      if (x > it.left && x < it.right && top < it.bottom && bottom > it.top && it.id !== from && it.id !== to) count++
    })
    return count
  }

  #acrossLevel(a: number, b: number, y: number, [from, to]: readonly [Id, Id]): number {
    const left = Math.min(a, b)
    const right = Math.max(a, b)
    let count = 0
    this.#level.get(Math.floor(y / BAND))?.forEach((it) => {
      if (y > it.top && y < it.bottom && left < it.right && right > it.left && it.id !== from && it.id !== to) count++
    })
    return count
  }
}

function bandsOf(start: number, length: number): number[] {
  const first = Math.floor(start / BAND)
  return Array.from({ length: Math.floor((start + length) / BAND) - first + 1 }, (_, index) => first + index)
}
