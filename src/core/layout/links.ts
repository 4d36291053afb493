import type { LayoutLink, LayoutNode } from './types.ts'

/** A node that more than this many others point at draws its whole schema into one layer, so its links say nothing about place. */
export const HUB_IN_DEGREE = 15

/** The links that are worth following: between known, different nodes, each pair once, none into a hub. */
export function usefulLinks(nodes: readonly LayoutNode[], links: readonly LayoutLink[]): LayoutLink[] {
  const known = new Set(nodes.map((node) => node.id))
  const pairs = new Map<string, LayoutLink>()
  const inDegree = new Map<string, number>()
  for (const link of links) {
    const key = JSON.stringify([link.from, link.to])
    if (link.from === link.to || !known.has(link.from) || !known.has(link.to) || pairs.has(key)) continue
    pairs.set(key, link)
    inDegree.set(link.to, (inDegree.get(link.to) ?? 0) + 1)
  }
  return [...pairs.values()].filter((link) => (inDegree.get(link.to) ?? 0) <= HUB_IN_DEGREE)
}

/** A part of the graph that has no link to the rest. */
export interface Component {
  readonly nodes: readonly LayoutNode[]
  readonly links: readonly LayoutLink[]
}

/** Splits a graph into its connected parts, largest first; nodes keep their order. */
export function splitComponents(nodes: readonly LayoutNode[], links: readonly LayoutLink[]): Component[] {
  const parent = new Map(nodes.map((node) => [node.id, node.id]))
  const root = (id: string): string => {
    let top = id
    for (let up = parent.get(top) ?? top; up !== top; up = parent.get(top) ?? top) {
      parent.set(top, parent.get(up) ?? up)
      top = up
    }
    return top
  }
  for (const link of links) parent.set(root(link.from), root(link.to))
  const parts = new Map<string, { nodes: LayoutNode[]; links: LayoutLink[] }>()
  const partOf = (id: string) => {
    const part = parts.get(root(id)) ?? { nodes: [], links: [] }
    parts.set(root(id), part)
    return part
  }
  for (const node of nodes) partOf(node.id).nodes.push(node)
  for (const link of links) partOf(link.from).links.push(link)
  return [...parts.values()].sort((a, b) => b.nodes.length - a.nodes.length)
}
