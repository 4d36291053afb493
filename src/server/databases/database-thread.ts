import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Source } from '#formats/format.ts'
import { unreachable } from '#core/unreachable.ts'
import type { CheckReply, DatabaseImportRequest, DatabaseTarget } from '#sync/database-messages.ts'
import { RequestFailure } from '../failure.ts'
import type { CheckWork, DatabaseWork, ScratchConfig, WatchedWork } from './database-work.ts'
import type { WorkerAnswer, WorkerTask } from './database-worker.ts'

/** Beside the bundle that this is in. From the sources (development) there is none: then it is done in this thread. */
const THREAD = join(dirname(fileURLToPath(import.meta.url)), 'database-worker.js')
/** A file of 10 MB needs a quarter of it. */
const MEMORY_MB = 1_536
const CLOSE_MS = 3_000

interface Waiting extends Partial<WatchedWork> {
  readonly resolve: (json: string) => void
  readonly reject: (error: unknown) => void
}

/** Work with databases that are not the server's own, in a thread that is started when first needed and again should it break. */
export class DatabaseThread {
  readonly #config: ScratchConfig
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #here: Promise<DatabaseWork> | null = null
  #id = 0
  #isClosed = false

  constructor({ scratchUrl, allowPrivateDatabases }: ScratchConfig) {
    this.#config = { scratchUrl, allowPrivateDatabases }
  }

  /** A `TruthReading` as JSON. Rejects with the signal's reason, or with what stood in the way; so do the others. */
  read(sources: readonly Source[], watch: WatchedWork): Promise<string> {
    return this.#watched(
      (id) => ({ kind: 'read', id, sources }),
      watch,
      (work) => work.read(sources, watch),
    )
  }

  /** `DatabaseContents` as JSON. */
  contents(target: DatabaseTarget, signal: AbortSignal): Promise<string> {
    const watch = { signal, onProgress: () => undefined }
    return this.#watched(
      (id) => ({ kind: 'contents', id, target }),
      watch,
      (work) => work.contents(target, signal),
    )
  }

  /** The last `DatabaseEvent` as JSON. */
  import(request: DatabaseImportRequest, watch: WatchedWork): Promise<string> {
    return this.#watched(
      (id) => ({ kind: 'import', id, request }),
      watch,
      (work) => work.import(request, watch),
    )
  }

  /** Null = the thread does not have the rows: give them. */
  async check(work: CheckWork): Promise<CheckReply | null> {
    if (!existsSync(THREAD)) return (await this.#workHere()).check(work)
    return JSON.parse(await this.#ask((id) => ({ kind: 'check', id, work }))) as CheckReply | null
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#here?.then((work) => work.close())
    const worker = this.#worker
    if (!worker) return
    const closed = new Promise<void>((resolve) => {
      worker.on('message', (message: WorkerAnswer) => (message.kind === 'closed' ? resolve() : undefined))
      setTimeout(resolve, CLOSE_MS).unref()
    })
    this.#send({ kind: 'close' })
    await closed
    await worker.terminate()
  }

  async #watched(taskOf: (id: number) => WorkerTask, watch: WatchedWork, here: (work: DatabaseWork) => Promise<unknown>): Promise<string> {
    const { signal } = watch
    signal.throwIfAborted()
    if (!existsSync(THREAD)) return JSON.stringify(await here(await this.#workHere()))
    let stop = () => {}
    try {
      return await this.#ask((id) => {
        stop = () => {
          this.#send({ kind: 'stop', id })
          this.#waiting.get(id)?.reject(signal.reason)
        }
        signal.addEventListener('abort', stop, { once: true })
        return taskOf(id)
      }, watch)
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  async #ask(taskOf: (id: number) => WorkerTask, watch: Partial<WatchedWork> = {}): Promise<string> {
    const worker = (this.#worker ??= this.#start())
    this.#id += 1
    const id = this.#id
    try {
      return await new Promise<string>((resolve, reject) => {
        this.#waiting.set(id, { ...watch, resolve, reject })
        worker.postMessage(taskOf(id))
      })
    } finally {
      this.#waiting.delete(id)
    }
  }

  #start(): Worker {
    const worker = new Worker(THREAD, { workerData: this.#config, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
    worker.unref()
    worker.on('message', (message: WorkerAnswer) => this.#hear(message))
    worker.on('error', (error) => this.#lose(worker, error))
    worker.on('exit', () => this.#lose(worker, new Error('the thread ended')))
    return worker
  }

  #hear(message: WorkerAnswer): void {
    if (message.kind === 'closed') return
    const waiting = this.#waiting.get(message.id)
    switch (message.kind) {
      case 'progress':
        return waiting?.onProgress?.(message.share)
      case 'done':
        return waiting?.resolve(message.json)
      case 'failed': {
        const { diagnostic, message: text } = message
        return waiting?.reject(diagnostic ? new RequestFailure(422, diagnostic.code, diagnostic.message, diagnostic.hint) : new Error(text))
      }
      default:
        return unreachable(message)
    }
  }

  /** Most likely it ran out of memory: whoever waits is told, and the next one gets a new thread. */
  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#worker = null
    if (this.#isClosed) return
    const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    const failure = isMemory ? new RequestFailure(413, 'too-large', 'This needs more memory than allowed here.') : error
    for (const { reject } of this.#waiting.values()) reject(failure)
  }

  #send(task: WorkerTask): void {
    this.#worker?.postMessage(task)
  }

  #workHere(): Promise<DatabaseWork> {
    return (this.#here ??= import('./database-work.ts').then(({ DatabaseWork: Work }) => new Work(this.#config)))
  }
}
