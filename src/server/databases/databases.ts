import type { Diagnostic } from '#core/diagnostic.ts'
import type { Source } from '#formats/format.ts'
import { runMutation } from '#core/mutations/run.ts'
import type { Role } from '#core/mutations/mutation.ts'
import { rowsToSchema } from '#core/project/schema.ts'
import { ProjectStore, type ProjectRows } from '#core/project/store.ts'
import type {
  CheckReply,
  CheckRequest,
  DatabaseContents,
  DatabaseEvent,
  DatabaseImportRequest,
  DatabaseTarget,
} from '#sync/database-messages.ts'
import type { ServerConfig } from '../config.ts'
import { RequestFailure } from '../failure.ts'
import type { Log } from '../log.ts'
import { describe } from '../realtime/rooms.ts'
import { databaseContents, importDatabase } from './live.ts'
import { ProjectChecks } from './project-checks.ts'
import { databaseTrouble } from './reach-database.ts'
import { openScratch } from './scratch.ts'
import { TruthReadings } from './truth-readings.ts'
import type { TruthWork } from './truth.ts'
import { Turns } from './turns.ts'

export interface DatabasesOptions {
  readonly config: ServerConfig
  readonly log: Log
}

/** Milliseconds that a question about a database, and its import, may take in all. */
export const LIST_MS = 30_000
export const IMPORT_MS = 180_000
/** And running a file in a scratch database. */
export const TRUTH_MS = 180_000
const IDLE_MS = 5 * 60_000

/** What is checked: the project's rows and the person's part in it. */
export interface CheckedProject {
  readonly projectId: string
  readonly personId: string
  readonly role: Role
  readonly rows: () => Promise<ProjectRows>
}

/** Everything that this server does with databases that are not its own: live ones that people name, and scratch ones. */
export class Databases {
  readonly #options: DatabasesOptions
  readonly #checks: ProjectChecks
  /** Who is reading a live database. */
  readonly live: Turns
  /** Who is having a file run in a scratch database. */
  readonly truth: Turns
  readonly #checking: Turns
  readonly #truths: TruthReadings

  constructor(options: DatabasesOptions) {
    this.#options = options
    const { rateFactor } = options.config
    this.live = new Turns({ perPerson: 1, total: 8, perMinute: Math.ceil(20 * rateFactor) })
    this.truth = new Turns({ perPerson: 3, total: 16, perMinute: Math.ceil(60 * rateFactor) })
    this.#truths = new TruthReadings(options.config)
    this.#checking = new Turns({ perPerson: 4, total: 32, perMinute: Math.ceil(240 * rateFactor) })
    this.#checks = new ProjectChecks({ open: () => openScratch(options.config), most: 2, idle: IDLE_MS })
  }

  contents(target: DatabaseTarget, signal: AbortSignal): Promise<DatabaseContents> {
    return databaseContents(target, { reach: this.#reach, signal })
  }

  import(request: DatabaseImportRequest, signal: AbortSignal, tell: (event: DatabaseEvent) => void): Promise<DatabaseEvent> {
    return importDatabase(request, { reach: this.#reach, signal }, tell)
  }

  /** Would PostgreSQL take these edits? They are run on a copy. */
  async check({ projectId, personId, role, rows }: CheckedProject, { mutations, text }: CheckRequest): Promise<CheckReply> {
    const done = this.#checking.take(personId, performance.now())
    const read = async () => {
      const store = ProjectStore.from(await rows())
      const now = rowsToSchema(store)
      for (const { name, args } of mutations) {
        const result = runMutation(store, name, args, { projectId, role, limits: this.#options.config.limits })
        if (result.kind === 'refused') return { refused: result.diagnostics }
      }
      return { now, after: rowsToSchema(store) }
    }
    try {
      return await this.#checks.check({ projectId, personId, text, read })
    } finally {
      done()
    }
  }

  /** What PostgreSQL makes of sources, a `TruthReading` as JSON; waits while the scratch databases are all in use. */
  readTruth(sources: readonly Source[], work: TruthWork): Promise<string> {
    return this.#truths.read(sources, work)
  }

  /** What went wrong, for people; what is a bug of ours goes to the log too, without what people sent. */
  trouble(error: unknown): Diagnostic {
    const known = databaseTrouble(error)
    if (known) return known
    this.#options.log.error({ error: describe(error) }, 'work on a database failed')
    return { code: 'internal-error', severity: 'error', message: 'The server failed at this by a bug of ours.' }
  }

  /** The failure to answer with. */
  failure(error: unknown): RequestFailure {
    if (error instanceof RequestFailure) return error
    const { code, message, hint } = this.trouble(error)
    return new RequestFailure(code === 'internal-error' ? 500 : 422, code, message, hint)
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#checks.close(), this.#truths.close()])
  }

  get #reach(): 'private' | 'public' {
    return this.#options.config.allowPrivateDatabases ? 'private' : 'public'
  }
}
