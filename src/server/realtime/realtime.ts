import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import type { Id } from '#core/project/rows.ts'
import { caps, type ClientEvents, type ServerEvents } from '#sync/messages.ts'
import type { LogEntry } from '#sync/types.ts'
import { findPerson } from '../auth/auth.ts'
import type { ServerConfig } from '../config.ts'
import { isOwnOrigin } from '../http/origin.ts'
import { roleIn, type Access } from '../projects/access.ts'
import { DISCONNECT, bufferedBytes } from './backpressure.ts'
import { cookieOf, refused, tooFast, type Connection, type MessageContext, type ProjectSocket, type RealtimeOptions } from './connection.ts'
import { handlers, type Handler } from './messages.ts'
import { describe } from './rooms.ts'
import { TokenBucket } from './token-bucket.ts'

const SOCKETS_PER_USER = 20
const SESSION_CHECK_MS = 60_000
/** Larger news are not pushed: clients fetch a snapshot instead, compressed. Characters of JSON. */
const LARGE_NEWS = caps.socketFrameBytes
/** Messages per second and socket, and how many at once. */
const MESSAGE_RATE = { perSecond: 30, burst: 120 }

/** Keeps people in step: one Socket.IO server on the app's own port, path `/rt`. Decides nothing about projects; that is the rooms' part. */
export class Realtime {
  readonly #options: RealtimeOptions
  readonly #context: MessageContext
  readonly #mutations = new Map<string, TokenBucket>()
  #io: Server<ClientEvents, ServerEvents, Record<string, never>, Connection> | null = null
  #checking: NodeJS.Timeout | null = null

