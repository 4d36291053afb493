import { io } from 'socket.io-client'
import { afterEach, expect, test } from 'vitest'
import type { Id } from '#core/project/rows.ts'
import type { ProjectRows } from '#core/project/store.ts'
import { rowKinds } from '#core/project/rows.ts'
import { PROTOCOL_VERSION } from '#sync/messages.ts'
import type { SavedPending } from '#sync/pending.ts'
import type { LogEntry, MutationResult, ReplicaApi } from '#sync/types.ts'
import { newId } from '#web/state/new-id.ts'
import type { PendingShelf } from '#web/state/transport-pending.ts'
import type { OpenedProject } from '#web/state/transport.ts'
import { createProject, open, request, signInAsGuest, until, type Visitor } from '../support/client.ts'
import { startServer, type TestServer } from '../support/server.ts'

const opened: OpenedProject[] = []
let server: TestServer | undefined
afterEach(async () => {
  for (const project of opened.splice(0)) await project.close()
  await server?.stop()
  server = undefined
})
const enter = async (...args: Parameters<typeof open>) => {
  const project = await open(...args)
  opened.push(project)
  return project.replica
}
const table = (name: string) => ({ id: newId(), name, positionX: 0, positionY: 0 })
const namesIn = (replica: ReplicaApi) => replica.view.all('table').map(({ name }) => name)
const rowsOf = (replica: ReplicaApi): ProjectRows =>
  Object.fromEntries(rowKinds.flatMap((kind) => (replica.view.all(kind).length > 0 ? [[kind, replica.view.all(kind)]] : [])))
const onServer = async (visitor: Visitor, projectId: Id) =>
  (await (await request(visitor, `/api/projects/${projectId}/snapshot`)).json()) as { seq: number; rows: ProjectRows }

/** The change log, as a client that starts from nothing would get it. */
async function logOf(visitor: Visitor, projectId: Id): Promise<readonly LogEntry[]> {
  const socket = io(visitor.url, { path: '/rt', transports: ['websocket'], extraHeaders: visitor.headers, forceNew: true })
  const reply = (await socket.emitWithAck('join', { projectId, clientId: newId(), since: 0, version: PROTOCOL_VERSION })) as {
    entries: readonly LogEntry[]
  }
  socket.disconnect()
  return reply.entries
}

test('what one person does, the other sees within a second', async () => {
  server = await startServer()
  const ada = await signInAsGuest(server.url)
  const projectId = await createProject(ada)
  const [first, second] = [await enter(ada, projectId), await enter(ada, projectId)]
  const users = table('users')
  const done = first.mutate('tables.create', users)
  expect(namesIn(first)).toEqual(['users'])
  expect((await done).kind).toBe('ok')
  await until(() => namesIn(second).includes('users'), 'the other sees it', 1_000)
  await second.mutate('tables.update', { id: users.id, name: 'people' })
  await until(() => namesIn(first).includes('people'), 'the first sees it', 1_000)
})

test('of two people who take the same name at once, one gets it and the other is told', async () => {
  server = await startServer()
  const ada = await signInAsGuest(server.url)
  const projectId = await createProject(ada)
  const [first, second] = [await enter(ada, projectId), await enter(ada, projectId)]
  const results = await Promise.all([first.mutate('tables.create', table('orders')), second.mutate('tables.create', table('orders'))])
  expect(results.map(({ kind }) => kind).sort()).toEqual(['ok', 'refused'])
  await until(() => namesIn(first).length === 1 && namesIn(second).length === 1, 'both show one table')
})

test('no acknowledged edit is lost and both clients agree, though the server is killed ten times', { timeout: 480_000 }, async () => {
  server = await startServer()
  const ada = await signInAsGuest(server.url)
  const projectId = await createProject(ada)
  const replicas = [await enter(ada, projectId), await enter(ada, projectId)]
  const streams = replicas.map((replica, index) => streamOfEdits(replica, `client_${index}`))

  for (let kill = 1; kill <= Number(process.env['SCHEMAFLOW_KILLS'] ?? 10); kill += 1) {
    const before = streams.map(({ acknowledged }) => acknowledged.size)
    await until(
      () => streams.every(({ acknowledged }, index) => acknowledged.size >= (before[index] ?? 0) + 10),
      `edits flow before kill ${kill}`,
      30_000,
    )
    await server.kill('SIGKILL')
    server = await server.restart()
  }
  await Promise.all(streams.map((stream) => stream.stop()))
  await until(() => replicas.every(({ state }) => state.kind === 'saved'), 'everything is saved', 30_000)

  const { seq, rows } = await onServer(ada, projectId)
  await until(() => replicas.every((replica) => replica.seq === seq), 'both have caught up')
  for (const replica of replicas) expect(rowsOf(replica)).toEqual(rows)
  // Nobody else touches these tables: an edit that is refused was misreported, or its table was gone from the view for a moment.
  for (const { refused } of streams) expect(refused).toEqual([])
  for (const { acknowledged } of streams)
    for (const [id, name] of acknowledged) expect(rows.table?.find((row) => row.id === id)?.name).toBe(name)

  const log = await logOf(ada, projectId)
  expect(log.map((entry) => entry.seq)).toEqual(Array.from({ length: seq }, (_, index) => index + 1))
  expect(new Set(log.map(({ clientId, mutationId }) => `${clientId} ${mutationId}`)).size).toBe(log.length)
  // What a new server reads from the disk is what the old one had in memory.
  await server.kill('SIGKILL')
  server = await server.restart()
  expect(await onServer(ada, projectId)).toMatchObject({ seq, rows })
})

