import { fieldOf, isEqual } from './equal.ts'
import { rowKinds, type Change, type Id, type Row, type RowKind } from './rows.ts'

type Read = (kind: RowKind, id: Id) => Row | undefined
type Write = (kind: RowKind, id: Id, row: Row | undefined) => void

/** Remembers every touched row as it was at first, which is all it takes to tell the net difference and to take it back. */
export class Journal {
  readonly #before = new Map<RowKind, Map<Id, Row | undefined>>()
  readonly #read: Read

  constructor(read: Read) {
    this.#read = read
  }

  note(kind: RowKind, id: Id, before: Row | undefined): void {
    const rows = this.#before.get(kind) ?? new Map<Id, Row | undefined>()
    this.#before.set(kind, rows)
    if (!rows.has(id)) rows.set(id, before)
  }

  /** At most one change per row, in an order that never meets a missing parent: deletions children first, insertions parents first, updates. */
  changes(): readonly Change[] {
    const deleted: Change[] = []
    const inserted: Change[] = []
    const updated: Change[] = []
    for (const kind of rowKinds) {
      for (const [id, before] of this.#before.get(kind) ?? []) {
        const after = this.#read(kind, id)
        if (before && after) updated.push(...differenceOf(kind, id, before, after))
        else if (after) inserted.push({ kind, id, before: null, after })
        else if (before) deleted.push({ kind, id, before, after: null })
      }
    }
    return [...deleted.reverse(), ...inserted, ...updated]
  }

  rollback(write: Write): void {
    for (const [kind, rows] of this.#before) for (const [id, before] of rows) write(kind, id, before)
  }
}

function differenceOf(kind: RowKind, id: Id, before: Row, after: Row): Change[] {
  if (before === after) return []
  const old: Record<string, unknown> = {}
  const now: Record<string, unknown> = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isEqual(fieldOf(before, key), fieldOf(after, key))) continue
    old[key] = fieldOf(before, key) ?? null
    now[key] = fieldOf(after, key) ?? null
  }
  return Object.keys(now).length > 0 ? [{ kind, id, before: old, after: now }] : []
}
