import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Source } from '#formats/format.ts'
import { unreachable } from '#core/unreachable.ts'
import { RequestFailure } from '../failure.ts'
import type { TruthAnswer, TruthTask } from './truth-thread.ts'
import type { ScratchConfig, TruthReader, TruthWork } from './truth.ts'

/** Beside the bundle that this is in. From the sources (development) there is none: then it is done in this thread. */
const THREAD = join(dirname(fileURLToPath(import.meta.url)), 'truth-thread.js')
/** A file of 10 MB needs a quarter of it. */
const MEMORY_MB = 1_536
const CLOSE_MS = 3_000

interface Waiting extends TruthWork {
  readonly resolve: (reading: string) => void
  readonly reject: (error: unknown) => void
}

/** Readings of files by PostgreSQL, in a thread that is started when first needed and again should it break. */
export class TruthReadings {
  readonly #config: ScratchConfig
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #here: Promise<TruthReader> | null = null
  #id = 0
  #isClosed = false

  constructor(config: ScratchConfig) {
    const { scratchUrl, allowPrivateDatabases } = config
    this.#config = { scratchUrl, allowPrivateDatabases }
  }

  /** A `TruthReading` as JSON. Rejects with the signal's reason, or with what stood in the way. */
  async read(sources: readonly Source[], work: TruthWork): Promise<string> {
    work.signal.throwIfAborted()
    if (!existsSync(THREAD)) return this.#readHere(sources, work)
    const worker = (this.#worker ??= this.#start())
    this.#id += 1
    const id = this.#id
    const stop = () => {
      this.#send({ kind: 'stop', id })
      this.#waiting.get(id)?.reject(work.signal.reason)
    }
    work.signal.addEventListener('abort', stop, { once: true })
    try {
      return await new Promise<string>((resolve, reject) => {
        this.#waiting.set(id, { ...work, resolve, reject })
        worker.postMessage({ kind: 'read', id, sources } satisfies TruthTask)
      })
    } finally {
      this.#waiting.delete(id)
      work.signal.removeEventListener('abort', stop)
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#here?.then((reader) => reader.close())
    const worker = this.#worker
    if (!worker) return
    const closed = new Promise<void>((resolve) => {
      worker.on('message', (message: TruthAnswer) => (message.kind === 'closed' ? resolve() : undefined))
      setTimeout(resolve, CLOSE_MS).unref()
    })
    this.#send({ kind: 'close' })
    await closed
    await worker.terminate()
  }

  #start(): Worker {
    const worker = new Worker(THREAD, { workerData: this.#config, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
    worker.unref()
    worker.on('message', (message: TruthAnswer) => this.#hear(message))
    worker.on('error', (error) => this.#lose(worker, error))
    worker.on('exit', () => this.#lose(worker, new Error('the thread ended')))
    return worker
  }

  #hear(message: TruthAnswer): void {
    if (message.kind === 'closed') return
    const waiting = this.#waiting.get(message.id)
    switch (message.kind) {
      case 'progress':
        return waiting?.onProgress(message.share)
      case 'done':
        return waiting?.resolve(message.reading)
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
    const failure = isMemory ? new RequestFailure(413, 'too-large', 'PostgreSQL needs more memory for this than allowed here.') : error
    for (const { reject } of this.#waiting.values()) reject(failure)
  }

  #send(task: TruthTask): void {
    this.#worker?.postMessage(task)
  }

  async #readHere(sources: readonly Source[], work: TruthWork): Promise<string> {
    this.#here ??= import('./truth.ts').then(({ TruthReader: Reader }) => new Reader(this.#config))
    return JSON.stringify(await (await this.#here).read(sources, work))
  }
}
