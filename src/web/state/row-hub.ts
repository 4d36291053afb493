import type { Change, Id, ProjectView, Row, RowKind } from '#core/project/rows.ts'
import type { ReplicaApi, Touched } from '#sync/types.ts'

/** Kinds of rows that hang on a table or view. */
export type ChildKind = 'column' | 'constraint' | 'index' | 'trigger' | 'rule' | 'policy'

/**
 * Spreads news of a replica to exactly those who follow a row, the children of a table, or a kind. Lists keep their identity until one of
 * their rows changes, so that React can compare them.
 */
export class RowHub {
  readonly #view: ProjectView
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #lists = new Map<string, readonly Row[]>()

  constructor(view: ProjectView) {
    this.#view = view
  }

  /** Starts listening to the replica whose view this is; returns how to stop. */
  follow(replica: Pick<ReplicaApi, 'subscribe'>): () => void {
    this.#lists.clear()
    return replica.subscribe((touched) => this.#spread(touched))
  }

  row<K extends RowKind>(kind: K, id: Id): Row<K> | undefined {
    return this.#view.get(kind, id)
  }

  children<K extends ChildKind>(kind: K, parentId: Id): readonly Row<K>[] {
    return this.#list(childrenKey(kind, parentId), () => this.#view.childrenOf(kind, parentId))
  }

  all<K extends RowKind>(kind: K): readonly Row<K>[] {
    return this.#list(kind, () => this.#view.all(kind))
  }

  onRow(kind: RowKind, id: Id, listener: () => void): () => void {
    return this.#on(rowKey(kind, id), listener)
  }
  onChildren(kind: ChildKind, parentId: Id, listener: () => void): () => void {
    return this.#on(childrenKey(kind, parentId), listener)
  }
  onAll(kind: RowKind, listener: () => void): () => void {
    return this.#on(kind, listener)
  }

  #list<K extends RowKind>(key: string, read: () => readonly Row<K>[]): readonly Row<K>[] {
    const known = this.#lists.get(key)
    // A key names its kind, so the list under it holds rows of that kind.
    if (known) return known as readonly Row<K>[]
    const fresh = read()
    this.#lists.set(key, fresh)
    return fresh
  }

  #on(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key)
    }
  }

  #spread({ reset, changes }: Touched): void {
    const keys = reset ? new Set(this.#listeners.keys()) : new Set(changes.flatMap((change) => this.#keysOf(change)))
    if (reset) this.#lists.clear()
    else for (const key of keys) this.#lists.delete(key)
    const told = new Set<() => void>()
    for (const key of keys) for (const listener of this.#listeners.get(key) ?? []) told.add(listener)
    for (const listener of told) listener()
  }

  #keysOf({ kind, id, before, after }: Change): string[] {
    const keys: string[] = [kind, rowKey(kind, id)]
    for (const row of [before, after, this.#view.get(kind, id)]) {
      if (!row) continue
      for (const field of ['tableId', 'viewId'] as const) {
        const parentId: unknown = Reflect.get(row, field)
        if (typeof parentId === 'string') keys.push(childrenKey(kind, parentId))
      }
    }
    return keys
  }
}

const rowKey = (kind: RowKind, id: Id): string => `${kind} ${id}`
const childrenKey = (kind: RowKind, parentId: Id): string => `${kind} of ${parentId}`
