import fc from 'fast-check'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '#core/project/rows.ts'
import { PROTOCOL_VERSION } from '#sync/messages.ts'
import { newId } from '#web/state/new-id.ts'
import { createProject, request, signInAsGuest, type Visitor } from '../support/client.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let ada: Visitor
let eve: Visitor
let projectId: Id
beforeAll(async () => {
  server = await startServer()
  ada = await signInAsGuest(server.url)
  eve = await signInAsGuest(server.url)
  projectId = await createProject(ada)
})
afterAll(() => server.stop())

const sockets: Socket[] = []
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()))

/** A socket; rejects when it is not let in. */
function connect(headers: Record<string, string>, transports: ('websocket' | 'polling')[] = ['websocket']): Promise<Socket> {
  const socket = io(server.url, { path: '/rt', transports, extraHeaders: headers, reconnection: false, forceNew: true })
  sockets.push(socket)
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
  })
}
interface Reply {
  readonly kind: string
  readonly diagnostics?: readonly { readonly code: string }[]
  readonly results?: readonly {
    readonly mutationId: number
    readonly result: { readonly kind: string; readonly diagnostics: readonly { code: string }[] }
  }[]
  readonly lastMutationId?: number
  readonly entries?: readonly unknown[]
  readonly seq?: number
}
const say = (socket: Socket, event: string, message: unknown): Promise<Reply> =>
  socket.timeout(5_000).emitWithAck(event, message) as Promise<Reply>
const join = (socket: Socket, id: Id = projectId, clientId: Id = newId()) =>
  say(socket, 'join', { projectId: id, clientId, since: 0, version: PROTOCOL_VERSION })
const mutate = (socket: Socket, clientId: Id, ...[mutationId, name, args]: [number, string, unknown]) =>
  say(socket, 'mutate', { clientId, mutations: [{ mutationId, name, args }] })
const table = (name: string) => ({ id: newId(), name, positionX: 0, positionY: 0 })
const codeOf = (reply: Reply) => reply.diagnostics?.[0]?.code ?? reply.results?.[0]?.result.diagnostics[0]?.code
const seqNow = async () => ((await (await request(ada, `/api/projects/${projectId}/snapshot`)).json()) as { seq: number }).seq

describe('at the door', () => {
  test('a socket without a session is refused', async () => {
    await expect(connect({ origin: server.url })).rejects.toThrow('not-signed-in')
  })

  test.each([
    ['another site', 'https://evil.example'],
    ['a lookalike with our name in front', 'http://127.0.0.1:1.evil.example'],
    ['null, as sandboxed frames send', 'null'],
    ['another port', 'http://127.0.0.1:1'],
    ['nonsense', 'javascript:alert(1)'],
  ])('a socket from %s is refused, by either transport', async (_, origin) => {
    for (const transport of ['websocket', 'polling'] as const) {
      await expect(connect({ ...ada.headers, origin }, [transport])).rejects.toThrow()
    }
  })

  test('a socket that does not say where it comes from is refused', async () => {
    await expect(connect({ cookie: ada.headers.cookie })).rejects.toThrow()
  })

  test('the twenty-first socket of a person is refused', async () => {
    const many = await signInAsGuest(server.url)
    for (let index = 0; index < 20; index += 1) await connect(many.headers)
    await expect(connect(many.headers)).rejects.toThrow('too-many-connections')
    await connect(eve.headers)
  })
})

describe('somebody else’s project', () => {
  test('is not there: by socket, by HTTP, and just like one that does not exist', async () => {
    const socket = await connect(eve.headers)
    const [theirs, none] = [await join(socket, projectId), await join(socket, newId())]
    expect(theirs).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'not-found' }] })
    expect(none).toEqual(theirs)
    expect(codeOf(await mutate(socket, newId(), 1, 'tables.create', table('theirs')))).toBe('not-joined')
    for (const [method, path, body] of calls(projectId)) {
      const theirAnswer = await request(eve, path, { method, body })
      const noAnswer = await request(eve, path.replace(projectId, newId()), { method, body })
      expect([method, path, theirAnswer.status]).toEqual([method, path, 404])
      expect(noAnswer.status).toBe(404)
      expect(await noAnswer.text()).toBe(await theirAnswer.text())
    }
    expect(await (await request(eve, '/api/projects')).json()).toEqual([])
  })

  test('needs a session', async () => {
    for (const [method, path, body] of calls(projectId)) {
      const response = await request({ ...ada, headers: { cookie: '', origin: server.url } }, path, { method, body })
      expect([method, path, response.status]).toEqual([method, path, 401])
    }
  })

  test('a client id that is somebody else’s is refused', async () => {
    const clientId = newId()
    const [mine, theirs] = [await connect(ada.headers), await connect(eve.headers)]
    await join(mine, projectId, clientId)
    expect((await mutate(mine, clientId, 1, 'tables.create', table('by_ada'))).kind).toBe('results')
    const evesProject = await createProject(eve)
    await join(theirs, evesProject, newId())
    // In another project the id means nothing; in the same one it is guarded by the session.
    expect(codeOf(await join(theirs, projectId, clientId))).toBe('not-found')
  })
})

