import type { LayoutNode, Position, Positions } from './types.ts'

interface Box {
  readonly id: string
  readonly width: number
  readonly height: number
  x: number
  y: number
}

/**
 * Moves nodes apart until none is nearer than `gap` to another, keeping the picture as it is where it can: first they push each other
 * aside, then what still overlaps is moved to the nearest free place.
 */
export function removeOverlaps(nodes: readonly LayoutNode[], positions: Positions, gap: number): Map<string, Position> {
  const boxes = nodes.map((node): Box => {
    const { x, y } = positions.get(node.id) ?? { x: 0, y: 0 }
    return { id: node.id, width: node.width + gap, height: node.height + gap, x, y }
  })
  for (let round = 0; round < 60; round++) if (!pushApart(boxes)) break
  const placed = settle(boxes)
  return new Map(placed.map((box) => [box.id, { x: box.x, y: box.y }]))
}

/** One round over neighbours in x order; true when something moved. */
function pushApart(boxes: Box[]): boolean {
  boxes.sort((a, b) => a.x - b.x)
  let moved = false
  for (let first = 0; first < boxes.length; first++) {
    const a = boxes[first]
    if (!a) continue
    for (let second = first + 1; second < boxes.length; second++) {
      const b = boxes[second]
      if (!b || b.x >= a.x + a.width) break
      const overlapX = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
      const overlapY = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
      if (overlapX <= 0 || overlapY <= 0) continue
      moved = true
      if (overlapX < overlapY) separate(a, b, 'x', overlapX)
      else separate(a, b, 'y', overlapY)
    }
  }
  return moved
}

function separate(a: Box, b: Box, axis: 'x' | 'y', overlap: number): void {
  const extent = axis === 'x' ? 'width' : 'height'
  const step = overlap / 2 + 0.01
  const aFirst = a[axis] + a[extent] / 2 <= b[axis] + b[extent] / 2
  a[axis] += aFirst ? -step : step
  b[axis] += aFirst ? step : -step
}

/** Keeps each box where it is if nothing placed before it is in the way, else takes the nearest free place beside what is. */
function settle(boxes: readonly Box[]): Box[] {
  const grid = new Grid(Math.max(1, ...boxes.map((box) => Math.max(box.width, box.height))))
  const center = middle(boxes)
  const byDistance = [...boxes].sort((a, b) => distance(a, center) - distance(b, center))
  for (const box of byDistance) {
    if (grid.isBlocked(box)) Object.assign(box, nearestFree(box, grid))
    grid.add(box)
  }
  return byDistance
}

/** Walks outwards in rings of half a box until a place is free. */
function nearestFree(box: Box, grid: Grid): Position {
  for (let ring = 1; ; ring++) {
    let best: Position | null = null
    for (let side = -ring; side <= ring; side++) {
      for (const [across, down] of [
        [side, -ring],
        [side, ring],
        [-ring, side],
        [ring, side],
      ] as const) {
        const place = { x: box.x + (across * box.width) / 2, y: box.y + (down * box.height) / 2 }
        if (grid.isBlocked({ ...box, ...place })) continue
        if (!best || distance(place, box) < distance(best, box)) best = place
      }
    }
    if (best) return best
  }
}

/** Finds neighbours fast: boxes by the cells they touch. */
class Grid {
  readonly #cell: number
  readonly #cells = new Map<string, Box[]>()

  constructor(cell: number) {
    this.#cell = cell
  }
  add(box: Box): void {
    for (const key of this.#keys(box)) this.#cells.set(key, [...(this.#cells.get(key) ?? []), box])
  }
  isBlocked(box: Box): boolean {
    return this.#keys(box).some((key) => this.#cells.get(key)?.some((other) => overlaps(box, other)))
  }
  #keys({ x, y, width, height }: Box): string[] {
    const keys: string[] = []
    for (let column = Math.floor(x / this.#cell); column <= Math.floor((x + width) / this.#cell); column++)
      for (let row = Math.floor(y / this.#cell); row <= Math.floor((y + height) / this.#cell); row++) keys.push(`${column} ${row}`)
    return keys
  }
}

const overlaps = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const distance = (a: Position, b: Position): number => (a.x - b.x) ** 2 + (a.y - b.y) ** 2
const middle = (boxes: readonly Box[]): Position => ({
  x: boxes.reduce((sum, box) => sum + box.x, 0) / Math.max(1, boxes.length),
  y: boxes.reduce((sum, box) => sum + box.y, 0) / Math.max(1, boxes.length),
})
