import { limitProfiles } from '#core/limits.ts'
import { isUnresolved } from '#core/project/schema.ts'
import { ProjectStore } from '#core/project/store.ts'
import { without } from '#core/project/without.ts'
import type { ProjectView } from '#core/project/rows.ts'
import { runMutation } from '#core/mutations/run.ts'
import { Replica } from '#sync/replica.ts'
import { Room } from '#sync/room.ts'
import type { Batch, ClientState, CommitResult } from '#sync/room-types.ts'
import type { MutateMessage } from '#sync/messages.ts'
import type { LogEntry, MutationResult } from '#sync/types.ts'
import { argumentsOf, type AnyEdit } from './edits.ts'
import { firstSchema } from './first-schema.ts'

export const projectId = '0198f2b4-0000-7000-8000-000000000000'
const limits = { ...limitProfiles.default, tablesPerProject: 12, columnsPerTable: 8 }

export type Step =
  | { readonly kind: 'edit'; readonly client: number; readonly edit: AnyEdit }
  | { readonly kind: 'up' | 'down' | 'twice' | 'swap' | 'lose' | 'drop' | 'connect' | 'reload'; readonly client: number }
  | { readonly kind: 'trouble'; readonly trouble: 'conflict' | 'failsBefore' | 'failsAfter' | 'rejected' }
  | { readonly kind: 'settle' }

/** The database: a log, guarded by compare-and-swap, that fails on request. */
class Storage {
  readonly log: LogEntry[] = []
  readonly clients = new Map<string, ClientState>()
  trouble: ('conflict' | 'failsBefore' | 'failsAfter' | 'rejected')[] = []

  async commit(batch: Batch): Promise<CommitResult> {
    await turn()
    const trouble = this.trouble.shift()
    if (trouble === 'failsBefore') throw new Error('connection lost')
    if (trouble === 'rejected') return 'rejected'
    if (trouble === 'conflict' || batch.seqBefore !== this.log.length) return 'conflict'
    this.log.push(...batch.entries.map((entry) => throughJson(without(entry, 'args'))))
    for (const client of batch.clients) this.clients.set(client.clientId, throughJson(client))
    if (trouble === 'failsAfter') throw new Error('connection lost after the commit')
    return 'committed'
  }

  replay(): ProjectStore {
    const store = new ProjectStore()
    for (const { changes } of this.log) store.apply(changes)
    return store
  }
}

type Down = (replica: Replica) => void

/** A tab: its replica and the two directions of its connection, which deliver when told to. */
class Tab {
  replica: Replica
  connection = 0
  connected = false
  up: MutateMessage[] = []
  down: Down[] = []
  refused = 0
  readonly #simulation: Simulation
  readonly #number: number

  constructor(simulation: Simulation, number: number) {
    this.#simulation = simulation
    this.#number = number
    this.replica = this.#newReplica()
  }

  get room(): Room {
    return this.#simulation.roomOf(this.#number)
  }

  get actor() {
    return { id: `user-${this.#number % 2}`, name: 'Somebody' }
  }

  connect(): void {
    if (this.connected) return
    this.connected = true
    this.connection += 1
    this.#join()
  }

  drop(): void {
    this.connected = false
    this.connection += 1
    this.up = []
    this.down = []
    this.replica.disconnected()
  }

