import { GAP, type LayoutNode, type Position, type Positions } from './types.ts'

/** What a screen shows well. */
const ASPECT = 1.6
/** A layered picture that is higher than this many times its width is folded. */
const TOO_TALL = 1.1

/**
 * Folds a left-to-right layered picture whose layers are too high: a layer becomes several columns side by side, so that the whole gets about
 * the shape of a screen. Nodes keep their layer and, within it, their order. A picture of good shape stays as it is.
 */
export function foldLayers(nodes: readonly LayoutNode[], positions: Positions): Positions {
  const placed = nodes.map((node) => ({ node, ...(positions.get(node.id) ?? { x: 0, y: 0 }) }))
  const width = Math.max(...placed.map(({ node, x }) => x + node.width)) - Math.min(...placed.map(({ x }) => x))
  const height = Math.max(...placed.map(({ node, y }) => y + node.height)) - Math.min(...placed.map(({ y }) => y))
  if (height <= width * TOO_TALL) return positions
  const layers = layersOf(placed)
  let best: { readonly cost: number; readonly columns: readonly (readonly LayoutNode[])[][] } | null = null
  const tallest = Math.max(...nodes.map((node) => node.height))
  for (let limit = height; limit >= tallest; limit *= 0.85) {
    const columns = layers.map((layer) => splitLayer(layer, limit))
    const cost = shapeCost(columns)
    if (!best || cost < best.cost) best = { cost, columns }
  }
  return best ? arrange(best.columns) : positions
}

interface Placed extends Position {
  readonly node: LayoutNode
}

/** Nodes of one layer share the middle of their width; layers from left to right, nodes from top to bottom. */
function layersOf(placed: readonly Placed[]): LayoutNode[][] {
  const byMiddle = [...placed].sort((a, b) => a.x + a.node.width / 2 - (b.x + b.node.width / 2))
  const layers: { readonly middle: number; readonly nodes: Placed[] }[] = []
  for (const it of byMiddle) {
    const middle = it.x + it.node.width / 2
    const last = layers.at(-1)
    if (last && middle - last.middle < 2) last.nodes.push(it)
    else layers.push({ middle, nodes: [it] })
  }
  return layers.map((layer) => layer.nodes.sort((a, b) => a.y - b.y).map((it) => it.node))
}

/** As few columns as fit the limit, about equally high. */
function splitLayer(layer: readonly LayoutNode[], limit: number): LayoutNode[][] {
  const total = heightOf(layer)
  const share = total / Math.max(1, Math.ceil(total / limit))
  const columns: LayoutNode[][] = [[]]
  for (const node of layer) {
    const column = columns.at(-1) ?? []
    const after = heightOf([...column, node])
    if (column.length > 0 && (after > limit || after - node.height / 2 > share)) columns.push([node])
    else column.push(node)
  }
  return columns
}

const heightOf = (column: readonly LayoutNode[]): number => column.reduce((sum, node) => sum + node.height + GAP, -GAP)
const widthOf = (column: readonly LayoutNode[]): number => Math.max(...column.map((node) => node.width))

/** Between layers lines need more room than between columns of one layer. */
const LAYER_GAP = 2 * GAP

function shapeCost(layers: readonly (readonly (readonly LayoutNode[])[])[]): number {
  const height = Math.max(...layers.flat().map(heightOf))
  const width = layers.reduce(
    (sum, columns) => sum + columns.reduce((across, column) => across + widthOf(column) + GAP, 0) + LAYER_GAP - GAP,
    0,
  )
  return Math.max(width / ASPECT, height)
}

/** Columns from left to right, each centred on the same height. */
function arrange(layers: readonly (readonly (readonly LayoutNode[])[])[]): Map<string, Position> {
  const result = new Map<string, Position>()
  let x = 0
  for (const columns of layers) {
    for (const column of columns) {
      let y = -heightOf(column) / 2
      for (const node of column) {
        result.set(node.id, { x, y })
        y += node.height + GAP
      }
      x += widthOf(column) + GAP
    }
    x += LAYER_GAP - GAP
  }
  return result
}
