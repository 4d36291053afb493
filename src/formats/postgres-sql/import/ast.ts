import type { Node } from 'libpg-query'

type Intersect<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never
type NodeMap = Intersect<Node>
/** The name of a kind of node in PostgreSQL's parse tree. */
export type NodeKind = keyof NodeMap
/** A node's content by its kind. */
export type NodeOf<K extends NodeKind> = NodeMap[K]

/** The kind of a node: its only key. */
export function kindOf(node: Node): NodeKind {
  for (const key in node) return key as NodeKind
  return 'String'
}

/** The node's content when it is of that kind. */
export function as<K extends NodeKind>(node: Node | undefined, kind: K): NodeOf<K> | undefined {
  return node === undefined ? undefined : (node as unknown as Partial<NodeMap>)[kind]
}

/** The nodes of one kind in a list. */
export function all<K extends NodeKind>(nodes: readonly Node[] | undefined, kind: K): readonly NodeOf<K>[] {
  const found: NodeOf<K>[] = []
  if (!nodes) return found
  for (const node of nodes) {
    const content = as(node, kind)
    if (content !== undefined) found.push(content)
  }
  return found
}

/** A list of string nodes as strings: names, name parts, labels. */
export function strings(nodes: readonly Node[] | undefined): readonly string[] {
  const found: string[] = []
  if (!nodes) return found
  for (const node of nodes) if ('String' in node) found.push(node.String.sval ?? '')
  return found
}

/** The items of a List node. */
export const items = (node: Node | undefined): readonly Node[] => as(node, 'List')?.items ?? []

/** Calls `visit` for every node below `root` with its kind. Iterative: any depth is fine. */
export function walk(root: unknown, visit: (kind: string, content: Readonly<Record<string, unknown>>) => void): void {
  const stack: unknown[] = [root]
  while (stack.length > 0) {
    const top = stack.pop()
    if (Array.isArray(top)) {
      for (let at = top.length - 1; at >= 0; at -= 1) stack.push(top[at])
      continue
    }
    const content = top as Readonly<Record<string, unknown>>
    for (const key in content) {
      const value = content[key]
      if (typeof value !== 'object' || value === null) continue
      const code = key.charCodeAt(0)
      // Kinds begin with a capital letter, fields do not.
      if (code >= 0x41 && code <= 0x5a) visit(key, value as Readonly<Record<string, unknown>>)
      stack.push(value)
    }
  }
}
