import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { connect as connectSocket, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { TLSSocket } from 'node:tls'
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

/** Certificates of an authority and of a server called `db.example`, in a folder of their own; undefined without openssl. */
function certificates(): { readonly ca: string; readonly other: string; readonly cert: Buffer; readonly key: Buffer } | undefined {
  const dir = mkdtempSync(path.join(tmpdir(), 'schemaflow-tls-'))
  const program = 'openssl'
  const openssl = (...args: string[]) => spawnSync(program, args, { cwd: dir, stdio: 'ignore' }).status === 0
  const authority = (name: string) =>
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
    )
  const request = ['req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=db.example', '-keyout', 'server.key', '-out', 'server.csr']
  const sign = [
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-out',
    'server.crt',
  ]
  if (!(authority('ca') && authority('other') && openssl(...request) && openssl(...sign))) return undefined
  const read = (name: string) => readFileSync(path.join(dir, name))
  return { ca: path.join(dir, 'ca.crt'), other: path.join(dir, 'other.crt'), cert: read('server.crt'), key: read('server.key') }
}

/** Takes connections with TLS, as PostgreSQL does, and hands what they say to the server. */
function tlsFront(cert: Buffer, key: Buffer): Promise<Server> {
  const { hostname, port } = new URL(server)
  return new Promise((resolve) => {
    const front = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        // The first message asks for TLS: yes.
        socket.write('S')
        const secure = new TLSSocket(socket, { isServer: true, cert, key })
        const behind = connectSocket(Number(port || 5432), hostname)
        for (const side of [secure, behind]) side.on('error', () => undefined)
        secure.pipe(behind).pipe(secure)
      })
    }).unref()
    front.listen(0, '127.0.0.1', () => resolve(front))
  })
}

test.skipIf(!server)('TLS is checked as far as sslmode says', async ({ skip }) => {
  const made = certificates()
  if (!made) return skip('there is no openssl to make certificates with')
  const front = await tlsFront(made.cert, made.key)
  const address = front.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const url = (host: string, mode: string, root?: string) =>
    changed((to) => {
      Object.assign(to, { hostname: host, port })
      to.searchParams.set('sslmode', mode)
      if (root !== undefined) to.searchParams.set('sslrootcert', root)
    })
  const works = async (to: string) => {
    const connection = await connect(to, { address: '127.0.0.1' })
    expect(await connection.query('SELECT 1 AS n')).toEqual([{ n: 1 }])
    await connection.close()
  }
  try {
    await works(url('db.example', 'require'))
    await works(url('db.example', 'prefer'))
    await works(url('db.example', 'verify-full', made.ca))
    await works(url('elsewhere.example', 'verify-ca', made.ca))
    const wrongName = await refused(url('elsewhere.example', 'verify-full', made.ca), { address: '127.0.0.1' })
    const wrongAuthority = await refused(url('db.example', 'verify-ca', made.other), { address: '127.0.0.1' })
    const checked = await refused(url('db.example', 'require', made.other), { address: '127.0.0.1' })
    for (const { message } of [wrongName, wrongAuthority, checked]) expect(message).toContain('certificate')
  } finally {
    front.close()
  }
})
