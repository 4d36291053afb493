import { openScratch } from './open-scratch.ts'
import type { Scratch, ScratchOptions } from './types.ts'

/** Idle ones are closed after a minute: each takes 200 MB. */
const IDLE_MS = 60_000

export interface ScratchPool {
  /** Gives `work` a scratch database of its own, empty, and takes it back whatever becomes of the work. Waits when all are in use. */
  use<T>(work: (scratch: Scratch) => Promise<T>): Promise<T>
  /** Opens one, so that the next one who asks need not wait. */
  warm(): void
  /** Closes those that are idle now, and those in use when they come back. Resolves when the idle ones are gone. */
  close(): Promise<void>
}

export interface PoolOptions extends ScratchOptions {
  /** How many may be in use at once. Default 2. */
  readonly max?: number
  readonly idleMs?: number
  readonly open?: (options: ScratchOptions) => Promise<Scratch>
}

/** Scratch databases kept warm: made when first asked for, emptied after use, closed when nobody asks for a while. */
export const scratchPool = (options: PoolOptions = {}): ScratchPool => new Pool(options)

class Pool implements ScratchPool {
  private readonly options: PoolOptions
  private readonly idle = new Map<Scratch, NodeJS.Timeout>()
  private readonly asking: ((scratch: Promise<Scratch>) => void)[] = []
  /** What goes on behind the back of those who ask. */
  private readonly working = new Set<Promise<unknown>>()
  /** Open ones, those being opened included. */
  private count = 0
  private closed = false

  constructor(options: PoolOptions) {
    this.options = options
  }

  async use<T>(work: (scratch: Scratch) => Promise<T>): Promise<T> {
    const scratch = await this.take()
    try {
      return await work(scratch)
    } finally {
      // The one who used it need not wait until it is clean.
      this.track(
        scratch.reset().then(
          () => this.giveBack(scratch),
          () => this.discard(scratch),
        ),
      )
    }
  }

  warm(): void {
    if (this.closed || this.idle.size > 0 || !this.hasRoom()) return
    this.track(
      this.make().then(
        (scratch) => this.giveBack(scratch),
        () => undefined,
      ),
    )
  }

  async close(): Promise<void> {
    this.closed = true
    for (const scratch of [...this.idle.keys()]) this.discard(scratch)
    while (this.working.size > 0) await Promise.all(this.working)
  }

  private take(): Promise<Scratch> {
    if (this.closed) return Promise.reject(new Error('the pool of scratch databases is closed'))
    const [ready] = this.idle.keys()
    if (ready) {
      this.forget(ready)
      return Promise.resolve(ready)
    }
    return this.hasRoom() ? this.make() : new Promise((resolve) => this.asking.push(resolve))
  }

  private hasRoom(): boolean {
    return this.count < (this.options.max ?? 2)
  }

  private async make(): Promise<Scratch> {
    this.count += 1
    try {
      return await (this.options.open ?? openScratch)(this.options)
    } catch (error) {
      this.leave()
      throw error
    }
  }

  /** Somebody waits for it, or it waits for somebody. */
  private giveBack(scratch: Scratch): void {
    const next = this.asking.shift()
    if (next) return next(Promise.resolve(scratch))
    if (this.closed) return this.discard(scratch)
    const timer = setTimeout(() => this.discard(scratch), this.options.idleMs ?? IDLE_MS)
    timer.unref()
    this.idle.set(scratch, timer)
  }

  private discard(scratch: Scratch): void {
    this.forget(scratch)
    this.track(scratch.close().catch(() => undefined))
    this.leave()
  }

  private forget(scratch: Scratch): void {
    clearTimeout(this.idle.get(scratch))
    this.idle.delete(scratch)
  }

  /** There is room for one more. */
  private leave(): void {
    this.count -= 1
    const next = this.asking.shift()
    if (next) next(this.make())
  }

  private track(work: Promise<unknown>): void {
    this.working.add(work)
    void work.finally(() => this.working.delete(work))
  }
}
