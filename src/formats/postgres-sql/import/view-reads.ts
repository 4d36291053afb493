import type { ViewDraft } from './draft.ts'

/** Which relations the query of each view reads (by `nameKey`), and, the other way round, which views read a relation. */
export class ViewReads {
  private readonly reads = new Map<ViewDraft, ReadonlySet<string>>()
  private readonly readers = new Map<string, Set<ViewDraft>>()

  get(view: ViewDraft): ReadonlySet<string> | undefined {
    return this.reads.get(view)
  }

  has(view: ViewDraft): boolean {
    return this.reads.has(view)
  }

  set(view: ViewDraft, keys: ReadonlySet<string>): void {
    this.delete(view)
    this.reads.set(view, keys)
    for (const key of keys) {
      const readers = this.readers.get(key)
      if (readers) readers.add(view)
      else this.readers.set(key, new Set([view]))
    }
  }

  delete(view: ViewDraft): void {
    for (const key of this.reads.get(view) ?? []) {
      const readers = this.readers.get(key)
      readers?.delete(view)
      if (readers?.size === 0) this.readers.delete(key)
    }
    this.reads.delete(view)
  }

  /** A list of its own: what is found may be dropped or changed. */
  readersOf(key: string): readonly ViewDraft[] {
    return [...(this.readers.get(key) ?? [])]
  }
}
