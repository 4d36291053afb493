import type { Id, RowKind } from '#core/project/rows.ts'
import type { Selection } from './selection.ts'
import { createStore, type Store } from './store.ts'

export type Tool = 'select' | 'table' | 'relationship'

/** The one cell that is being typed in, or what is open at a table or column. `newColumn`: the line below a table where its next column is typed. */
export type Editing =
  | { readonly kind: 'tableName' | 'tableMenu' | 'newColumn'; readonly tableId: Id }
  | { readonly kind: 'columnName' | 'columnType' | 'columnDetails'; readonly tableId: Id; readonly columnId: Id }

/** What the pointer is over. */
export interface Hover {
  readonly tableId: Id | null
  readonly columnId: Id | null
  readonly relationshipId: Id | null
}
export const hoversNothing: Hover = { tableId: null, columnId: null, relationshipId: null }

/** An object that is not on the canvas, chosen to be looked at. It stands back as soon as something else is selected than was then. */
export interface Inspecting {
  readonly kind: RowKind
  /** Null = one that is to be made. */
  readonly id: Id | null
  readonly selection: Selection
}

/** State of the editor's surface that is nobody else's business: never saved, never sent. */
export interface Ui {
  readonly tool: Tool
  readonly editing: Editing | null
  readonly hover: Hover
  readonly inspecting: Inspecting | null
}
export interface UiStore extends Store<Ui> {
  patch(part: Partial<Ui>): void
}

export function createUi(): UiStore {
  const store = createStore<Ui>({ tool: 'select', editing: null, hover: hoversNothing, inspecting: null })
  return { ...store, patch: (part) => store.set((before) => ({ ...before, ...part })) }
}
