/** Lets `burst` pass at once and `perSecond` in the long run. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #burst: number
  #tokens: number
  #at: number

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#tokens = burst
    this.#at = now
  }

  /** 0 = taken; else nothing was taken, and how long to wait until it can be. Milliseconds. */
  take(count: number, now: number): number {
    this.#tokens = Math.min(this.#burst, this.#tokens + (Math.max(0, now - this.#at) / 1_000) * this.#perSecond)
    this.#at = now
    const wanted = Math.min(count, this.#burst)
    if (this.#tokens >= wanted) {
      this.#tokens -= wanted
      return 0
    }
    return Math.ceil(((wanted - this.#tokens) / this.#perSecond) * 1_000)
  }
}
