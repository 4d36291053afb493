import { resolve } from 'node:path'
import { limitsFrom, type AllLimits } from '#core/limits.ts'

/** What this installation has been told. Read once, at start. */
export interface ServerConfig {
  readonly port: number
  readonly host: string
  /** Absolute path of the data folder. */
  readonly dataFolder: string
  /** A PostgreSQL server instead of the embedded database. */
  readonly databaseUrl: string | undefined
  /** Where people reach the server, when that is not where it listens: `https://schema.example.org`. */
  readonly publicUrl: string | undefined
  readonly secret: string | undefined
  /** How many proxies in front are ours: so many `x-forwarded-for` hops, counted from the right, are believed. */
  readonly trustedProxies: number
  /** Lets sockets connect without an Origin header (programs). Browsers always send one. */
  readonly allowMissingOrigin: boolean
  /** Multiplies the rate limits of sign-in and of messages; for load tests. */
  readonly rateFactor: number
  /** Whether people may have this server read databases in private networks and on its own machine. */
  readonly allowPrivateDatabases: boolean
  /** A PostgreSQL server on which scratch databases may be made and dropped, instead of the embedded ones. */
  readonly scratchUrl: string | undefined
  readonly limits: AllLimits
  readonly logLevel: string
  /** What could not be used of the environment, one sentence each. */
  readonly problems: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

/** The configuration that an environment asks for. Nothing in it can stop the start: what is wrong is reported and the default taken. */
export function readConfig(environment: Environment): ServerConfig {
  const problems: string[] = []
  const number = (name: string, fallback: number, max: number) => {
    const text = environment[name]
    if (!text) return fallback
    if (/^\d+(\.\d+)?$/.test(text) && Number(text) <= max) return Number(text)
    problems.push(`${name} is "${text}", but must be a number up to ${max}; using ${fallback}.`)
    return fallback
  }
  const { limits, problems: limitProblems } = limitsFrom(environment)
  return {
    port: number('PORT', 3000, 65_535),
    host: environment['HOST'] || '127.0.0.1',
    dataFolder: resolve(environment['SCHEMAFLOW_DATA'] || '.schemaflow'),
    databaseUrl: environment['DATABASE_URL'] || undefined,
    publicUrl: publicUrl(environment['PUBLIC_URL'], problems),
    secret: secret(environment['SCHEMAFLOW_SECRET'], problems),
    trustedProxies: number('SCHEMAFLOW_TRUSTED_PROXIES', 0, 10),
    allowMissingOrigin: environment['SCHEMAFLOW_ALLOW_MISSING_ORIGIN'] === '1',
    rateFactor: number('SCHEMAFLOW_RATE_FACTOR', 1, 1_000_000),
    allowPrivateDatabases: allowPrivateDatabases(environment),
    scratchUrl: environment['SCHEMAFLOW_SCRATCH_URL'] || undefined,
    limits,
    logLevel: environment['LOG_LEVEL'] || 'info',
    problems: [...problems, ...limitProblems],
  }
}

function publicUrl(text: string | undefined, problems: string[]): string | undefined {
  if (!text) return undefined
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin
  problems.push(`PUBLIC_URL is "${text}", but must be an address like https://schema.example.org; not used.`)
  return undefined
}

/**
 * On one's own machine the databases nearby are one's own. A server that others reach, directly or through a proxy, must not be sent where they
 * could not go themselves, unless who runs it says so.
 */
function allowPrivateDatabases(environment: Environment): boolean {
  const said = environment['SCHEMAFLOW_ALLOW_PRIVATE_DATABASES']
  if (said) return said === '1'
  const isBehindProxy = Boolean(environment['SCHEMAFLOW_TRUSTED_PROXIES']) && environment['SCHEMAFLOW_TRUSTED_PROXIES'] !== '0'
  return isLoopback(environment['HOST'] || '127.0.0.1') && !isBehindProxy && isLocal(environment['PUBLIC_URL'])
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
const isLocal = (url: string | undefined): boolean =>
  !url || (URL.canParse(url) && isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, '')))

/** Sessions are signed with it: whoever guesses it can be anybody. */
function secret(text: string | undefined, problems: string[]): string | undefined {
  if (!text || text.length >= 32) return text || undefined
  problems.push('SCHEMAFLOW_SECRET is shorter than 32 characters; not used.')
  return undefined
}
