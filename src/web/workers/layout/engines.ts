import { Graph, layout } from '@dagrejs/dagre'
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force'
import { foldLayers } from '#core/layout/fold.ts'
import { placeNodes } from '#core/layout/place.ts'
import { GAP, type LayoutEngine, type LayoutLink, type LayoutNode, type Position } from '#core/layout/types.ts'

/** Up to here layers read best; above, force-directed pictures are shorter in their lines and faster to make. */
export const LAYERED_LIMIT = 200

/** Places tables by the engine that suits their number. Takes about 0.1 s for 200 tables, 1 s for 1,000. */
export function computeLayout(nodes: readonly LayoutNode[], links: readonly LayoutLink[]): Map<string, Position> {
  return placeNodes(nodes, links, nodes.length <= LAYERED_LIMIT ? layered : forceDirected)
}

/** Referenced tables left, referencing ones right of them; folded where layers are too high for a screen. */
export const layered: LayoutEngine = (nodes, links) => {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: GAP, ranksep: 2 * GAP, edgesep: 12, acyclicer: 'greedy' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  for (const { from, to } of links) graph.setEdge(to, from)
  layout(graph)
  const positions = new Map(
    nodes.map((node) => {
      const { x = 0, y = 0 } = graph.node(node.id) as Partial<Position>
      return [node.id, { x: x - node.width / 2, y: y - node.height / 2 }]
    }),
  )
  return foldLayers(nodes, positions)
}

interface Body extends SimulationNodeDatum {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** Linked tables pull, all tables push. The same graph always gives the same picture. */
export const forceDirected: LayoutEngine = (nodes, links) => {
  const bodies = nodes.map((node): Body => ({ id: node.id, width: node.width, height: node.height }))
  const springs = links.map((link) => ({ source: link.from, target: link.to }))
  const radius = (body: Body): number => (body.width + body.height) / 4 + GAP
  forceSimulation(bodies)
    .force(
      'link',
      forceLink<Body, { source: string | Body; target: string | Body }>(springs)
        .id((body) => body.id)
        .distance(320)
        .strength(0.5),
    )
    .force('push', forceManyBody<Body>().strength(-1600).distanceMax(3000))
    .force('collide', forceCollide<Body>(radius).iterations(1))
    // A screen is wider than high, so it pulls harder up and down.
    .force('x', forceX<Body>().strength(0.03))
    .force('y', forceY<Body>().strength(0.048))
    .stop()
    .tick(nodes.length > 600 ? 150 : 300)
  return new Map(bodies.map((body) => [body.id, { x: (body.x ?? 0) - body.width / 2, y: (body.y ?? 0) - body.height / 2 }]))
}
