import { expect, test, vi } from 'vitest'
import { limitProfiles } from '#core/limits.ts'
import { ProjectStore } from '#core/project/store.ts'
import { Room } from '#sync/room.ts'
import type { Batch, ClientState, CommitResult, RoomOptions } from '#sync/room-types.ts'
import type { LogEntry } from '#sync/types.ts'

const projectId = '0198f2b4-0000-7000-8000-000000000000'
const idOf = (n: number) => `0198f2b4-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const ann = { id: 'ann', name: 'Ann' }
const create = (mutationId: number, name = `t${mutationId}`) => ({
  mutationId,
  name: 'tables.create',
  args: { id: idOf(mutationId * 0x100), name, positionX: 0, positionY: 0 },
})

function aRoom(more: Partial<RoomOptions> = {}) {
  const log: LogEntry[] = []
  const clients = new Map<string, ClientState>()
  const emitted: number[] = []
  const commit = vi.fn(async (batch: Batch): Promise<CommitResult> => {
    if (batch.seqBefore !== log.length) return 'conflict'
    log.push(...batch.entries)
    for (const client of batch.clients) clients.set(client.clientId, client)
    return 'committed'
  })
  const room = new Room(
    {
      projectId,
      limits: limitProfiles.default,
      commit,
      loadSince: async (seq) => log.slice(seq),
      isTooMuch: async () => false,
      loadClient: async (clientId) => clients.get(clientId),
      roleOf: () => 'owner',
      emit: (entries) => emitted.push(...entries.map(({ seq }) => seq)),
      now: () => '2026-01-01T00:00:00.000Z',
      yieldTurn: () => Promise.resolve(),
      ...more,
    },
    new ProjectStore(),
    0,
  )
  return { room, log, clients, emitted, commit }
}

test('what arrives together is committed together, and acknowledged after that', async () => {
  const { room, commit, emitted } = aRoom()
  const replies = await Promise.all(
    [1, 2, 3].map((n) => room.submit(ann, { clientId: idOf(n), mutations: [{ ...create(1, `t${n}`), args: { ...create(n).args } }] })),
  )
  expect(replies.map(({ kind }) => kind)).toEqual(['results', 'results', 'results'])
  expect(commit).toHaveBeenCalledTimes(1)
  expect(emitted).toEqual([1, 2, 3])
})

test('a mutation sent twice is done once, and answered twice the same', async () => {
  const { room, log } = aRoom()
  const message = { clientId: idOf(1), mutations: [create(1), create(2, 't1')] }
  const first = await room.submit(ann, message)
  expect(first).toMatchObject({
    lastMutationId: 2,
    results: [{ result: { kind: 'ok', seq: 1 } }, { result: { kind: 'refused', diagnostics: [{ code: 'duplicate-name' }] } }],
  })
  expect(await room.submit(ann, message)).toEqual(first)
  expect(log).toHaveLength(1)
})

test('refused mutations use their number up, also for a server that has just started', async () => {
  const { room, log, clients, commit } = aRoom()
  await room.submit(ann, { clientId: idOf(1), mutations: [{ mutationId: 1, name: 'nonsense', args: {} }] })
  expect(log).toHaveLength(0)
  expect(clients.get(idOf(1))?.lastMutationId).toBe(1)
  expect(commit.mock.lastCall?.[0]).toMatchObject({ seqBefore: 0, seqAfter: 0, entries: [] })
})

test('a missing mutation, an unknown client and the client of somebody else are told apart', async () => {
  const { room, log } = aRoom()
  const clientId = idOf(1)
  expect(await room.submit(ann, { clientId, mutations: [create(5)] })).toMatchObject({
    kind: 'refused',
    diagnostics: [{ code: 'unknown-client' }],
  })
  await room.submit(ann, { clientId, mutations: [create(1)] })
  expect(await room.submit(ann, { clientId, mutations: [create(3)] })).toEqual({ kind: 'gap', lastMutationId: 1 })
  expect(await room.submit({ id: 'bob', name: 'Bob' }, { clientId, mutations: [create(2)] })).toMatchObject({
    kind: 'refused',
    diagnostics: [{ code: 'foreign-client' }],
  })
  expect(log).toHaveLength(1)
})

test('a mutation that the database cannot hold is refused alone', async () => {
  const poisoned = aRoom({
    commit: async (batch) => (JSON.stringify(batch.entries).includes('poison') ? 'rejected' : poisoned.commit(batch)),
  })
  const clean = poisoned.room.submit(ann, { clientId: idOf(1), mutations: [create(1)] })
  const bad = poisoned.room.submit(ann, {
    clientId: idOf(2),
    mutations: [create(2), create(3, 'poison'), create(4)].map((one, at) => ({ ...one, mutationId: at + 1 })),
  })
  expect(await clean).toMatchObject({ results: [{ result: { kind: 'ok' } }] })
  expect(await bad).toMatchObject({
    lastMutationId: 3,
    results: [
      { result: { kind: 'ok' } },
      { result: { kind: 'refused', diagnostics: [{ code: 'not-storable' }] } },
      { result: { kind: 'ok' } },
    ],
  })
  expect(poisoned.emitted).toEqual([1, 2, 3])
})

test('when the database is away nothing is lost and nothing is shown: try again', async () => {
  let away = true
  const fail = async () => {
    throw new Error('away')
  }
  const store: LogEntry[] = []
  const { room } = aRoom({
    commit: async ({ entries }) => (away ? fail() : (store.push(...entries), 'committed')),
    loadSince: async (seq) => (away ? fail() : store.slice(seq)),
  })
  const message = { clientId: idOf(1), mutations: [create(1)] }
  expect(await room.submit(ann, message)).toMatchObject({ kind: 'retry', diagnostics: [{ code: 'unavailable' }] })
  await expect(room.read((view) => view.all('table').length)).rejects.toThrow('away')
  away = false
  expect(await room.read((view) => view.all('table').length)).toBe(0)
  expect(await room.submit(ann, message)).toMatchObject({ kind: 'results', results: [{ result: { kind: 'ok' } }] })
})

test('the role is asked for at the moment the mutation runs', async () => {
  let role: 'owner' | 'viewer' | null = 'viewer'
  const { room } = aRoom({ roleOf: () => role })
  expect(await room.submit(ann, { clientId: idOf(1), mutations: [create(1)] })).toMatchObject({
    results: [{ result: { kind: 'refused', diagnostics: [{ code: 'forbidden' }] } }],
  })
  role = null
  expect(await room.submit(ann, { clientId: idOf(1), mutations: [create(2)] })).toMatchObject({
    results: [{ result: { diagnostics: [{ code: 'forbidden' }] } }],
  })
  role = 'owner'
  expect(await room.submit(ann, { clientId: idOf(1), mutations: [create(3)] })).toMatchObject({ results: [{ result: { kind: 'ok' } }] })
})

test('too much at once is sent back, a listener that throws stops nothing', async () => {
  const { room } = aRoom({
    maxQueue: 2,
    emit: () => {
      throw new Error('broken pipe')
    },
  })
  const replies = await Promise.all(
    [1, 2, 3].map((n) => room.submit(ann, { clientId: idOf(n), mutations: [{ ...create(n), mutationId: 1 }] })),
  )
  expect(replies.map(({ kind }) => kind)).toEqual(['results', 'results', 'retry'])
})

test('a client that joins while its own edit is committed gets the entry of every mutation it is told of', async () => {
  let isFirst = true
  const { room, clients } = aRoom({
    loadClient: async (clientId) => {
      const edits = isFirst
      isFirst = false
      if (edits) await room.submit(ann, { clientId, mutations: [create(1)] })
      return clients.get(clientId)
    },
  })
  expect(await room.join(ann, idOf(1), 0)).toMatchObject({ kind: 'joined', lastMutationId: 1, entries: [{ mutationId: 1 }] })
})

test('a client that joins gets what it missed, or is sent for a snapshot', async () => {
  const { room } = aRoom()
  await room.submit(ann, { clientId: idOf(1), mutations: [create(1), create(2)] })
  expect(await room.join(ann, idOf(1), 1)).toMatchObject({ kind: 'joined', seq: 2, lastMutationId: 2, entries: [{ seq: 2 }] })
  expect(await room.join(ann, idOf(9), 2)).toEqual({ kind: 'joined', seq: 2, lastMutationId: 0, entries: [] })
  expect(await room.join(ann, idOf(1), null)).toEqual({ kind: 'snapshot', seq: 2 })
  expect(await room.join(ann, idOf(1), 7)).toEqual({ kind: 'snapshot', seq: 2 })
})
