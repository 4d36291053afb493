/** Things in files, by where they begin. */
export class ByPlace<T> {
  private readonly files = new Map<string, { readonly start: number; readonly item: T }[]>()
  private isSorted = true

  add(file: string, start: number, item: T): void {
    const list = this.files.get(file)
    if (list) list.push({ start, item })
    else this.files.set(file, [{ start, item }])
    this.isSorted = false
  }

  /** Those that begin from `start` to `end`, both included, in order. */
  within(file: string, start: number, end: number): readonly T[] {
    const list = this.listOf(file)
    const found: T[] = []
    for (let at = firstAt(list, start); at < list.length; at += 1) {
      const entry = list[at]
      if (!entry || entry.start > end) break
      found.push(entry.item)
    }
    return found
  }

  /** The last one that begins at or before an offset. */
  before(file: string, offset: number): T | undefined {
    const list = this.listOf(file)
    return list[firstAt(list, offset + 1) - 1]?.item
  }

  private listOf(file: string): readonly { readonly start: number; readonly item: T }[] {
    if (!this.isSorted) for (const list of this.files.values()) list.sort((a, b) => a.start - b.start)
    this.isSorted = true
    return this.files.get(file) ?? []
  }
}

/** The first entry that begins at or after an offset. */
function firstAt(list: readonly { readonly start: number }[], offset: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
