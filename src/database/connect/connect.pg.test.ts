import { createServer, type Server } from 'node:net'
import { expect, test } from 'vitest'
import { DatabaseError } from '../connection.ts'
import { connect } from './connect.ts'
import { expectedValues, values } from './testing.ts'

const server = process.env['SCHEMAFLOW_TEST_PG'] ?? ''
if (!server) process.stderr.write('connect.pg.test.ts: skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')

const changed = (change: (url: URL) => void): string => {
  const url = new URL(server)
  change(url)
  return url.toString()
}

async function refused(url: string, options: Parameters<typeof connect>[1] = {}): Promise<DatabaseError> {
  const error: unknown = await connect(url, options).then(
    (connection) => connection.close(),
    (reason: unknown) => reason,
  )
  if (!(error instanceof DatabaseError)) throw new Error(`it was not refused: ${String(error)}`)
  return error
}

test.skipIf(!server)('a session knows its server, and loses nothing of what it is told', async () => {
  const connection = await connect(changed((url) => url.searchParams.set('options', '-c statement_timeout=5s')))
  try {
    expect(connection.server).toMatchObject({ engine: 'postgres', text: expect.stringMatching(/^\d+/) })
    expect(connection.server.number).toBeGreaterThanOrEqual(130_000)
    expect(await connection.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '5s' }])
    expect(await connection.query(values)).toEqual([expectedValues])
    expect(await connection.query('SELECT $1::text[] AS list', [['x', null]])).toEqual([{ list: ['x', null] }])
    expect(await connection.query('SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()')).toEqual([
      { application_name: 'schemaflow' },
    ])
    // Asked for at once, answered in order.
    await connection.exec('CREATE TEMP TABLE log (n integer)')
    await Promise.all([1, 2, 3].map((n) => connection.query('INSERT INTO log VALUES ($1)', [n])))
    expect(await connection.query('SELECT n FROM log')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  } finally {
    await connection.close()
  }
  await expect(connection.query('SELECT 1')).rejects.toThrow('closed')
})

test.skipIf(!server)('a statement that fails says why and where, and the next one runs', async () => {
  const connection = await connect(server)
  try {
    const failed = connection.query("SELECT '🐘', nowhere")
    await expect(failed).rejects.toMatchObject({ name: 'DatabaseError', code: '42703', position: 13 })
    expect(await connection.query('SELECT 1 AS n')).toEqual([{ n: 1 }])
  } finally {
    await connection.close()
  }
})

test.skipIf(!server)('why there is no connection is said in words, and never with the password', async () => {
  const secret = 'Tr0ub4dor'
  const withSecret = (change: (url: URL) => void) =>
    changed((url) => {
      url.password = secret
      change(url)
    })
  const errors = [
    await refused(withSecret((url) => (url.hostname = 'no-such-host.invalid'))),
    await refused(withSecret((url) => (url.port = '1'))),
    await refused(withSecret((url) => (url.pathname = '/no_such_database'))),
    await refused(withSecret((url) => (url.username = 'no_such_role'))),
    await refused(withSecret((url) => url.searchParams.set('sslmode', 'require'))),
  ]
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('"no-such-host.invalid" was not found'),
    expect.stringContaining('No server takes connections'),
    expect.stringContaining('no database "no_such_database"'),
    expect.stringContaining('no_such_role'),
    expect.stringContaining('TLS'),
  ])
  expect(errors[2]?.code).toBe('3D000')
  expect(JSON.stringify(errors.map((error) => ({ ...error, message: error.message, stack: error.stack })))).not.toContain(secret)
})

test.skipIf(!server)('a statement that takes too long, or is not wanted any more, is stopped on the server', async () => {
  const slow = await connect(server, { statementTimeout: 100 })
  await expect(slow.query('SELECT pg_sleep(30)')).rejects.toMatchObject({ code: '57014' })
  await slow.close()

  const controller = new AbortController()
  const stopped = await connect(server, { signal: controller.signal, applicationName: 'schemaflow stop' })
  const running = stopped.query('SELECT pg_sleep(30)')
  controller.abort(new Error('not wanted'))
  await expect(running).rejects.toThrow('not wanted')
  await expect(stopped.query('SELECT 1')).rejects.toThrow('not wanted')
  await stopped.close()
  const admin = await connect(server)
  await expect
    .poll(() => admin.query("SELECT FROM pg_stat_activity WHERE application_name = 'schemaflow stop' AND state = 'active'"), {
      timeout: 10_000,
    })
    .toEqual([])
  await admin.close()
})

test('a server that never answers is given up in time', async () => {
  const silent = await listening()
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const error = await refused(`postgres://u:secret@127.0.0.1:${port}/d?sslmode=disable`, { connectTimeout: 200 })
  expect(error.message).toContain('does not answer')
  silent.close()
})

const listening = (): Promise<Server> =>
  new Promise((resolve) => {
    const made = createServer((socket) => socket.on('error', () => undefined)).unref()
    made.listen(0, '127.0.0.1', () => resolve(made))
  })
