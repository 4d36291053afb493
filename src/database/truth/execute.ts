import type { Diagnostic } from '#core/diagnostic.ts'
import type { StatementRecord } from '#formats/format.ts'
import { DatabaseError } from '../connection.ts'
import { ScratchLost } from '../scratch/scratch-lost.ts'
import type { Scratch } from '../scratch/types.ts'
import { Helper } from './helper.ts'
import { plan, type Planned } from './plan.ts'
import type { TruthInput } from './types.ts'

export interface ExecuteOptions {
  readonly privileges?: boolean
  /** Only what PostgreSQL takes in this order: nothing is retried, and what the importer rejected is not tried. */
  readonly strict?: boolean
  readonly onProgress?: (share: number) => void
  readonly signal?: { readonly aborted: boolean; readonly reason?: unknown }
  /** Milliseconds for all of it: what is left then is skipped. Default 120,000. */
  readonly timeLimit?: number
}

/** How a statement of the sources ended. */
export interface Executed {
  readonly record: StatementRecord
  readonly outcome: 'ran' | 'refused' | 'skipped'
  /** Why it was skipped, or what PostgreSQL said. */
  readonly reason: string | null
  /** What PostgreSQL refused it with, its position being one in the source's statement, from its first character. */
  readonly error: DatabaseError | null
}

export interface Execution {
  readonly statements: readonly Executed[]
  /** What had to be put in place of something that is not there (an extension), and what could not be. */
  readonly diagnostics: readonly Diagnostic[]
  /** Types that only stand for those of an extension that is not there: `geometry`. What PostgreSQL says of columns of such a type is not the truth. */
  readonly standIns: ReadonlySet<string>
}

/** So many statements are run between looks at the signal. */
const CHUNK = 200
const TIME_LIMIT = 120_000
/** So often what failed is tried again, if something moved. */
const MAX_ROUNDS = 20
/** A statement that hangs costs the database and all that was run; so often that is made good. */
const MAX_LOSSES = 3

/**
 * Runs the statements of the sources in a scratch database, each by itself: what one fails at does not stop the others. What is missing and plainly meant
 * (roles, namespaces, extensions) is put there; what fails for want of something that comes later is tried again until nothing moves.
 * Rejects with the signal's reason, or with `ScratchLost` when the database is lost for another reason than a statement that does not end.
 */
export async function execute(input: TruthInput, scratch: Scratch, options: ExecuteOptions = {}): Promise<Execution> {
  const { privileges = false, strict = false } = options
  const planned = plan(input, { privileges, strict })
  const run = new Run(scratch, options, new Helper(input, scratch, { privileges, strict }))
  await run.begin()
  const jobs = planned.filter(({ parts }) => parts.length > 0).map((statement) => new Job(statement))
  await run.all(jobs)
  const byStatement = new Map(jobs.map((job) => [job.planned, job]))
  return {
    statements: planned.map((statement) => byStatement.get(statement)?.result() ?? skipped(statement)),
    diagnostics: run.helper.diagnostics,
    standIns: run.helper.standIns,
  }
}

const skipped = ({ record, skip }: Planned): Executed => ({ record, outcome: 'skipped', reason: skip ?? 'nothing to run', error: null })

/** A statement on its way. */
class Job {
  readonly planned: Planned
  /** Index of the part that comes next. */
  private next = 0
  error: DatabaseError | null = null
  isLost = false

  constructor(planned: Planned) {
    this.planned = planned
  }

  get parts(): readonly string[] {
    return this.planned.parts.slice(this.next)
  }

  get isDone(): boolean {
    return this.next === this.planned.parts.length
  }

  /** Takes in what became of the parts that were run; those behind a refused one do not count. */
  take(results: readonly (DatabaseError | null)[]): void {
    const failed = results.findIndex((error) => error !== null)
    this.next += failed < 0 ? results.length : failed
    this.error = results[failed] ?? null
  }

  result(): Executed {
    const { record } = this.planned
    if (this.isDone) return { record, outcome: 'ran', reason: null, error: null }
    if (!this.error) return { record, outcome: 'skipped', reason: 'the time was up', error: null }
    return { record, outcome: 'refused', reason: this.error.message, error: this.planned.verbatim ? this.error : withoutPlace(this.error) }
  }
}

/** What was run is not what stands in the source. */
const withoutPlace = ({ message, code, detail, hint }: DatabaseError): DatabaseError => new DatabaseError(message, { code, detail, hint })

class Run {
  readonly helper: Helper
  private readonly scratch: Scratch
  private readonly options: ExecuteOptions
  private readonly until: number
  /** The search path in force: the statement that set it. */
  private path: string | null = null
  /** Everything that ran, to be run again when the database is lost. */
  private readonly log: string[] = []
  private losses = 0

