/** A function that works each answer out once: a schema has few types and search paths, and asks for them thousands of times. */
export function remembered<K, T>(work: (of: K) => T): (of: K) => T {
  const known = new Map<K, T>()
  return (of) => {
    const before = known.get(of)
    if (before !== undefined) return before
    const made = work(of)
    known.set(of, made)
    return made
  }
}
