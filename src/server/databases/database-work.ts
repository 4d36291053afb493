import type { Limits, Role } from '#core/mutations/mutation.ts'
import { runMutation } from '#core/mutations/run.ts'
import { rowsToSchema } from '#core/project/schema.ts'
import { ProjectStore, type ProjectRows } from '#core/project/store.ts'
import type { Schema } from '#core/schema/index.ts'
import { scratchPool, type ScratchPool } from '#database/scratch/pool.ts'
import { readTruth } from '#database/truth/read-truth.ts'
import type { Source } from '#formats/format.ts'
import { format } from '#formats/postgres-sql/index.ts'
import type {
  CheckReply,
  CheckRequest,
  DatabaseContents,
  DatabaseEvent,
  DatabaseImportRequest,
  DatabaseTarget,
  TruthReading,
} from '#sync/database-messages.ts'
import type { ServerConfig } from '../config.ts'
import type { Reach } from './addresses.ts'
import { databaseContents, importDatabase } from './live.ts'
import { ProjectChecks } from './project-checks.ts'
import { openScratch } from './scratch.ts'

/** Work that tells how far it is and can be stopped. */
export interface WatchedWork {
  readonly signal: AbortSignal
  readonly onProgress: (share: number) => void
}
export type ScratchConfig = Pick<ServerConfig, 'scratchUrl' | 'allowPrivateDatabases'>

/** An edit to check, with the project that it is made on. */
export interface CheckWork extends CheckRequest {
  readonly projectId: string
  readonly personId: string
  readonly role: Role
  readonly limits: Limits
  /** The project's state, counted. */
  readonly seq: number
  /** Its rows as JSON; null when those of that state were given before. */
  readonly rows: string | null
}

/** Milliseconds that PostgreSQL may run statements; what is left then is skipped and told. */
const RUN_MS = 90_000
const IDLE_MS = 5 * 60_000
/** Projects kept loaded in scratch databases of their own. */
const MOST_CHECKED = 2
/** Copies of projects kept: more than databases, as rows are cheap. */
const MOST_COPIES = 8

/** All that is done with databases which are not the server's own. Takes seconds of computing, so the server has it in a thread (database-thread.ts). */
export class DatabaseWork {
  readonly #pool: ScratchPool
  readonly #checks: ProjectChecks
  readonly #copies = new Map<string, { readonly seq: number; readonly store: ProjectStore; readonly schema: Schema }>()

  readonly #reach: Reach

  constructor(config: ScratchConfig) {
    this.#reach = config.allowPrivateDatabases ? 'private' : 'public'
    const open = () => openScratch(config)
    this.#pool = scratchPool({ url: config.scratchUrl ?? null, max: 2, open })
    this.#checks = new ProjectChecks({ open, most: MOST_CHECKED, idle: IDLE_MS })
  }

  /** What PostgreSQL makes of sources; waits while the scratch databases are in use. Rejects when stopped. */
  async read(sources: readonly Source[], { signal, onProgress }: WatchedWork): Promise<TruthReading> {
    if (!format.importer) throw new Error('PostgreSQL SQL cannot be read')
    const read = await format.importer(sources, { signal })
    signal.throwIfAborted()
    const truth = await this.#pool.use((scratch) => readTruth({ sources, read }, scratch, { signal, onProgress, timeLimit: RUN_MS }))
    const { schema, diagnostics, unverified, executed, server } = truth
    return { schema, diagnostics, unverified, executed, server: server.text }
  }

  /** Would PostgreSQL take these edits? Null = the rows of that state are not here: give them. */
  async check({ projectId, personId, role, limits, seq, rows, mutations, text }: CheckWork): Promise<CheckReply | null> {
    if (rows !== null) this.#keep(projectId, seq, JSON.parse(rows) as ProjectRows)
    if (!this.#copies.has(projectId)) return null
    const read = async () => {
      const copy = this.#copies.get(projectId)
      if (!copy) return { refused: [] }
      const recording = copy.store.record()
      try {
        for (const { name, args } of mutations) {
          const result = runMutation(copy.store, name, args, { projectId, role, limits })
          if (result.kind === 'refused') return { refused: result.diagnostics }
        }
        return { now: copy.schema, after: rowsToSchema(copy.store) }
      } finally {
        recording.rollback()
      }
    }
    return this.#checks.check({ projectId, personId, text, read })
  }

  /** What is in a live database. */
  contents(target: DatabaseTarget, signal: AbortSignal): Promise<DatabaseContents> {
    return databaseContents(target, { reach: this.#reach, signal })
  }

  /** Reads a live database. */
  import(request: DatabaseImportRequest, { signal, onProgress }: WatchedWork): Promise<DatabaseEvent> {
    return importDatabase(request, { reach: this.#reach, signal }, onProgress)
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#pool.close(), this.#checks.close()])
  }

  /** The newest state of a project counts, whichever came last. */
  #keep(projectId: string, seq: number, rows: ProjectRows): void {
    const known = this.#copies.get(projectId)
    this.#copies.delete(projectId)
    const store = known && known.seq >= seq ? known.store : ProjectStore.from(rows)
    this.#copies.set(projectId, known && known.seq >= seq ? known : { seq, store, schema: rowsToSchema(store) })
    const [oldest] = this.#copies.keys()
    if (this.#copies.size > MOST_COPIES && oldest !== undefined) this.#copies.delete(oldest)
  }
}
