import type { Diagnostic } from '#core/diagnostic.ts'
import type { LineSource } from '../../panels/lines/code-line.ts'
import type { SourceFix } from './group.ts'
import type { FromReader, RawSource, Reading, ReadingStage, ToReader } from './protocol.ts'

/** How a reading stands. `refused` = nothing could be read; the project is untouched in every state. */
export type ReadingState =
  | { readonly kind: 'reading'; readonly stage: ReadingStage; readonly share: number; readonly since: number }
  | { readonly kind: 'done'; readonly reading: Reading; readonly views: readonly LineSource[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

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

/** Starts reading at once. */
export function readSources(sources: readonly RawSource[]): ReadingSession {
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module', name: 'import' })
  const listeners = new Set<() => void>()
  const waiting = new Map<number, (lines: Extract<FromReader, { kind: 'lines' }>['lines']) => void>()
  let request = 0
  let state: ReadingState = { kind: 'reading', stage: 'opening', share: 0, since: performance.now() }

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
    become({ kind: 'reading', stage: 'reading', share: 0, since: performance.now() })
    send(message)
  }

  worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
    if (data.kind === 'progress') {
      const since = state.kind === 'reading' ? state.since : performance.now()
      become({ kind: 'reading', stage: data.stage, share: data.share, since })
    } else if (data.kind === 'done') {
      become({ kind: 'done', reading: data.reading, views: data.reading.sources.map((source, at) => viewOf(at, source)) })
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
