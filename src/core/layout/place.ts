import { splitComponents, usefulLinks, type Component } from './links.ts'
import { removeOverlaps } from './overlaps.ts'
import { pack } from './pack.ts'
import { GAP, type LayoutEngine, type LayoutLink, type LayoutNode, type Position } from './types.ts'

/**
 * Places every node, without overlaps: each connected part on its own by `engine`, then all parts packed to the shape of a screen, the top
 * left corner at (0, 0). Positions are whole pixels.
 */
export function placeNodes(nodes: readonly LayoutNode[], links: readonly LayoutLink[], engine: LayoutEngine): Map<string, Position> {
  const parts = splitComponents(nodes, usefulLinks(nodes, links)).map((component) => layOut(component, engine))
  const origins = pack(parts, GAP)
  const placed = new Map<string, Position>()
  for (const [index, part] of parts.entries()) {
    const origin = origins[index] ?? { x: 0, y: 0 }
    for (const [id, { x, y }] of part.positions) placed.set(id, { x: Math.round(origin.x + x), y: Math.round(origin.y + y) })
  }
  return placed
}

/** Lays out one part and moves it to (0, 0). */
function layOut({ nodes, links }: Component, engine: LayoutEngine) {
  // Two pixels more than asked, because positions are rounded at the end.
  const positions = nodes.length === 1 ? new Map<string, Position>() : removeOverlaps(nodes, engine(nodes, links), GAP + 2)
  const corners = nodes.map((node) => ({ node, ...(positions.get(node.id) ?? { x: 0, y: 0 }) }))
  const left = Math.min(...corners.map((corner) => corner.x))
  const top = Math.min(...corners.map((corner) => corner.y))
  return {
    positions: new Map(corners.map(({ node, x, y }) => [node.id, { x: x - left, y: y - top }])),
    width: Math.max(...corners.map(({ node, x }) => x + node.width)) - left,
    height: Math.max(...corners.map(({ node, y }) => y + node.height)) - top,
  }
}
