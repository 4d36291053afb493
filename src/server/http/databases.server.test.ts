import { createServer, type Server } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckReply, DatabaseContents, DatabaseEvent, TruthEvent } from '#sync/database-messages.ts'
import { newId } from '#web/state/new-id.ts'
import { createProject, request, signInAsGuest, type Visitor } from '#tests/support/client.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
if (!url) process.stderr.write('databases.server.test.ts: partly skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')
const DATABASE = `schemaflow_live_${process.pid}`

let server: TestServer
let ada: Visitor
let eve: Visitor
let project = ''
let shop = ''
let admin: pg.Client
beforeAll(async () => {
  server = await startServer()
  ada = await signInAsGuest(server.url)
  eve = await signInAsGuest(server.url)
  project = `/api/projects/${await createProject(ada)}`
  if (!url) return
  admin = new pg.Client(url)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${DATABASE}`)
  const own = new URL(url)
  own.pathname = `/${DATABASE}`
  own.searchParams.set('sslmode', 'disable')
  shop = own.toString()
  const client = new pg.Client(shop)
  await client.connect()
  await client.query(`
    CREATE TABLE users (id int PRIMARY KEY, email text);
    CREATE VIEW mails AS SELECT email FROM users;
    CREATE SCHEMA sales;
    CREATE TABLE sales.orders (id int PRIMARY KEY, at date NOT NULL) PARTITION BY RANGE (id);
    CREATE TABLE sales.orders_1 PARTITION OF sales.orders FOR VALUES FROM (1) TO (100);`)
  await client.end()
})
afterAll(async () => {
  await server.stop()
  if (!url) return
  await admin.query(`DROP DATABASE ${DATABASE} WITH (FORCE)`)
  await admin.end()
})

const text = (connection: string) => ({ kind: 'text', text: connection })
const post = (visitor: Visitor, path: string, body: unknown) => request(visitor, `${project}/${path}`, { method: 'POST', body })
async function events(response: Response): Promise<readonly DatabaseEvent[]> {
  return (await response.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as DatabaseEvent)
}
const codeOf = async (response: Response) => ((await response.json()) as { diagnostics?: { code: string }[] }).diagnostics?.[0]?.code

describe('a live database', () => {
  test.runIf(url)('is listed, to choose from', async () => {
    const response = await post(ada, 'database/tables', { connection: text(shop) })
    expect((await response.json()) as DatabaseContents).toEqual({
      server: expect.stringMatching(/^\d+/),
      database: DATABASE,
      namespaces: [
        {
          name: 'public',
          tables: [
            { name: 'mails', kind: 'view' },
            { name: 'users', kind: 'table' },
          ],
        },
        { name: 'sales', tables: [{ name: 'orders', kind: 'table' }] },
      ],
    })
  })

  test.runIf(url)('is read as it was chosen, and says how far it is', async () => {
    const whole = await events(await post(ada, 'database/import', { connection: text(shop) }))
    expect(whole.slice(0, -1).every(({ kind }) => kind === 'progress')).toBe(true)
    expect(whole.at(-1)).toMatchObject({ kind: 'done', diagnostics: [], schema: { views: [{ name: 'mails' }] } })
    const tables = [{ namespace: 'sales', name: 'orders' }]
    const [last] = (await events(await post(ada, 'database/import', { connection: text(shop), tables }))).slice(-1)
    if (last?.kind !== 'done') throw new Error(JSON.stringify(last))
    expect(last.schema.tables.map(({ name }) => name).sort()).toEqual(['orders', 'orders_1'])
  })

  test.runIf(url)('is reached by fields as well', async () => {
    const { hostname, port, username, password } = new URL(shop)
    const connection = { kind: 'fields', host: hostname, port: Number(port), database: DATABASE, user: username, password, ssl: 'prefer' }
    expect((await post(ada, 'database/tables', { connection })).status).toBe(200)
  })

  test('that cannot be reached is told in words, and no password is repeated or logged', async () => {
    const connection = text('postgres://ada:geheim@127.0.0.1:1/shop')
    const listed = await post(ada, 'database/tables', { connection })
    expect(listed.status).toBe(422)
    const answer = await listed.text()
    expect(answer).toContain('cannot-connect')
    const imported = await (await post(ada, 'database/import', { connection })).text()
    expect(imported).toContain('"kind":"refused"')
    expect(answer + imported + server.output()).not.toContain('geheim')
  })

  test.each([
    ['a socket', 'postgres:///shop?host=/var/run/postgresql'],
    ['a file of the server', 'postgres://127.0.0.1/shop?sslmode=verify-full&sslrootcert=/etc/passwd'],
    ['several hosts', 'postgres://127.0.0.1,127.0.0.2/shop'],
    ['a cloud’s metadata', 'postgres://169.254.169.254:80/shop'],
    ['no database at all', 'https://example.org'],
  ])('is not %s', async (_, connection) => {
    const response = await post(ada, 'database/tables', { connection: text(connection) })
    expect(response.status).toBe(422)
    expect(await codeOf(response)).toMatch(/cannot-connect|address-not-allowed|bad-connection/)
  })

  test('is nobody’s business but an editor’s', async () => {
    for (const path of ['database/tables', 'database/import', 'check']) {
      const theirs = await post(eve, path, {
        connection: text('postgres://127.0.0.1:1/shop'),
        mutations: [{ name: 'tables.create', args: {} }],
      })
      expect([path, theirs.status]).toEqual([path, 404])
      const nobody = await fetch(`${server.url}${project}/${path}`, { method: 'POST', headers: { origin: server.url } })
      expect([path, nobody.status]).toEqual([path, 401])
    }
  })

  test('is one at a time per person, and given up when nobody listens any more', async () => {
    let connected = 0
    let gone: Promise<void> = Promise.resolve()
    const silent: Server = createServer((socket) => {
      connected += 1
      gone = new Promise((resolve) => socket.once('close', () => resolve()))
      socket.on('error', () => undefined).resume()
    })
    const port = await new Promise<number>((resolve) =>
      silent.listen(0, '127.0.0.1', () => {
        const address = silent.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      }),
    )
    const connection = text(`postgres://127.0.0.1:${port}/shop`)
    const stop = new AbortController()
    const first = fetch(`${server.url}${project}/database/import`, {
      method: 'POST',
      headers: { ...ada.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ connection }),
      signal: stop.signal,
    })
    await first
    const second = await post(ada, 'database/tables', { connection })
    expect([second.status, await codeOf(second)]).toEqual([429, 'too-busy'])
    await expect.poll(() => connected).toBe(1)
    stop.abort()
    await gone
    await expect
      .poll(async () => (await post(ada, 'database/tables', { connection: text('postgres://127.0.0.1:1/shop') })).status)
      .toBe(422)
    silent.close()
  })
})