  /** Closes the tab and opens it again: what was pending has been saved. */
  reload(): void {
    const saved = throughJson(this.replica.exportPending())
    this.drop()
    this.replica.close('reloaded')
    this.replica = this.#newReplica()
    this.replica.restorePending(saved)
    this.replica.setRole('owner')
    const { log } = this.#simulation.storage
    this.replica.load({ seq: log.length, rows: throughJson(this.#simulation.storage.replay().rows()) })
    this.connect()
  }

  sendUp(): void {
    const sent = this.up.shift()
    if (!sent) return
    const { connection } = this
    void this.room.submit(this.actor, throughJson(sent)).then((reply) => {
      if (connection !== this.connection) return
      this.down.push((replica) => (reply.kind === 'retry' ? replica.retry() : replica.acknowledge(sent.clientId, throughJson(reply))))
    })
  }

  #join(): void {
    const { connection } = this
    const asked = this.replica.joinQuestion()
    void this.room.join(this.actor, asked.clientId, asked.since).then(async (reply) => {
      if (connection !== this.connection) return
      if (reply.kind === 'refused') throw new Error('a tab was refused')
      if (reply.kind === 'joined') {
        this.down.push((replica) => replica.joined({ role: 'owner', ...throughJson(reply) }, asked))
        return
      }
      const snapshot = await this.room.read((view, at) => ({ seq: at, rows: throughJson(view.rows()) }))
      if (connection !== this.connection) return
      this.down.push((replica) => {
        replica.load(snapshot)
        this.#join()
      })
    })
  }

  #newReplica(): Replica {
    return new Replica({
      projectId,
      limits,
      makeId: this.#simulation.newId,
      send: (message) => this.up.push(message),
      requestCatchUp: () => this.#join(),
      requestSnapshot: () => {
        throw new Error('a replica found entries that do not fit')
      },
      onTrouble: (error) => {
        throw error
      },
      onRefused: () => (this.refused += 1),
    })
  }
}

/** Three tabs of two people, two server nodes on one database, and a network that delays, repeats, reorders and loses. */
export class Simulation {
  readonly storage = new Storage()
  /** What became of the edits that were sent. */
  readonly outcomes: { readonly clientId: string; readonly mutationId: number; readonly result: MutationResult }[] = []
  readonly tabs: readonly Tab[]
  readonly #rooms: readonly Room[]
  #ids = 0

  constructor(nodes: number) {
    this.#begin()
    this.#rooms = Array.from({ length: nodes }, (_, node) => this.#newRoom(node))
    this.tabs = [0, 1, 2].map((number) => new Tab(this, number))
    for (const tab of this.tabs) {
      const { log } = this.storage
      tab.replica.load({ seq: log.length, rows: throughJson(this.storage.replay().rows()) })
      tab.replica.joined({ role: 'owner', lastMutationId: 0, entries: [] }, tab.replica.joinQuestion())
      tab.connected = true
    }
  }

  newId = (): string => `0198f2b4-0000-7000-8000-${((this.#ids += 1) * 0x10000).toString(16).padStart(12, '0')}`

  roomOf(tab: number): Room {
    const room = this.#rooms[tab % this.#rooms.length]
    if (!room) throw new Error('no room')
    return room
  }

  viewOf(tab: number): ProjectView {
    return this.tabs[tab]?.replica.view ?? new ProjectStore()
  }

  async step(step: Step): Promise<void> {
    if (step.kind === 'settle') return this.#roomsSettle()
    if (step.kind === 'trouble') return void this.storage.trouble.push(step.trouble)
    const tab = this.tabs[step.client]
    if (!tab) return
    const { down } = tab
    if (step.kind === 'edit') this.#edit(tab, step.edit)
    else if (step.kind === 'up') tab.sendUp()
    else if (step.kind === 'down') down.shift()?.(tab.replica)
    else if (step.kind === 'twice') [down[0], down.shift()].forEach((frame) => frame?.(tab.replica))
    else if (step.kind === 'swap') down.push(...down.splice(0, 1))
    else if (step.kind === 'lose') this.#loseEntries(tab)
    else if (step.kind === 'drop') tab.drop()
    else if (step.kind === 'connect') tab.connect()
    else tab.reload()
    if (this.#ids % 3 === 0) await turn()
  }

  /** Heals the network and delivers everything. */
  async finish(): Promise<void> {
    this.storage.trouble = []
    await this.#roomsSettle()
    for (const tab of this.tabs) {
      tab.drop()
      tab.connect()
    }
    for (let round = 0; round < 60; round += 1) {
      await this.#roomsSettle()
      for (const tab of this.tabs) {
        tab.sendUp()
        for (const frame of tab.down.splice(0)) frame(tab.replica)
      }
      for (const room of this.#rooms) await room.catchUp()
      if (this.tabs.every((tab) => this.#isQuiet(tab))) return
    }
  }

  #isQuiet({ up, down, replica }: Tab): boolean {
    return up.length + down.length === 0 && replica.state.kind === 'saved' && replica.seq === this.storage.log.length
  }

  /** A project with something in it, so that edits meet. */
  #begin(): void {
    const store = new ProjectStore()
    const ids = Array.from({ length: 8 }, this.newId)
    const place = { positionX: 0, positionY: 0 }
    const key = (id: string | undefined) => ({ id, name: 'id', dataType: 'uuid', isPrimaryKey: true })
    const edits: readonly (readonly [string, object])[] = [
      ['tables.create', { id: ids[0], name: 'users', ...place, columns: [key(ids[1])] }],
      ['tables.create', { id: ids[2], name: 'posts', ...place, columns: [key(ids[3]), { id: ids[4], name: 'a', dataType: 'uuid' }] }],
      ['enumTypes.create', { id: ids[5], name: 'a', values: ['x', 'y'] }],
      [
        'relationships.create',
        { id: ids[6], sourceTableId: ids[2], sourceColumnId: ids[4], targetTableId: ids[0], targetColumnId: ids[1] },
      ],
    ]
    for (const [name, args] of [['schema.import', { idSeed: ids[7], schema: firstSchema }] as const, ...edits]) {
      const ran = runMutation(store, name, args, { projectId, limits })
      if (ran.kind !== 'done') throw new Error(`${name}: ${ran.diagnostics[0]?.message}`)
      const seq = this.storage.log.length + 1
      this.storage.log.push({
        seq,
        clientId: 'first',
        mutationId: seq,
        author: { id: 'user-0', name: '' },
        at: '',
        name,
        changes: throughJson(ran.changes),
      })
    }
  }

  #edit(tab: Tab, edit: AnyEdit): void {
    const { replica } = tab
    const { clientId, nextMutationId: mutationId } = replica.exportPending()
    const outcome = replica.mutate(edit.name, argumentsOf(replica.view, edit, this.newId))
    if (replica.exportPending().nextMutationId === mutationId) return
    void outcome.then((result) => this.outcomes.push({ clientId, mutationId, result }))
  }

  /** A frame of entries is lost although the connection lives: the replica must notice by the gap. */
  #loseEntries(tab: Tab): void {
    const at = tab.down.findIndex((frame) => frame.name === 'entries')
    if (at >= 0) tab.down.splice(at, 1)
  }

