import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { sendNodeResponse } from 'srvx/node'
import { CLIENT_ADDRESS } from './headers.ts'

/** A node request as the web knows it. */
export function toRequest(incoming: IncomingMessage): Request {
  const scheme = 'encrypted' in incoming.socket && incoming.socket.encrypted ? 'https' : 'http'
  const url = new URL(incoming.url ?? '/', `${scheme}://${hostOf(incoming)}`)
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) for (const value of values ?? []) headers.append(name, value)
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers })
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
  return new Request(url, { method, headers, body: body as unknown as BodyInit, duplex: 'half' } as RequestInit)
}

export const sendResponse = (outgoing: ServerResponse, response: Response): Promise<void> => sendNodeResponse(outgoing, response)

const hostOf = ({ headers, socket }: IncomingMessage): string => {
  const host = headers.host ?? ''
  return /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`) ? host : `localhost:${socket.localPort ?? 80}`
}

/**
 * Puts the caller's address where better-auth looks for it, whatever the caller wrote there. Behind proxies of ours it is the so many-th entry of
 * `x-forwarded-for`, counted from the right: further left, callers can write what they like.
 */
export function markAddress(incoming: IncomingMessage, trustedProxies: number): void {
  const forwarded = String(incoming.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const address = (trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined) ?? incoming.socket.remoteAddress ?? 'unknown'
  setHeader(incoming, CLIENT_ADDRESS, address)
}

/** Both views of a node request's headers: frameworks read one or the other. */
function setHeader(incoming: IncomingMessage, name: string, value: string): void {
  for (let index = incoming.rawHeaders.length - 2; index >= 0; index -= 2) {
    if (incoming.rawHeaders[index]?.toLowerCase() === name) incoming.rawHeaders.splice(index, 2)
  }
  incoming.rawHeaders.push(name, value)
  incoming.headers[name] = value
  incoming.headersDistinct[name] = [value]
}
