import type { Rect } from './rect.ts'

/** One end of a relationship: the table's rectangle and the height of the row it belongs to. */
export interface EdgeEnd {
  readonly rect: Rect
  /** Canvas y of the row's middle. */
  readonly y: number
}

/** An orthogonal line from table border to table border. `fromSide` and `toSide` are 1 where it leaves to the right, -1 to the left. */
export interface Route {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  /** Where it runs up or down. */
  readonly middle: number
  readonly fromSide: 1 | -1
  readonly toSide: 1 | -1
}

/** How far a line runs straight out of a table before it turns: room for the crow's foot. */
const STUB = 28
const CORNER = 8

/**
 * Finds the way from one table to another: through the space between them where there is enough, else round a side of both. `lane` (a whole
 * number) shifts the vertical part a little, so that lines to different tables do not lie on each other. Of the ways there are, the first
 * with the least `cost` is taken: how many tables it crosses.
 */
export function route(from: EdgeEnd, to: EdgeEnd, lane = 0, cost?: (way: Route) => number): Route {
  const sides = sidesOf(from.rect, to.rect)
  const first = wayBy([from, to], lane, sides, 0)
  if (!cost) return first
  let best = first
  let least = cost(first)
  for (let choice = 1; choice < sides.choices.length && least > 0; choice++) {
    const way = wayBy([from, to], lane, sides, choice)
    const price = cost(way)
    if (price < least) [best, least] = [way, price]
  }
  return best
}

/** How two tables lie to each other, and the ways worth considering, the plainest first: a share of the gap, or a side to go round. */
interface Sides {
  readonly kind: 'gap' | 'round'
  readonly fromSide: 1 | -1
  readonly choices: readonly number[]
}
const RIGHT_ONWARD: Sides = { kind: 'gap', fromSide: 1, choices: [0.5, 0, 1, 0.25, 0.75] }
const LEFT_ONWARD: Sides = { kind: 'gap', fromSide: -1, choices: [0.5, 1, 0, 0.75, 0.25] }
const ROUND_RIGHT: Sides = { kind: 'round', fromSide: 1, choices: [1, -1] }
const ROUND_LEFT: Sides = { kind: 'round', fromSide: -1, choices: [-1, 1] }

function sidesOf(a: Rect, b: Rect): Sides {
  const aRight = a.x + a.width
  const bRight = b.x + b.width
  if (a.x - bRight >= STUB) return LEFT_ONWARD
  if (b.x - aRight >= STUB) return RIGHT_ONWARD
  const detourRight = 2 * Math.max(aRight, bRight) - aRight - bRight
  const detourLeft = a.x + b.x - 2 * Math.min(a.x, b.x)
  return detourRight <= detourLeft ? ROUND_RIGHT : ROUND_LEFT
}

function wayBy(ends: readonly [EdgeEnd, EdgeEnd], lane: number, { kind, fromSide, choices }: Sides, choice: number): Route {
  const [{ rect: a, y: y1 }, { rect: b, y: y2 }] = ends
  const chosen = choices[choice] ?? 0.5
  const aRight = a.x + a.width
  const bRight = b.x + b.width
  if (kind === 'round') {
    const shift = STUB + (((lane % 4) + 4) % 4) * 6
    return chosen > 0
      ? { x1: aRight, y1, x2: bRight, y2, middle: Math.max(aRight, bRight) + shift, fromSide: 1, toSide: 1 }
      : { x1: a.x, y1, x2: b.x, y2, middle: Math.min(a.x, b.x) - shift, fromSide: -1, toSide: -1 }
  }
  return fromSide > 0
    ? { x1: aRight, y1, x2: b.x, y2, middle: between(aRight, b.x, chosen, lane), fromSide: 1, toSide: -1 }
    : { x1: a.x, y1, x2: bRight, y2, middle: between(bRight, a.x, chosen, lane), fromSide: -1, toSide: 1 }
}

