import { relationshipOf } from '#core/project/relationships.ts'
import type { ForeignKeyRow, Id, ProjectView } from '#core/project/rows.ts'
import type { Rect } from '../geometry/rect.ts'
import { markPath, route, routeBounds, routePath, type EndMark, type Route } from '../geometry/route.ts'
import { HEADER, ROW } from '../geometry/table-size.ts'
import type { Box } from './scene.ts'

/** A relationship as it is drawn. The id is the foreign key's. */
export interface Edge {
  readonly id: Id
  /** The table that has the foreign key. */
  readonly fromId: Id
  readonly toId: Id
  readonly fromColumnIds: readonly Id[]
  readonly toColumnIds: readonly Id[]
  readonly fromMark: EndMark
  readonly toMark: EndMark
  readonly route: Route
  readonly bounds: Rect
  /** SVG path data of line and end marks. */
  readonly path: string
}

export type EdgeFacts = Omit<Edge, 'route' | 'bounds' | 'path'>

/** What an edge says, from the real constraints; undefined when its other end is not in the project. */
export function edgeFacts(view: ProjectView, key: ForeignKeyRow): EdgeFacts | undefined {
  const relationship = relationshipOf(view, key)
  if (!relationship) return undefined
  const { id, source, target } = relationship
  return {
    id,
    fromId: source.tableId,
    toId: target.tableId,
    fromColumnIds: source.columnIds,
    toColumnIds: target.columnIds,
    fromMark: { many: source.many, optional: source.optional },
    toMark: { many: target.many, optional: target.optional },
  }
}

/** Finds the way of an edge between its tables where they are now. */
export function routeEdge(facts: EdgeFacts, from: Box, to: Box): Edge {
  const way = route(
    { rect: from, y: rowMiddle(from, facts.fromColumnIds[0]) },
    { rect: to, y: rowMiddle(to, facts.toColumnIds[0]) },
    lane(facts.toId),
  )
  const marks = markPath(way.x1, way.y1, way.fromSide, facts.fromMark) + markPath(way.x2, way.y2, way.toSide, facts.toMark)
  return { ...facts, route: way, bounds: routeBounds(way), path: routePath(way) + marks }
}

/** Canvas y of the middle of a column's row; of the header when the column is not there. */
export function rowMiddle(box: Box, columnId: Id | undefined): number {
  const index = box.face.rows.findIndex((row) => row.id === columnId)
  return box.y + (index < 0 ? HEADER / 2 : HEADER + (index + 0.5) * ROW)
}

/** Lines to the same table share a lane, so that they run together. */
function lane(id: Id): number {
  let hash = 0
  for (let at = 0; at < id.length; at++) hash = (hash * 31 + id.charCodeAt(at)) | 0
  return hash
}
