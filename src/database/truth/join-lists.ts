/** How the items of two lists are told to be the same thing, and what becomes of them. */
export interface Joining<T> {
  /** The same key: the same thing. */
  readonly keyOf: (item: T) => string
  /** Keys by which what is left over is matched, first one first, where a key is that of one item on each side. null: by none. */
  readonly similar?: readonly ((item: T) => string | null)[]
  /** Both readings have it. */
  readonly join: (grammar: T, truth: T) => T
  /** Only the grammar has it: what stays of it; null = nothing. */
  readonly onlyGrammar: (item: T) => T | null
  /** Only PostgreSQL has it. */
  readonly onlyTruth: (item: T) => T | null
}

/**
 * Joins two lists of the same kind of thing in the order of the grammar's; what only PostgreSQL has comes right behind what it follows there. Nothing is
 * doubled, and nothing gets lost but what the joining says.
 */
export function joinLists<T>(grammar: readonly T[], truth: readonly T[], joining: Joining<T>): readonly T[] {
  const partners = match(grammar, truth, joining)
  const matched = new Set(partners.values())
  /** What only PostgreSQL has, by the item before it. */
  const behind = new Map<T | null, T[]>()
  let before: T | null = null
  for (const item of truth) {
    if (matched.has(item)) {
      before = item
      continue
    }
    const kept = joining.onlyTruth(item)
    if (kept === null) continue
    const group = behind.get(before)
    if (group) group.push(kept)
    else behind.set(before, [kept])
  }
  const result: T[] = []
  for (const item of grammar) {
    const partner = partners.get(item)
    const kept = partner === undefined ? joining.onlyGrammar(item) : joining.join(item, partner)
    if (kept !== null) result.push(kept)
    if (partner !== undefined) result.push(...(behind.get(partner) ?? []))
  }
  return [...result, ...(behind.get(null) ?? [])]
}

/** Pairs by key; of several with the same key the first with the first. */
function match<T>(grammar: readonly T[], truth: readonly T[], { keyOf, similar = [] }: Joining<T>): Map<T, T> {
  const partners = new Map<T, T>()
  const byKey = groups(truth, keyOf)
  for (const item of grammar) {
    const partner = byKey.get(keyOf(item))?.shift()
    if (partner !== undefined) partners.set(item, partner)
  }
  for (const keyed of similar) {
    if (partners.size === grammar.length) break
    const taken = new Set(partners.values())
    const left = groups(
      grammar.filter((item) => !partners.has(item)),
      keyed,
    )
    const right = groups(
      truth.filter((item) => !taken.has(item)),
      keyed,
    )
    for (const [key, [item, another]] of left) {
      const [partner, other] = right.get(key) ?? []
      if (item !== undefined && partner !== undefined && another === undefined && other === undefined) partners.set(item, partner)
    }
  }
  return partners
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, T[]> {
  const result = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === null) continue
    const group = result.get(key)
    if (group) group.push(item)
    else result.set(key, [item])
  }
  return result
}