  constructor(scratch: Scratch, options: ExecuteOptions, helper: Helper) {
    this.scratch = scratch
    this.options = options
    this.helper = helper
    this.until = performance.now() + (options.timeLimit ?? TIME_LIMIT)
  }

  /** Sets the session up and puts there what the sources take for granted. */
  async begin(): Promise<void> {
    await this.directly([...sessionSettings, ...(await this.helper.prepare())])
  }

  async all(jobs: readonly Job[]): Promise<void> {
    for (let at = 0; at < jobs.length && !this.isTimeUp(); at += CHUNK) {
      this.look(at / jobs.length)
      const chunk = jobs.slice(at, at + CHUNK)
      await this.attempt(chunk)
      if (!this.options.strict) await this.again(chunk, true)
    }
    // In any order: what failed for want of something that came later.
    if (!this.options.strict) await this.again(jobs, false)
    this.look(1)
  }

  /** Tries again what failed, as long as something moves. `helping`: only after something missing was put there. */
  private async again(jobs: readonly Job[], helping: boolean): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (this.isTimeUp()) return
      const failed = jobs.filter(
        (job) => !job.isDone && !job.isLost && job.error !== null && this.helper.mayTryAgain(job.planned, job.error),
      )
      const help = failed.flatMap(({ planned, error }) => (error ? this.helper.help(error, planned.record) : []))
      if (help.length > 0) await this.directly(help)
      else if (helping) return
      if (failed.length === 0) return
      const left = failed.length
      // Every other time from the end: a chain in the wrong order is then done in one go.
      if (round % 2 === 1) failed.reverse()
      for (let at = 0; at < failed.length; at += CHUNK) {
        this.look(null)
        await this.attempt(failed.slice(at, at + CHUNK))
      }
      if (failed.filter((job) => !job.isDone).length === left && help.length === 0) return
    }
  }

  /** Runs jobs in their order, each under its own search path. */
  private async attempt(jobs: readonly Job[]): Promise<void> {
    const texts: string[] = []
    const owners: (Job | null)[] = []
    for (const job of jobs) {
      if (job.isLost) continue
      if (job.planned.path !== this.path) {
        this.path = job.planned.path
        texts.push(this.path ?? 'RESET search_path')
        owners.push(null)
      }
      for (const part of job.parts) {
        texts.push(this.helper.rewritten(part))
        owners.push(job)
      }
    }
    if (texts.length === 0) return
    try {
      const results = await this.scratch.run(texts)
      this.log.push(...texts.filter((_, n) => results[n] === null))
      let at = 0
      while (at < owners.length) {
        const job = owners[at]
        const end = owners.findIndex((owner, n) => n > at && owner !== job)
        job?.take(results.slice(at, end < 0 ? owners.length : end))
        at = end < 0 ? owners.length : end
      }
    } catch (error) {
      await this.recover(error, owners)
      await this.attempt(jobs)
    }
  }

  /** A statement hung, and the database with all that was run is gone: it is made again, without that statement. */
  private async recover(error: unknown, owners: readonly (Job | null)[]): Promise<void> {
    if (!(error instanceof ScratchLost) || error.done === null || this.losses === MAX_LOSSES) throw error
    const culprit = owners[error.done]
    // Behind the last one it is only seen that the database is broken: code that computes must have done it.
    const culprits = culprit
      ? [culprit]
      : owners.filter((owner) => owner !== null && /^(?:DO|SELECT|CALL|EXECUTE)\b/.test(owner.planned.record.kind))
    if (culprits.length === 0) throw error
    this.losses += 1
    for (const job of culprits) {
      if (!job) continue
      job.isLost = true
      job.error = error
    }
    this.path = null
    const log = this.log.splice(0)
    await this.directly(log)
    // The log leaves some search path behind.
    await this.directly(['RESET search_path'])
  }

  /** What fails of these does not matter: it shows in the statements that need it. */
  private async directly(texts: readonly string[]): Promise<void> {
    if (texts.length === 0) return
    const results = await this.scratch.run(texts)
    this.log.push(...texts.filter((_, n) => results[n] === null))
  }

  private isTimeUp(): boolean {
    return performance.now() > this.until
  }

  private look(share: number | null): void {
    const { signal, onProgress } = this.options
    if (signal?.aborted) throw signal.reason ?? new Error('The execution was cancelled.')
    if (share !== null) onProgress?.(share)
  }
}

const sessionSettings = [
  `SET client_min_messages = error`,
  `SET check_function_bodies = off`,
  `SET standard_conforming_strings = on`,
  `SET TimeZone = 'UTC'`,
  // What errors say is read (role "x" does not exist). Only a superuser may ask for that.
  `SET lc_messages = 'C'`,
]
