import type { Diagnostic } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { runMutation } from '#core/mutations/run.ts'
import type { Id, ProjectView } from '#core/project/rows.ts'
import type { ProjectStore, Recording } from '#core/project/store.ts'
import { without } from '#core/project/without.ts'
import type { MutateMessage, MutateReply, OutgoingMutation } from './messages.ts'
import { RECENT_RESULTS, type Actor, type Batch, type ClientState, type CommitResult, type RoomOptions } from './room-types.ts'
import type { LogEntry, MutationResult } from './types.ts'

/** A `mutate` message on its way. */
interface Job {
  readonly actor: Actor
  readonly message: MutateMessage
  readonly answer: (reply: MutateReply) => void
}
interface Outcome {
  readonly mutationId: number
  readonly result: MutationResult
}
interface Reading {
  readonly look: () => void
  readonly fail: (error: unknown) => void
}
/** See `Room.join`; the server adds the role. */
export type JoinState =
  | { readonly kind: 'joined'; readonly seq: number; readonly lastMutationId: number; readonly entries: readonly LogEntry[] }
  | { readonly kind: 'snapshot'; readonly seq: number }
  | typeof foreignClient

/** A batch as it ran on the store, not yet durable. */
interface Attempt {
  readonly recording: Recording
  readonly entries: Batch['entries'][number][]
  readonly clients: Map<Id, ClientState>
  readonly replies: { readonly job: Job; readonly reply: MutateReply }[]
}

const MAX_CONFLICTS = 50

/**
 * The server's live session of a project: a queue, the rows in memory at sequence `seq`, and one transaction at a time. Knows neither sockets
 * nor SQL; both are handed in. Nothing is emitted or acknowledged before it is durable, and whatever fails leaves memory as the log says.
 *
 * Another node may write the same project: `commit` then answers `conflict`, the room catches up from the log and runs its queue again.
 */
export class Room {
  readonly #options: RoomOptions
  readonly #store: ProjectStore
  readonly #clients = new Map<Id, ClientState>()
  #seq: number
  #queue: Job[] = []
  #readings: Reading[] = []
  #waiting = 0
  readonly #unstorable = new WeakSet<OutgoingMutation>()
  #behind = false
  #running: Promise<void> | null = null

  /** `store` holds the project's rows as of log entry `seq`. The room owns it from now on. */
  constructor(options: RoomOptions, store: ProjectStore, seq: number) {
    this.#options = options
    this.#store = store
    this.#seq = seq
  }

  /** The last durable entry of the log that the rows in memory contain. */
  get seq(): number {
    return this.#seq
  }

  /** Whether there is nothing to do: then the room may be forgotten, and made again from storage when needed. */
  get idle(): boolean {
    return this.#running === null
  }

