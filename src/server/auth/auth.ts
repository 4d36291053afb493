import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { anonymous } from 'better-auth/plugins'
import type { ServerConfig } from '../config.ts'
import { CLIENT_ADDRESS } from '../http/headers.ts'
import { isOwnOrigin } from '../http/origin.ts'
import type { Log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import * as tables from '../storage/auth-tables.ts'

export interface AuthOptions {
  readonly config: ServerConfig
  readonly database: Database
  readonly secret: string
  readonly log: Log
  /** A guest has signed up or in: everything the guest owned goes to the account. Happens before the guest is deleted. */
  readonly onGuestBecame: (guestId: string, userId: string) => Promise<void>
}

/** Accounts: guests ("Try it"), e-mail and password, sessions; all in our own database. Mounted at `/api/auth`. */
export function createAuth({ config, database, secret, log, onGuestBecame }: AuthOptions) {
  const perMinute = (max: number) => ({ window: 60, max: Math.ceil(max * config.rateFactor) })
  return betterAuth({
    appName: 'SchemaFlow',
    secret,
    ...(config.publicUrl ? { baseURL: config.publicUrl } : {}),
    basePath: '/api/auth',
    // Behind a proxy that speaks https, pages have another scheme than the requests that arrive here.
    trustedOrigins: (request) => ownOrigin(request, config.publicUrl),
    database: drizzleAdapter(database.orm, { provider: 'pg', schema: tables, transaction: false }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128, autoSignIn: true },
    session: { expiresIn: 30 * 24 * 3600, updateAge: 24 * 3600 },
    plugins: [
      anonymous({
        generateName: () => 'Guest',
        onLinkAccount: ({ anonymousUser, newUser }) => onGuestBecame(anonymousUser.user.id, newUser.user.id),
      }),
    ],
    rateLimit: {
      enabled: true,
      storage: 'memory',
      ...perMinute(600),
      customRules: {
        '/sign-in/anonymous': perMinute(30),
        '/sign-in/email': perMinute(10),
        '/sign-up/email': perMinute(10),
        '/get-session': false,
      },
    },
    advanced: {
      cookiePrefix: 'schemaflow',
      useSecureCookies: config.publicUrl?.startsWith('https:') ?? false,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      // Without PUBLIC_URL the address is taken from each request, which is right for a server on one's own machine.
      log: (level, message) => (message.includes('Base URL is not set') ? undefined : log[level](message)),
    },
  })
}
export type Auth = ReturnType<typeof createAuth>

function ownOrigin(request: Request | undefined, publicUrl: string | undefined): string[] {
  const origin = request?.headers.get('origin')
  return origin && isOwnOrigin(origin, request?.headers.get('host'), publicUrl) ? [origin] : []
}

/** Who is asking. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly isGuest: boolean
  readonly sessionId: string
}

/** The person that a request's cookie stands for; null without a valid session. */
export async function findPerson(auth: Auth, headers: Headers): Promise<Person | null> {
  if (!headers.has('cookie')) return null
  const found = await auth.api.getSession({ headers })
  if (!found) return null
  const { user, session } = found
  return { id: user.id, name: user.name, email: user.email, isGuest: user.isAnonymous ?? false, sessionId: session.id }
}