  constructor(options: RealtimeOptions) {
    this.#options = options
    this.#context = {
      ...options,
      enter: (socket, projectId, role) => this.#enter(socket, projectId, role),
      takeMutations: (userId, count) => this.takeMutations(userId, count),
    }
    options.rooms.on({
      entries: (projectId, entries) => this.#broadcast(projectId, entries),
      access: (projectId, access) => this.#regulate(projectId, access),
    })
  }

  attach(http: HttpServer): void {
    const { config } = this.#options
    this.#io = new Server(http, {
      path: '/rt',
      serveClient: false,
      // Other upgrades (Vite's, in development) are not ours to end.
      destroyUpgrade: false,
      transports: ['websocket', 'polling'],
      maxHttpBufferSize: caps.socketFrameBytes,
      perMessageDeflate: false,
      // Browsers do not guard websockets by origin; Socket.IO's `cors` does not either.
      allowRequest: (request, answer) => answer(null, mayConnect(request, config)),
    })
    this.#io.use((socket, next) => void this.#welcome(socket, next))
    this.#io.on('connection', (socket) => this.#serve(socket))
    this.#checking = setInterval(() => void this.#checkSessions(), SESSION_CHECK_MS)
    this.#checking.unref()
  }

  /** Takes from a person's allowance of mutations. 0 = go on; else wait so many milliseconds. */
  takeMutations(userId: string, count: number): number {
    const { limits, rateFactor } = this.#options.config
    const perSecond = (limits.mutationsPerMinute / 60) * rateFactor
    const bucket =
      this.#mutations.get(userId) ?? new TokenBucket(perSecond, Math.max(caps.mutationsPerMessage, perSecond * 15), performance.now())
    this.#mutations.set(userId, bucket)
    return bucket.take(count, performance.now())
  }

  /** The session has ended: its sockets do too. */
  endSession(sessionId: string): void {
    for (const socket of this.#sockets()) if (socket.data.person.sessionId === sessionId) socket.disconnect(true)
  }

  /** The person is no more (a guest who became a user): sockets come back with the new session. */
  endUser(userId: string): void {
    for (const socket of this.#sockets()) if (socket.data.person.id === userId) socket.disconnect(true)
  }

  projectDeleted(projectId: Id): void {
    this.#regulate(projectId, undefined)
    this.#options.rooms.forget(projectId)
  }

  async close(): Promise<void> {
    if (this.#checking) clearInterval(this.#checking)
    const underWay = this.#sockets().flatMap((socket) => [...socket.data.underWay])
    // What was accepted is answered before the line is cut.
    await Promise.race([Promise.allSettled(underWay), new Promise((resolve) => setTimeout(resolve, 5_000).unref())])
    this.#io?.disconnectSockets(true)
    this.#io?.engine.close()
  }

  async #welcome(socket: ProjectSocket, next: (error?: Error) => void): Promise<void> {
    try {
      const person = await findPerson(this.#options.auth, cookieOf(socket))
      if (!person) return next(new Error('not-signed-in'))
      const mine = this.#sockets().filter((other) => other.data.person.id === person.id)
      if (mine.length >= SOCKETS_PER_USER) return next(new Error('too-many-connections'))
      const { rateFactor } = this.#options.config
      const messages = new TokenBucket(MESSAGE_RATE.perSecond * rateFactor, MESSAGE_RATE.burst * rateFactor, performance.now())
      socket.data = { person, projectId: null, role: null, messages, underWay: new Set() }
      next()
    } catch (error) {
      this.#options.log.error({ error: describe(error) }, 'handshake failed')
      next(new Error('unavailable'))
    }
  }

  #serve(socket: ProjectSocket): void {
    socket.onAny((event: unknown, ...args: unknown[]) => {
      const work = this.#handle(socket, event, args).finally(() => socket.data.underWay.delete(work))
      socket.data.underWay.add(work)
    })
    socket.on('error', (error) => this.#options.log.warn({ error: describe(error) }, 'socket error'))
    socket.on('disconnect', () => this.#leave(socket))
  }

  /** Every message passes here. Whatever goes wrong with it ends here too. */
  async #handle(socket: ProjectSocket, event: unknown, args: readonly unknown[]): Promise<void> {
    const last = args.at(-1)
    const reply = typeof last === 'function' ? (answer: object) => void Reflect.apply(last, undefined, [answer]) : () => undefined
    try {
      const wait = socket.data.messages.take(1, performance.now())
      if (wait > 0) return reply(tooFast(wait))
      const handler: Handler | undefined = typeof event === 'string' ? handlers.get(event) : undefined
      if (!handler) return reply(refused('unknown-message', 'There is no such message.'))
      const answer = await handler(this.#context, socket, args.length > 1 || typeof last !== 'function' ? args[0] : undefined)
      reply(answer)
    } catch (error) {
      this.#options.log.error({ event, error: describe(error) }, 'a message failed')
      reply({
        kind: 'retry',
        afterMs: 2_000,
        diagnostics: refused('internal-error', 'The server failed at this by a bug of ours.').diagnostics,
      })
    }
  }

  async #enter(socket: ProjectSocket, projectId: Id, role: string): Promise<void> {
    if (socket.data.projectId !== projectId) this.#leave(socket)
    const opened = await this.#options.rooms.open(projectId)
    if (!opened || socket.disconnected) return
    if (socket.data.projectId !== projectId) opened.present += 1
    socket.data.projectId = projectId
    socket.data.role = role
    await socket.join(projectId)
  }

  #leave(socket: ProjectSocket): void {
    const { projectId } = socket.data
    if (!projectId) return
    socket.data.projectId = null
    socket.data.role = null
    void socket.leave(projectId)
    void this.#options.rooms.open(projectId).then(
      (opened) => {
        if (opened) opened.present = Math.max(0, opened.present - 1)
      },
      (error: unknown) => this.#options.log.warn({ error: describe(error) }, 'could not leave a room'),
    )
  }

  #broadcast(projectId: Id, entries: readonly LogEntry[]): void {
    if (!this.#io) return
    if (isLarge(entries)) this.#io.to(projectId).emit('resync', { reason: 'large-change' })
    else this.#io.to(projectId).emit('entries', { entries })
    for (const socket of this.#socketsIn(projectId)) {
      if (bufferedBytes(socket) <= DISCONNECT) continue
      this.#options.log.warn({ projectId, userId: socket.data.person.id }, 'a socket that does not read was cut off')
      socket.disconnect(true)
    }
  }

  /** Roles have changed: everybody in the room gets the role of now, or has to leave. */
  #regulate(projectId: Id, access: Access | undefined): void {
    for (const socket of this.#socketsIn(projectId)) {
      const role = roleIn(access, socket.data.person.id)
      if (role === socket.data.role) continue
      socket.emit('access', { role })
      if (role === null) this.#leave(socket)
      else socket.data.role = role
    }
  }

  async #checkSessions(): Promise<void> {
    for (const socket of this.#sockets()) {
      try {
        const person = await findPerson(this.#options.auth, cookieOf(socket))
        if (person?.id !== socket.data.person.id) socket.disconnect(true)
      } catch (error) {
        this.#options.log.warn({ error: describe(error) }, 'could not check a session')
      }
    }
    for (const userId of this.#mutations.keys())
      if (!this.#sockets().some(({ data }) => data.person.id === userId)) this.#mutations.delete(userId)
  }

  #sockets(): ProjectSocket[] {
    return this.#io ? [...this.#io.sockets.sockets.values()] : []
  }

  #socketsIn(projectId: Id): ProjectSocket[] {
    const ids = this.#io?.sockets.adapter.rooms.get(projectId) ?? new Set<string>()
    return [...ids].flatMap((id) => this.#io?.sockets.sockets.get(id) ?? [])
  }
}

/** A page of our own, or, when allowed, a program. Same-origin GETs of old transports carry no Origin but say where they come from. */
function mayConnect(request: IncomingMessage, { publicUrl, allowMissingOrigin }: ServerConfig): boolean {
  const { origin, host } = request.headers
  if (origin !== undefined) return isOwnOrigin(origin, host, publicUrl)
  return allowMissingOrigin || request.headers['sec-fetch-site'] === 'same-origin'
}

function isLarge(entries: readonly LogEntry[]): boolean {
  const changes = entries.reduce((count, entry) => count + entry.changes.length, 0)
  return changes > 200 && (changes > 5_000 || JSON.stringify(entries).length > LARGE_NEWS)
}
