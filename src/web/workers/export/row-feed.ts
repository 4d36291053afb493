import { rowKinds, type Change, type ProjectView } from '#core/project/rows.ts'
import type { Touched } from '#sync/types.ts'

export type Portion = { readonly kind: 'clear' } | { readonly kind: 'change'; readonly changes: readonly Change[] }

/** Rows per portion: copying one to a worker takes a few milliseconds, so that no frame waits for a large project. */
const PORTION = 400

/** Keeps a copy of a project's rows elsewhere up to date. Sends nothing until it is asked to catch up. */
export class RowFeed {
  readonly #view: ProjectView
  readonly #send: (portion: Portion) => void
  readonly #pause: () => Promise<void>
  #waiting: Change[] = []
  #startsOver = true
  #underWay: Promise<void> | null = null

  /** `pause` lets the page draw between portions. */
  constructor(view: ProjectView, send: (portion: Portion) => void, pause: () => Promise<void> = nextTask) {
    this.#view = view
    this.#send = send
    this.#pause = pause
  }

  /** Notes what changed. */
  note({ reset, changes }: Touched): void {
    if (reset) this.#startsOver = true
    else if (!this.#startsOver) this.#waiting.push(...changes)
  }

  /** Everything is to be sent again: the copy was lost. */
  restart(): void {
    this.#startsOver = true
  }

  /** Sends what the copy lacks, in portions, and resolves when it lacks nothing. */
  catchUp(): Promise<void> {
    this.#underWay ??= this.#run().finally(() => {
      this.#underWay = null
    })
    return this.#underWay
  }

  async #run(): Promise<void> {
    while (this.#startsOver || this.#waiting.length > 0) await this.#sendAll(this.#take())
  }

  #take(): readonly Change[] {
    const changes = this.#startsOver ? everything(this.#view) : this.#waiting
    if (this.#startsOver) this.#send({ kind: 'clear' })
    this.#startsOver = false
    this.#waiting = []
    return changes
  }

  async #sendAll(changes: readonly Change[]): Promise<void> {
    for (let at = 0; at < changes.length; at += PORTION) {
      if (at > 0) await this.#pause()
      // Starting over in the middle makes the rest of the portions pointless.
      if (this.#startsOver) return
      this.#send({ kind: 'change', changes: changes.slice(at, at + PORTION) })
    }
  }
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

const everything = (view: ProjectView): readonly Change[] =>
  rowKinds.flatMap((kind) => view.all(kind).map((row): Change => ({ kind, id: row.id, before: null, after: row })))
