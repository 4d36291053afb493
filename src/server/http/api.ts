import type { MutateReply } from '#sync/messages.ts'
import { caps, mutateShape } from '#sync/messages.ts'
import { RequestFailure, notFound, signInFirst } from '../failure.ts'
import { requireRole } from '../projects/access.ts'
import { check } from '../projects/projects.ts'
import { describe } from '../realtime/rooms.ts'
import type { Services } from '../services.ts'
import type { Call } from './call.ts'
import { databaseRoutes } from './database-routes.ts'
import { health } from './health.ts'
import { json, readJson, refusal } from './json.ts'
import { isSameSite } from './origin.ts'

/** Whether a path is answered here; everything else is a page or a file. */
export const isApiPath = (path: string): boolean => path === '/health' || path === '/api' || path.startsWith('/api/')

/** Answers the HTTP interface. Never throws: what goes wrong is an answer. */
export async function answerApi(services: Services, request: Request): Promise<Response> {
  try {
    return await route(services, request, new URL(request.url).pathname)
  } catch (error) {
    if (error instanceof RequestFailure) return refusal(request, error.status, [error.diagnostic])
    services.log.error({ method: request.method, path: new URL(request.url).pathname, error: describe(error) }, 'a request failed')
    return refusal(request, 500, [{ code: 'internal-error', severity: 'error', message: 'The server failed at this by a bug of ours.' }])
  }
}

async function route(services: Services, request: Request, path: string): Promise<Response> {
  if (path === '/health' || path === '/api/health') return health(services, request)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead && !isSameSite(request.headers, services.config.publicUrl)) {
    throw new RequestFailure(403, 'other-origin', 'This request comes from another site.')
  }
  if (path.startsWith('/api/auth/')) return authenticate(services, request, path)
  const person = await services.findPerson(request.headers)
  if (!person) throw signInFirst()
  const [, , section, projectId, ...parts] = path.split('/')
  if (section !== 'projects') throw notFoundPath()
  const found = routes.get(`${request.method} ${projectId ? ['project', ...parts.filter(Boolean)].join('/') : 'projects'}`)
  if (!found) throw notFoundPath()
  return found({ services, request, person, projectId: projectId?.toLowerCase() ?? '' })
}

const notFoundPath = () => new RequestFailure(404, 'not-found', 'There is nothing at this address.')

/** better-auth's own routes. A session that ends takes its sockets with it. */
async function authenticate(services: Services, request: Request, path: string): Promise<Response> {
  const leaving = path === '/api/auth/sign-out' ? await services.findPerson(request.headers) : null
  const response = await services.auth.handler(request)
  if (leaving && response.ok) services.realtime.endSession(leaving.sessionId)
  return response
}

const body = async ({ request }: Call): Promise<object> => {
  const value = await readJson(request, 64 * 1024)
  return typeof value === 'object' && value !== null ? value : {}
}

const routes = new Map<string, (call: Call) => Promise<Response>>([
  ['GET projects', async ({ services, request, person }) => json(request, await services.projects.list(person))],
  [
    'POST projects',
    async (call) =>
      json(call.request, await call.services.projects.create(call.person, (await body(call)) as { name: string }), { status: 201 }),
  ],
  [
    'GET project',
    async ({ services, request, person, projectId }) => json(request, await services.projects.getById(person, { id: projectId })),
  ],
  [
    'PATCH project',
    async (call) =>
      json(
        call.request,
        await call.services.projects.update(call.person, { ...((await body(call)) as { name: string }), id: call.projectId }),
      ),
  ],
  [
    'DELETE project',
    async ({ services, person, projectId }) => {
      await services.projects.delete(person, { id: projectId })
      return new Response(null, { status: 204 })
    },
  ],
  [
    'POST project/duplicate',
    async ({ services, request, person, projectId }) =>
      json(request, await services.projects.duplicate(person, { id: projectId }), { status: 201 }),
  ],
  [
    'GET project/tables',
    async ({ services, request, person, projectId }) => json(request, await services.queries.tables.listByProject(person, { projectId })),
  ],
  ['GET project/columns', columns],
  [
    'GET project/relationships',
    async ({ services, request, person, projectId }) =>
      json(request, await services.queries.relationships.listByProject(person, { projectId })),
  ],
  [
    'GET project/enumTypes',
    async ({ services, request, person, projectId }) =>
      json(request, await services.queries.enumTypes.listByProject(person, { projectId })),
  ],
  ['GET project/snapshot', snapshot],
  ['POST project/mutations', mutations],
  ...databaseRoutes,
])

/** `columns.listByTable`: the table is a search parameter, as it is one of the project's. */
async function columns({ services, request, person, projectId }: Call): Promise<Response> {
  const tableId = new URL(request.url).searchParams.get('tableId')?.toLowerCase() ?? ''
  return json(request, await services.queries.columns.listByTable(person, { projectId, tableId }))
}

/** A project's rows as of entry `seq`: what a client starts from. The tag is the seq, so an unchanged project costs nothing. */
async function snapshot({ services, request, person, projectId }: Call): Promise<Response> {
  const { role } = await requireRole(services.database.sql, projectId, person.id)
  const opened = await services.rooms.open(projectId)
  if (!opened) throw notFound()
  const known = request.headers.get('if-none-match')
  const { seq, text } = await opened.room.read((view, now) => ({
    seq: now,
    text: known === `"${now}"` ? '' : JSON.stringify({ seq: now, role, rows: view.rows() }),
  }))
  const headers = { etag: `"${seq}"`, 'cache-control': 'private, no-cache', vary: 'accept-encoding, cookie' }
  if (!text) return new Response(null, { status: 304, headers })
  return json(request, text, { headers })
}

/** The same as the socket's `mutate`, for what is too large for a socket message and for programs. */
async function mutations({ services, request, person, projectId }: Call): Promise<Response> {
  await requireRole(services.database.sql, projectId, person.id)
  const message = check(mutateShape, await readJson(request, caps.httpBodyBytes))
  const wait = services.realtime.takeMutations(person.id, message.mutations.length)
  if (wait > 0)
    throw new RequestFailure(429, 'too-many-messages', 'You are sending faster than allowed.', `Try again in ${Math.ceil(wait / 1000)} s.`)
  const opened = await services.rooms.open(projectId)
  if (!opened) throw notFound()
  const reply: MutateReply = await services.rooms.submit(opened, { id: person.id, name: person.name }, message, 'http')
  return json(request, reply)
}
