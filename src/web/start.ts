import { createCsrfMiddleware, createMiddleware, createStart } from '@tanstack/react-start'
import { setResponseHeader } from '@tanstack/react-start/server'

/**
 * What every page and server function passes through: refusal of cross-site calls, and a Content-Security-Policy with a fresh nonce.
 * The router puts the nonce on each script it writes (see router.tsx). Development has no policy: Vite injects its own styles and scripts.
 */
export const startInstance = createStart(() => ({
  requestMiddleware: [createCsrfMiddleware({ filter: (request) => request.handlerType === 'serverFn' }), securityHeaders],
}))

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
