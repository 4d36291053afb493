import { RequestFailure } from '../failure.ts'
import { TokenBucket } from '../realtime/token-bucket.ts'

interface TurnLimits {
  /** Works at a time: of one person, and of everybody. */
  readonly perPerson: number
  readonly total: number
  readonly perMinute: number
}

/** Who may begin work that occupies the server for seconds. */
export class Turns {
  readonly #limits: TurnLimits
  readonly #buckets = new Map<string, TokenBucket>()
  readonly #running = new Map<string, number>()
  #total = 0

  constructor(limits: TurnLimits) {
    this.#limits = limits
  }

  /** Takes a turn, or throws the `RequestFailure` that says why not. The result gives it back; calling it again does nothing. */
  take(personId: string, now: number): () => void {
    const { perPerson, total, perMinute } = this.#limits
    const mine = this.#running.get(personId) ?? 0
    if (mine >= perPerson)
      throw new RequestFailure(429, 'too-busy', 'You have another database under work here.', 'Wait until it is done, or stop it.')
    if (this.#total >= total)
      throw new RequestFailure(429, 'too-busy', 'The server works on as many databases as it may.', 'Try again in a moment.')
    this.#forgetIdle()
    const bucket = this.#buckets.get(personId) ?? new TokenBucket(perMinute / 60, perMinute, now)
    this.#buckets.set(personId, bucket)
    const wait = bucket.take(1, now)
    if (wait > 0)
      throw new RequestFailure(
        429,
        'too-many-messages',
        'You are asking for databases faster than allowed.',
        `Try again in ${Math.ceil(wait / 1000)} s.`,
      )
    this.#running.set(personId, mine + 1)
    this.#total += 1
    let isGiven = false
    return () => {
      if (isGiven) return
      isGiven = true
      this.#total -= 1
      const left = (this.#running.get(personId) ?? 1) - 1
      if (left > 0) this.#running.set(personId, left)
      else this.#running.delete(personId)
    }
  }

  #forgetIdle(): void {
    if (this.#buckets.size < 10_000) return
    for (const personId of this.#buckets.keys()) if (!this.#running.has(personId)) this.#buckets.delete(personId)
  }
}
