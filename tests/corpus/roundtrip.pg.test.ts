import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasPostgres, withDatabase } from '../support/tools.ts'

// The promise "nothing is lost", judged by PostgreSQL: what a file makes of an empty database, and what our output makes of another, is the same.

const root = path.resolve(import.meta.dirname, '../..')
const shared = path.resolve(root, '../shared')
const work = mkdtempSync(path.join(tmpdir(), 'schemaflow-roundtrip-'))

beforeAll(() => {
  if (!existsSync(path.join(root, 'dist/cli/main.js'))) throw new Error('The command line is not built: run `npm run build`.')
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe.skipIf(!hasPostgres)('own dumps', () => {
  const fixtures = path.join(root, 'tests/fixtures')
  for (const name of readdirSync(fixtures).filter((file) => file.endsWith('.sql'))) {
    test(`GEN-1 ${name} comes out as it went in`, async () => {
      const file = path.join(fixtures, name)
      const out = path.join(work, name)
      const ran = spawnSync(path.join(root, 'bin/schemaflow'), ['convert', file, '--to', 'postgres-sql', '--out', out], {
        encoding: 'utf8',
      })
      expect(ran.stderr).toBe('')
      expect(await dumpOf(out)).toEqual(await dumpOf(file))
    })
  }
})

const isShared = existsSync(path.join(shared, 'acceptance'))
if (!isShared) process.stderr.write(`SKIPPED: the shared cases and dumps, because ${shared} is not there\n`)

// Registered only where they are at hand: the project stands without them.
if (isShared)
  describe.skipIf(!hasPostgres)('the shared cases and dumps', () => {
    const oracle = (script: string, ...args: readonly string[]): string => {
      const env = { ...process.env, PG_URL: process.env['SCHEMAFLOW_TEST_PG'] }
      return spawnSync(process.execPath, [path.join(shared, 'acceptance', script), ...args], { cwd: root, encoding: 'utf8', env }).stdout
    }

    test('IMP-1 GEN-1 every short case that other tools lose comes out exactly', () => {
      const dir = path.join(shared, 'acceptance/import-cases')
      const files = readdirSync(dir).map((name) => path.join(dir, name))
      expect(oracle('roundtrip.mjs', ...files)).toContain(`${files.length} of ${files.length} files exact`)
    })

    test('IMP-1 GEN-1 real dumps come out exactly and are understood', () => {
      const files = ['pagila', 'hatchet-v1', 'dbml-pg-dump-fixture', 'guacamole'].map((name) =>
        path.join(shared, `corpus/postgres-dump/${name}.sql`),
      )
      const expected = path.join(shared, 'corpus/expected.json')
      expect(oracle('roundtrip.mjs', '--preambles', expected, ...files)).toContain('4 of 4 files exact')
      expect(oracle('model.mjs', '--expected', expected, ...files)).toMatch(/[34] of 4 files fully understood/)
    })
  })

/** What pg_dump says of a database made by a file, without its comments and without the order in which things were made. */
async function dumpOf(file: string): Promise<readonly string[]> {
  // The \restrict lines of newer pg_dumps are for psql.
  const sql = readFileSync(file, 'utf8').replaceAll(/^\\(?:un)?restrict.*$/gm, '')
  return withDatabase(sql, async (client) => {
    const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name')
    const url = Object.assign(new URL(process.env['SCHEMAFLOW_TEST_PG'] ?? ''), { pathname: `/${rows[0]?.name}` }).toString()
    const dump = spawnSync('pg_dump', ['--schema-only', '--no-owner', '--no-privileges', url], { encoding: 'utf8', maxBuffer: 1 << 28 })
    if (dump.status !== 0) throw new Error(dump.stderr)
    writeFileSync(path.join(work, 'last.sql'), dump.stdout)
    return statementsOf(dump.stdout)
  })
}

const statementsOf = (dump: string): readonly string[] =>
  dump
    .split('\n')
    .filter(
      (line) =>
        !line.startsWith('--') && !line.startsWith('\\') && !line.startsWith('SET ') && !line.startsWith('SELECT pg_catalog.set_config'),
    )
    .join('\n')
    .split(/\n{2,}/)
    .filter(Boolean)
    .sort()
