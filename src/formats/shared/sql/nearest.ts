/** The candidate that a misspelt name most likely means; undefined when none is near. Letter case and underscores weigh nothing. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = bare(name)
  const most = Math.max(1, Math.floor(wanted.length / 3))
  let best: string | undefined
  let least = most + 1
  for (const candidate of candidates) {
    const other = bare(candidate)
    if (Math.abs(other.length - wanted.length) >= least || candidate === name) continue
    const distance = editDistance(wanted, other, least)
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

const bare = (name: string): string => name.toLowerCase().replaceAll('_', '')

/** Letters to insert, leave out, replace, or swap with their neighbour; `bound` when it is not less. */
function editDistance(a: string, b: string, bound: number): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      next.push(cost)
    }
    if (Math.min(...next) >= bound) return bound
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
