import handler, { createServerEntry } from '@tanstack/react-start/server-entry'

/** The page renderer, as the production server mounts it. */
export default createServerEntry({
  fetch: async (request, options) => compressed(request, await handler.fetch(request, options)),
})

/** Pages are sent as gzip to whoever reads it: an editor's page shrinks to an eighth. They hold private data, so only the reader keeps them. */
function compressed(request: Request, response: Response): Response {
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true
  if (!isPage) return response
  const headers = new Headers(response.headers)
  headers.set('cache-control', 'private, no-cache')
  headers.append('vary', 'accept-encoding, cookie')
  const { status, statusText, body } = response
  const reads = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  if (!body || !reads || request.method === 'HEAD' || !import.meta.env.PROD) return new Response(body, { status, statusText, headers })
  headers.set('content-encoding', 'gzip')
  headers.delete('content-length')
  return new Response(body.pipeThrough(new CompressionStream('gzip')), { status, statusText, headers })
}
