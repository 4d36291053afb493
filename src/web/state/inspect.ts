import type { PlainKind } from '#core/project/plain-kinds.ts'
import type { Id, RowKind } from '#core/project/rows.ts'
import type { Editor } from './editor.tsx'

/** Shows an object in the inspector, and opens it when it is closed. Tables and views are selected as well. */
export function inspect({ ui, selection }: Pick<Editor, 'ui' | 'selection'>, kind: RowKind, id: Id): void {
  if (kind === 'table' || kind === 'view') selection.tables([id])
  ui.patch({ inspecting: { kind, id, selection: selection.get() } })
}

/** Opens the inspector with an object that is to be made. */
export function inspectNew({ ui, selection }: Pick<Editor, 'ui' | 'selection'>, kind: PlainKind | 'sequence' | 'view'): void {
  ui.patch({ inspecting: { kind, id: null, selection: selection.get() } })
}
