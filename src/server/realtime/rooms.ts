import { setImmediate as turn } from 'node:timers/promises'
import type { AllLimits } from '#core/limits.ts'
import type { Id } from '#core/project/rows.ts'
import { ProjectStore } from '#core/project/store.ts'
import type { MutateMessage, MutateReply } from '#sync/messages.ts'
import type { Actor } from '#sync/room-types.ts'
import { Room } from '#sync/room.ts'
import type { LogEntry } from '#sync/types.ts'
import type { Log } from '../log.ts'
import { readAccess, roleIn, type Access } from '../projects/access.ts'
import { isTooMuchToCatchUp, readLog } from '../storage/change-log.ts'
import { readClient } from '../storage/client-state.ts'
import { commitBatch } from '../storage/commit-batch.ts'
import type { Database } from '../storage/database.ts'
import { readProject } from '../storage/read-rows.ts'

/** A room in memory and who may enter it. */
export interface OpenRoom {
  readonly room: Room
  /** As last read; every commit proves it. */
  access: Access
  /** People in it (sockets), kept by the realtime server. A room with somebody in it stays open. */
  present: number
  usedAt: number
  readonly sources: Map<Id, 'socket' | 'http'>
}

export interface RoomsOptions {
  readonly database: Database
  readonly limits: AllLimits
  readonly log: Log
}
export interface RoomEvents {
  entries(projectId: Id, entries: readonly LogEntry[]): void
  /** Who may do what has changed, or the project is gone (`undefined`). */
  access(projectId: Id, access: Access | undefined): void
}

const IDLE_MS = 60_000
const SWEEP_MS = 1_000

/** The open projects of this server: opened when first needed, closed when nobody has been there for a minute. */
export class Rooms {
  readonly #options: RoomsOptions
  readonly #open = new Map<Id, Promise<OpenRoom | undefined>>()
  readonly #settled = new Map<Id, OpenRoom>()
  readonly #events: RoomEvents[] = []
  #sweeper: NodeJS.Timeout | null = null
  #sweeping = false

  constructor(options: RoomsOptions) {
    this.#options = options
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP_MS)
    this.#sweeper.unref()
    options.database.hints?.listen((projectId) => void this.#heed(projectId))
  }

  on(events: RoomEvents): void {
    this.#events.push(events)
  }

  /** The room of a project; undefined when there is no such project. Access is the caller's to check. */
  async open(projectId: Id): Promise<OpenRoom | undefined> {
    const opening = this.#open.get(projectId) ?? this.#load(projectId)
    this.#open.set(projectId, opening)
    try {
      const opened = await opening
      if (opened) opened.usedAt = Date.now()
      else this.#open.delete(projectId)
      return opened
    } catch (error) {
      this.#open.delete(projectId)
      throw error
    }
  }

  /** Runs mutations for a person. The role is checked by the room, for each of them, at the moment it runs. */
  submit(opened: OpenRoom, actor: Actor, message: MutateMessage, source: 'socket' | 'http'): Promise<MutateReply> {
    opened.usedAt = Date.now()
    const clientId = message.clientId.toLowerCase()
    opened.sources.set(clientId, source)
    return opened.room.submit(actor, { ...message, clientId })
  }

  /** Reads again who may do what, and tells whoever has to act on it. */
  async refreshAccess(projectId: Id): Promise<void> {
    const opened = this.#settled.get(projectId)
    if (!opened) return
    const access = await readAccess(this.#options.database.sql, projectId)
    if (access) opened.access = access
    else this.forget(projectId)
    for (const events of this.#events) events.access(projectId, access)
  }

  forget(projectId: Id): void {
    this.#open.delete(projectId)
    this.#settled.delete(projectId)
  }

  /** Projects in memory now. */
  get openProjects(): readonly Id[] {
    return [...this.#settled.keys()]
  }

  /** Waits until everything submitted is durable. */
  async drain(): Promise<void> {
    if (this.#sweeper) clearInterval(this.#sweeper)
    this.#sweeper = null
    await Promise.allSettled([...this.#settled.values()].map(({ room }) => room.read(() => undefined)))
  }

  async #load(projectId: Id): Promise<OpenRoom | undefined> {
    const { database, limits, log } = this.#options
    const access = await readAccess(database.sql, projectId)
    const state = access && (await readProject(database.sql, projectId))
    if (!access || !state) return undefined
    const sources: OpenRoom['sources'] = new Map()
    const room = new Room(
      {
        projectId,
        limits,
        commit: async (batch) => {
          const result = await commitBatch(database, batch, opened.access.aclVersion, (clientId) => sources.get(clientId) ?? 'server')
          if (result === 'conflict') await this.refreshAccess(projectId)
          if (result === 'committed' && batch.entries.length > 0) database.hints?.tell(projectId)
          return result
        },
        loadSince: (seq) => readLog(database.sql, projectId, seq),
        isTooMuch: (seq) => isTooMuchToCatchUp(database.sql, projectId, seq),
        loadClient: (clientId) => readClient(database.sql, projectId, clientId),
        roleOf: (actor) => roleIn(opened.access, actor.id),
        emit: (entries) => {
          for (const events of this.#events) events.entries(projectId, entries)
        },
        now: () => new Date().toISOString(),
        yieldTurn: () => turn(),
        onTrouble: ({ code, error }) => log.error({ projectId, code, error: describe(error) }, 'trouble in a room'),
      },
      ProjectStore.from(state.rows),
      state.seq,
    )
    const opened: OpenRoom = { room, access, present: 0, usedAt: Date.now(), sources }
    this.#settled.set(projectId, opened)
    return opened
  }

  /** Another server (or this one) says that a project has news. */
  async #heed(projectId: Id): Promise<void> {
    try {
      const opened = this.#settled.get(projectId)
      if (opened) await this.#lookForNews([projectId])
    } catch (error) {
      this.#options.log.warn({ projectId, error: describe(error) }, 'could not look for what other servers wrote')
    }
  }

  /** Closes what is not used; on a shared database also looks whether another server has written. */
  async #sweep(): Promise<void> {
    if (this.#sweeping) return
    this.#sweeping = true
    try {
      for (const [projectId, opened] of this.#settled) {
        if (opened.present === 0 && opened.room.idle && Date.now() - opened.usedAt > IDLE_MS) this.forget(projectId)
      }
      if (this.#options.database.engine === 'postgres') await this.#lookForNews(this.openProjects)
    } catch (error) {
      this.#options.log.warn({ error: describe(error) }, 'could not look for what other servers wrote')
    } finally {
      this.#sweeping = false
    }
  }

  async #lookForNews(ids: readonly Id[]): Promise<void> {
    if (ids.length === 0) return
    const found = await this.#options.database.sql<{ id: string; seq: string; acl_version: number }>(
      'SELECT id, seq, acl_version FROM projects WHERE id = ANY ($1::uuid[])',
      [ids],
    )
    const byId = new Map(found.map((row) => [row.id, row]))
    for (const projectId of ids) {
      const opened = this.#settled.get(projectId)
      const row = byId.get(projectId)
      if (!opened) continue
      if (!row || row.acl_version !== opened.access.aclVersion) await this.refreshAccess(projectId)
      if (row && Number(row.seq) > opened.room.seq) await opened.room.catchUp()
    }
  }
}

/** An error as the log keeps it: no SQL parameters, which may hold what people typed. */
export function describe(error: unknown): { readonly message: string; readonly code?: unknown; readonly stack?: string | undefined } {
  if (!(error instanceof Error)) return { message: String(error) }
  return {
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    stack: error.stack?.split('\n').slice(1, 4).join(' | '),
  }
}
