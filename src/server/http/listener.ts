import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { describe } from '../realtime/rooms.ts'
import type { Services } from '../services.ts'
import { answerApi, isApiPath } from './api.ts'
import { markAddress, sendResponse, toRequest } from './node-adapter.ts'

export interface ListenerOptions {
  readonly services: Services
  /** Answers with a file of the app and returns true, or leaves it. */
  readonly files?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
  /** Renders a page. Without it (tests of the API) every other address is unknown. */
  readonly page?: ((request: IncomingMessage, response: ServerResponse) => unknown) | undefined
}

/** Everything that arrives by HTTP: the API, the app's files, its pages, in this order. */
export function createListener({ services, files, page }: ListenerOptions): RequestListener {
  return (incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => {
      services.log.error({ path: incoming.url?.split('?', 1)[0], error: describe(error) }, 'a request failed')
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' })
      outgoing.end('The server failed at this by a bug of ours.')
    })
  }

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (await handleApi(services, incoming, outgoing)) return
    if (files?.(incoming, outgoing)) return
    if (page) await page(incoming, outgoing)
    else outgoing.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing at this address.')
  }
}

/** Answers what belongs to the API; false = it is something else. Also used in development, before Vite. */
export async function handleApi(services: Services, incoming: IncomingMessage, outgoing: ServerResponse): Promise<boolean> {
  markAddress(incoming, services.config.trustedProxies)
  // `//evil.example` would otherwise be read as a host.
  if (incoming.url?.startsWith('//')) incoming.url = `/${incoming.url.replace(/^\/+/, '')}`
  const path = incoming.url?.split('?', 1)[0] ?? '/'
  if (!isApiPath(path)) return false
  const response = await answerApi(services, toRequest(incoming))
  for (const [name, value] of Object.entries(apiHeaders)) response.headers.set(name, value)
  await sendResponse(outgoing, response)
  return true
}

/** Answers of the API are data: they are never rendered, framed or guessed at. */
const apiHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
}
