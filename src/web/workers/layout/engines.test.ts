import { expect, test } from 'vitest'
import type { LayoutLink, LayoutNode, Positions } from '#core/layout/types.ts'
import { computeLayout } from './engines.ts'

/** Tables of a few modules, each pointing at earlier ones of its module, all at a hub. */
function aGraph(count: number): { nodes: LayoutNode[]; links: LayoutLink[] } {
  const nodes = Array.from({ length: count }, (_, index) => ({ id: `t${index}`, width: 244, height: 100 + ((index * 7) % 20) * 26 }))
  const links = nodes.flatMap((node, index) => [
    { from: node.id, to: `t${Math.max(index % 12, index - 12 * (1 + (index % 3)))}` },
    { from: node.id, to: 't0' },
  ])
  return { nodes, links }
}

function overlaps(nodes: readonly LayoutNode[], positions: Positions): number {
  const boxes = nodes.map((node) => ({ ...node, ...(positions.get(node.id) ?? { x: Number.NaN, y: Number.NaN }) }))
  return boxes.reduce(
    (sum, a, at) =>
      sum +
      boxes.slice(at + 1).filter((b) => !(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y))
        .length,
    0,
  )
}

test.each([1, 30, 200, 600])('CANVAS-8: %i tables are all placed, without overlap, the same way each time', (count) => {
  const { nodes, links } = aGraph(count)
  const positions = computeLayout(nodes, links)
  expect(positions.size).toBe(count)
  expect(overlaps(nodes, positions)).toBe(0)
  expect(computeLayout(nodes, links)).toEqual(positions)
})

test('layers go from the referenced table at the left to the referencing one at the right', () => {
  const nodes = ['customer', 'order', 'line'].map((id) => ({ id, width: 244, height: 200 }))
  const positions = computeLayout(nodes, [
    { from: 'line', to: 'order' },
    { from: 'order', to: 'customer' },
  ])
  const x = (id: string): number => positions.get(id)?.x ?? Number.NaN
  expect(x('customer')).toBeLessThan(x('order'))
  expect(x('order')).toBeLessThan(x('line'))
})
