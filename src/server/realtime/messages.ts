import { PROTOCOL_VERSION, joinShape, mutateShape, type JoinReply, type MutateReply } from '#sync/messages.ts'
import { findPerson } from '../auth/auth.ts'
import { RequestFailure } from '../failure.ts'
import { requireRole } from '../projects/access.ts'
import { cookieOf, refused, tooFast, type MessageContext, type ProjectSocket } from './connection.ts'

export type Handler = (context: MessageContext, socket: ProjectSocket, message: unknown) => Promise<object>

/** `join`: enters a project and catches up on what happened after `since`. */
const join: Handler = async (context, socket, message): Promise<JoinReply> => {
  const parsed = joinShape.safeParse(message)
  if (!parsed.success) return refused('bad-message', 'The message is not a join.', parsed.error.issues[0]?.message)
  const { since, version } = parsed.data
  const [projectId, clientId] = [parsed.data.projectId.toLowerCase(), parsed.data.clientId.toLowerCase()]
  if (version !== PROTOCOL_VERSION) return refused('other-version', 'The server was updated.', 'Reload the page.')
  const { database, auth, rooms } = context
  const person = await findPerson(auth, cookieOf(socket))
  if (person?.id !== socket.data.person.id) return refused('not-signed-in', 'Your session has ended.', 'Sign in again.')
  socket.data.person = person
  const { role } = await requireRole(database.sql, projectId, person.id)
  const opened = await rooms.open(projectId)
  if (!opened) return refused('not-found', 'There is no such project, or it is not yours.')
  // First into the room, then the log: entries that come meanwhile arrive twice, never not at all.
  await context.enter(socket, projectId, role)
  const state = await opened.room.join(person, clientId, since)
  return state.kind === 'refused' ? state : { ...state, role }
}

/** `mutate`: runs mutations on the project that the socket has joined. Answered when they are durable. */
const mutate: Handler = async ({ takeMutations, rooms }, socket, message): Promise<MutateReply> => {
  const { projectId, person } = socket.data
  if (!projectId) return refused('not-joined', 'Join a project first.')
  const parsed = mutateShape.safeParse(message)
  if (!parsed.success) return refused('bad-message', 'The message holds no mutations.', parsed.error.issues[0]?.message)
  const wait = takeMutations(person.id, parsed.data.mutations.length)
  if (wait > 0) return tooFast(wait)
  const opened = await rooms.open(projectId)
  if (!opened) return refused('not-found', 'There is no such project, or it is not yours.')
  return rooms.submit(opened, { id: person.id, name: person.name }, parsed.data, 'socket')
}

/** Failures that carry an answer are answers. */
const answering =
  (handler: Handler): Handler =>
  async (context, socket, message) => {
    try {
      return await handler(context, socket, message)
    } catch (error) {
      if (error instanceof RequestFailure) return { kind: 'refused', diagnostics: [error.diagnostic] }
      throw error
    }
  }

/** What clients may say. A Map, so that `__proto__` and its like say nothing. */
export const handlers: ReadonlyMap<string, Handler> = new Map([
  ['join', answering(join)],
  ['mutate', answering(mutate)],
])
