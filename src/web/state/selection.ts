import type { Id } from '#core/project/rows.ts'
import { createStore, type Store } from './store.ts'

/** What the person holds: tables and views, or one relationship. A column may be marked inside a selected table. */
export interface Selection {
  /** Tables and views. */
  readonly tableIds: ReadonlySet<Id>
  readonly columnId: Id | null
  /** The id of a foreign key. */
  readonly relationshipId: Id | null
}

export const nothingSelected: Selection = { tableIds: new Set(), columnId: null, relationshipId: null }

/** The selection and the ways it changes. */
export interface SelectionStore extends Store<Selection> {
  clear(): void
  /** Selects just these tables or views. */
  tables(ids: Iterable<Id>): void
  /** Adds a table or view, or takes it out. */
  toggle(id: Id): void
  /** Marks a column and selects its table. */
  column(tableId: Id, columnId: Id): void
  relationship(id: Id): void
  /** Forgets what no longer exists. */
  prune(exists: (id: Id) => boolean): void
}

export function createSelection(): SelectionStore {
  const store = createStore<Selection>(nothingSelected)
  return {
    ...store,
    clear: () => store.set(nothingSelected),
    tables: (ids) => store.set({ ...nothingSelected, tableIds: new Set(ids) }),
    toggle(id) {
      const tableIds = new Set(store.get().tableIds)
      if (!tableIds.delete(id)) tableIds.add(id)
      store.set({ ...nothingSelected, tableIds })
    },
    column: (tableId, columnId) => store.set({ tableIds: new Set([tableId]), columnId, relationshipId: null }),
    relationship: (id) => store.set({ ...nothingSelected, relationshipId: id }),
    prune(exists) {
      const { tableIds, columnId, relationshipId } = store.get()
      const kept = [...tableIds].filter(exists)
      const lost = kept.length < tableIds.size || (columnId && !exists(columnId)) || (relationshipId && !exists(relationshipId))
      if (!lost) return
      store.set({
        tableIds: new Set(kept),
        columnId: columnId && exists(columnId) ? columnId : null,
        relationshipId: relationshipId && exists(relationshipId) ? relationshipId : null,
      })
    },
  }
}
