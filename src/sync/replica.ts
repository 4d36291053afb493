import type { Diagnostic } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { Role } from '#core/mutations/mutation.ts'
import { runMutation } from '#core/mutations/run.ts'
import { isEqual } from '#core/project/equal.ts'
import type { Id, ProjectView } from '#core/project/rows.ts'
import { ProjectStore, type ProjectRows } from '#core/project/store.ts'
import { unreachable } from '#core/unreachable.ts'
import { caps, type MutateReply, type OutgoingMutation } from './messages.ts'
import { outgoing, pendingOf, type Pending, type SavedPending } from './pending.ts'
import type { Joined, JoinQuestion, ProjectSnapshot, ReplicaOptions } from './replica-types.ts'
import type { LogEntry, MutationResult, ReplicaApi, SyncState, Touched } from './types.ts'

/**
 * A client's copy of a project: confirmed rows with the pending mutations replayed on top. No sockets, no timers: a transport feeds it with
 * `load`, `joined`, `receive`, `acknowledge` and `disconnected`, in any order and as often as it likes.
 */
export class Replica implements ReplicaApi {
  readonly #options: ReplicaOptions
  readonly #store = new ProjectStore()
  readonly #listeners = new Set<(touched: Touched) => void>()
  readonly #stateListeners = new Set<(state: SyncState) => void>()
  /** Entries that came too early, by seq. */
  readonly #early = new Map<number, LogEntry>()
  #clientId: Id
  #seq: number | null = null
  #role: Role = 'viewer'
  #pending: Pending[] = []
  #nextMutationId = 1
  #connection: 'connecting' | 'joined' | 'offline' | 'closed' = 'connecting'
  #closedBecause = ''
  #underWay = false
  #catchingUp = false
  #state: SyncState = { kind: 'connecting' }

  constructor(options: ReplicaOptions) {
    this.#options = options
    this.#clientId = options.makeId()
  }

  get view(): ProjectView {
    return this.#store
  }

  get role(): Role {
    return this.#role
  }

  get state(): SyncState {
    return this.#state
  }

  /** The last log entry that the confirmed rows contain; null before the first `load`. What `join` sends as `since`. */
  get seq(): number | null {
    return this.#seq
  }

  /** What `join` and `mutate` send; another than the one given when pending work was restored. */
  get clientId(): Id {
    return this.#clientId
  }

