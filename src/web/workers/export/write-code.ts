import type { Change } from '#core/project/rows.ts'
import type { FormatId } from '#formats/all.ts'
import type { ReplicaApi } from '#sync/types.ts'
import type { LineSource } from '../../panels/lines/code-line.ts'
import type { FromWriter, ToWriter, Written } from './protocol.ts'
import { createRowFeed } from './row-feed.ts'

/** The code as the panel shows it. While the next is being written, the last one stays. */
export interface Code {
  readonly written: Written
  readonly lines: LineSource
}
export type CodeState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'writing'; readonly last: Code | null }
  | { readonly kind: 'written'; readonly last: Code }
  | { readonly kind: 'failed'; readonly message: string; readonly last: Code | null }

/** A worker that follows a project's rows and writes them as code. Writes only while a format is wanted. */
export interface CodeSession {
  readonly state: CodeState
  subscribe(listener: () => void): () => void
  /** The format to keep written, or null for none (the panel is closed). */
  want(format: FormatId | null): void
  /** The whole text of the last writing. */
  files(): Promise<readonly { readonly path: string; readonly text: string }[]>
  close(): void
}

/** Edits come in bursts: a drag, a name being typed, an import. Written when they pause this long, in milliseconds. */
const PAUSE = 150

export function writeCode(replica: Pick<ReplicaApi, 'view' | 'subscribe'>): CodeSession {
  let worker: Worker | null = null
  let wanted: FormatId | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let request = 0
  let current = 0
  let isStale = true
  let state: CodeState = { kind: 'idle' }
  const listeners = new Set<() => void>()
  const waiting = new Map<number, (message: FromWriter) => void>()

  const become = (next: CodeState) => {
    state = next
    for (const listener of [...listeners]) listener()
  }
  const lastCode = (): Code | null => (state.kind === 'idle' ? null : state.last)
  /** After a failure, code of another format would pass for what was asked. */
  const lastOfWanted = (): Code | null => {
    const last = lastCode()
    return last?.written.format === wanted ? last : null
  }
  const send = (message: ToWriter) => worker?.postMessage(message)
  const feed = createRowFeed(replica.view, send)
  const ask = (make: (request: number) => ToWriter): Promise<FromWriter> =>
    new Promise((resolve) => {
      waiting.set(++request, resolve)
      send(make(request))
    })
  const codeOf = (written: Written): Code => ({
    written,
    lines: {
      lineCount: written.lineCount,
      width: written.width,
      read: async (from, to) => {
        const answer = await ask((number) => ({ kind: 'lines', request: number, from, to }))
        return answer.kind === 'lines' ? answer.lines : []
      },
    },
  })
  const write = async () => {
    const format = wanted
    if (!format) return
    start()
    clearTimeout(timer)
    isStale = false
    become({ kind: 'writing', last: lastCode() })
    const turn = ++current
    await feed.catchUp()
    if (turn !== current) return
    const answer = await ask((number) => ({ kind: 'write', request: number, format }))
    if (turn !== current) return
    if (answer.kind === 'written') become({ kind: 'written', last: codeOf(answer.written) })
    else if (answer.kind === 'failed') become({ kind: 'failed', message: answer.message, last: lastOfWanted() })
  }
  const soon = (pause: number) => {
    clearTimeout(timer)
    isStale = true
    if (wanted) timer = setTimeout(() => void write(), pause)
  }
  const receive = ({ data }: MessageEvent<FromWriter>) => {
    if (data.kind === 'lost') {
      feed.restart()
      soon(0)
      return
    }
    waiting.get(data.request)?.(data)
    waiting.delete(data.request)
  }
  const start = () => {
    if (worker) return
    worker = new Worker(new URL('./export-worker.ts', import.meta.url), { type: 'module', name: 'export' })
    worker.onmessage = receive
    worker.onerror = (event) => {
      event.preventDefault()
      become({ kind: 'failed', message: event.message || 'The code writer could not run.', last: lastOfWanted() })
    }
  }
  const leave = replica.subscribe((touched) => {
    feed.note(touched)
    if (touched.reset || touched.changes.some(isWritten)) soon(PAUSE)
  })

  return {
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    want(format) {
      if (format === wanted) return
      wanted = format
      if (format) soon(0)
    },
    async files() {
      if (isStale) await write()
      const answer = await ask((number) => ({ kind: 'files', request: number }))
      return answer.kind === 'files' ? answer.files : []
    },
    close() {
      clearTimeout(timer)
      leave()
      listeners.clear()
      waiting.clear()
      worker?.terminate()
      worker = null
    },
  }
}

/** Places and colours are the diagram's: no code tells of them. */
const isWritten = ({ before, after }: Change): boolean =>
  before === null || after === null || Object.keys(after).some((field) => field !== 'positionX' && field !== 'positionY' && field !== 'color')
