import { io, type Socket } from 'socket.io-client'
import { defaultLimits } from '#core/limits.ts'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { Id } from '#core/project/rows.ts'
import {
  PROTOCOL_VERSION,
  type ClientEvents,
  type JoinReply,
  type MutateMessage,
  type OutgoingMutation,
  type ServerEvents,
  type MutateReply,
} from '#sync/messages.ts'
import { Replica } from '#sync/replica.ts'
import type { JoinQuestion } from '#sync/replica-types.ts'
import { newId } from './new-id.ts'
import { TransportError, isLarge, projectRequests, type ProjectRequests } from './transport-http.ts'
import { browserShelf, type PendingShelf } from './transport-pending.ts'

/** Where and how to reach the server. In the browser: the page's own, with its cookies; programs and tests give an address and headers. */
export interface TransportOptions {
  readonly url?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Where unsent work is kept; null = nowhere. */
  readonly shelf?: PendingShelf | null
  /** The server refused an edit that the person had seen done, also one of an earlier visit. */
  readonly onRefused?: (mutation: OutgoingMutation, diagnostics: readonly Diagnostic[]) => void
  readonly onTrouble?: (error: unknown) => void
}
export interface OpenedProject {
  readonly replica: Replica
  /** Leaves the project. Work that was not sent is kept and sent at the next visit. */
  close(): Promise<void>
}

const OPENING_MS = 20_000
const REPLY_MS = 20_000
const RETRY_MS = 1_000

/**
 * Opens a project and keeps it in step until `close`: through lost connections, restarts of the server and reloads of the page. Resolves when the
 * project is there and live; rejects with a message for the person when it cannot be opened.
 */
export async function openProject(projectId: Id, options: TransportOptions = {}): Promise<OpenedProject> {
  const transport = new Transport(projectId, options)
  try {
    await transport.open()
  } catch (error) {
    await transport.close()
    throw error
  }
  return { replica: transport.replica, close: () => transport.close() }
}

class Transport {
  readonly replica: Replica
  readonly #projectId: Id
  readonly #options: TransportOptions
  readonly #http: ProjectRequests
  readonly #socket: Socket<ServerEvents, ClientEvents>
  readonly #shelf: PendingShelf | null
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  readonly #closers: (() => void)[] = []
  #opened: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | null = null
  #syncing = false
  /** Messages with edits that wait for their answer. */
  #underWay = 0
  #resyncAfter = false
  #again: 'join' | 'snapshot' | null = null
  #refusals = 0
  #closed = false

