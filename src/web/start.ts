import { createCsrfMiddleware, createMiddleware, createStart } from '@tanstack/react-start'
import { setResponseHeader } from '@tanstack/react-start/server'

/**
 * What every page and server function passes through: refusal of cross-site calls, and a Content-Security-Policy with a fresh nonce.
 * The router puts the nonce on each script it writes (see router.tsx). Development has no policy: Vite injects its own styles and scripts.
 */
export const startInstance = createStart(() => ({
  requestMiddleware: [createCsrfMiddleware({ filter: (request) => request.handlerType === 'serverFn' }), smallBodies, securityHeaders],
}))

/** The longest body that a page or server function reads, in bytes. Schemas do not come this way: they are read in the browser. */
const LONGEST_BODY = 256 * 1024

const smallBodies = createMiddleware().server(({ next, request }) => {
  if (request.method === 'GET' || request.method === 'HEAD') return next()
  const length = request.headers.get('content-length')
  if (length === null) return new Response('The length of the body must be given.', { status: 411 })
  return Number(length) > LONGEST_BODY ? new Response('The body is too long.', { status: 413 }) : next()
})

const securityHeaders = createMiddleware().server(({ next }) => {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  setResponseHeader('X-Content-Type-Options', 'nosniff')
  setResponseHeader('Referrer-Policy', 'strict-origin-when-cross-origin')
  if (import.meta.env.PROD) setResponseHeader('Content-Security-Policy', contentSecurityPolicy(nonce))
  return next({ context: { nonce } })
})

/** No inline scripts or styles but ours. `style` attributes are allowed, for server-rendered positions; WebAssembly for reading SQL. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
