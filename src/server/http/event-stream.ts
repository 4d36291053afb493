import { PassThrough, Readable, type Transform } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { constants, createGzip } from 'node:zlib'

/** An event that is JSON already. */
export class WrittenEvent {
  readonly json: string
  constructor(json: string) {
    this.json = json
  }
}

/** How a stream of events begins, goes on and ends. */
export interface EventWork<E> {
  /** Does the work; what it resolves with is the last event. `signal` is aborted when nobody listens any more, or time is up. */
  readonly work: (tell: (event: E) => void, signal: AbortSignal) => Promise<E | WrittenEvent>
  /** Turns what went wrong into the last event. */
  readonly failed: (error: unknown) => E
  /** Called once, however it ends. */
  readonly done: () => void
  /** Milliseconds that the work may take. */
  readonly limit: number
}

/** Answers with events as they come, one JSON per line (`application/x-ndjson`). Whoever closes the answer stops the work. */
export function eventStream<E>(request: Request, { work, failed, done, limit }: EventWork<E>): Response {
  const isPacked = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  // Every line is flushed, so that progress is seen while it happens.
  const out: Transform = isPacked ? createGzip({ flush: constants.Z_SYNC_FLUSH, level: 4 }) : new PassThrough()
  const stopped = new AbortController()
  const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(limit)])
  const tell = (event: E | WrittenEvent) => {
    if (!out.destroyed) out.write(`${event instanceof WrittenEvent ? event.json : JSON.stringify(event)}\n`)
  }
  out.once('close', () => stopped.abort())
  out.on('error', () => undefined)
  work(tell, signal)
    .catch(failed)
    .then(tell)
    .finally(() => {
      done()
      if (!out.destroyed) out.end()
    })
  const headers = {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies are asked not to wait for the end.
    'x-accel-buffering': 'no',
    ...(isPacked && { 'content-encoding': 'gzip', vary: 'accept-encoding' }),
  }
  return new Response(Readable.toWeb(out) as ReadableStream<Uint8Array> as unknown as BodyInit, { headers })
}
