import type { Diagnostic } from '#core/diagnostic.ts'
import type { Schema } from '#core/schema/index.ts'
import { checkEdit } from '#database/check/check-edit.ts'
import type { Scratch } from '#database/scratch/types.ts'
import { format } from '#formats/postgres-sql/index.ts'
import { splitScript } from '#formats/shared/sql/split.ts'
import type { CheckReply } from '#sync/database-messages.ts'

export interface ProjectChecksOptions {
  readonly open: () => Promise<Scratch>
  /** Databases kept loaded, one per project. Each takes memory (PGlite: about 150 MB). */
  readonly most: number
  /** Milliseconds after which an unused one is closed. */
  readonly idle: number
}

/** An edit of a project: the project as it is now, and with the edit. */
export interface ProjectEdit {
  readonly projectId: string
  readonly personId: string
  readonly text: string | undefined
  /** Asked when it is this edit's turn. `refused`: the edit itself does not go. */
  readonly read: () => Promise<{ readonly now: Schema; readonly after: Schema } | { readonly refused: readonly Diagnostic[] }>
}

interface Warm {
  scratch: Promise<Scratch>
  loaded: Schema | null
  usedAt: number
  /** The end of what is under way: a database does one thing after another. */
  tail: Promise<unknown>
  waiting: number
}

/** Larger projects are not loaded: it would take too long for an answer while typing. Characters of SQL. */
const MOST_SQL = 4_000_000

/** Scratch databases that hold projects, so that an edit is judged in milliseconds. The newest edit of a person counts; older ones that wait are passed over. */
export class ProjectChecks {
  readonly #options: ProjectChecksOptions
  readonly #warm = new Map<string, Warm>()
  readonly #newest = new Map<string, object>()
  readonly #sweeper: NodeJS.Timeout

  constructor(options: ProjectChecksOptions) {
    this.#options = options
    this.#sweeper = setInterval(() => this.#sweep(), Math.max(1_000, options.idle / 4))
    this.#sweeper.unref()
  }

  /** Never rejects for what PostgreSQL or the scratch database does: that is an answer. */
  async check(edit: ProjectEdit): Promise<CheckReply> {
    const begun = performance.now()
    const mine = {}
    const key = `${edit.projectId} ${edit.personId}`
    this.#newest.set(key, mine)
    const warm = await this.#warmUp(edit.projectId)
    if (!warm) return notChecked('The server checks as many projects as it may.', begun)
    const run = warm.tail.then(() =>
      this.#newest.get(key) === mine ? this.#judge(warm, edit, begun) : notChecked('A newer text is being checked.', begun),
    )
    warm.waiting += 1
    warm.tail = run.catch(() => undefined)
    try {
      return await run
    } catch (error) {
      this.#discard(edit.projectId, warm)
      return notChecked(`The scratch database failed: ${error instanceof Error ? error.message : String(error)}`, begun)
    } finally {
      warm.waiting -= 1
      warm.usedAt = Date.now()
      if (this.#newest.get(key) === mine) this.#newest.delete(key)
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper)
    const all = [...this.#warm.values()]
    this.#warm.clear()
    await Promise.allSettled(all.map(async ({ scratch }) => (await scratch).close()))
  }

  async #judge(warm: Warm, { read, text }: ProjectEdit, begun: number): Promise<CheckReply> {
    const scratch = await warm.scratch
    const states = await read()
    if ('refused' in states) return { kind: 'checked', diagnostics: states.refused, took: since(begun) }
    const { now, after } = states
    for (const isFresh of [false, true]) {
      if (warm.loaded === null || isFresh) {
        const trouble = await this.#load(warm, scratch, now)
        if (trouble) return notChecked(trouble, begun)
      }
      const verdict = await checkEdit(scratch.connection, { loaded: warm.loaded ?? now, now, after, text })
      if (verdict.kind === 'checked') return { ...verdict, took: since(begun) }
      if (verdict.kind === 'not-checked' || isFresh) return notChecked(verdict.reason, begun)
    }
    return notChecked('The project changes too fast.', begun)
  }

  /** Loads the project; what PostgreSQL refuses is left out, and then no edit that stands on it is judged. */
  async #load(warm: Warm, scratch: Scratch, schema: Schema): Promise<string | null> {
    const text = format.exporter?.(schema).files[0]?.text ?? ''
    if (text.length > MOST_SQL) return 'The project is too large to be checked while typing.'
    const statements = [...splitScript(text)].map(({ start, end }) => text.slice(start, end))
    warm.loaded = null
    await scratch.reset()
    await scratch.run(['SET client_min_messages = error', ...statements])
    warm.loaded = schema
    return null
  }

  async #warmUp(projectId: string): Promise<Warm | null> {
    const known = this.#warm.get(projectId)
    if (known) return known
    if (this.#warm.size >= this.#options.most) {
      const [oldest] = [...this.#warm].filter(([, { waiting }]) => waiting === 0).toSorted(([, a], [, b]) => a.usedAt - b.usedAt)
      if (!oldest) return null
      this.#discard(...oldest)
    }
    const scratch = this.#options.open()
    scratch.catch(() => undefined)
    const warm: Warm = { scratch, loaded: null, usedAt: Date.now(), tail: Promise.resolve(), waiting: 0 }
    this.#warm.set(projectId, warm)
    return warm
  }

  #discard(projectId: string, warm: Warm): void {
    if (this.#warm.get(projectId) === warm) this.#warm.delete(projectId)
    void warm.tail.then(async () => (await warm.scratch).close()).catch(() => undefined)
  }

  #sweep(): void {
    for (const [projectId, warm] of this.#warm)
      if (warm.waiting === 0 && Date.now() - warm.usedAt > this.#options.idle) this.#discard(projectId, warm)
  }
}

const since = (begun: number): number => Math.round(performance.now() - begun)

const notChecked = (message: string, begun: number): CheckReply => ({
  kind: 'not-checked',
  diagnostics: [{ code: 'not-checked', severity: 'info', message }],
  took: since(begun),
})