  constructor(projectId: Id, options: TransportOptions) {
    this.#projectId = projectId
    this.#options = options
    this.#http = projectRequests(projectId, options)
    this.#shelf = options.shelf === undefined ? browserShelf() : options.shelf
    this.replica = new Replica({
      projectId,
      makeId: newId,
      limits: defaultLimits,
      send: (message) => void this.#send(message),
      requestCatchUp: () => void this.#sync('join'),
      requestSnapshot: () => void this.#sync('snapshot'),
      onPending: () => this.#shelf?.save(this.replica.exportPending()),
      ...(options.onRefused ? { onRefused: options.onRefused } : {}),
      ...(options.onTrouble ? { onTrouble: options.onTrouble } : {}),
    })
    this.#socket = io(options.url ?? '/', {
      path: '/rt',
      transports: ['websocket', 'polling'],
      autoConnect: false,
      withCredentials: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 5_000,
      randomizationFactor: 0.5,
      ...(options.headers ? { extraHeaders: options.headers } : {}),
    })
  }

  async open(): Promise<void> {
    const { replica } = this
    const live = new Promise<void>((resolve, reject) => (this.#opened = { resolve, reject }))
    live.catch(() => undefined)
    // The rows come by HTTP, compressed, while the socket connects.
    const snapshot = this.#http.snapshot()
    snapshot.catch(() => undefined)
    this.#listen()
    this.#socket.connect()
    const saved = await this.#shelf?.take(this.#projectId)
    if (saved?.mine) replica.restorePending(saved.mine)
    this.#load(await snapshot)
    void this.#sync('join')
    this.#later(OPENING_MS, () => this.#opened?.reject(new TransportError('no-answer', 'The server did not answer.')))
    await live
    for (const orphan of saved?.others ?? []) void this.#sendOrphan(orphan)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    for (const stop of this.#closers) stop()
    this.#socket.disconnect()
    await this.#shelf?.close(this.replica.exportPending())
    this.replica.close('you have left it')
  }

  #listen(): void {
    const socket = this.#socket
    socket.on('connect', () => {
      this.#refusals = 0
      if (this.replica.seq !== null) void this.#sync('join')
    })
    socket.on('disconnect', (reason) => {
      this.replica.disconnected()
      // The server ended it (a session that changed, a reader too slow): Socket.IO leaves coming back to us.
      if (reason === 'io server disconnect') this.#later(RETRY_MS * Math.random(), () => socket.connect())
    })
    socket.on('connect_error', (error) => {
      this.replica.disconnected()
      if (!socket.active) this.#refusedAtTheDoor(error)
    })
    socket.on('entries', ({ entries }) => this.replica.receive(entries))
    // Something too large to be pushed: the server says whether to take it as entries (then one's own import is confirmed as it stands) or whole.
    // While an edit of one's own is under way it is most likely the cause: its answer tells the replica what it need not do twice.
    socket.on('resync', () => {
      if (this.#underWay > 0) this.#resyncAfter = true
      else void this.#sync('join')
    })
    socket.on('access', ({ role }) => {
      this.replica.setRole(role)
      if (role === null) socket.disconnect()
    })
    if (typeof window === 'undefined') return
    const hurry = () => {
      if (socket.connected || this.#closed) return
      socket.disconnect()
      socket.connect()
    }
    window.addEventListener('online', hurry)
    this.#closers.push(() => window.removeEventListener('online', hurry))
  }

  /** The server does not let us in. A guest who is just signing up has no valid session for a moment, so it is tried a few times. */
  #refusedAtTheDoor(error: Error): void {
    this.#refusals += 1
    const isFinal = error.message === 'not-signed-in' && this.#refusals > 5
    if (!isFinal) return this.#later(RETRY_MS * this.#refusals, () => this.#socket.connect())
    this.#end('you are not signed in')
  }

  #end(reason: string): void {
    this.#opened?.reject(new TransportError('closed', `The project cannot be opened: ${reason}.`))
    this.replica.close(reason)
    this.#socket.disconnect()
  }

  /** Brings the replica up to date: joins from where it is, or from a fresh snapshot. One at a time; what is asked meanwhile is done next. */
  async #sync(how: 'join' | 'snapshot'): Promise<void> {
    if (this.#again !== 'snapshot') this.#again = how
    if (this.#syncing) return
    this.#syncing = true
    try {
      while (this.#again !== null && this.#socket.connected && !this.#closed) {
        const next = this.#again
        this.#again = null
        if (next === 'snapshot') this.#load(await this.#http.snapshot())
        const asked = this.replica.joinQuestion()
        const reply = await this.#join(asked)
        if (reply.kind === 'snapshot') this.#again = 'snapshot'
        else if (reply.kind === 'refused') this.#end(lowerFirst(reply.diagnostics[0]?.message ?? 'the server refused'))
        else this.#joined(reply, asked)
      }
    } catch (error) {
      if (error instanceof TransportError && error.isFinal) this.#end(lowerFirst(error.message))
      else this.#later(RETRY_MS, () => void this.#sync(how))
    } finally {
      this.#syncing = false
    }
  }

  /** The role first: what is pending is replayed on the rows under it. */
  #load({ role, ...snapshot }: Awaited<ReturnType<ProjectRequests['snapshot']>>): void {
    this.replica.setRole(role)
    this.replica.load(snapshot)
  }

  #joined(reply: Extract<JoinReply, { kind: 'joined' }>, asked: JoinQuestion): void {
    this.replica.joined(reply, asked)
    this.#opened?.resolve()
    this.#opened = null
  }

  async #join({ clientId, since }: JoinQuestion): Promise<JoinReply> {
    const message = { projectId: this.#projectId, clientId, since, version: PROTOCOL_VERSION }
    const reply = (await this.#socket.timeout(REPLY_MS).emitWithAck('join', message)) as JoinReply | { kind: 'retry'; afterMs: number }
    // Sent too much at once: the same answer as to mutations.
    if (reply.kind === 'retry') throw new TransportError('busy', 'The server is busy.')
    return reply
  }

  async #send(message: MutateMessage): Promise<void> {
    const { replica } = this
    this.#underWay += 1
    try {
      // Socket.IO would keep it and send it on the next connection before the join, which the server refuses.
      if (!isLarge(message) && !this.#socket.connected) return replica.disconnected()
      const reply = isLarge(message)
        ? await this.#http.mutate(message)
        : await this.#socket.timeout(REPLY_MS).emitWithAck('mutate', message)
      if (reply.kind === 'retry') this.#later(reply.afterMs, () => replica.retry())
      // Nothing of it was looked at: `joined` sends it again. Taking it for a refusal would tell people that a committed edit was not.
      else if (isNotJoined(reply)) {
        replica.disconnected()
        void this.#sync('join')
      } else replica.acknowledge(message.clientId, reply)
    } catch {
      // No answer: the same ids are sent again, so nothing can happen twice. After a lost connection `joined` sees to it.
      this.#later(RETRY_MS, () => replica.retry())
    } finally {
      this.#underWay -= 1
      if (this.#resyncAfter) void this.#sync('join')
      this.#resyncAfter = false
    }
  }

  /** Work that another tab left behind when it was closed. It goes under that tab's client id, in order. */
  async #sendOrphan({ saved, done }: { readonly saved: MutateMessage; readonly done: () => void }): Promise<void> {
    try {
      for (const mutation of saved.mutations) {
        const reply = await this.#http.mutate({ clientId: saved.clientId, mutations: [mutation] })
        if (reply.kind === 'retry') return
        const diagnostics = reply.kind === 'refused' ? reply.diagnostics : reply.kind === 'results' ? refusedOnes(reply.results) : []
        if (diagnostics.length > 0) this.#options.onRefused?.(mutation, diagnostics)
      }
      done()
    } catch (error) {
      this.#options.onTrouble?.(error)
    }
  }

  #later(milliseconds: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (!this.#closed) work()
    }, milliseconds)
    this.#timers.add(timer)
  }
}

type Results = Extract<Awaited<ReturnType<ProjectRequests['mutate']>>, { kind: 'results' }>['results']
const refusedOnes = (results: Results): readonly Diagnostic[] =>
  results.flatMap(({ result }) => (result.kind === 'refused' ? result.diagnostics : []))

const isNotJoined = (reply: MutateReply): boolean => reply.kind === 'refused' && reply.diagnostics.some(({ code }) => code === 'not-joined')

const lowerFirst = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '')
