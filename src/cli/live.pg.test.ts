import { afterAll, beforeAll, expect, test } from 'vitest'
import pg from 'pg'
import { runCli } from './testing.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
if (!url) process.stderr.write('live.pg.test.ts: skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')
const DATABASE = `schemaflow_cli_${process.pid}`
const USER = `schemaflow_cli_reader_${process.pid}`

let admin: pg.Client
/** The database's url, as a user with a password. */
let shop = ''
beforeAll(async () => {
  if (!url) return
  admin = new pg.Client(url)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${DATABASE}`)
  await admin.query(`CREATE ROLE ${USER} LOGIN PASSWORD 'geheim word'`)
  const own = new URL(url)
  own.pathname = `/${DATABASE}`
  const client = new pg.Client(own.toString())
  await client.connect()
  await client.query(`
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TABLE users (id int PRIMARY KEY, mood mood);
    CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
    CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE SCHEMA "My Shop";
    CREATE TABLE "My Shop".orders (id int PRIMARY KEY, user_id int REFERENCES users);
    GRANT SELECT ON users TO ${USER};`)
  await client.end()
  own.username = USER
  own.password = 'geheim word'
  shop = own.toString()
})
afterAll(async () => {
  if (!url) return
  await admin.query(`DROP DATABASE ${DATABASE} WITH (FORCE)`)
  await admin.query(`DROP ROLE ${USER}`)
  await admin.end()
})

const run = (...args: string[]) => runCli(args)
interface Json {
  readonly tables: readonly { readonly namespace?: string; readonly name: string }[]
  readonly privileges?: readonly unknown[]
}
const tablesOf = (out: string) => (JSON.parse(out) as Json).tables.map(({ namespace = 'public', name }) => `${namespace}.${name}`).sort()

test.runIf(url)('CLI-4 IMP-2 a live database is a source like a file', async () => {
  const { code, out, err } = await run('convert', shop, '--to', 'postgres-sql')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('CREATE TABLE users')
  expect(out).toContain('CREATE TABLE events_2024 PARTITION OF events')
  expect(out).not.toContain('GRANT')
  expect((await run('convert', shop, '--to', 'postgres-sql', '--privileges')).out).toContain('GRANT')
})

test.runIf(url)('CLI-4 IMP-2 the connection may be written as psql takes it', async () => {
  const { hostname, port } = new URL(shop)
  const { code, out } = await run(
    'inspect',
    `host=${hostname} port=${port} dbname=${DATABASE} user=${USER} password='geheim word'`,
    '--json',
  )
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    files: [`${DATABASE} at ${hostname}:${port}`],
    counts: { tables: 4, enums: 1 },
    losses: { 'postgres-sql': { count: 0 } },
  })
  expect(out).not.toContain('geheim')
})

test.runIf(url)('CLI-4 IMP-2 namespaces and tables can be chosen; partitions come with their table', async () => {
  expect(tablesOf((await run('convert', shop, '--to', 'json', '--namespace', 'My Shop')).out)).toEqual(['My Shop.orders'])
  expect(tablesOf((await run('convert', shop, '--to', 'json', '--table', 'events', '--table', '"My Shop".orders')).out)).toEqual([
    'My Shop.orders',
    'public.events',
    'public.events_2024',
  ])
  expect(await run('convert', shop, '--to', 'json', '--namespace', 'shop')).toMatchObject({
    code: 2,
    err: expect.stringContaining('My Shop'),
  })
  expect(await run('convert', shop, '--to', 'json', '--table', 'order')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no table or view'),
  })
})

test.runIf(url)('CLI-1 what stands in the way is told in words, without the password', async () => {
  const wrong = (change: (url: URL) => void) => {
    const other = new URL(shop)
    other.password = 'geheim'
    change(other)
    return other.toString()
  }
  const failures = [
    [wrong((one) => (one.port = '1')), /No server takes connections/],
    [wrong((one) => (one.hostname = 'nowhere.invalid')), /was not found/],
    [wrong((one) => (one.pathname = '/nothing')), /no database "nothing"|password/],
    ['postgres://%zz:geheim@x/y', /not the url/],
  ] as const
  for (const [source, message] of failures) {
    const { code, out, err } = await run('convert', source, '--to', 'json')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(err).not.toContain('geheim')
  }
})

test('CLI-1 options of files and of databases are not mixed up', async () => {
  for (const args of [
    ['convert', 'postgres://a/b', 'c.sql', '--to', 'json'],
    ['convert', 'postgres://a/b', '--fix', '--to', 'json'],
    ['convert', '-', '--namespace', 'x', '--to', 'json'],
    ['convert', 'postgres://a/b', '--namespace', 'x', '--table', 'y', '--from', 'json', '--to', 'json'],
  ])
    expect(await run(...args)).toMatchObject({ code: 2, out: '' })
})
