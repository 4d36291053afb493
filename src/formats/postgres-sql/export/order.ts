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
  const stack: { readonly item: number; next: number }[] = []
  for (let first = 0; first < needs.length; first += 1) {
    if (seen[first]) continue
    seen[first] = 1
    stack.push({ item: first, next: 0 })
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const code = needs[top.item]?.[top.next]
      top.next += 1
      const need = code === undefined ? -1 : needOf(code)
      if (need < 0) {
        items.push(top.item)
        stack.pop()
      } else if (!seen[need]) {
        seen[need] = 1
        stack.push({ item: need, next: 0 })
      }
    }
  }
  return items
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
  const stack: { readonly item: number; next: number }[] = []
  let count = 0
  const enter = (item: number) => {
    index[item] = low[item] = count
    count += 1
    open[item] = 1
    path.push(item)
    stack.push({ item, next: 0 })
  }
  const lower = (item: number, to: number) => {
    if (to < (low[item] ?? 0)) low[item] = to
  }
  for (let first = 0; first < needs.length; first += 1) {
    if (index[first] === -1 && (!within || within.has(first))) enter(first)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const { item } = top
      const code = needs[item]?.[top.next]
      top.next += 1
      if (code !== undefined) {
        const need = needOf(code)
        if (within && within.get(need) !== within.get(item)) continue
        if (index[need] === -1) enter(need)
        else if (open[need]) lower(item, index[need] ?? 0)
        continue
      }
      stack.pop()
      const above = stack.at(-1)
      if (above) lower(above.item, low[item] ?? 0)
      if (low[item] === index[item]) closeCircle(item)
    }
  }
  return found

  function closeCircle(root: number): void {
    const members = path.splice(path.lastIndexOf(root))
    for (const member of members) {
      open[member] = 0
      if (members.length > 1) found.set(member, root)
    }
  }
}