/** A place in a gap, shifted by the lane as far as both stubs keep their room. */
function between(left: number, right: number, share: number, lane: number): number {
  const free = Math.max(0, right - left - 2 * STUB)
  const shift = ((((lane % 7) + 7) % 7) - 3) * Math.min(7, free / 6)
  const place = (left + right) / 2 + (share - 0.5) * free + shift
  return Math.min(Math.max(place, Math.min(left + STUB, (left + right) / 2)), Math.max(right - STUB, (left + right) / 2))
}

/** Where `route` looks: only tables that touch this rectangle can change its answer. */
export function routeRegion(from: Rect, to: Rect): Rect {
  const x = Math.min(from.x, to.x) - 2 * STUB
  const y = Math.min(from.y, to.y)
  const right = Math.max(from.x + from.width, to.x + to.width) + 2 * STUB
  return { x, y, width: right - x, height: Math.max(from.y + from.height, to.y + to.height) - y }
}

/** The rectangle a route lies in, with its end marks. */
export function routeBounds({ x1, y1, x2, y2, middle }: Route): Rect {
  const x = Math.min(x1, x2, middle)
  const y = Math.min(y1, y2) - 7
  return { x, y, width: Math.max(x1, x2, middle) - x, height: Math.max(y1, y2) + 7 - y }
}

/** The line as SVG path data, with rounded corners. */
export function routePath({ x1, y1, x2, y2, middle }: Route): string {
  const down = y2 - y1
  if (Math.abs(down) < 1) return `M${x1} ${y1}H${x2}`
  const into = Math.sign(middle - x1)
  const out = Math.sign(x2 - middle)
  const r = Math.min(CORNER, Math.abs(down) / 2, Math.abs(middle - x1), Math.abs(x2 - middle))
  const turn = Math.sign(down) * r
  return (
    `M${n(x1)} ${n(y1)}H${n(middle - into * r)}Q${n(middle)} ${n(y1)} ${n(middle)} ${n(y1 + turn)}` +
    `V${n(y2 - turn)}Q${n(middle)} ${n(y2)} ${n(middle + out * r)} ${n(y2)}H${n(x2)}`
  )
}

/** How many rows may stand at an end of a relationship, from the real constraints. */
export interface EndMark {
  readonly many: boolean
  /** None is possible: drawn as a circle; otherwise a bar. */
  readonly optional: boolean
}

/** Crow's foot, bars and circle of an end at (x, y), drawn outwards to `side`, as SVG path data. */
export function markPath(x: number, y: number, side: 1 | -1, { many, optional }: EndMark): string {
  const at = (distance: number): string => n(x + side * distance)
  const bar = (distance: number): string => `M${at(distance)} ${n(y - 5.5)}V${n(y + 5.5)}`
  const circle = (distance: number): string => {
    const radius = 3.2
    return `M${n(x + side * distance - radius)} ${n(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`
  }
  const near = many ? `M${n(x)} ${n(y - 6)}L${at(11)} ${n(y)}L${n(x)} ${n(y + 6)}` : bar(8)
  return near + (optional ? circle(many ? 15.5 : 15) : bar(many ? 15 : 12))
}

/** How far a point lies from a route; exact but for the corners. */
export function routeDistance({ x1, y1, x2, y2, middle }: Route, x: number, y: number): number {
  const toFirst = toStretch(x1, middle, x, y - y1)
  const toMiddle = toStretch(y1, y2, y, x - middle)
  return Math.min(toFirst, toMiddle, toStretch(middle, x2, x, y - y2))
}

/** Distance to a straight stretch from `a` to `b`, of a point that lies at `along` in its direction and `across` beside it. */
function toStretch(a: number, b: number, along: number, across: number): number {
  return Math.hypot(Math.max(Math.min(a, b) - along, 0, along - Math.max(a, b)), across)
}

const n = (value: number): string => String(Math.round(value * 10) / 10)
