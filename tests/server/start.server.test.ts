import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { newId } from '#web/state/new-id.ts'
import { createProject, open, request, signInAsGuest, until } from '../support/client.ts'
import { runServer, startServer, type TestServer } from '../support/server.ts'

const servers: TestServer[] = []
const start = async (...args: Parameters<typeof startServer>) => {
  const server = await startServer(...args)
  servers.push(server)
  return server
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

test('a server says that it is well, which version it is and how long it has been up', async () => {
  const { url } = await start()
  for (const path of ['/health', '/api/health']) {
    const response = await fetch(url + path)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      uptimeSeconds: expect.any(Number) as number,
      database: { engine: 'pglite', reachable: true },
    })
  }
})

test('a second server on the same data folder does not start, says why, and leaves the first alone', async () => {
  const { url, dataFolder, process: first } = await start()
  const second = await runServer({ dataFolder })
  expect(second.code).toBe(1)
  expect(second.output).toContain(`${dataFolder} is in use by process ${first.pid}`)
  expect(second.output).toContain('SCHEMAFLOW_DATA')
  expect((await fetch(`${url}/health`)).status).toBe(200)
})

test('of two servers that find the lock of a crashed one at the same time, one starts', async () => {
  const crashed = await start()
  await crashed.kill()
  const outcomes = await Promise.allSettled([
    startServer({ dataFolder: crashed.dataFolder }),
    startServer({ dataFolder: crashed.dataFolder }),
  ])
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  servers.push(...started)
  expect(started).toHaveLength(1)
  const refused = outcomes.find((outcome) => outcome.status === 'rejected')
  expect(String(refused?.reason)).toContain('is in use by process')
})

test('a port that is taken is named, with what to do', async () => {
  const { url } = await start()
  const folder = mkdtempSync(join(tmpdir(), 'schemaflow-test-'))
  const { code, output } = await runServer({ dataFolder: folder, port: Number(new URL(url).port) })
  rmSync(folder, { recursive: true, force: true })
  expect(code).toBe(1)
  expect(output).toContain('Set PORT')
  expect(output).not.toContain('    at ')
})

test('SIGTERM stops a server cleanly: code 0, the folder free, the work kept', async () => {
  const server = await start()
  const ada = await signInAsGuest(server.url)
  await createProject(ada, 'Kept')
  expect(await server.kill('SIGTERM')).toBe(0)
  expect(existsSync(join(server.dataFolder, 'lock'))).toBe(false)
  await server.restart().then((again) => servers.push(again))
  const listed: unknown = await (await request(ada, '/api/projects')).json()
  expect(listed).toMatchObject([{ name: 'Kept' }])
})

test('SIGTERM while people edit: it stops all the same, and what was acknowledged is kept', async () => {
  const server = await start()
  const ada = await signInAsGuest(server.url)
  const projectId = await createProject(ada)
  const { replica, close } = await open(ada, projectId)
  const acknowledged: string[] = []
  for (let index = 0; index < 100; index += 1) {
    const name = `table_${index}`
    void replica
      .mutate('tables.create', { id: newId(), name, positionX: 0, positionY: 0 })
      .then(({ kind }) => kind === 'ok' && acknowledged.push(name))
  }
  await until(() => acknowledged.length > 0, 'the first is acknowledged')
  expect(await server.kill('SIGTERM')).toBe(0)
  const before = [...acknowledged]
  servers.push(await server.restart())
  const { rows } = (await (await request(ada, `/api/projects/${projectId}/snapshot`)).json()) as { rows: { table: { name: string }[] } }
  expect(rows.table.map(({ name }) => name)).toEqual(expect.arrayContaining(before))
  await until(() => replica.state.kind === 'saved', 'the others arrive')
  expect(acknowledged).toHaveLength(100)
  await close()
})

test('what only the server may read, only the server can read', async () => {
  const { dataFolder, output } = await start({ env: { LOG_LEVEL: 'trace' } })
  expect(statSync(join(dataFolder, 'secret')).mode & 0o777).toBe(0o600)
  expect(output()).not.toMatch(/session_token=/)
})