describe('an edit', () => {
  const table = { id: newId(), name: 'users', positionX: 0, positionY: 0 }
  const check = async (mutations: readonly { name: string; args: unknown }[], under?: string) => {
    const response = await post(ada, 'check', { mutations, ...(under === undefined ? {} : { text: under }) })
    expect(response.status).toBe(200)
    return (await response.json()) as CheckReply
  }

  test('is judged by PostgreSQL without being made', async () => {
    const made = await request(ada, `${project}/mutations`, {
      method: 'POST',
      body: { clientId: newId(), mutations: [{ mutationId: 1, name: 'tables.create', args: table }] },
    })
    expect(made.status).toBe(200)
    const column = (defaultValue: string) => ({
      name: 'columns.create',
      args: { id: newId(), tableId: table.id, name: 'age', dataType: 'integer', defaultValue },
    })
    expect(await check([column('1 + 1')])).toMatchObject({ kind: 'checked', diagnostics: [] })
    expect(await check([column('noww()')], 'noww()')).toMatchObject({
      kind: 'checked',
      diagnostics: [{ code: 'database-refused', message: 'function noww() does not exist', span: { start: 0 } }],
    })
    const snapshot = (await (await request(ada, `${project}/snapshot`)).json()) as { rows: { column?: unknown[] } }
    expect(snapshot.rows.column ?? []).toEqual([])
  })

  test('that itself does not go is told as when it is made', async () => {
    expect(await check([{ name: 'tables.create', args: { ...table, id: newId() } }])).toMatchObject({
      kind: 'checked',
      diagnostics: [{ code: 'duplicate-name' }],
    })
  })
})

describe('a file', () => {
  const truth = async (sources: readonly { file: string; text: string }[]) => {
    const response = await post(ada, 'truth', { sources })
    expect(response.status).toBe(200)
    const lines = (await response.text()).split('\n').filter(Boolean)
    return lines.map((line) => JSON.parse(line) as TruthEvent)
  }

  test('is run by PostgreSQL, which knows what the grammar cannot', async () => {
    const text = `
      CREATE TABLE users (id int PRIMARY KEY, kind varchar CHECK (kind IN ('a', 'b')));
      DO $$ BEGIN EXECUTE 'CREATE TABLE made (id int REFERENCES users)'; END $$;
      CREATE VIEW broken AS SELECT nothing FROM users;`
    const events = await truth([{ file: 'a.sql', text }])
    expect(events[0]).toMatchObject({ kind: 'progress' })
    const last = events.at(-1)
    if (last?.kind !== 'done') throw new Error(JSON.stringify(last))
    const { schema, unverified, executed, server: version } = last.reading
    expect(version).toMatch(/^\d+/)
    expect(schema.tables.map(({ name }) => name).sort()).toEqual(['made', 'users'])
    expect(executed).toMatchObject({ ran: 2, refused: 1 })
    expect(unverified).toMatchObject([{ name: expect.stringContaining('broken'), reason: expect.stringContaining('nothing') }])
  })

  test('that is no SQL is answered too', async () => {
    expect((await truth([{ file: 'a.sql', text: ')))' }])).at(-1)).toMatchObject({ kind: 'done', reading: { schema: { tables: [] } } })
  })

  test('that is somebody else’s project’s is not run', async () => {
    expect((await post(eve, 'truth', { sources: [{ file: 'a.sql', text: 'SELECT 1' }] })).status).toBe(404)
  })
})