  async #roomsSettle(): Promise<void> {
    for (let index = 0; index < 3; index += 1) for (const room of this.#rooms) await room.read(() => undefined)
    await turn()
  }

  #newRoom(node: number): Room {
    const { storage } = this
    return new Room(
      {
        projectId,
        limits,
        commit: (batch) => storage.commit(batch),
        loadSince: async (seq) => storage.log.slice(seq),
        isTooMuch: async () => false,
        loadClient: async (clientId) => throughJson(storage.clients.get(clientId)),
        roleOf: () => 'owner',
        emit: (news) => {
          this.tabs.forEach((tab, number) => {
            if (!tab.connected || this.roomOf(number) !== this.#rooms[node]) return
            const copy = throughJson(news)
            tab.down.push(function entries(replica) {
              replica.receive(copy)
            })
          })
        },
        now: () => '2026-01-01T00:00:00.000Z',
        yieldTurn: turn,
        maxBatch: 5,
      },
      storage.replay(),
      storage.log.length,
    )
  }
}

/** What no sequence of edits may ever lead to, on the server or on any optimistic client. Empty = all is well. */
export function brokenInvariants(view: ProjectView): readonly string[] {
  const problems: string[] = []
  const has = (kind: 'table' | 'column', id: string, what: string) => {
    if (!isUnresolved(id) && !view.get(kind, id)) problems.push(`${what} refers to a ${kind} that is not there`)
  }
  const tableNames = view.all('table').map(({ namespace, name }) => `${namespace}.${name}`)
  if (new Set(tableNames).size !== tableNames.length) problems.push('two tables of one name')
  for (const column of view.all('column')) has('table', column.tableId, `column ${column.name}`)
  for (const { id, name } of view.all('table')) {
    const columns = view.childrenOf('column', id)
    if (new Set(columns.map((column) => column.name)).size !== columns.length) problems.push(`two columns of one name in ${name}`)
    if (view.childrenOf('constraint', id).filter(({ kind }) => kind === 'primaryKey').length > 1)
      problems.push(`two primary keys in ${name}`)
  }
  for (const constraint of view.all('constraint')) {
    has('table', constraint.tableId, constraint.name)
    if ('columnIds' in constraint) for (const id of constraint.columnIds) has('column', id, constraint.name)
    if (constraint.kind !== 'foreignKey') continue
    has('table', constraint.references.tableId, constraint.name)
    for (const id of constraint.references.columnIds) has('column', id, constraint.name)
  }
  for (const { name, ownedBy } of view.all('sequence')) if (ownedBy) has('column', ownedBy.columnId, name)
  return problems
}

/** As on the wire and in the database. */
function throughJson<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value))
}

async function turn(): Promise<void> {
  await Promise.resolve()
  await Promise.resolve()
}
