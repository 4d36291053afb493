/** Something that can be gone to by its name. */
export interface Findable {
  readonly id: string
  /** What is searched: `billing.invoice`, `order.customer_id`. */
  readonly path: string
  /** Added to the score, to prefer one sort of thing over another. */
  readonly bonus?: number
}

/** Something that was found, and how well it fits, its bonus included. */
export interface Found<T> {
  readonly item: T
  readonly score: number
}

/** The best matches, the best first. Words of the query may stand in any order; letters may be left out inside a word. */
export function search<T extends Findable>(items: readonly T[], query: string, most: number): readonly Found<T>[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const found: Found<T>[] = []
  for (const item of items) {
    const score = scoreOf(item.path.toLowerCase(), words)
    if (score > 0) found.push({ item, score: score + (item.bonus ?? 0) })
  }
  return found
    .toSorted((a, b) => b.score - a.score || a.item.path.length - b.item.path.length || (a.item.path < b.item.path ? -1 : 1))
    .slice(0, most)
}

/** Sum over the words; 0 when one of them is not there. */
function scoreOf(path: string, words: readonly string[]): number {
  let sum = 0
  for (const word of words) {
    const score = wordScore(path, word)
    if (score === 0) return 0
    sum += score
  }
  return sum / words.length
}

/** 100 the whole, 80 a whole part (`order` in `order.id`), 60 where a part or word begins, 40 anywhere inside, below 20 with gaps. */
function wordScore(path: string, word: string): number {
  if (path === word) return 100
  const at = path.indexOf(word)
  if (at === -1) return gapScore(path, word)
  if (path.split('.').includes(word)) return 80
  let best = 40
  for (let start = at; start !== -1; start = path.indexOf(word, start + 1)) {
    const before = path[start - 1]
    if (before === undefined || before === '.') return 60 + 10 * (word.length / path.length)
    if (before === '_' || before === ' ' || before === '-') best = 55
  }
  return best
}

/** All letters in order: the fewer the gaps, the better; the first letter must begin a word. */
function gapScore(path: string, word: string): number {
  let gaps = 0
  let at = -1
  for (const letter of word) {
    const next = path.indexOf(letter, at + 1)
    if (next === -1) return 0
    if (at === -1) {
      if (next > 0 && /[a-z0-9]/.test(path[next - 1] ?? '')) return 0
    } else if (next !== at + 1) gaps++
    at = next
  }
  return gaps > 3 ? 0 : 19 - gaps * 4
}
