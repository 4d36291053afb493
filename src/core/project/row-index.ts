import type { Id, Named, Row, RowKind } from './rows.ts'

/** The one order of rows: by `order`, then by id, so that it never depends on who came first. */
export const byOrder = (a: Row, b: Row): number => a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const none: readonly Row[] = []

/** The rows of one kind. The sorted list is mended, not sorted again: what changed since is merged into it. */
export class SortedRows {
  readonly #byId = new Map<Id, Row>()
  readonly #changed = new Set<Id>()
  #list: readonly Row[] = none

  has(id: Id): boolean {
    return this.#byId.has(id)
  }

  get(id: Id): Row | undefined {
    return this.#byId.get(id)
  }

  set(id: Id, row: Row | undefined): void {
    if (row) this.#byId.set(id, row)
    else this.#byId.delete(id)
    this.#changed.add(id)
  }

  sorted(): readonly Row[] {
    if (this.#changed.size > 0) {
      const kept = this.#list.filter((row) => !this.#changed.has(row.id))
      const news = [...this.#changed].flatMap((id) => this.#byId.get(id) ?? []).sort(byOrder)
      this.#list = merge(kept, news)
      this.#changed.clear()
    }
    return this.#list
  }
}

/** Rows by the id of another row: children by parent, foreign keys by referenced table. */
export class ChildIndex {
  readonly #groups = new Map<Id, { readonly rows: Map<Id, Row>; list: readonly Row[] | null }>()

  of(parentId: Id): readonly Row[] {
    const group = this.#groups.get(parentId)
    if (!group) return none
    group.list ??= [...group.rows.values()].sort(byOrder)
    return group.list
  }

  replace(id: Id, from: Id | null, to: Id | null, row: Row | undefined): void {
    if (from !== null) this.#remove(from, id)
    if (to !== null && row) this.#add(to, row)
  }

  #add(parentId: Id, row: Row): void {
    const group = this.#groups.get(parentId) ?? { rows: new Map<Id, Row>(), list: null }
    this.#groups.set(parentId, group)
    group.rows.set(row.id, row)
    group.list = null
  }

  #remove(parentId: Id, id: Id): void {
    const group = this.#groups.get(parentId)
    if (!group?.rows.delete(id)) return
    group.list = null
    if (group.rows.size === 0) this.#groups.delete(parentId)
  }
}

const namedKinds: ReadonlySet<RowKind> = new Set([
  'table',
  'view',
  'sequence',
  'index',
  'constraint',
  'enumType',
  'domain',
  'compositeType',
  'rangeType',
  'baseType',
  'namespace',
] satisfies RowKind[])

/** Rows by name, whatever their namespace. */
export class NameIndex {
  readonly #byName = new Map<string, Map<string, Named>>()

  of(name: string): readonly Named[] {
    const found = this.#byName.get(name)
    return found ? [...found.values()].sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id)) : []
  }

  replace(kind: RowKind, id: Id, before: Row | undefined, after: Row | undefined): void {
    if (!namedKinds.has(kind)) return
    const from = nameOf(before)
    const to = nameOf(after)
    if (from === to) return
    if (from !== null) this.#remove(from, kind, id)
    if (to !== null) this.#add(to, kind, id)
  }

  #add(name: string, kind: RowKind, id: Id): void {
    const found = this.#byName.get(name) ?? new Map<string, Named>()
    this.#byName.set(name, found)
    found.set(`${kind} ${id}`, { kind, id })
  }

  #remove(name: string, kind: RowKind, id: Id): void {
    const found = this.#byName.get(name)
    found?.delete(`${kind} ${id}`)
    if (found?.size === 0) this.#byName.delete(name)
  }
}

const nameOf = (row: Row | undefined): string | null => (row && 'name' in row ? row.name : null)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function merge(a: readonly Row[], b: readonly Row[]): readonly Row[] {
  if (b.length === 0) return a
  const merged: Row[] = []
  let next = 0
  for (const row of a) {
    for (let other = b[next]; other && byOrder(other, row) < 0; other = b[next]) {
      merged.push(other)
      next += 1
    }
    merged.push(row)
  }
  return [...merged, ...b.slice(next)]
}
