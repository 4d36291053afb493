import type { LayoutLink, LayoutNode, Position } from '#core/layout/types.ts'
import type { LayoutRequest } from './worker.ts'

/**
 * Proposes a place for every table, in a worker, so that the page stays quick. Sizes come from `tableSize` of the canvas. Aborting the signal
 * stops the work at once and rejects with the signal's reason.
 */
export function layoutTables(
  nodes: readonly LayoutNode[],
  links: readonly LayoutLink[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ReadonlyMap<string, Position>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'layout' })
    const stop = (): void => {
      worker.terminate()
      signal?.removeEventListener('abort', cancel)
    }
    const cancel = (): void => {
      stop()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', cancel)
    worker.addEventListener('message', ({ data }: MessageEvent<readonly (readonly [string, Position])[]>) => {
      stop()
      resolve(new Map(data))
    })
    worker.addEventListener('error', (event) => {
      stop()
      reject(new Error(`The layout worker failed: ${event.message || 'it could not be loaded'}`))
    })
    worker.postMessage({ nodes, links } satisfies LayoutRequest)
  })
}
