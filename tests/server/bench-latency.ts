import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import type { Id } from '#core/project/rows.ts'
import { openDurablePGlite } from '#server/storage/durable-pglite.ts'
import { newId } from '#web/state/new-id.ts'
import type { OpenedProject } from '#web/state/transport.ts'
import { createProject, open, signInAsGuest } from '../support/client.ts'
import { startServer } from '../support/server.ts'

export interface LatencyFigure {
  readonly name: string
  readonly ratio: number
  readonly limit: number
  readonly detail: string
}

const CLIENTS = 10
const PER_SECOND = 2
const ROUND_MS = 5_000
const ROUNDS = 3

/**
 * From a mutation's call to the moment another client shows it: 10 clients, 2 per second each, on the embedded database. Set against what cannot be
 * avoided: a bare Socket.IO relay at the same rate plus one durable PGlite commit. The three take turns, so that the machine treats them alike.
 */
export async function run(): Promise<readonly LatencyFigure[]> {
  const [ours, relay, commits] = [await measuredApp(), await measuredRelay(), await measuredCommits()]
  const times = { ours: [] as number[], relay: [] as number[], commits: [] as number[] }
  try {
    await ours.round(1_000)
    for (let round = 0; round < ROUNDS; round += 1) {
      times.relay.push(...(await relay.round(ROUND_MS)))
      times.commits.push(...(await commits.round(ROUND_MS / 2)))
      times.ours.push(...(await ours.round(ROUND_MS)))
    }
  } finally {
    await Promise.all([ours.stop(), relay.stop(), commits.stop()])
  }
  const bare = quantile(times.relay, 0.5) + quantile(times.commits, 0.5)
  const show = (list: number[]) => `p50 ${quantile(list, 0.5).toFixed(1)} ms, p99 ${quantile(list, 0.99).toFixed(1)} ms of ${list.length}`
  const detail = `ours ${show(times.ours)}; relay ${show(times.relay)}; commit ${show(times.commits)}`
  return [
    {
      name: 'mutation to the other client, against a bare relay and one durable commit',
      ratio: quantile(times.ours, 0.5) / bare,
      limit: 3,
      detail,
    },
  ]
}

interface Measured {
  /** Latencies in milliseconds of everything sent in so long. */
  round(milliseconds: number): Promise<readonly number[]>
  stop(): Promise<void>
}

async function measuredApp(): Promise<Measured> {
  const server = await startServer()
  const ada = await signInAsGuest(server.url)
  const projectId = await createProject(ada)
  const projects: OpenedProject[] = []
  for (let index = 0; index < CLIENTS; index += 1) projects.push(await open(ada, projectId))
  const tables: Id[] = projects.map(() => newId())
  for (const [index, id] of tables.entries()) {
    await projects[index]?.replica.mutate('tables.create', { id, name: `table_${index}`, positionX: 0, positionY: 0 })
  }
  const waiting = new Map<string, (at: number) => void>()
  projects.forEach(({ replica }, index) => {
    replica.subscribe(({ changes }) => {
      for (const { kind, id, after } of changes) {
        if (kind === 'table' && after && 'positionX' in after) waiting.get(`${index} ${id} ${after.positionX}`)?.(performance.now())
      }
    })
  })
  let position = 0
  const send = (from: number) =>
    new Promise<number>((done) => {
      const positionX = (position += 1)
      const id = tables[from] ?? ''
      const key = `${(from + 1) % CLIENTS} ${id} ${positionX}`
      const started = performance.now()
      waiting.set(key, (at) => {
        waiting.delete(key)
        done(at - started)
      })
      void projects[from]?.replica.mutate('tables.update', { id, positionX })
    })
  return {
    round: (milliseconds) => paced(milliseconds, send),
    async stop() {
      for (const project of projects) await project.close()
      await server.stop()
    },
  }
}

async function measuredRelay(): Promise<Measured> {
  const program = `
    import { createServer } from 'node:http'
    import { Server } from 'socket.io'
    const http = createServer()
    const io = new Server(http, { serveClient: false })
    io.on('connection', (socket) => { socket.join('room'); socket.on('say', (message) => io.to('room').emit('said', message)) })
    http.listen(0, '127.0.0.1', () => console.log(http.address().port))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<string>((done) => child.stdout.once('data', (data: Buffer) => done(data.toString().trim())))
  const sockets: Socket[] = Array.from({ length: CLIENTS }, () =>
    io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true }),
  )
  await Promise.all(sockets.map((socket) => new Promise<void>((done) => socket.once('connect', () => done()))))
  const waiting = new Map<string, (at: number) => void>()
  sockets.forEach((socket, index) =>
    socket.on('said', ({ number }: { number: number }) => waiting.get(`${index} ${number}`)?.(performance.now())),
  )
  let number = 0
  const send = (from: number) =>
    new Promise<number>((done) => {
      const mine = (number += 1)
      const started = performance.now()
      waiting.set(`${(from + 1) % CLIENTS} ${mine}`, (at) => done(at - started))
      sockets[from]?.emit('say', { number: mine, text: 'x'.repeat(200) })
    })
  return {
    round: (milliseconds) => paced(milliseconds, send),
    async stop() {
      for (const socket of sockets) socket.disconnect()
      const gone = new Promise((done) => child.once('close', done))
      child.kill()
      await gone
    },
  }
}

async function measuredCommits(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'schemaflow-bench-'))
  const { db } = await openDurablePGlite(join(folder, 'pglite'))
  await db.exec('CREATE TABLE moves (id int PRIMARY KEY, x float8); INSERT INTO moves SELECT n, 0 FROM generate_series(0, 9) n')
  const send = async (from: number) => {
    const started = performance.now()
    await db.query('UPDATE moves SET x = x + 1 WHERE id = $1', [from])
    return performance.now() - started
  }
  return {
    round: (milliseconds) => paced(milliseconds, send),
    async stop() {
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Every client sends its share per second, the clients evenly one after the other. */
async function paced(milliseconds: number, send: (from: number) => Promise<number>): Promise<readonly number[]> {
  const interval = 1_000 / (CLIENTS * PER_SECOND)
  const count = Math.floor(milliseconds / interval)
  const started = performance.now()
  const sent: Promise<number>[] = []
  for (let index = 0; index < count; index += 1) {
    const pause = started + index * interval - performance.now()
    if (pause > 0) await new Promise((done) => setTimeout(done, pause))
    sent.push(send(index % CLIENTS))
  }
  return Promise.all(sent)
}

function quantile(list: readonly number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
