import type { Diagnostic } from '#core/diagnostic.ts'
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
  | { readonly kind: 'done'; readonly last: Done }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

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

/** Starts reading at once. */
export function readSources(sources: readonly RawSource[]): ReadingSession {
  const worker = spare ?? startWorker()
  spare = null
  const listeners = new Set<() => void>()
  const waiting = new Map<number, (lines: Extract<FromReader, { kind: 'lines' }>['lines']) => void>()
  let request = 0
  let state: ReadingState = { kind: 'reading', stage: 'opening', share: 0, last: null }

  const send = (message: ToReader) => worker.postMessage(message)
  const become = (next: ReadingState) => {
    state = next
    for (const listener of [...listeners]) listener()
  }
  const viewOf = (source: number, { lineCount, width }: Reading['sources'][number]): LineSource => ({
    lineCount,
    width,
    read: (from, to) =>
      new Promise((resolve) => {
        waiting.set(++request, resolve)
        send({ kind: 'lines', request, source, from, to })
      }),
  })
  const readAgain = (message: ToReader) => {
    become({ kind: 'reading', stage: 'reading', share: 0, last: state.kind === 'refused' ? null : state.last })
    send(message)
  }

  worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
    if (data.kind === 'progress') {
      become({ kind: 'reading', stage: data.stage, share: data.share, last: state.kind === 'refused' ? null : state.last })
    } else if (data.kind === 'done') {
      become({ kind: 'done', last: { reading: data.reading, views: data.reading.sources.map((source, at) => viewOf(at, source)) } })
    } else if (data.kind === 'refused') {
      become({ kind: 'refused', diagnostics: data.diagnostics })
    } else {
      waiting.get(data.request)?.(data.lines)
      waiting.delete(data.request)
    }
  }
  worker.onerror = (event) => {
    event.preventDefault()
    become({ kind: 'refused', diagnostics: [workerFailed(event.message)] })
  }
  send({ kind: 'read', sources })

  return {
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    fix: (fixes) => readAgain({ kind: 'fix', fixes }),
    unfix: () => readAgain({ kind: 'unfix' }),
    close() {
      listeners.clear()
      worker.terminate()
    },
  }
}

const workerFailed = (message: string): Diagnostic => ({
  code: 'reader-not-available',
  severity: 'error',
  message: `The reader could not run${message ? `: ${message}` : '.'}`,
  hint: 'Nothing in the project has changed. Reload the page and try again.',
})
