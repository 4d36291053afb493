import type { Id } from '#core/project/rows.ts'
import { openProject, type OpenedProject, type TransportOptions } from '#web/state/transport.ts'

/** A signed-in visitor of a test server. */
export interface Visitor {
  readonly url: string
  /** Session cookie and Origin, as a browser would send them. */
  readonly headers: { readonly cookie: string; readonly origin: string }
  readonly userId: string
}

/** "Try it": a new guest. */
export const signInAsGuest = (url: string): Promise<Visitor> => authenticate(url, 'sign-in/anonymous', {})

/** A new account; for a guest, the guest's projects come along. */
export const signUp = (url: string, email: string, guest?: Visitor): Promise<Visitor> =>
  authenticate(url, 'sign-up/email', { email, password: 'correct horse battery', name: email.split('@')[0] }, guest)

export const signIn = (url: string, email: string): Promise<Visitor> =>
  authenticate(url, 'sign-in/email', { email, password: 'correct horse battery' })

async function authenticate(url: string, path: string, body: object, as?: Visitor): Promise<Visitor> {
  const headers = { 'content-type': 'application/json', origin: url, ...(as ? { cookie: as.headers.cookie } : {}) }
  const response = await fetch(`${url}/api/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  const { user } = (await response.json()) as { user: { id: string } }
  return { url, headers: { cookie, origin: url }, userId: user.id }
}

/** A request as this visitor. */
export function request(
  visitor: Visitor,
  path: string,
  init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = { ...visitor.headers, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }), ...init.headers }
  return fetch(`${visitor.url}${path}`, {
    method: init.method ?? 'GET',
    headers,
    ...(init.body === undefined ? {} : { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }),
  })
}

/** A new project of this visitor. */
export async function createProject(visitor: Visitor, name = 'Shop'): Promise<Id> {
  const response = await request(visitor, '/api/projects', { method: 'POST', body: { name } })
  if (response.status !== 201) throw new Error(`create: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { id: Id }).id
}

/** Opens a project the way the browser does, without a place to keep pending work unless one is given. */
export const open = (visitor: Visitor, projectId: Id, options: TransportOptions = {}): Promise<OpenedProject> =>
  openProject(projectId, { url: visitor.url, headers: visitor.headers, shelf: null, ...options })

/** Waits until something holds; looks every few milliseconds. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, milliseconds = 10_000): Promise<void> {
  for (const end = Date.now() + milliseconds; !(await holds());) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
