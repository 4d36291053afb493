import type { Diagnostic } from '#core/diagnostic.ts'
import { unreachable } from '#core/unreachable.ts'
import type { LineSource } from '../../panels/lines/code-line.ts'
import type { SourceFix } from './group.ts'
import type { FromReader, RawSource, Reading, ReadingStage, ToReader } from './protocol.ts'

/** How a reading stands. `refused` = nothing could be read; the project is untouched in every state. */
export type ReadingState =
  | {
      readonly kind: 'reading'
      readonly stage: ReadingStage
      readonly share: number
      /** While fixes are carried out. */ readonly last: Done | null
    }
  | { readonly kind: 'done'; readonly last: Done; readonly verifying: Verifying }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** How asking PostgreSQL stands: not asked (or already in the reading), at work (share from 0 to 1), or not possible. */
export type Verifying =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly share: number }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }

/** A reading with the ways to its lines. */
export interface Done {
  readonly reading: Reading
  readonly views: readonly LineSource[]
}

/** A worker that reads sources: one per import. `close` ends it at once, whatever it is doing. */
export interface ReadingSession {
  readonly state: ReadingState
  subscribe(listener: () => void): () => void
  /** Carries out fixes in the sources and reads them again. */
  fix(fixes: readonly SourceFix[]): void
  /** Back to the sources as they were dropped. */
  unfix(): void
  /** Nothing is asked of PostgreSQL any more: the reading stays as it is. */
  settle(): void
  close(): void
}

let spare: Worker | null = null
const startWorker = (): Worker => new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module', name: 'import' })

/** Starts a worker and lets it load the grammar while people still choose. Returns how to give it up if it was not needed. */
export function prepareReader(): () => void {
  const worker = startWorker()
  worker.postMessage({ kind: 'prepare' } satisfies ToReader)
  spare = worker
  return () => {
    if (spare !== worker) return
    spare = null
    worker.terminate()
  }
}

/** Starts reading at once; afterwards PostgreSQL is asked about it at `truthAddress`, while people look. */
export const readSources = (sources: readonly RawSource[], truthAddress: string): ReadingSession =>
  startSession({ kind: 'read', sources }, truthAddress)

/** Starts reading a database at once: `address` is where the server does it. */
export const readDatabase = (message: Omit<Extract<ToReader, { kind: 'database' }>, 'kind'>): ReadingSession =>
  startSession({ kind: 'database', ...message }, null)

function startSession(first: ToReader, truthAddress: string | null): ReadingSession {
  const worker = spare ?? startWorker()
  spare = null
  return new Session(worker, first, truthAddress)
}

class Session implements ReadingSession {
  readonly #worker: Worker
  readonly #truthAddress: string | null
  readonly #listeners = new Set<() => void>()
  readonly #waiting = new Map<number, (lines: Extract<FromReader, { kind: 'lines' }>['lines']) => void>()
  #request = 0
  #isSettled = false
  #state: ReadingState = { kind: 'reading', stage: 'opening', share: 0, last: null }

  constructor(worker: Worker, first: ToReader, truthAddress: string | null) {
    this.#worker = worker
    this.#truthAddress = truthAddress
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => this.#hear(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.#become({ kind: 'refused', diagnostics: [workerFailed(event.message)] })
    }
    this.#send(first)
  }

  get state(): ReadingState {
    return this.#state
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly fix = (fixes: readonly SourceFix[]): void => this.#readAgain({ kind: 'fix', fixes })
  readonly unfix = (): void => this.#readAgain({ kind: 'unfix' })

  settle(): void {
    this.#isSettled = true
    this.#send({ kind: 'settle' })
    if (this.#state.kind === 'done') this.#become({ ...this.#state, verifying: { kind: 'idle' } })
  }

  close(): void {
    this.#listeners.clear()
    this.#worker.terminate()
  }

  #hear(data: FromReader): void {
    switch (data.kind) {
      case 'progress':
        return this.#become({ kind: 'reading', stage: data.stage, share: data.share, last: this.#last() })
      case 'done':
        return this.#finish(data.reading)
      case 'verifying':
        return this.#verifies({ kind: 'running', share: data.share })
      case 'verified':
        return this.#isSettled ? undefined : this.#become({ kind: 'done', last: this.#doneWith(data.reading), verifying: { kind: 'idle' } })
      case 'not-verified':
        return this.#verifies({ kind: 'failed', diagnostic: data.diagnostic })
      case 'refused':
        return this.#become({ kind: 'refused', diagnostics: data.diagnostics })
      case 'lines':
        this.#waiting.get(data.request)?.(data.lines)
        this.#waiting.delete(data.request)
        return undefined
      default:
        return unreachable(data)
    }
  }

  /** Read: now it is shown, and PostgreSQL is asked. */
  #finish(reading: Reading): void {
    const address = reading.canVerify ? this.#truthAddress : null
    const verifying: Verifying = address === null ? { kind: 'idle' } : { kind: 'running', share: 0 }
    this.#become({ kind: 'done', last: this.#doneWith(reading), verifying })
    if (address !== null) this.#send({ kind: 'verify', address })
  }

  #verifies(verifying: Verifying): void {
    if (this.#state.kind === 'done' && !this.#isSettled) this.#become({ ...this.#state, verifying })
  }

  #readAgain(message: ToReader): void {
    this.#isSettled = false
    this.#become({ kind: 'reading', stage: 'reading', share: 0, last: this.#last() })
    this.#send(message)
  }

  #last(): Done | null {
    return this.#state.kind === 'refused' ? null : this.#state.last
  }

  #doneWith(reading: Reading): Done {
    return { reading, views: reading.sources.map((source, at) => this.#viewOf(at, source)) }
  }

  #viewOf(source: number, { lineCount, width }: Reading['sources'][number]): LineSource {
    const read: LineSource['read'] = (from, to) =>
      new Promise((resolve) => {
        this.#request += 1
        this.#waiting.set(this.#request, resolve)
        this.#send({ kind: 'lines', request: this.#request, source, from, to })
      })
    return { lineCount, width, read }
  }

  #send(message: ToReader): void {
    this.#worker.postMessage(message)
  }

  #become(next: ReadingState): void {
    this.#state = next
    for (const listener of [...this.#listeners]) listener()
  }
}

const workerFailed = (message: string): Diagnostic => ({
  code: 'reader-not-available',
  severity: 'error',
  message: `The reader could not run${message ? `: ${message}` : '.'}`,
  hint: 'Nothing in the project has changed. Reload the page and try again.',
})
