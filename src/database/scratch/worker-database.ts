import { Worker } from 'node:worker_threads'
import { archiveFile, workerFile } from './files.ts'
import type { TextRows, WireError, WorkerAnswer, WorkerSetup, WorkerTask } from './protocol.ts'
import { ScratchLost } from './scratch-lost.ts'

/** Opening (initdb in the worst case, on a busy machine) may take longer than any statement. */
const OPEN_MS = 120_000
/** So often a running statement is looked at. */
const LOOK_MS = 200

interface Waiting {
  readonly task: WorkerTask
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * A PGlite in a thread of its own. A statement that does not end, and a PGlite that breaks down, end the thread: the call rejects with `ScratchLost`, and
 * the next one opens a new thread with an empty database. The thread keeps the process alive only while it works.
 */
export class WorkerDatabase {
  private readonly statementTimeout: number
  private readonly archive: string | null
  private worker: Worker | undefined
  private opening: Promise<void> | undefined
  private readonly waiting = new Map<number, Waiting>()
  private progress = new Int32Array(new SharedArrayBuffer(4))
  private count = 0
  private closed = false

  constructor({
    statementTimeout = 6_000,
    archive = archiveFile,
  }: { statementTimeout?: number | undefined; archive?: string | null } = {}) {
    this.statementTimeout = statementTimeout
    this.archive = archive
  }

  /** Rows with their values read by the parsers given. As `PGliteLike` has it. */
  async query<Row>(
    sql: string,
    params: unknown[] = [],
    { parsers = {} }: { parsers?: Record<number, (text: string) => unknown> } = {},
  ): Promise<{ rows: Row[] }> {
    const { rows, types } = (await this.ask({ kind: 'query', sql, params })) as TextRows
    const read = Object.entries(types).map(([name, type]) => [name, parsers[type]] as const)
    const parse = (row: TextRows['rows'][number]) =>
      Object.fromEntries(
        read.map(([name, parser]) => {
          const text = row[name] ?? null
          return [name, text === null || !parser ? text : parser(text)]
        }),
      ) as Row
    return { rows: rows.map(parse) }
  }

  async exec(sql: string): Promise<void> {
    await this.ask({ kind: 'exec', sql })
  }

  async run(statements: readonly string[]): Promise<readonly (WireError | null)[]> {
    return (await this.ask({ kind: 'run', statements })) as readonly (WireError | null)[]
  }

  /** A database as new in the same thread: half as long as a new thread. */
  async reopen(): Promise<void> {
    await this.open()
    await this.send({ kind: 'open' }, OPEN_MS)
  }

  /** The data folder as an archive to begin with (see files.ts). */
  async pack(): Promise<Uint8Array> {
    await this.open()
    return (await this.send({ kind: 'pack' }, OPEN_MS)) as Uint8Array
  }

  /** Opens the database when it is not. */
  async open(): Promise<void> {
    if (this.closed) throw new ScratchLost('The scratch database is closed.', { done: null, timedOut: false })
    await (this.opening ??= this.start())
  }

  async close(): Promise<void> {
    this.closed = true
    await this.end('The scratch database was closed.')
  }

  private async start(): Promise<void> {
    const progress = new SharedArrayBuffer(4)
    this.progress = new Int32Array(progress)
    const setup: WorkerSetup = { archive: this.archive, progress }
    // What PGlite prints is of no interest to anybody.
    const worker = new Worker(workerFile, { workerData: setup, stdout: true, stderr: true, execArgv: [] })
    worker.unref()
    worker.on('message', (answer: WorkerAnswer) => this.receive(answer))
    const died = (why: string) => {
      if (worker === this.worker) void this.end(`The scratch database stopped: ${why}.`)
    }
    worker.on('error', (error) => died(error instanceof Error ? error.message : String(error)))
    worker.on('exit', (code) => died(`its thread ended with code ${code}`))
    this.worker = worker
    await this.send({ kind: 'open' }, OPEN_MS)
  }

  private async ask(task: WorkerTask): Promise<unknown> {
    await this.open()
    return this.send(task, this.statementTimeout)
  }

  private send(task: WorkerTask, timeout: number): Promise<unknown> {
    const { worker } = this
    if (!worker) return Promise.reject(new ScratchLost('The scratch database is not open.', { done: null, timedOut: false }))
    const id = (this.count += 1)
    const answer = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { task, resolve, reject }))
    Atomics.store(this.progress, 0, 0)
    worker.ref()
    worker.postMessage({ id, task })
    const stopWatching = this.watch(timeout)
    return answer.finally(() => {
      stopWatching()
      if (this.waiting.size === 0) worker.unref()
    })
  }

  /** Ends the thread when nothing has moved for so long. */
  private watch(timeout: number): () => void {
    let done = 0
    let since = performance.now()
    const timer = setInterval(() => {
      const now = Atomics.load(this.progress, 0)
      if (now !== done) {
        done = now
        since = performance.now()
      } else if (performance.now() - since > timeout) {
        void this.end(`The statement did not end within ${timeout / 1000} s; it was stopped.`, true)
      }
    }, LOOK_MS)
    return () => clearInterval(timer)
  }

  private receive(answer: WorkerAnswer): void {
    const waiting = this.waiting.get(answer.id)
    if (!waiting) return
    if (answer.ok || answer.error.code !== null) this.waiting.delete(answer.id)
    if (answer.ok) waiting.resolve(answer.value)
    // As the drivers throw it.
    else if (answer.error.code !== null) waiting.reject(Object.assign(new Error(answer.error.message), withoutNulls(answer.error)))
    else void this.end(`The scratch database broke down: ${answer.error.message}.`)
  }

  private async end(message: string, timedOut = false): Promise<void> {
    const { worker } = this
    const done = Atomics.load(this.progress, 0)
    this.worker = undefined
    this.opening = undefined
    const waiting = [...this.waiting.values()]
    this.waiting.clear()
    await worker?.terminate()
    for (const { task, reject } of waiting) reject(new ScratchLost(message, { done: task.kind === 'run' ? done : null, timedOut }))
  }
}

const withoutNulls = (error: WireError): object => Object.fromEntries(Object.entries(error).filter(([, value]) => value !== null))
