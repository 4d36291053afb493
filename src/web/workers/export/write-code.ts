import type { Change } from '#core/project/rows.ts'
import type { FormatId } from '#formats/all.ts'
import type { ReplicaApi } from '#sync/types.ts'
import type { LineSource } from '../../panels/lines/code-line.ts'
import type { FromWriter, ToWriter, Written } from './protocol.ts'
import { RowFeed } from './row-feed.ts'

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

/** Edits come in bursts: a drag, a name being typed, an import. Written when they pause this long, in milliseconds. */
const PAUSE = 150

type Answer = Exclude<FromWriter, { kind: 'lost' }>

/** What a session needs of a worker. */
export type WriterPort = Pick<Worker, 'postMessage' | 'onmessage' | 'onerror' | 'terminate'>

/** A worker that follows a project's rows and writes them as code. Starts when a format is first wanted, writes only while one is. */
export class CodeSession {
  readonly #feed: RowFeed
  readonly #open: () => WriterPort
  readonly #leave: () => void
  readonly #listeners = new Set<() => void>()
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #worker: WriterPort | null = null
  #wanted: FormatId | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #request = 0
  /** Counts writings: only the answer to the newest counts. */
  #turn = 0
  /** Something was edited, or another format wanted, since the newest writing began. */
  #isStale = true
  /** The newest writing; resolves in any case. */
  #writing: Promise<void> | null = null
  #state: CodeState = { kind: 'idle' }

  constructor(replica: Pick<ReplicaApi, 'view' | 'subscribe'>, open: () => WriterPort = openWorker) {
    this.#open = open
    this.#feed = new RowFeed(replica.view, (portion) => this.#send(portion))
    this.#leave = replica.subscribe((touched) => {
      this.#feed.note(touched)
      if (touched.reset || touched.changes.some(isWritten)) this.#soon(PAUSE)
    })
  }

  get state(): CodeState {
    return this.#state
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The format to keep written, or null for none (the panel is closed). */
  want(format: FormatId | null): void {
    if (format === this.#wanted) return
    this.#wanted = format
    if (format) this.#soon(0)
  }

  /** The whole text in the wanted format, with every edit that was made until now; nothing when it cannot be written. */
  async files(): Promise<readonly { readonly path: string; readonly text: string }[]> {
    while (this.#wanted && (this.#isStale || this.#writing)) await (this.#isStale ? this.#write() : this.#writing)
    if (!this.#wanted || this.#state.kind === 'failed') return []
    const answer = await this.#ask((request) => ({ kind: 'files', request }))
    return answer.kind === 'files' ? answer.files : []
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#leave()
    this.#listeners.clear()
    this.#waiting.clear()
    this.#worker?.terminate()
    this.#worker = null
    this.#wanted = null
  }

  /** Writes what is wanted as it is now. What was being written does not count any more. */
  #write(): Promise<void> {
    const format = this.#wanted
    if (!format) return Promise.resolve()
    clearTimeout(this.#timer)
    this.#isStale = false
    this.#start()
    const writing = this.#run(format, ++this.#turn).finally(() => {
      if (this.#writing === writing) this.#writing = null
    })
    this.#writing = writing
    this.#become({ kind: 'writing', last: this.#last() })
    return writing
  }

  async #run(format: FormatId, turn: number): Promise<void> {
    await this.#feed.catchUp()
    if (turn !== this.#turn) return
    const answer = await this.#ask((request) => ({ kind: 'write', request, format }))
    if (turn !== this.#turn) return
    if (answer.kind === 'written') this.#become({ kind: 'written', last: this.#codeOf(answer.written) })
    else if (answer.kind === 'failed') this.#fail(answer.message)
  }

  #soon(pause: number): void {
    clearTimeout(this.#timer)
    this.#isStale = true
    if (this.#wanted) this.#timer = setTimeout(() => void this.#write(), pause)
  }

  #start(): void {
    if (this.#worker) return
    this.#worker = this.#open()
    this.#worker.onmessage = ({ data }: MessageEvent<FromWriter>) => this.#receive(data)
    this.#worker.onerror = (event) => {
      event.preventDefault()
      this.#giveUp(event.message || 'The code writer could not run.')
    }
    this.#feed.restart()
  }

  /** The worker is of no use any more: the next edit starts another. */
  #giveUp(message: string): void {
    this.#worker?.terminate()
    this.#worker = null
    this.#fail(message)
    for (const [request, tell] of this.#waiting) tell({ kind: 'failed', request, message })
    this.#waiting.clear()
  }

  #receive(message: FromWriter): void {
    if (message.kind === 'lost') {
      this.#feed.restart()
      this.#soon(0)
      return
    }
    this.#waiting.get(message.request)?.(message)
    this.#waiting.delete(message.request)
  }

  #send(message: ToWriter): void {
    this.#worker?.postMessage(message)
  }

  #ask(make: (request: number) => ToWriter): Promise<Answer> {
    return new Promise((resolve) => {
      const request = ++this.#request
      this.#waiting.set(request, resolve)
      this.#send(make(request))
    })
  }

  #codeOf(written: Written): Code {
    const read = async (from: number, to: number) => {
      const answer = await this.#ask((request) => ({ kind: 'lines', request, from, to }))
      return answer.kind === 'lines' ? answer.lines : []
    }
    return { written, lines: { lineCount: written.lineCount, width: written.width, read } }
  }

  #last(): Code | null {
    return this.#state.kind === 'idle' ? null : this.#state.last
  }

  /** After a failure, code of another format would pass for what was asked. */
  #fail(message: string): void {
    const last = this.#last()
    this.#become({ kind: 'failed', message, last: last?.written.format === this.#wanted ? last : null })
  }

  #become(state: CodeState): void {
    this.#state = state
    for (const listener of [...this.#listeners]) listener()
  }
}

const openWorker = (): Worker => new Worker(new URL('./export-worker.ts', import.meta.url), { type: 'module', name: 'export' })

/** Places and colours are the diagram's: no code tells of them. */
const isWritten = ({ before, after }: Change): boolean =>
  before === null ||
  after === null ||
  Object.keys(after).some((field) => field !== 'positionX' && field !== 'positionY' && field !== 'color')
