import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runCli as run } from './testing.ts'

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'schemaflow-cli-'))

test('CLI-4 converts SQL from standard input to Prisma on standard output', async () => {
  const { code, out } = await run(['convert', '-', '--from', 'postgres-sql', '--to', 'prisma'], 'CREATE TABLE users (id int PRIMARY KEY);')
  expect(code).toBe(0)
  expect(out).toMatch(/^model User \{/m)
})

test('CLI-4 finds out the format from the content when --from is missing', async () => {
  const { code, out } = await run(['convert', '-', '--to', 'json'], 'CREATE TABLE users (id int PRIMARY KEY);')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ format: 'schemaflow', version: 1, tables: [{ name: 'users' }] })
})

test('CLI-4 reads a directory in name order as one schema', async () => {
  const dir = folder()
  writeFileSync(path.join(dir, '002.sql'), 'ALTER TABLE users ADD COLUMN email text;')
  writeFileSync(path.join(dir, '001.sql'), 'CREATE TABLE users (id int PRIMARY KEY);')
  const { code, out } = await run(['convert', dir, '--to', 'json'])
  expect(code).toBe(0)
  expect(JSON.parse(out).tables[0].columns.map((column: { name: string }) => column.name)).toEqual(['id', 'email'])
})

test('CLI-4 writes to --out and leaves standard output to results', async () => {
  const out = path.join(folder(), 'schema.ts')
  const ran = await run(
    ['convert', '-', '--from', 'postgres-sql', '--to', 'drizzle', '--out', out],
    'CREATE TABLE users (id int PRIMARY KEY);',
  )
  expect(ran).toMatchObject({ code: 0, out: '' })
  expect(readFileSync(out, 'utf8')).toContain('pgTable')
})

test('CLI-1 a rejected statement is told with file, line and column, and the exit code is 1', async () => {
  const { code, err, out } = await run(
    ['convert', '-', '--from', 'postgres-sql', '--to', 'postgres-sql'],
    'CREATE TABLE a (id int);\nCREATE NONSENSE b (id int);\n',
  )
  expect(code).toBe(1)
  expect(err).toMatch(/^<stdin>:2:8 error [a-z-]+ /m)
  expect(out).toMatch(/CREATE TABLE a/)
})

test('CLI-1 --json gives the result and the diagnostics in one object', async () => {
  const { code, out, err } = await run(
    ['convert', '-', '--from', 'postgres-sql', '--to', 'prisma', '--json'],
    'CREATE TABLE a (id int);\nCREATE NONSENSE b (id int);',
  )
  expect(code).toBe(1)
  expect(err).toBe('')
  expect(JSON.parse(out)).toMatchObject({
    files: [{ text: expect.any(String) }],
    diagnostics: [
      { code: 'syntax-error', severity: 'error', span: { line: 2, column: 8 } },
      { code: 'ignored-model', severity: 'warning' },
    ],
  })
})

test('CLI-1 wrong use ends with exit code 2 and a hint', async () => {
  expect(await run([])).toMatchObject({ code: 2 })
  expect(await run(['convert', '-'])).toMatchObject({ code: 2 })
  expect(await run(['frobnicate'])).toMatchObject({ code: 2 })
  expect(await run(['convert', 'no-such-file.sql', '--to', 'json'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('no such file'),
  })
  expect(await run(['convert', '-', '--from', 'postgres-sql', '--to', 'cobol'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('postgres-sql'),
  })
})

test('CLI-1 --help and --version go to standard output with exit code 0', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('convert'), err: '' })
  expect(await run(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

test('CLI-4 inspect counts objects, outcomes and what each target would lose', async () => {
  const sql = 'SET statement_timeout = 0;\nCREATE TABLE users (id int PRIMARY KEY, CHECK (id > 0));'
  const { code, out } = await run(['inspect', '-', '--from', 'postgres-sql', '--json'], sql)
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    counts: { tables: 1, columns: 1, primaryKeys: 1, checks: 1 },
    statements: { modelled: 1, ignored: 1, rejected: 0 },
    losses: { 'postgres-sql': { count: 0 }, prisma: { count: 1 } },
  })
})

test('CLI-1 formats lists what can be read and written', async () => {
  const { code, out } = await run(['formats'])
  expect(code).toBe(0)
  expect(out).toMatch(/^postgres-sql +read, write/m)
})

const MYSQL_HABIT = 'CREATE TABLE a (\n  id int,\n  INDEX one (id)\n);\n'

test('CLI-4 fix writes a mended copy and says what it mended; the file stays as it is', async () => {
  const file = path.join(folder(), 'a.sql')
  writeFileSync(file, MYSQL_HABIT)
  const { code, out, err } = await run(['fix', file])
  expect(code).toBe(0)
  expect(out).toContain('CREATE INDEX one ON a (id);')
  expect(err).toMatch(/a\.sql:3:3 info inline-index .*\n  Mended: /)
  expect(readFileSync(file, 'utf8')).toBe(MYSQL_HABIT)
  expect(await run(['fix', '-', '--from', 'postgres-sql'], out)).toMatchObject({ code: 0, out, err: '' })
})

test('CLI-4 fix changes the file itself only when told to', async () => {
  const file = path.join(folder(), 'a.sql')
  writeFileSync(file, MYSQL_HABIT)
  expect(await run(['fix', file, '--write'])).toMatchObject({ code: 0, out: '' })
  expect(readFileSync(file, 'utf8')).toContain('CREATE INDEX one')
  expect(await run(['fix', file, '--write', '--out', 'b.sql'])).toMatchObject({ code: 2 })
  expect(await run(['fix', '-', '--write'], MYSQL_HABIT)).toMatchObject({ code: 2 })
})

test('CLI-4 fix ends with exit code 1 when something is left', async () => {
  const { code, out, err } = await run(['fix', '-', '--from', 'postgres-sql'], `${MYSQL_HABIT}CREATE NONSENSE b (id int);`)
  expect(code).toBe(1)
  expect(out).toContain('CREATE INDEX one')
  expect(err).toContain('syntax-error')
})

test('CLI-4 convert --fix carries out what a fix offers, not only what is repaired anyway', async () => {
  const sql =
    "CREATE TABLE t (id int, at date NOT NULL);\nCREATE TABLE t_1 PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');"
  const { code, out } = await run(['convert', '-', '--from', 'postgres-sql', '--to', 'postgres-sql', '--fix'], sql)
  expect(code).toBe(0)
  expect(out).toContain('PARTITION BY RANGE (at)')
})
