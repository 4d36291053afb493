// The thread in which databases that are not the server's own are worked with, so that the server goes on answering. Bundled by itself: src/main/vite.config.ts.
import { parentPort, workerData } from 'node:worker_threads'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { Source } from '#formats/format.ts'
import { unreachable } from '#core/unreachable.ts'
import type { DatabaseImportRequest, DatabaseTarget } from '#sync/database-messages.ts'
import { DatabaseWork, type CheckWork, type ScratchConfig, type WatchedWork } from './database-work.ts'
import { databaseTrouble } from './reach-database.ts'

/** To the thread. */
export type WorkerTask =
  | { readonly kind: 'read'; readonly id: number; readonly sources: readonly Source[] }
  | { readonly kind: 'check'; readonly id: number; readonly work: CheckWork }
  | { readonly kind: 'contents'; readonly id: number; readonly target: DatabaseTarget }
  | { readonly kind: 'import'; readonly id: number; readonly request: DatabaseImportRequest }
  | { readonly kind: 'stop'; readonly id: number }
  | { readonly kind: 'close' }

/** From the thread. Results come as JSON: they are passed on as they are. */
export type WorkerAnswer =
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  | { readonly kind: 'done'; readonly id: number; readonly json: string }
  | { readonly kind: 'failed'; readonly id: number; readonly diagnostic: Diagnostic | null; readonly message: string }
  | { readonly kind: 'closed' }

const answer = (message: WorkerAnswer): void => parentPort?.postMessage(message)
const work = new DatabaseWork(workerData as ScratchConfig)
const running = new Map<number, AbortController>()

parentPort?.on('message', (task: WorkerTask) => {
  switch (task.kind) {
    case 'read':
      return void run(task.id, (watch) => work.read(task.sources, watch))
    case 'check':
      return void run(task.id, () => work.check(task.work))
    case 'contents':
      return void run(task.id, ({ signal }) => work.contents(task.target, signal))
    case 'import':
      return void run(task.id, (watch) => work.import(task.request, watch))
    case 'stop':
      return running.get(task.id)?.abort()
    case 'close':
      for (const controller of running.values()) controller.abort()
      return void work.close().finally(() => answer({ kind: 'closed' }))
    default:
      return unreachable(task)
  }
})

async function run(id: number, job: (watch: WatchedWork) => Promise<unknown>): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  try {
    const onProgress = (share: number) => answer({ kind: 'progress', id, share })
    answer({ kind: 'done', id, json: JSON.stringify(await job({ signal: controller.signal, onProgress })) })
  } catch (error) {
    answer({ kind: 'failed', id, diagnostic: databaseTrouble(error), message: error instanceof Error ? error.message : String(error) })
  } finally {
    running.delete(id)
  }
}