/** Creates and renames tables without pause, several at a time. */
function streamOfEdits(replica: ReplicaApi, prefix: string) {
  const acknowledged = new Map<Id, string>()
  const refused: [string, MutationResult][] = []
  const state = { isRunning: true }
  const note = (id: Id, name: string) => (result: MutationResult) => {
    if (result.kind === 'ok') acknowledged.set(id, name)
    else refused.push([name, result])
  }
  const run = async (lane: number) => {
    for (let index = 0; state.isRunning; index += 1) {
      const row = table(`${prefix}_${lane}_${index}`)
      await replica.mutate('tables.create', row).then(note(row.id, row.name))
      await replica.mutate('tables.update', { id: row.id, name: `${row.name}_renamed` }).then(note(row.id, `${row.name}_renamed`))
    }
  }
  const lanes = [0, 1, 2].map(run)
  const stop = () => {
    state.isRunning = false
    return Promise.all(lanes)
  }
  return { acknowledged, refused, stop }
}

test('work done offline is kept through a reload and arrives when the connection is back', async () => {
  server = await startServer()
  const ada = await signInAsGuest(server.url)
  const projectId = await createProject(ada)
  const shelf = memoryShelf()
  const before = await open(ada, projectId, { shelf: shelf.tab() })
  await before.replica.mutate('tables.create', table('online'))
  await server.kill()
  await until(() => before.replica.state.kind === 'offline', 'the client notices')
  void before.replica.mutate('tables.create', table('offline'))
  expect(before.replica.state).toEqual({ kind: 'offline', pending: 1 })
  await before.close()

  server = await server.restart()
  const after = await enter(ada, projectId, { shelf: shelf.tab() })
  expect(namesIn(after)).toEqual(['online', 'offline'])
  await until(() => after.state.kind === 'saved', 'it is saved')
  expect((await onServer(ada, projectId)).rows.table?.map(({ name }) => name)).toEqual(['online', 'offline'])
  await until(() => shelf.size() === 0, 'the shelf is empty')
})

test('edits left behind by two closed tabs both arrive, once each', async () => {
  server = await startServer()
  const ada = await signInAsGuest(server.url)
  const projectId = await createProject(ada)
  const shelf = memoryShelf()
  const tabs = [await open(ada, projectId, { shelf: shelf.tab() }), await open(ada, projectId, { shelf: shelf.tab() })]
  await server.kill()
  await until(() => tabs.every(({ replica }) => replica.state.kind === 'offline'), 'both notice')
  tabs.forEach(({ replica }, index) => void replica.mutate('tables.create', table(`tab_${index}`)))
  for (const tab of tabs) await tab.close()

  server = await server.restart()
  const after = await enter(ada, projectId, { shelf: shelf.tab() })
  await until(() => namesIn(after).length === 2 && after.state.kind === 'saved', 'both arrive')
  expect(namesIn(after).sort()).toEqual(['tab_0', 'tab_1'])
  await until(() => shelf.size() === 0, 'the shelf is empty')
})

/** What the browser's shelf does, in memory: work by client id, tabs that are there or not. */
function memoryShelf() {
  const shelf = new Map<Id, SavedPending>()
  const there = new Set<Id>()
  const put = (saved: SavedPending) =>
    saved.pending.length > 0 ? shelf.set(saved.clientId, structuredClone(saved)) : shelf.delete(saved.clientId)
  const tab = (): PendingShelf => {
    let mine: Id | null = null
    return {
      save(saved) {
        there.add((mine = saved.clientId))
        put(saved)
      },
      take(projectId) {
        const [first, ...others] = [...shelf.values()].filter((saved) => saved.projectId === projectId && !there.has(saved.clientId))
        if (first) there.add((mine = first.clientId))
        const taken = others.map((saved) => ({
          saved: { clientId: saved.clientId, mutations: saved.pending },
          done: () => void shelf.delete(saved.clientId),
        }))
        return Promise.resolve({ mine: first, others: taken })
      },
      close(saved) {
        put(saved)
        if (mine) there.delete(mine)
        return Promise.resolve()
      },
    }
  }
  return { tab, size: () => shelf.size }
}
