import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import { DatabaseError } from '../connection.ts'
import { unreachable } from '#core/unreachable.ts'
import type { Target } from './target.ts'

/** One way to try a connection: with TLS or without, and after which errors the next way is worth trying. */
export interface TlsAttempt {
  readonly ssl: false | ConnectionOptions
  mayTryNext(error: unknown): boolean
}

const never = () => false

/** What `sslmode` means, in libpq's words: section "SSL Support" of its documentation. Sockets know no TLS. */
export function tlsAttempts(target: Target): readonly TlsAttempt[] {
  if (target.host.startsWith('/')) return [{ ssl: false, mayTryNext: never }]
  const { sslMode } = target
  switch (sslMode) {
    case 'disable':
      return [{ ssl: false, mayTryNext: never }]
    case 'allow':
      return [
        { ssl: false, mayTryNext: refusedByRule },
        { ssl: encrypted(target), mayTryNext: never },
      ]
    case 'prefer':
      return [
        { ssl: encrypted(target), mayTryNext: (error) => withoutTls(error) || refusedByRule(error) },
        { ssl: false, mayTryNext: never },
      ]
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return [{ ssl: encrypted(target), mayTryNext: never }]
    default:
      return unreachable(sslMode)
  }
}

/** `pg_hba.conf` has no entry for this way of connecting. */
const refusedByRule = (error: unknown): boolean => codeOf(error) === '28000'

/** The server says that it has no TLS, or its handshake fails. */
export const withoutTls = (error: unknown): boolean =>
  error instanceof Error &&
  (/does not support SSL/i.test(error.message) ||
    /^ERR_SSL|^EPROTO/.test(codeOf(error) ?? '') ||
    /error response to an SSL/i.test(error.message))

const codeOf = (error: unknown): string | undefined => (error as { readonly code?: string } | null)?.code

function encrypted(target: Target): ConnectionOptions {
  const { sslMode, host, sslRootCert, sslCert, sslKey } = target
  // With certificates at hand, `require` checks them, as libpq does.
  const checked = sslMode === 'verify-ca' || sslMode === 'verify-full' || (sslMode === 'require' && sslRootCert !== undefined)
  return {
    rejectUnauthorized: checked,
    servername: /^[\d.]+$|:/.test(host) ? '' : host,
    ...(sslRootCert !== undefined && sslRootCert !== 'system' && { ca: pem(sslRootCert) }),
    ...(sslCert !== undefined && { cert: pem(sslCert) }),
    ...(sslKey !== undefined && { key: pem(sslKey) }),
    ...(sslMode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  }
}

function pem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new DatabaseError(`The certificate file ${path} cannot be read.`)
  }
}