  subscribe(listener: (touched: Touched) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onState(listener: (state: SyncState) => void): () => void {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  mutate(name: string, args: unknown): Promise<MutationResult> {
    if (this.#connection === 'closed') return Promise.resolve(closedResult(this.#closedBecause))
    if (this.#seq === null) return Promise.resolve(notLoaded)
    const ran = runMutation(this.#store, name, args, this.#context())
    if (ran.kind === 'refused') return Promise.resolve(ran)
    return new Promise((resolve) => {
      this.#pending.push(pendingOf({ mutationId: this.#nextMutationId, name, args }, ran.changes, resolve))
      this.#nextMutationId += 1
      this.#options.onPending?.()
      this.#notify({ reset: false, changes: ran.changes })
      this.#sendNext()
      this.#settleState()
    })
  }

  /** Replaces the confirmed rows by a snapshot; pending mutations are replayed on top. */
  load({ seq, rows }: ProjectSnapshot): void {
    if (this.#connection === 'closed') return
    const isFirst = this.#seq === null
    this.#seq = seq
    this.#catchingUp = false
    for (const early of this.#early.keys()) if (early <= seq) this.#early.delete(early)
    for (const pending of this.#pending) if (pending.seq !== null && pending.seq <= seq) pending.entered = true
    if (isFirst || !this.#shows(rows)) this.#replaceRows(rows)
    this.#forget()
    this.#settleState()
    this.#drainEarly()
  }

  /** After one's own import the view shows already what the snapshot says: then nobody needs to look at everything again. */
  #shows(rows: ProjectRows): boolean {
    return this.#pending.every(({ entered, changes }) => entered || changes.length === 0) && isEqual(this.#store.rows(), rows)
  }

  #replaceRows(rows: ProjectRows): void {
    this.#store.load(rows)
    for (const pending of this.#pending) this.#replay(pending)
    this.#notify({ reset: true, changes: [] })
  }

  /** What to ask the server with `join`. Its answer goes to `joined` with this, for more may have been answered by then. */
  joinQuestion(): JoinQuestion {
    const next = this.#pending.find(({ answered }) => !answered)?.mutationId ?? this.#nextMutationId
    return { clientId: this.#clientId, since: this.#seq, answered: next - 1 }
  }

  /** The server has answered `join` with `joined`. */
  joined({ role, lastMutationId, entries }: Joined, asked: JoinQuestion): void {
    if (this.#connection === 'closed') return
    // What is under way on this very connection will be answered.
    if (this.#connection !== 'joined') this.#underWay = false
    this.#connection = 'joined'
    this.#role = role
    this.#catchingUp = false
    this.receive(entries)
    if (asked.clientId === this.#clientId) {
      // It has forgotten what it once answered: it would refuse what comes next, and renumbering could do things twice.
      if (lastMutationId < asked.answered) this.#startAnew(staleClient)
      // Processed, and all entries are here: what is not among them was refused, or came with a snapshot. Its result is still asked for.
      else this.#takeOff(this.#pending.filter(({ mutationId, entered }) => !entered && mutationId <= lastMutationId))
    }
    this.#sendNext()
    this.#settleState()
  }

  /** Entries from the server, live or caught up: known ones are ignored, early ones wait for what is missing. */
  receive(entries: readonly LogEntry[]): void {
    if (this.#seq === null || this.#connection === 'closed') return
    for (const entry of entries) if (entry.seq > this.#seq) this.#early.set(entry.seq, entry)
    this.#drainEarly()
  }

  /** The server has answered a `mutate` message of `clientId`. After `retry`, wait as long as it says and call `retry()`. */
  acknowledge(clientId: Id, reply: MutateReply): void {
    if (this.#connection === 'closed' || reply.kind === 'retry' || clientId !== this.#clientId) return
    this.#underWay = false
    if (reply.kind === 'results') this.#settle(reply.results)
    else this.#startAnew(reply.kind === 'gap' ? staleClient : reply.diagnostics)
    this.#sendNext()
    this.#settleState()
  }

  /** Sends what is unanswered again, after a `retry` reply or a reply that never came. */
  retry(): void {
    this.#underWay = false
    this.#sendNext()
  }

  /** The connection is gone: what is unanswered will be sent again after the next `joined`. */
  disconnected(): void {
    if (this.#connection === 'closed') return
    this.#connection = 'offline'
    this.#underWay = false
    this.#catchingUp = false
    this.#settleState()
  }

  /** The person's role has changed; null = removed from the project. */
  setRole(role: Role | null): void {
    if (role === null) this.close('you no longer have access')
    else this.#role = role
  }

  /** Ends this replica: nothing is sent or received any more. What is pending stays in `exportPending()`; its promises are refused. */
  close(reason: string): void {
    if (this.#connection === 'closed') return
    this.#connection = 'closed'
    this.#closedBecause = reason
    for (const { resolve } of this.#pending) resolve(closedResult(reason))
    this.#settleState()
  }

  exportPending(): SavedPending {
    return {
      projectId: this.#options.projectId,
      clientId: this.#clientId,
      nextMutationId: this.#nextMutationId,
      pending: this.#pending.filter(({ answered }) => !answered).map(outgoing),
    }
  }

  /** Takes up the work of an earlier visit, under its client id. Before the first `mutate` and `joined`; false = it does not fit, nothing done. */
  restorePending(saved: SavedPending): boolean {
    if (saved.projectId !== this.#options.projectId || this.#nextMutationId !== 1 || this.#connection === 'joined') return false
    this.#clientId = saved.clientId
    this.#nextMutationId = saved.nextMutationId
    this.#pending = saved.pending.map((mutation) => pendingOf(outgoing(mutation), [], () => undefined))
    if (this.#seq !== null) this.#transact(() => this.#pending.forEach((pending) => this.#replay(pending)))
    this.#settleState()
    return true
  }

  #context() {
    return { projectId: this.#options.projectId, limits: this.#options.limits, role: this.#role }
  }

  /** Applies what has become contiguous, in one go, and asks for what is missing. */
  #drainEarly(): void {
    const ready: LogEntry[] = []
    let seq = this.#seq ?? 0
    for (let entry = this.#early.get(seq + 1); entry; entry = this.#early.get(seq + 1)) {
      ready.push(entry)
      seq += 1
      this.#early.delete(seq)
    }
    if (ready.length > 0) this.#enter(ready)
    if (this.#early.size > 0 && !this.#catchingUp && this.#seq !== null) {
      this.#catchingUp = true
      this.#options.requestCatchUp(this.#seq)
    }
  }

  #enter(entries: readonly LogEntry[]): void {
    if (this.#areOwn(entries)) {
      for (const entry of entries) this.#markEntered(entry)
    } else {
      try {
        this.#transact(() => {
          this.#rewind()
          for (const entry of entries) {
            this.#store.apply(entry.changes)
            this.#markEntered(entry)
          }
          for (const pending of this.#pending) this.#replay(pending)
        })
      } catch (error) {
        // Only a bug of ours leads here. A snapshot makes it right again, and nothing pending is lost.
        this.#options.onTrouble?.(error)
        this.#catchingUp = true
        return this.#options.requestSnapshot()
      }
    }
    this.#seq = entries.at(-1)?.seq ?? this.#seq
    this.#settleState()
  }

  /** The usual case of one's own edits coming back just as they were made: the view shows them already. */
  #areOwn(entries: readonly LogEntry[]): boolean {
    const open = this.#pending.filter(({ entered }) => !entered)
    return entries.every(({ clientId, mutationId, changes }, index) => {
      const pending = open[index]
      return clientId === this.#clientId && mutationId === pending?.mutationId && isEqual(pending.changes, changes)
    })
  }

  #markEntered({ clientId, mutationId }: LogEntry): void {
    if (clientId !== this.#clientId) return
    const pending = this.#pending.find((candidate) => candidate.mutationId === mutationId)
    if (!pending) return
    pending.entered = true
    pending.changes = []
    this.#forget()
  }

  /** Takes the pending mutations off the view, so that it shows the confirmed rows. */
  #rewind(): void {
    for (const pending of this.#pending.toReversed()) this.#store.revert(pending.changes)
  }

  #replay(pending: Pending): void {
    pending.changes = []
    if (pending.entered) return
    const ran = runMutation(this.#store, pending.name, pending.args, this.#context())
    if (ran.kind === 'done') pending.changes = ran.changes
  }

  /** Does it and tells the listeners the net difference; when it throws, the store is as it was. */
  #transact(work: () => void): void {
    const recording = this.#store.record()
    try {
      work()
    } catch (error) {
      recording.rollback()
      throw error
    }
    this.#notify({ reset: false, changes: recording.keep() })
  }

  /** Takes mutations off the view that are not (or no longer) pending. */
  #takeOff(gone: readonly Pending[]): void {
    for (const pending of gone) pending.entered = true
    if (gone.every(({ changes }) => changes.length === 0)) return
    this.#transact(() => {
      this.#rewind()
      for (const pending of this.#pending) this.#replay(pending)
    })
  }

  #settle(results: readonly { readonly mutationId: number; readonly result: MutationResult }[]): void {
    const refused: Pending[] = []
    const answered: [Pending, MutationResult][] = []
    for (const { mutationId, result } of results) {
      const pending = this.#pending.find((candidate) => candidate.mutationId === mutationId)
      if (!pending || pending.answered) continue
      pending.answered = true
      pending.seq = result.kind === 'ok' ? result.seq : null
      answered.push([pending, result])
      // Committed, but the entry still on its way: stays on the view until then.
      if (result.kind === 'refused' || result.seq <= (this.#seq ?? 0)) refused.push(pending)
    }
    this.#takeOff(refused)
    this.#forget()
    this.#options.onPending?.()
    for (const [pending, result] of answered) {
      pending.resolve(result)
      if (result.kind === 'refused') this.#options.onRefused?.(outgoing(pending), result.diagnostics)
    }
  }

  /** The server will never take what is pending: it is told to the person, and counting begins again under a new client id. */
  #startAnew(diagnostics: readonly Diagnostic[]): void {
    const lost = this.#pending.filter(({ answered }) => !answered)
    this.#settle(lost.map(({ mutationId }) => ({ mutationId, result: { kind: 'refused', diagnostics } })))
    this.#takeOff(this.#pending)
    this.#pending = []
    this.#clientId = this.#options.makeId()
    this.#nextMutationId = 1
    this.#options.onPending?.()
  }

  #forget(): void {
    this.#pending = this.#pending.filter(({ answered, entered }) => !(answered && entered))
  }

  #sendNext(): void {
    if (this.#underWay || this.#connection !== 'joined') return
    const mutations: OutgoingMutation[] = []
    let size = 0
    for (const pending of this.#pending) {
      if (pending.answered) continue
      size += pending.size
      if (mutations.length > 0 && (size > caps.charactersPerMessage || mutations.length >= caps.mutationsPerMessage)) break
      mutations.push(outgoing(pending))
    }
    if (mutations.length === 0) return
    this.#underWay = true
    this.#options.send({ clientId: this.#clientId, mutations })
  }

  #notify(touched: Touched): void {
    if (!touched.reset && touched.changes.length === 0) return
    for (const listener of this.#listeners) this.#attempt(() => listener(touched))
  }

  #settleState(): void {
    const state = this.#currentState()
    if (isEqual(state, this.#state)) return
    this.#state = state
    for (const listener of this.#stateListeners) this.#attempt(() => listener(state))
  }

  #currentState(): SyncState {
    const pending = this.#pending.filter(({ answered }) => !answered).length
    switch (this.#connection) {
      case 'connecting':
        return { kind: 'connecting' }
      case 'joined':
        return pending > 0 ? { kind: 'saving', pending } : { kind: 'saved' }
      case 'offline':
        return { kind: 'offline', pending }
      case 'closed':
        return { kind: 'closed', reason: this.#closedBecause }
      default:
        return unreachable(this.#connection)
    }
  }

  /** A listener that throws must not keep the others, or the replica, from going on. */
  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#options.onTrouble?.(error)
    }
  }
}

const trouble = (code: DiagnosticCode, message: string, hint: string): readonly Diagnostic[] => [{ code, severity: 'error', message, hint }]
const closedResult = (reason: string): MutationResult => ({
  kind: 'refused',
  diagnostics: trouble('closed', `This project is closed: ${reason}.`, 'Open it again.'),
})
const notLoaded: MutationResult = {
  kind: 'refused',
  diagnostics: trouble('not-loaded', 'The project is still loading.', 'Try again in a moment.'),
}
const staleClient = trouble(
  'unknown-client',
  'The server no longer knows this tab, so it cannot take its unsaved edits.',
  'Make them again.',
)