  /** Runs a client's mutations in order, exactly once, after everything that came before. Never rejects; `message` has been validated. */
  submit(actor: Actor, message: MutateMessage): Promise<MutateReply> {
    if (this.#waiting + message.mutations.length > (this.#options.maxQueue ?? 2_000)) return Promise.resolve(busy)
    this.#waiting += message.mutations.length
    return new Promise((resolve) => {
      this.#queue.push({ actor, message, answer: resolve })
      this.#start()
    })
  }

  /** Looks at the rows when they are exactly those of the log up to `seq`: never at a batch that is not durable yet. `look` must not keep the view. */
  read<T>(look: (view: ProjectView & Pick<ProjectStore, 'rows'>, seq: number) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#readings.push({
        look: () => {
          try {
            resolve(look(this.#store, this.#seq))
          } catch (error) {
            reject(error)
          }
        },
        fail: reject,
      })
      this.#start()
    })
  }

  /**
   * What a client that has the project up to `since` needs to follow it: the entries it missed and the last of its mutations that was processed.
   * Let it have live entries first (it sorts out doubles), then ask. `snapshot` when it missed too much, or knows entries that are not there.
   */
  async join(actor: Actor, clientId: Id, since: number | null): Promise<JoinState> {
    const seq = await this.read((_, current) => current)
    // From storage, and in this order: an entry of a mutation up to `lastMutationId` is then among the entries, whatever is committed meanwhile.
    const state = await this.#options.loadClient(clientId)
    if (state && state.authorId !== actor.id) return foreignClient
    if (since === null || since > seq || (await this.#options.isTooMuch(since))) return { kind: 'snapshot', seq }
    const entries = await this.#options.loadSince(since)
    return { kind: 'joined', seq: entries.at(-1)?.seq ?? since, lastMutationId: state?.lastMutationId ?? 0, entries }
  }

  /** Another node has written, or may have: reads the log and emits what is new. Resolves when that is done. */
  catchUp(): Promise<void> {
    this.#behind = true
    return this.read(() => undefined)
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null
      if (this.#queue.length > 0 || this.#readings.length > 0) this.#start()
    })
  }

  async #run(): Promise<void> {
    // One turn, so that what arrives together is committed together.
    await this.#options.yieldTurn()
    while (this.#queue.length > 0 || this.#readings.length > 0) {
      try {
        if (this.#behind) await this.#catchUp()
      } catch (error) {
        this.#giveUp(error)
        return
      }
      for (const { look } of this.#readings.splice(0)) look()
      const jobs = this.#take()
      if (jobs.length > 0) await this.#processOrRetryLater(jobs)
      await this.#options.yieldTurn()
    }
  }

  /** The log cannot be read: what cannot be known to be right is neither shown nor built upon. */
  #giveUp(error: unknown): void {
    this.#options.onTrouble?.({ code: 'catch-up-failed', error })
    for (const { fail } of this.#readings.splice(0)) fail(error)
    for (const { answer } of this.#queue.splice(0)) answer(unavailable)
    this.#waiting = 0
  }

  /** Whole messages, up to the size of a batch. */
  #take(): Job[] {
    const limit = this.#options.maxBatch ?? 128
    let size = 0
    let count = 0
    for (const { message } of this.#queue) {
      if (count > 0 && size + message.mutations.length > limit) break
      size += message.mutations.length
      count += 1
    }
    this.#waiting -= size
    return this.#queue.splice(0, count)
  }

  async #processOrRetryLater(jobs: readonly Job[]): Promise<void> {
    try {
      await this.#process(jobs)
    } catch (error) {
      this.#options.onTrouble?.({ code: 'batch-failed', error })
      this.#behind = true
      for (const { answer } of jobs) answer(unavailable)
    }
  }

  async #process(jobs: readonly Job[]): Promise<void> {
    for (let failures = 0; failures < MAX_CONFLICTS; failures += 1) {
      if (failures > 0) {
        await this.#options.yieldTurn()
        await this.#catchUp()
      }
      await this.#loadClients(jobs)
      const attempt = this.#attempt(jobs)
      const result = attempt.clients.size === 0 ? 'committed' : await this.#commit(attempt)
      if (result === 'committed') return this.#settle(attempt)
      attempt.recording.rollback()
      for (const clientId of attempt.clients.keys()) this.#clients.delete(clientId)
      if (result === 'rejected') return this.#isolate(jobs)
    }
    throw new Error(`could not commit in ${MAX_CONFLICTS} attempts`)
  }

  /** Finds the mutation that the database cannot hold by committing one at a time, so that it takes nobody else's with it. */
  async #isolate(jobs: readonly Job[]): Promise<void> {
    const [only, ...others] = jobs.flatMap(splitJob)
    if (only && others.length === 0) {
      for (const mutation of only.message.mutations) {
        if (this.#unstorable.has(mutation)) throw new Error('the database refuses even the refusal of a mutation')
        this.#unstorable.add(mutation)
      }
      return this.#processOrRetryLater([only])
    }
    for (const job of jobs.flatMap(splitJob)) await this.#processOrRetryLater([job])
  }

  async #commit({ entries, clients }: Attempt): Promise<CommitResult> {
    try {
      return await this.#options.commit({
        projectId: this.#options.projectId,
        seqBefore: this.#seq,
        seqAfter: this.#seq + entries.length,
        entries,
        clients: [...clients.values()],
      })
    } catch (error) {
      // It may have been written all the same. Going by the log (and the clients' last ids in it) makes both cases right.
      this.#options.onTrouble?.({ code: 'commit-failed', error })
      return 'conflict'
    }
  }

  #settle({ recording, entries, clients, replies }: Attempt): void {
    recording.keep()
    this.#seq += entries.length
    for (const [clientId, state] of clients) this.#clients.set(clientId, state)
    this.#emit(entries.map((entry) => without(entry, 'args')))
    for (const { job, reply } of replies) job.answer(reply)
  }

  #attempt(jobs: readonly Job[]): Attempt {
    const attempt: Attempt = { recording: this.#store.record(), entries: [], clients: new Map(), replies: [] }
    try {
      for (const job of jobs) attempt.replies.push({ job, reply: this.#runJob(job, attempt) })
    } catch (error) {
      attempt.recording.rollback()
      throw error
    }
    return attempt
  }

  #runJob({ actor, message }: Job, attempt: Attempt): MutateReply {
    const { clientId } = message
    const state: ClientState = attempt.clients.get(clientId) ??
      this.#clients.get(clientId) ?? { clientId, authorId: actor.id, lastMutationId: 0, recent: [] }
    if (state.authorId !== actor.id) return foreignClient
    const results: Outcome[] = []
    const fresh: Outcome[] = []
    let { lastMutationId } = state
    for (const mutation of message.mutations) {
      const { mutationId } = mutation
      if (mutationId > lastMutationId + 1) {
        if (lastMutationId === 0) return unknownClient
        if (results.length === 0) return gap(lastMutationId)
        break
      }
      const known = [...state.recent, ...fresh].find((outcome) => outcome.mutationId === mutationId)
      if (mutationId <= lastMutationId) {
        results.push(known ?? { mutationId, result: forgotten })
        continue
      }
      const outcome = { mutationId, result: this.#runOne(actor, clientId, mutation, attempt) }
      lastMutationId = mutationId
      results.push(outcome)
      fresh.push(outcome)
    }
    if (fresh.length > 0)
      attempt.clients.set(clientId, { ...state, lastMutationId, recent: [...state.recent, ...fresh].slice(-RECENT_RESULTS) })
    return { kind: 'results', results, lastMutationId }
  }

  #runOne(actor: Actor, clientId: Id, mutation: OutgoingMutation, { entries }: Attempt): MutationResult {
    const { projectId, limits, roleOf, now } = this.#options
    if (this.#unstorable.has(mutation)) return unstorable
    const { mutationId, name, args } = mutation
    const ran = runMutation(this.#store, name, args, { projectId, limits, role: roleOf(actor) ?? 'viewer' })
    if (ran.kind === 'refused') return ran
    const seq = this.#seq + entries.length + 1
    entries.push({ seq, clientId, mutationId, author: actor, at: now(), name, changes: ran.changes, args })
    return { kind: 'ok', seq, diagnostics: ran.diagnostics }
  }

  async #loadClients(jobs: readonly Job[]): Promise<void> {
    for (const { message } of jobs) {
      const { clientId } = message
      const known = this.#clients.get(clientId)
      // What does not follow on what is known here may follow on what another node did.
      if (known && (message.mutations[0]?.mutationId ?? 0) <= known.lastMutationId + 1) continue
      const state = await this.#options.loadClient(clientId)
      if (state) this.#clients.set(clientId, state)
    }
  }

  async #catchUp(): Promise<void> {
    const news: LogEntry[] = []
    try {
      for (const entry of await this.#options.loadSince(this.#seq)) {
        if (entry.seq <= this.#seq) continue
        if (entry.seq !== this.#seq + 1) throw new Error(`the log goes from ${this.#seq} to ${entry.seq}`)
        this.#store.apply(entry.changes)
        this.#seq = entry.seq
        this.#clients.delete(entry.clientId)
        news.push(entry)
      }
      this.#behind = false
    } finally {
      this.#emit(news)
    }
  }

  /** A listener that throws must not stop the room. */
  #emit(entries: readonly LogEntry[]): void {
    if (entries.length === 0) return
    try {
      this.#options.emit(entries)
    } catch (error) {
      this.#options.onTrouble?.({ code: 'emit-failed', error })
    }
  }
}

/** One message as several of one mutation each, answered together. */
function splitJob({ actor, message, answer }: Job): readonly Job[] {
  const results: Outcome[] = []
  let missing = message.mutations.length
  return message.mutations.map((mutation) => ({
    actor,
    message: { clientId: message.clientId, mutations: [mutation] },
    answer: (reply) => {
      if (reply.kind !== 'results') return answer(reply)
      missing -= 1
      results.push(...reply.results)
      if (missing === 0) answer({ ...reply, results })
    },
  }))
}

const error = (code: DiagnosticCode, message: string, hint?: string): Diagnostic => ({
  code,
  severity: 'error',
  message,
  ...(hint ? { hint } : {}),
})
const busy: MutateReply = {
  kind: 'retry',
  afterMs: 1_000,
  diagnostics: [error('busy', 'This project is receiving more edits than it can take.')],
}
const unavailable: MutateReply = {
  kind: 'retry',
  afterMs: 2_000,
  diagnostics: [error('unavailable', 'The edit could not be saved just now.', 'It is kept and sent again.')],
}
const foreignClient = {
  kind: 'refused',
  diagnostics: [error('foreign-client', 'This client id belongs to somebody else.', 'Reload the page.')],
} as const
const unknownClient: MutateReply = {
  kind: 'refused',
  diagnostics: [error('unknown-client', 'These edits are too old to be sent.', 'Reload the page and make them again.')],
}
const forgotten: MutationResult = {
  kind: 'refused',
  diagnostics: [
    error(
      'already-processed',
      'This edit was processed before; its result is no longer known.',
      'Look at the project for what became of it.',
    ),
  ],
}
const unstorable: MutationResult = {
  kind: 'refused',
  diagnostics: [error('not-storable', 'The database cannot hold this edit.', 'Look for unusual characters or very long texts.')],
}
const gap = (lastMutationId: number): MutateReply => ({ kind: 'gap', lastMutationId })
