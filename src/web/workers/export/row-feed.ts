import { rowKinds, type Change, type ProjectView } from '#core/project/rows.ts'
import type { Touched } from '#sync/types.ts'

/** Keeps a copy of a project's rows elsewhere up to date. Sends nothing until it is asked to catch up. */
export interface RowFeed {
  /** Notes what changed. */
  note(touched: Touched): void
  /** Everything is to be sent again: the copy was lost. */
  restart(): void
  /** Sends what the copy lacks, in portions, and resolves when it lacks nothing. */
  catchUp(): Promise<void>
}

export type Portion = { readonly kind: 'clear' } | { readonly kind: 'change'; readonly changes: readonly Change[] }

/** Rows per portion: copying one to a worker takes a few milliseconds, so that no frame waits for a large project. */
const PORTION = 400

/** `pause` lets the page draw between portions. */
export function createRowFeed(view: ProjectView, send: (portion: Portion) => void, pause: () => Promise<void> = nextTask): RowFeed {
  let waiting: Change[] = []
  let startsOver = true
  let underWay: Promise<void> | null = null

  const isBehind = () => startsOver || waiting.length > 0
  const take = (): readonly Change[] => {
    const changes = startsOver ? everything(view) : waiting
    if (startsOver) send({ kind: 'clear' })
    startsOver = false
    waiting = []
    return changes
  }
  const run = async (): Promise<void> => {
    while (isBehind()) {
      const changes = take()
      // Starting over in the middle makes the rest of the portions pointless.
      for (let at = 0; at < changes.length && !startsOver; at += PORTION) {
        if (at > 0) await pause()
        if (!startsOver) send({ kind: 'change', changes: changes.slice(at, at + PORTION) })
      }
    }
  }
  return {
    note({ reset, changes }) {
      if (reset) startsOver = true
      else if (!startsOver) waiting.push(...changes)
    },
    restart() {
      startsOver = true
    },
    catchUp() {
      underWay ??= run().finally(() => {
        underWay = null
      })
      return underWay
    },
  }
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

const everything = (view: ProjectView): readonly Change[] =>
  rowKinds.flatMap((kind) => view.all(kind).map((row): Change => ({ kind, id: row.id, before: null, after: row })))
