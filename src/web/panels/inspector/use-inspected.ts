import type { Id, RowKind } from '#core/project/rows.ts'
import { useEditor, useSelection, useUi } from '../../state/editor.tsx'

/** What the inspector shows. */
export interface Inspected {
  readonly kind: RowKind
  /** Null = one that is to be made. */
  readonly id: Id | null
  /** The foreign key that is selected on the canvas. */
  readonly part: Id | null
}

/** The object chosen in the outline, until something else is selected on the canvas; else the one table or view, or the line, selected there. */
export function useInspected(): Inspected | null {
  const { replica } = useEditor()
  const selection = useSelection((it) => it)
  const chosen = useUi((it) => it.inspecting)
  const { view } = replica
  if (chosen && chosen.selection === selection && (chosen.id === null || view.get(chosen.kind, chosen.id)))
    return { kind: chosen.kind, id: chosen.id, part: null }
  const foreignKey = selection.relationshipId ? view.get('constraint', selection.relationshipId) : undefined
  if (foreignKey) return { kind: 'table', id: foreignKey.tableId, part: foreignKey.id }
  const [only, ...others] = selection.tableIds
  if (!only || others.length > 0) return null
  return { kind: view.get('view', only) ? 'view' : 'table', id: only, part: null }
}
