import type { Id } from '#core/project/rows.ts'
import type { Selection } from '#web/state/selection.ts'
import type { Hover } from '#web/state/ui.ts'
import type { Edge } from './edge.ts'
import type { Scene } from './scene.ts'

/** What stands in front: relationships of what is hovered or selected, and the columns they join. */
export interface Hot {
  readonly edges: readonly Edge[]
  /** Tables and columns to mark: the ends of what is pointed at, not of everything a selected table has. */
  readonly columns: readonly { readonly tableId: Id; readonly columnId: Id }[]
}

/** When more tables than this are selected, their relationships are no longer worth pointing out: it would be nearly all of them. */
const MANY = 60

export function hotParts(scene: Scene, selection: Selection, hover: Hover): Hot {
  const edges = new Map<Id, Edge>()
  const pointedAt: Edge[] = []
  if (selection.tableIds.size <= MANY) for (const id of selection.tableIds) for (const edge of scene.edgesOf(id)) edges.set(edge.id, edge)
  for (const id of [selection.relationshipId, hover.relationshipId]) {
    const edge = id ? scene.edge(id) : undefined
    if (edge) pointedAt.push(edge)
  }
  const [selectedTable] = selection.tableIds
  if (selection.columnId && selectedTable) pointedAt.push(...edgesOfColumn(scene, selectedTable, selection.columnId))
  if (hover.columnId && hover.tableId) pointedAt.push(...edgesOfColumn(scene, hover.tableId, hover.columnId))
  for (const edge of pointedAt) edges.set(edge.id, edge)
  const columns = pointedAt.flatMap((edge) => [
    ...edge.fromColumnIds.map((columnId) => ({ tableId: edge.fromId, columnId })),
    ...edge.toColumnIds.map((columnId) => ({ tableId: edge.toId, columnId })),
  ])
  return { edges: [...edges.values()], columns }
}

const edgesOfColumn = (scene: Scene, tableId: Id, columnId: Id): Edge[] =>
  scene
    .edgesOf(tableId)
    .filter(
      (edge) =>
        (edge.fromId === tableId && edge.fromColumnIds.includes(columnId)) ||
        (edge.toId === tableId && edge.toColumnIds.includes(columnId)),
    )
