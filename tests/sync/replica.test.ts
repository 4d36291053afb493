import { expect, test } from 'vitest'
import { limitProfiles } from '#core/limits.ts'
import { runMutation } from '#core/mutations/run.ts'
import { ProjectStore } from '#core/project/store.ts'
import type { MutateMessage } from '#sync/messages.ts'
import { Replica } from '#sync/replica.ts'
import type { LogEntry, SyncState, Touched } from '#sync/types.ts'

const projectId = '0198f2b4-0000-7000-8000-000000000000'
const idOf = (n: number) => `0198f2b4-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const create = (n: number, name = `t${n}`) => ({ id: idOf(n * 0x100), name, positionX: 0, positionY: 0 })

function aReplica() {
  const sent: MutateMessage[] = []
  const asked: (number | 'snapshot')[] = []
  const refused: string[] = []
  let ids = 1000
  const replica = new Replica({
    projectId,
    limits: limitProfiles.default,
    makeId: () => idOf((ids += 1)),
    send: (message) => sent.push(message),
    requestCatchUp: (since) => asked.push(since),
    requestSnapshot: () => asked.push('snapshot'),
    onRefused: ({ name }, diagnostics) => refused.push(`${name} ${diagnostics[0]?.code}`),
  })
  const tables = () => replica.view.all('table').map(({ name }) => name)
  return { replica, sent, asked, refused, tables }
}
function joined() {
  const made = aReplica()
  made.replica.load({ seq: 0, rows: {} })
  made.replica.joined({ role: 'owner', lastMutationId: 0, entries: [] }, made.replica.joinQuestion())
  return made
}

/** A server of its own: what the log says after these mutations. */
const aServer = () => aServerFrom(new ProjectStore(), 0)

function aServerFrom(store: ProjectStore, from: number) {
  let seq = from
  return (clientId: string, mutationId: number, name: string, args: unknown): LogEntry => {
    const ran = runMutation(store, name, args, { projectId, limits: limitProfiles.default })
    if (ran.kind !== 'done') throw new Error(ran.diagnostics[0]?.message)
    seq += 1
    return { seq, clientId, mutationId, author: { id: 'x', name: 'X' }, at: '', name, changes: JSON.parse(JSON.stringify(ran.changes)) }
  }
}

test('an edit shows at once, is sent once, and is saved when the server has said so', async () => {
  const { replica, sent, tables } = joined()
  const states: SyncState['kind'][] = []
  replica.onState(({ kind }) => states.push(kind))
  const result = replica.mutate('tables.create', create(1))
  void replica.mutate('tables.create', create(2))
  expect(tables()).toEqual(['t1', 't2'])
  expect(sent).toHaveLength(1)
  const server = aServer()
  replica.receive([server(replica.clientId, 1, 'tables.create', create(1))])
  replica.acknowledge(replica.clientId, {
    kind: 'results',
    lastMutationId: 1,
    results: [{ mutationId: 1, result: { kind: 'ok', seq: 1, diagnostics: [] } }],
  })
  expect(await result).toMatchObject({ kind: 'ok', seq: 1 })
  expect(sent[1]?.mutations.map(({ mutationId }) => mutationId)).toEqual([2])
  replica.acknowledge(replica.clientId, {
    kind: 'results',
    lastMutationId: 2,
    results: [{ mutationId: 2, result: { kind: 'ok', seq: 2, diagnostics: [] } }],
  })
  replica.receive([server(replica.clientId, 2, 'tables.create', create(2))])
  expect(states).toEqual(['saving', 'saving', 'saving', 'saved'])
  expect(tables()).toEqual(['t1', 't2'])
})

test("others' edits go under one's own, and listeners hear just the difference", () => {
  const { replica, tables } = joined()
  void replica.mutate('tables.create', create(1))
  const heard: Touched[] = []
  replica.subscribe((touched) => heard.push(touched))
  replica.receive([aServer()(idOf(7), 1, 'tables.create', create(2))])
  expect(new Set(tables())).toEqual(new Set(['t1', 't2']))
  // One's own table has moved on to the second place.
  expect(heard).toMatchObject([
    {
      reset: false,
      changes: [
        { id: idOf(0x200), before: null },
        { id: idOf(0x100), after: { order: 1 } },
      ],
    },
  ])
})

test('a refused edit is rolled back, with its reason', async () => {
  const { replica, tables, refused } = joined()
  const result = replica.mutate('tables.create', create(1, 'same'))
  replica.receive([aServer()(idOf(7), 1, 'tables.create', create(2, 'same'))])
  expect(tables()).toEqual(['same'])
  const diagnostics = [{ code: 'duplicate-name' as const, severity: 'error' as const, message: 'taken' }]
  replica.acknowledge(replica.clientId, {
    kind: 'results',
    lastMutationId: 1,
    results: [{ mutationId: 1, result: { kind: 'refused', diagnostics } }],
  })
  expect(await result).toEqual({ kind: 'refused', diagnostics })
  expect(refused).toEqual(['tables.create duplicate-name'])
  expect(replica.state).toEqual({ kind: 'saved' })
})

test('what cannot apply here is refused at once and never sent', async () => {
  const { replica, sent } = joined()
  expect(await replica.mutate('tables.delete', { id: idOf(1) })).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'not-found' }] })
  replica.setRole('viewer')
  expect(await replica.mutate('tables.create', create(1))).toMatchObject({ diagnostics: [{ code: 'forbidden' }] })
  expect(sent).toEqual([])
  expect(await aReplica().replica.mutate('tables.create', create(1))).toMatchObject({ diagnostics: [{ code: 'not-loaded' }] })
})

test('entries that come twice or too early change nothing; a gap is asked for once', () => {
  const { replica, asked, tables } = joined()
  const server = aServer()
  const entries = [1, 2, 3].map((n) => server(idOf(7), n, 'tables.create', create(n)))
  replica.receive(entries.slice(1, 2))
  replica.receive(entries.slice(2))
  expect([tables(), asked]).toEqual([[], [0]])
  replica.receive(entries.slice(0, 1))
  replica.receive(entries)
  expect(tables()).toEqual(['t1', 't2', 't3'])
  expect(replica.seq).toBe(3)
})

test('after a lost connection the same mutations are sent again under the same ids', () => {
  const { replica, sent } = joined()
  void replica.mutate('tables.create', create(1))
  replica.disconnected()
  void replica.mutate('tables.create', create(2))
  expect(replica.state).toEqual({ kind: 'offline', pending: 2 })
  replica.joined(
    { role: 'owner', lastMutationId: 1, entries: [aServer()(replica.clientId, 1, 'tables.create', create(1))] },
    replica.joinQuestion(),
  )
  expect(sent[1]).toEqual({
    clientId: replica.clientId,
    mutations: [
      { mutationId: 1, name: 'tables.create', args: create(1) },
      { mutationId: 2, name: 'tables.create', args: create(2) },
    ],
  })
})

test('pending work survives a reload, also when the server had it already', () => {
  const first = joined()
  void first.replica.mutate('tables.create', create(1))
  void first.replica.mutate('tables.create', create(2))
  const saved = JSON.parse(JSON.stringify(first.replica.exportPending()))
  const { replica, sent, tables } = aReplica()
  expect(replica.restorePending(saved)).toBe(true)
  expect(replica.restorePending({ ...saved, projectId: idOf(5) })).toBe(false)
  const entry = aServer()(saved.clientId, 1, 'tables.create', create(1))
  replica.load({ seq: 0, rows: {} })
  replica.joined({ role: 'owner', lastMutationId: 1, entries: [entry] }, replica.joinQuestion())
  expect(tables()).toEqual(['t1', 't2'])
  expect(sent[0]?.clientId).toBe(saved.clientId)
  expect(sent[0]?.mutations).toHaveLength(2)
})

test('a server that has forgotten this tab is not sent what it would do twice: the person is told', async () => {
  const { replica, refused, tables, sent } = joined()
  void replica.mutate('tables.create', create(1))
  replica.receive([aServer()(replica.clientId, 1, 'tables.create', create(1))])
  replica.acknowledge(replica.clientId, {
    kind: 'results',
    lastMutationId: 1,
    results: [{ mutationId: 1, result: { kind: 'ok', seq: 1, diagnostics: [] } }],
  })
  const lost = replica.mutate('tables.create', create(2))
  const before = replica.clientId
  replica.disconnected()
  replica.load({ seq: 0, rows: {} })
  replica.joined({ role: 'owner', lastMutationId: 0, entries: [] }, replica.joinQuestion())
  expect(await lost).toMatchObject({ diagnostics: [{ code: 'unknown-client' }] })
  expect([refused, tables()]).toEqual([['tables.create unknown-client'], []])
  void replica.mutate('tables.create', create(3))
  expect(sent.at(-1)).toMatchObject({ mutations: [{ mutationId: 1 }] })
  expect(sent.at(-1)?.clientId).not.toBe(before)
})

test('an answer to a join that was overtaken by answers to edits is not taken for a server that forgets', async () => {
  const { replica, sent, tables, refused } = joined()
  const server = aServer()
  const asked = replica.joinQuestion()
  const first = replica.mutate('tables.create', create(1))
  replica.receive([server(replica.clientId, 1, 'tables.create', create(1))])
  replica.acknowledge(replica.clientId, {
    kind: 'results',
    lastMutationId: 1,
    results: [{ mutationId: 1, result: { kind: 'ok', seq: 1, diagnostics: [] } }],
  })
  const second = replica.mutate('tables.create', create(2))
  replica.joined({ role: 'owner', lastMutationId: 0, entries: [] }, asked)
  expect(sent).toHaveLength(2)
  replica.receive([server(replica.clientId, 2, 'tables.create', create(2))])
  replica.acknowledge(replica.clientId, {
    kind: 'results',
    lastMutationId: 2,
    results: [{ mutationId: 2, result: { kind: 'ok', seq: 2, diagnostics: [] } }],
  })
  expect([(await first).kind, (await second).kind]).toEqual(['ok', 'ok'])
  expect([tables(), refused]).toEqual([['t1', 't2'], []])
})

test('entries that do not fit lead to a snapshot, not to a wrong picture', () => {
  const { replica, asked, tables } = joined()
  void replica.mutate('tables.create', create(1))
  const entry = aServer()(idOf(7), 1, 'tables.create', create(2))
  replica.receive([{ ...entry, changes: [{ kind: 'table', id: idOf(3), before: { name: 'x' }, after: { name: 'y' } }] }])
  expect([asked, tables()]).toEqual([['snapshot'], ['t1']])
  replica.load({ seq: 1, rows: {} })
  replica.joined({ role: 'owner', lastMutationId: 0, entries: [] }, replica.joinQuestion())
  expect(tables()).toEqual(['t1'])
})

test('many and large edits are split over messages; `retry` sends the same again', () => {
  const { replica, sent } = joined()
  for (let n = 1; n <= 100; n += 1) void replica.mutate('tables.create', create(n))
  const ok = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => ({
      mutationId: from + at,
      result: { kind: 'ok' as const, seq: from + at, diagnostics: [] },
    }))
  replica.acknowledge(replica.clientId, { kind: 'results', lastMutationId: 1, results: ok(1, 1) })
  expect(sent[1]?.mutations).toHaveLength(64)
  replica.acknowledge(replica.clientId, { kind: 'retry', afterMs: 5, diagnostics: [] })
  expect(sent).toHaveLength(2)
  replica.retry()
  expect(sent[2]).toEqual(sent[1])
})

test('a closed replica is quiet', async () => {
  const { replica, sent, tables } = joined()
  const pending = replica.mutate('tables.create', create(1))
  replica.setRole(null)
  expect(await pending).toMatchObject({ diagnostics: [{ code: 'closed' }] })
  expect(await replica.mutate('tables.create', create(2))).toMatchObject({ diagnostics: [{ code: 'closed' }] })
  replica.receive([aServer()(idOf(7), 1, 'tables.create', create(3))])
  replica.load({ seq: 5, rows: {} })
  expect([sent.length, tables(), replica.state.kind]).toEqual([1, ['t1'], 'closed'])
  expect(replica.exportPending().pending).toHaveLength(1)
})

test("a snapshot that says what the view shows already, one's own answered edit included, disturbs nobody", () => {
  const { replica, tables } = joined()
  void replica.mutate('tables.create', create(1))
  const server = new ProjectStore()
  runMutation(server, 'tables.create', create(1), { projectId, limits: limitProfiles.default })
  replica.acknowledge(replica.clientId, {
    kind: 'results',
    lastMutationId: 1,
    results: [{ mutationId: 1, result: { kind: 'ok', seq: 1, diagnostics: [] } }],
  })
  const heard: Touched[] = []
  replica.subscribe((touched) => heard.push(touched))
  replica.load({ seq: 1, rows: JSON.parse(JSON.stringify(server.rows())) })
  expect(heard).toEqual([])
  expect(replica.seq).toBe(1)
  replica.receive([aServerFrom(server, 1)(idOf(7), 1, 'tables.create', create(2))])
  expect(tables()).toEqual(['t1', 't2'])
})

test('a snapshot that says otherwise counts, and an answered edit in it is not done twice', () => {
  const { replica, tables } = joined()
  void replica.mutate('tables.create', create(1))
  replica.acknowledge(replica.clientId, {
    kind: 'results',
    lastMutationId: 1,
    results: [{ mutationId: 1, result: { kind: 'ok', seq: 1, diagnostics: [] } }],
  })
  const heard: Touched[] = []
  replica.subscribe((touched) => heard.push(touched))
  const server = new ProjectStore()
  const context = { projectId, limits: limitProfiles.default }
  runMutation(server, 'tables.create', create(1), context)
  runMutation(server, 'tables.delete', { ids: [create(1).id] }, context)
  runMutation(server, 'tables.create', create(2), context)
  replica.load({ seq: 3, rows: server.rows() })
  expect(heard).toEqual([{ reset: true, changes: [] }])
  expect(tables()).toEqual(['t2'])
})
