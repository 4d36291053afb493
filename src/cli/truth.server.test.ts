import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from './testing.ts'

const run = (...args: string[]) => runCli(args)

const SQL = `CREATE TABLE users (id int PRIMARY KEY, kind varchar CHECK (kind IN ('a', 'b')));
DO $$ BEGIN EXECUTE 'CREATE TABLE made (id int REFERENCES users)'; END $$;
CREATE VIEW broken AS SELECT nothing FROM users;
`
const file = path.join(mkdtempSync(path.join(tmpdir(), 'schemaflow-cli-')), 'shop.sql')
writeFileSync(file, SQL)
const servers = [
  ['the embedded PostgreSQL', [] as string[]],
  ...(process.env['SCHEMAFLOW_TEST_PG'] ? [['a server', ['--scratch-url', process.env['SCHEMAFLOW_TEST_PG']]] as const] : []),
] as const

test.each(servers)('IMP-1 --truth takes what %s makes of a file, and says what it could not verify', async (_, where) => {
  const { out, err } = await run('convert', file, '--to', 'json', '--truth', '--fix', ...where)
  const { tables, views } = JSON.parse(out) as { tables: { name: string }[]; views?: { name: string }[] }
  expect(tables.map(({ name }) => name).sort()).toEqual(['made', 'users'])
  expect(views?.map(({ name }) => name)).toEqual(['broken'])
  expect(err).toMatch(/PostgreSQL \d+[.\d]*: 2 statements ran, 1 refused/)
  expect(err).toMatch(/not verified: .*broken.*nothing/)
})

test('CLI-1 a scratch server that cannot be reached is told in words', async () => {
  const { code, err, out } = await run('convert', file, '--to', 'json', '--scratch-url', 'postgres://me:geheim@127.0.0.1:1/x')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('127.0.0.1:1')
  expect(err).not.toContain('geheim')
})
