import { DatabaseError } from '../connection.ts'
import type { ConnectOptions } from './options.ts'

export const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof sslModes)[number]

/** What a connection url says, taken apart. */
export interface Target {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  readonly sslMode: SslMode
  /** Paths of files in PEM form; `sslrootcert` may be `system`. */
  readonly sslRootCert: string | undefined
  readonly sslCert: string | undefined
  readonly sslKey: string | undefined
  /** `options=-c name=value`. */
  readonly settings: string | undefined
}

/** Reads a `postgres://` url. Throws a `DatabaseError` in words when it is none; the message never repeats it. */
export function readTarget(url: string, { environment = false, files = true }: Pick<ConnectOptions, 'environment' | 'files'> = {}): Target {
  const parsed = parse(url)
  const params = parsed.searchParams
  const param = (name: string): string | undefined => params.get(name) ?? undefined
  const env = (name: string): string | undefined => (environment ? process.env[name] : undefined)
  const host = param('host') ?? (hostOf(parsed) || (env('PGHOST') ?? 'localhost'))
  if (host.includes(',')) throw new DatabaseError('Only one host can be named.')
  const user = param('user') ?? (decodeURIComponent(parsed.username) || (env('PGUSER') ?? env('USER') ?? 'postgres'))
  const target: Target = {
    host,
    port: Number(param('port') ?? (parsed.port || (env('PGPORT') ?? '5432'))),
    user,
    password: param('password') ?? (decodeURIComponent(parsed.password) || undefined),
    database: param('dbname') ?? (decodeURIComponent(parsed.pathname.slice(1)) || (env('PGDATABASE') ?? user)),
    sslMode: sslMode(param('sslmode') ?? (param('ssl') === 'true' ? 'require' : env('PGSSLMODE')), param('sslrootcert')),
    sslRootCert: param('sslrootcert') ?? env('PGSSLROOTCERT'),
    sslCert: param('sslcert') ?? env('PGSSLCERT'),
    sslKey: param('sslkey') ?? env('PGSSLKEY'),
    settings: param('options') ?? env('PGOPTIONS'),
  }
  if (!files && (host.startsWith('/') || [target.sslCert, target.sslKey, target.sslRootCert].some((path) => path && path !== 'system')))
    throw new DatabaseError('The url names a socket or files, which are not looked at here.')
  return target
}

function parse(url: string): URL {
  const wrong = new DatabaseError('That is not the url of a PostgreSQL database.', {
    hint: 'Write it like postgres://user:password@host:5432/database; special characters in the password as %40 and the like.',
  })
  if (!/^postgres(?:ql)?:\/\//i.test(url)) throw wrong
  try {
    // A url may leave the host out, which the platform's own reading of urls does not allow beside a user.
    const parsed = new URL(url.replace(/^postgres(?:ql)?:\/\/((?:[^/?#]*@)?)(?=[/?#]|$)/i, `postgres://$1${NO_HOST}`))
    for (const part of [parsed.username, parsed.password, parsed.pathname, parsed.hostname]) decodeURIComponent(part)
    return parsed
  } catch {
    throw wrong
  }
}

const NO_HOST = 'no-host.invalid'

const hostOf = ({ hostname }: URL): string => (hostname === NO_HOST ? '' : decodeURIComponent(hostname.replace(/^\[(.*)\]$/, '$1')))

function sslMode(text: string | undefined, rootCert: string | undefined): SslMode {
  // libpq: with the system's certificates anything weaker than a full check makes no sense.
  if (text === undefined) return rootCert === 'system' ? 'verify-full' : 'prefer'
  const mode = sslModes.find((known) => known === text)
  if (mode === undefined)
    throw new DatabaseError(`sslmode "${text.slice(0, 20)}" is not known.`, { hint: `One of ${sslModes.join(', ')}.` })
  return mode
}
