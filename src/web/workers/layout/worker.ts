import type { LayoutLink, LayoutNode } from '#core/layout/types.ts'
import { computeLayout } from './engines.ts'

/** What `layoutTables` asks of this worker; the answer is a list of `[id, position]`. */
export interface LayoutRequest {
  readonly nodes: readonly LayoutNode[]
  readonly links: readonly LayoutLink[]
}

addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => postMessage([...computeLayout(data.nodes, data.links)]))
