// The thread in which files are read by PostgreSQL, so that the server goes on answering. Bundled by itself: src/main/vite.config.ts.
import { parentPort, workerData } from 'node:worker_threads'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { Source } from '#formats/format.ts'
import { unreachable } from '#core/unreachable.ts'
import { databaseTrouble } from './reach-database.ts'
import { TruthReader, type ScratchConfig } from './truth.ts'

/** To the thread. */
export type TruthTask =
  | { readonly kind: 'read'; readonly id: number; readonly sources: readonly Source[] }
  | { readonly kind: 'stop'; readonly id: number }
  | { readonly kind: 'close' }

/** From the thread. A reading comes as JSON: it is passed on as it is. */
export type TruthAnswer =
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  | { readonly kind: 'done'; readonly id: number; readonly reading: string }
  | { readonly kind: 'failed'; readonly id: number; readonly diagnostic: Diagnostic | null; readonly message: string }
  | { readonly kind: 'closed' }

const answer = (message: TruthAnswer): void => parentPort?.postMessage(message)
const reader = new TruthReader(workerData as ScratchConfig)
const running = new Map<number, AbortController>()

parentPort?.on('message', (task: TruthTask) => {
  switch (task.kind) {
    case 'read':
      return void read(task)
    case 'stop':
      return running.get(task.id)?.abort()
    case 'close':
      for (const controller of running.values()) controller.abort()
      return void reader.close().finally(() => answer({ kind: 'closed' }))
    default:
      return unreachable(task)
  }
})

async function read({ id, sources }: Extract<TruthTask, { kind: 'read' }>): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  try {
    const onProgress = (share: number) => answer({ kind: 'progress', id, share })
    answer({ kind: 'done', id, reading: JSON.stringify(await reader.read(sources, { signal: controller.signal, onProgress })) })
  } catch (error) {
    answer({ kind: 'failed', id, diagnostic: databaseTrouble(error), message: error instanceof Error ? error.message : String(error) })
  } finally {
    running.delete(id)
  }
}
