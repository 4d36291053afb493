import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldLayers } from './fold.ts'
import { HUB_IN_DEGREE, splitComponents, usefulLinks } from './links.ts'
import { removeOverlaps } from './overlaps.ts'
import { pack } from './pack.ts'
import { placeNodes } from './place.ts'
import { GAP, type LayoutEngine, type LayoutNode, type Positions } from './types.ts'

const aNode = (id: string, width = 244, height = 200): LayoutNode => ({ id, width, height })
const allInOnePlace: LayoutEngine = (nodes) => new Map(nodes.map((node) => [node.id, { x: 0, y: 0 }]))
const graphs = fc
  .array(fc.record({ width: fc.integer({ min: 200, max: 500 }), height: fc.integer({ min: 60, max: 3000 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .chain((sizes) =>
    fc.record({
      nodes: fc.constant(sizes.map((size, index) => ({ id: `t${index}`, ...size }))),
      links: fc.array(fc.record({ from: fc.nat(sizes.length - 1).map((n) => `t${n}`), to: fc.nat(sizes.length - 1).map((n) => `t${n}`) })),
    }),
  )

function overlapping(nodes: readonly LayoutNode[], positions: Positions, gap: number): string[] {
  const boxes = nodes.map((node) => ({ ...node, ...(positions.get(node.id) ?? { x: Number.NaN, y: Number.NaN }) }))
  const pairs: string[] = []
  for (const a of boxes)
    for (const b of boxes)
      if (a.id < b.id && a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap)
        pairs.push(`${a.id} ${b.id}`)
  return pairs
}

test('CANVAS-8: every node is placed, none overlaps another, whatever the engine says', () => {
  fc.assert(
    fc.property(graphs, fc.boolean(), fc.infiniteStream(fc.integer({ min: -800, max: 800 })), (graph, heap, numbers) => {
      const next = () => Number(numbers.next().value)
      const scattered: LayoutEngine = (nodes) => new Map(nodes.map((node) => [node.id, { x: next(), y: next() }]))
      const positions = placeNodes(graph.nodes, graph.links, heap ? allInOnePlace : scattered)
      expect([...positions.keys()].sort()).toEqual(graph.nodes.map((node) => node.id).sort())
      expect(overlapping(graph.nodes, positions, GAP - 2)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('an arrangement without overlaps stays as it is', () => {
  const nodes = [aNode('a'), aNode('b'), aNode('c')]
  const positions = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 400, y: 30 }],
    ['c', { x: 10, y: 400 }],
  ])
  expect(new Map([...removeOverlaps(nodes, positions, GAP)].sort())).toEqual(positions)
})

test('a thousand tables without links are packed to about the shape of a screen', () => {
  const sizes = Array.from({ length: 1000 }, (_, index) => ({ width: 244, height: 100 + (index % 17) * 30 }))
  const positions = pack(sizes, GAP)
  const width = Math.max(...positions.map((position, index) => position.x + (sizes[index]?.width ?? 0)))
  const height = Math.max(...positions.map((position, index) => position.y + (sizes[index]?.height ?? 0)))
  expect(width / height).toBeGreaterThan(1.2)
  expect(width / height).toBeLessThan(2.2)
  const used = sizes.reduce((sum, size) => sum + (size.width + GAP) * (size.height + GAP), 0)
  expect(used / (width * height)).toBeGreaterThan(0.85)
})

test('links into a hub, to itself, doubled or to nowhere are not followed', () => {
  const nodes = [aNode('hub'), ...Array.from({ length: HUB_IN_DEGREE + 1 }, (_, index) => aNode(`t${index}`))]
  const intoHub = nodes.slice(1).map((node) => ({ from: node.id, to: 'hub' }))
  const links = [...intoHub, { from: 't0', to: 't1' }, { from: 't0', to: 't1' }, { from: 't2', to: 't2' }, { from: 't3', to: 'gone' }]
  expect(usefulLinks(nodes, links)).toEqual([{ from: 't0', to: 't1' }])
})

test('a graph falls into its connected parts, largest first', () => {
  const nodes = ['a', 'b', 'c', 'd'].map((id) => aNode(id))
  const parts = splitComponents(nodes, [{ from: 'd', to: 'b' }])
  expect(parts.map((part) => part.nodes.map((node) => node.id))).toEqual([['b', 'd'], ['a'], ['c']])
})

test('layers that are too high become several columns, in their order, without overlap', () => {
  const nodes = Array.from({ length: 60 }, (_, index) => aNode(`t${String(index).padStart(2, '0')}`, 244, 100 + (index % 5) * 80))
  const tower = new Map(nodes.map((node, index) => [node.id, { x: index < 4 ? 0 : 400, y: index * 500 }]))
  const folded = foldLayers(nodes, tower)
  expect(overlapping(nodes, folded, 0)).toEqual([])
  const right = Math.max(...nodes.map((node) => (folded.get(node.id)?.x ?? 0) + node.width))
  const ys = nodes.flatMap((node) => [folded.get(node.id)?.y ?? 0, (folded.get(node.id)?.y ?? 0) + node.height])
  expect(right / (Math.max(...ys) - Math.min(...ys))).toBeGreaterThan(1)
  const secondLayer = nodes.slice(4).map((node) => folded.get(node.id)?.x ?? 0)
  expect(secondLayer).toEqual([...secondLayer].sort((a, b) => a - b))
  const wide = new Map([
    ['t00', { x: 0, y: 0 }],
    ['t01', { x: 900, y: 10 }],
  ])
  expect(foldLayers(nodes.slice(0, 2), wide)).toBe(wide)
})
