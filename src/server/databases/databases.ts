import type { Diagnostic } from '#core/diagnostic.ts'
import type { Source } from '#formats/format.ts'
import type { Role } from '#core/mutations/mutation.ts'
import type { CheckReply, CheckRequest, DatabaseImportRequest, DatabaseTarget } from '#sync/database-messages.ts'
import type { ServerConfig } from '../config.ts'
import { RequestFailure } from '../failure.ts'
import type { Log } from '../log.ts'
import { describe } from '../realtime/rooms.ts'
import { DatabaseThread } from './database-thread.ts'
import type { WatchedWork } from './database-work.ts'
import { databaseTrouble } from './reach-database.ts'
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

/** More are forgotten: then rows are sent once more. */
const MOST_KNOWN = 1_000

/** What is checked: a project and the person's part in it. */
export interface CheckedProject {
  readonly projectId: string
  readonly personId: string
  readonly role: Role
  /** Its state, counted, with its rows as JSON unless it is still the one that is known already. */
  readonly state: (known: number | undefined) => Promise<{ readonly seq: number; readonly rows: string | null }>
}

/** Everything that this server does with databases that are not its own: live ones that people name, and scratch ones. */
export class Databases {
  readonly #options: DatabasesOptions
  /** Who is reading a live database. */
  readonly live: Turns
  /** Who is having a file run in a scratch database. */
  readonly truth: Turns
  readonly #checking: Turns
  readonly #thread: DatabaseThread
  /** The states of projects that the thread knows. */
  readonly #known = new Map<string, number>()

  constructor(options: DatabasesOptions) {
    this.#options = options
    const { rateFactor } = options.config
    this.live = new Turns({ perPerson: 1, total: 8, perMinute: Math.ceil(20 * rateFactor) })
    this.truth = new Turns({ perPerson: 3, total: 16, perMinute: Math.ceil(60 * rateFactor) })
    this.#thread = new DatabaseThread(options.config)
    this.#checking = new Turns({ perPerson: 4, total: 32, perMinute: Math.ceil(240 * rateFactor) })
  }

  /** What is in a live database: `DatabaseContents` as JSON. */
  contents(target: DatabaseTarget, signal: AbortSignal): Promise<string> {
    return this.#thread.contents(target, signal)
  }

  /** Reads a live database: the last `DatabaseEvent` as JSON. */
  import(request: DatabaseImportRequest, work: WatchedWork): Promise<string> {
    return this.#thread.import(request, work)
  }

  /** Would PostgreSQL take these edits? They are run on a copy. */
  async check({ projectId, personId, role, state }: CheckedProject, request: CheckRequest): Promise<CheckReply> {
    const done = this.#checking.take(personId, performance.now())
    const { limits } = this.#options.config
    try {
      for (const known of [this.#known.get(projectId), undefined]) {
        const { seq, rows } = await state(known)
        const reply = await this.#thread.check({ ...request, projectId, personId, role, limits, seq, rows })
        if (rows !== null) this.#remember(projectId, seq)
        if (reply) return reply
      }
      throw new Error('the thread does not keep what it is given')
    } finally {
      done()
    }
  }

  /** What PostgreSQL makes of sources, a `TruthReading` as JSON; waits while the scratch databases are all in use. */
  readTruth(sources: readonly Source[], work: WatchedWork): Promise<string> {
    return this.#thread.read(sources, work)
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

  close(): Promise<void> {
    return this.#thread.close()
  }

  #remember(projectId: string, seq: number): void {
    if (this.#known.size > MOST_KNOWN) this.#known.clear()
    this.#known.set(projectId, seq)
  }
}
