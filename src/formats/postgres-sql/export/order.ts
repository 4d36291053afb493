/** How sure a dependency is. The weaker ones give way first when they form a circle. */
export const strength = {
  /** A string body mentions it: matters only if the body runs while the schema is built. */
  body: 0,
  /** A word that may be its name. */
  weak: 1,
  /** Keeps the order of the model within one list. */
  sequence: 2,
  /** Operators, operator classes and casts of a type that is used: without them its values can be stored, but hardly compared. */
  companion: 3,
  /** A name in a place where only such an object can stand. */
  likely: 4,
  /** The structure of the model says so. */
  certain: 5,
} as const
export type Strength = (typeof strength)[keyof typeof strength]

/** That an item needs another: which one and how surely, in one number. There are tens of thousands. */
export const edge = (need: number, how: Strength): number => need * 8 + how
export const needOf = (code: number): number => code >> 3
// Made by `edge` alone, so the last three bits are a strength.
export const strengthOf = (code: number): Strength => (code & 7) as Strength

/** `needs[n]` lists what the n-th item needs before it, as edges. */
export type Needs = readonly (readonly number[])[]

export interface Order {
  /** All items, each after what it needs. */
  readonly items: readonly number[]
  /** Items that need each other for sure, so that no order is right. */
  readonly knots: ReadonlySet<number>
  /** Items that need each other when lists keep their order, so that some list does not. */
  readonly bent: ReadonlySet<number>
}

/**
 * A topological order that stays as near to 0, 1, 2 … as dependencies allow: what an item needs is pulled in right before it. Linear in
 * items and dependencies; without recursion, so that long chains cannot exhaust the stack.
 */
export function orderItems(needs: Needs): Order {
  let alive = needs
  let knotted = circles(alive)
  let bent: ReadonlySet<number> = new Set()
  for (const level of [strength.body, strength.weak, strength.sequence, strength.companion]) {
    if (knotted.size === 0) break
    if (level === strength.sequence) bent = new Set(knotted.keys())
    alive = alive.map((list, item) =>
      knotted.has(item) ? list.filter((code) => strengthOf(code) > level || knotted.get(needOf(code)) !== knotted.get(item)) : list,
    )
    knotted = circles(alive, knotted)
  }
  return { items: depthFirst(alive), knots: new Set(knotted.keys()), bent }
}

function depthFirst(needs: Needs): readonly number[] {
  const items: number[] = []
  const seen = new Uint8Array(needs.length)
  const walk = new Walk(needs)
  for (let first = 0; first < needs.length; first += 1) {
    if (seen[first]) continue
    seen[first] = 1
    walk.enter(first)
    for (let item = walk.top; item >= 0; item = walk.top) {
      const need = walk.next(item)
      if (need < 0) {
        items.push(item)
        walk.leave()
      } else if (!seen[need]) {
        seen[need] = 1
        walk.enter(need)
      }
    }
  }
  return items
}

/** Where a walk through the dependencies stands: the items it is in, innermost last, and how many needs of each it has seen. No garbage. */
class Walk {
  private readonly needs: Needs
  private readonly stack: Int32Array
  private readonly seen: Int32Array
  private depth = 0
  /** The innermost item; -1 outside of all. */
  top = -1

  constructor(needs: Needs) {
    this.needs = needs
    this.stack = new Int32Array(needs.length)
    this.seen = new Int32Array(needs.length)
  }

  enter(item: number): void {
    this.stack[this.depth] = item
    this.depth += 1
    this.top = item
  }

  leave(): void {
    this.depth -= 1
    this.top = this.depth > 0 ? (this.stack[this.depth - 1] ?? -1) : -1
  }

  /** What an item needs next; -1 after the last. */
  next(item: number): number {
    const at = this.seen[item] ?? 0
    const code = this.needs[item]?.[at]
    if (code === undefined) return -1
    this.seen[item] = at + 1
    return needOf(code)
  }
}

/**
 * The items that lie on a circle, each with the number of its circle (Tarjan's strongly connected components). `within` holds circles found before:
 * with fewer dependencies there are none outside them.
 */
function circles(needs: Needs, within?: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  const index = new Int32Array(needs.length).fill(-1)
  const low = new Int32Array(needs.length)
  const open = new Uint8Array(needs.length)
  const path: number[] = []
  const walk = new Walk(needs)
  let count = 0
  const enter = (item: number) => {
    index[item] = low[item] = count
    count += 1
    open[item] = 1
    path.push(item)
    walk.enter(item)
  }
  const lower = (item: number, to: number) => {
    if (to < (low[item] ?? 0)) low[item] = to
  }
  for (let first = 0; first < needs.length; first += 1) {
    if (index[first] === -1 && (!within || within.has(first))) enter(first)
    for (let item = walk.top; item >= 0; item = walk.top) {
      const need = walk.next(item)
      if (need >= 0) {
        if (within && within.get(need) !== within.get(item)) continue
        if (index[need] === -1) enter(need)
        else if (open[need]) lower(item, index[need] ?? 0)
        continue
      }
      walk.leave()
      if (walk.top >= 0) lower(walk.top, low[item] ?? 0)
      if (low[item] === index[item]) closeCircle(item)
    }
  }
  return found

  function closeCircle(root: number): void {
    // Most items are alone: nothing is cut out for them.
    const alone = path.at(-1) === root
    for (let member = -1; member !== root;) {
      member = path.pop() ?? root
      open[member] = 0
      if (!alone) found.set(member, root)
    }
  }
}
