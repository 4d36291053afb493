import { relationshipOf } from '#core/project/relationships.ts'
import type { ForeignKeyRow, Id, ProjectView } from '#core/project/rows.ts'
import type { Rect } from '../geometry/rect.ts'
import { markPath, route, routeBounds, routePath, routeRegion, type EndMark, type Route } from '../geometry/route.ts'
import { HEADER, ROW } from '../geometry/table-size.ts'
import type { Obstacles } from './obstacles.ts'
import type { Box } from './box.ts'

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
  /** Only tables that touch this rectangle can change the route. */
  readonly region: Rect
  readonly bounds: Rect
}

export type EdgeFacts = Omit<Edge, 'route' | 'region' | 'bounds'>

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

/** Finds the way of an edge between its tables where they are now, past other tables as far as it can (not without `obstacles`). */
export function routeEdge(facts: EdgeFacts, from: Box, to: Box, obstacles?: Obstacles): Edge {
  const way = route(
    { rect: from, y: rowMiddle(from, facts.fromColumnIds[0]) },
    { rect: to, y: rowMiddle(to, facts.toColumnIds[0]) },
    lane(facts.toId),
    obstacles && ((candidate) => obstacles.crossings(candidate, [from.id, to.id])),
  )
  const { id, fromId, toId, fromColumnIds, toColumnIds, fromMark, toMark } = facts
  return {
    id,
    fromId,
    toId,
    fromColumnIds,
    toColumnIds,
    fromMark,
    toMark,
    route: way,
    region: routeRegion(from, to),
    bounds: routeBounds(way),
  }
}

const paths = new WeakMap<Edge, string>()

/** SVG path data of an edge's line and end marks; made when it is first drawn. */
export function edgePath(edge: Edge): string {
  const known = paths.get(edge)
  if (known !== undefined) return known
  const { route: way, fromMark, toMark } = edge
  const path = routePath(way) + markPath(way.x1, way.y1, way.fromSide, fromMark) + markPath(way.x2, way.y2, way.toSide, toMark)
  paths.set(edge, path)
  return path
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