const calls = (id: Id): readonly [string, string, unknown][] => [
  ['GET', `/api/projects/${id}`, undefined],
  ['PATCH', `/api/projects/${id}`, { name: 'Stolen' }],
  ['DELETE', `/api/projects/${id}`, undefined],
  ['POST', `/api/projects/${id}/duplicate`, undefined],
  ['GET', `/api/projects/${id}/snapshot`, undefined],
  ['POST', `/api/projects/${id}/mutations`, { clientId: newId(), mutations: [{ mutationId: 1, name: 'tables.create', args: table('x') }] }],
]

describe('messages', () => {
  test('a mutation sent twice happens once, and the second answer is the first', async () => {
    const clientId = newId()
    const socket = await connect(ada.headers)
    await join(socket, projectId, clientId)
    const args = table('once')
    const first = await mutate(socket, clientId, 1, 'tables.create', args)
    const seq = await seqNow()
    expect(await mutate(socket, clientId, 1, 'tables.create', args)).toEqual(first)
    expect(await seqNow()).toBe(seq)
  })

  test('a mutation id that leaves a gap is refused and changes nothing', async () => {
    const clientId = newId()
    const socket = await connect(ada.headers)
    await join(socket, projectId, clientId)
    await mutate(socket, clientId, 1, 'tables.create', table('gap_before'))
    const seq = await seqNow()
    expect(await mutate(socket, clientId, 3, 'tables.create', table('gap_after'))).toMatchObject({ kind: 'gap', lastMutationId: 1 })
    expect(await seqNow()).toBe(seq)
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'nothing.like.it'])(
    'the mutation %s does not exist',
    async (name) => {
      const socket = await connect(ada.headers)
      await join(socket)
      expect(codeOf(await mutate(socket, newId(), 1, name, {}))).toBe('unknown-mutation')
    },
  )

  test.each(['__proto__', 'constructor', 'shout', 'join ', ''])('the message %j does not exist', async (event) => {
    const socket = await connect(ada.headers)
    expect(codeOf(await say(socket, event, {}))).toBe('unknown-message')
  })

  test('arguments that no database can hold are refused, and the next mutation works', async () => {
    const clientId = newId()
    const socket = await connect(ada.headers)
    await join(socket, projectId, clientId)
    const seq = await seqNow()
    expect((await mutate(socket, clientId, 1, 'tables.create', table('nul \u0000'))).results?.[0]?.result.kind).toBe('refused')
    expect((await mutate(socket, clientId, 2, 'tables.create', table('half \ud800'))).results?.[0]?.result.kind).toBe('refused')
    expect(
      (await mutate(socket, clientId, 3, 'tables.create', { ...table('far'), positionX: Number.POSITIVE_INFINITY })).results?.[0]?.result
        .kind,
    ).toBe('refused')
    expect(await seqNow()).toBe(seq)
    expect((await mutate(socket, clientId, 4, 'tables.create', table('sound'))).results?.[0]?.result.kind).toBe('ok')
  })

  test('a frame of 300 kB closes the socket and changes nothing', async () => {
    const socket = await connect(ada.headers)
    await join(socket)
    const seq = await seqNow()
    const gone = new Promise((resolve) => socket.once('disconnect', resolve))
    socket.emit(
      'mutate',
      { clientId: newId(), mutations: [{ mutationId: 1, name: 'tables.create', args: table('x'.repeat(300_000)) }] },
      () => undefined,
    )
    await gone
    expect(await seqNow()).toBe(seq)
  })

  test('a socket that does not read is cut off, and costs the others nothing', async () => {
    const large = await createProject(ada, 'Large')
    const [deaf, speaker] = [await connect(ada.headers), await connect(ada.headers)]
    await join(deaf, large)
    const clientId = newId()
    await join(speaker, large, clientId)
    const engine = deaf.io.engine.transport as unknown as { ws: { pause(): void } }
    engine.ws.pause()
    let mutationId = 1
    const args = table('loud')
    await mutate(speaker, clientId, mutationId, 'tables.create', args)
    const isCutOff = () => server.output().includes('does not read')
    while (!isCutOff() && mutationId < 600) {
      mutationId += 1
      const reply = await mutate(speaker, clientId, mutationId, 'tables.update', {
        id: args.id,
        comment: String(mutationId % 10).repeat(90_000),
      })
      expect(reply.results?.[0]?.result.kind).toBe('ok')
    }
    expect(isCutOff()).toBe(true)
  })

  test('an old tab is told to reload', async () => {
    const socket = await connect(ada.headers)
    const reply = await say(socket, 'join', { projectId, clientId: newId(), since: null, version: 0 })
    expect(codeOf(reply)).toBe('other-version')
  })

  test('whatever is sent, every message is answered with a code and the server stays well', async () => {
    const socket = await connect(ada.headers)
    await join(socket)
    const seq = await seqNow()
    const anyMessage = fc.oneof(
      fc.jsonValue(),
      fc.record(
        { projectId: fc.jsonValue(), clientId: fc.jsonValue(), since: fc.jsonValue(), version: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      fc.record({
        clientId: fc.oneof(fc.uuid(), fc.jsonValue()),
        mutations: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue(), { maxLength: 5 })),
      }),
      fc.record({
        clientId: fc.uuid(),
        mutations: fc.tuple(
          fc.record({
            mutationId: fc.integer({ min: 1, max: 2 }),
            name: fc.constantFrom('tables.create', 'columns.create', 'tables.delete'),
            args: fc.jsonValue(),
          }),
        ),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('join', 'mutate'), anyMessage, async (event, message) => {
        const reply = await say(socket, event, message)
        const isRefused = reply.kind === 'refused' || reply.results?.every(({ result }) => result.kind === 'refused')
        expect({ reply, isRefused }).toMatchObject({ isRefused: true })
      }),
      { numRuns: 200 },
    )
    socket.emit('mutate')
    socket.emit('join', 1, 2, 3)
    expect(await seqNow()).toBe(seq)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })
})

describe('requests', () => {
  test.each([
    ['another Origin', { origin: 'https://evil.example' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site fetch of another host', { 'sec-fetch-site': 'same-site' }],
  ])('%s cannot change anything', async (_, headers) => {
    const response = await request(ada, '/api/projects', { method: 'POST', body: { name: 'Forged' }, headers })
    expect(response.status).toBe(403)
  })

  test('only JSON is taken, and only so much of it', async () => {
    const asText = await request(ada, '/api/projects', { method: 'POST', body: '{"name":"x"}', headers: { 'content-type': 'text/plain' } })
    expect(asText.status).toBe(415)
    expect((await request(ada, '/api/projects', { method: 'POST', body: '{"name":' })).status).toBe(400)
    expect((await request(ada, '/api/projects', { method: 'POST', body: { name: '' } })).status).toBe(400)
    expect((await request(ada, '/api/projects', { method: 'POST', body: { name: 'a\u0000b' } })).status).toBe(400)
    expect((await request(ada, '/api/projects', { method: 'POST', body: { name: 'x'.repeat(70_000) } })).status).toBe(413)
    expect((await request(ada, '/api/nothing')).status).toBe(404)
  })

  test('answers carry the headers that keep browsers from guessing', async () => {
    const { headers } = await request(ada, '/api/projects')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('a snapshot that has not changed is not sent again, and a large one is compressed', async () => {
    const first = await request(ada, `/api/projects/${projectId}/snapshot`, { headers: { 'accept-encoding': 'br' } })
    const etag = first.headers.get('etag') ?? ''
    expect(await first.json()).toMatchObject({ seq: Number(etag.slice(1, -1)), role: 'owner' })
    expect((await request(ada, `/api/projects/${projectId}/snapshot`, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })
})
