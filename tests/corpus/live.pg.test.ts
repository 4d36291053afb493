import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Connection } from '#database/connection.ts'
import { connect } from '#database/connect/connect.ts'
import { introspect } from '#database/introspect/introspect.ts'
import { comparable } from '#database/introspect/testing.ts'
import { exportPostgresSql } from '#formats/postgres-sql/export/exporter.ts'
import { importer } from '#formats/postgres-sql/import/importer.ts'

// A live database, read and written as SQL, makes the same database: judged by the oracle that knows nothing of us. With owners and grants.

const server = process.env['SCHEMAFLOW_TEST_PG'] ?? ''
const shared = path.resolve(import.meta.dirname, '../../../shared')
const work = mkdtempSync(path.join(tmpdir(), 'schemaflow-live-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** All of them take five minutes (SCHEMAFLOW_TEST_CORPUS=all); these hold most of what there is. */
const few = ['pagila.sql', 'hatchet-v1.sql', 'dbml-pg-dump-fixture.sql', 'guacamole.sql', 'vuln-tracker.sql', 'rich.sql']
const wanted = (file: string): boolean => process.env['SCHEMAFLOW_TEST_CORPUS'] === 'all' || few.includes(path.basename(file))
/** Its views print differently after any restore (reference/postgres.md §4), or PostgreSQL cannot restore them. */
const unsteady: Readonly<Record<string, RegExp>> = { 'musicbrainz.sql': /^view\b/ }

interface Oracle {
  readonly fingerprint: (query: (sql: string) => Promise<readonly object[]>, options: object) => Promise<object>
  readonly diffFingerprints: (a: object, b: object) => { readonly details: readonly { readonly kind: string; readonly id: string }[] }
}

const files = ['corpus/postgres-dump', 'corpus/postgres-hand', 'acceptance/import-cases', 'reference/files']
  .map((dir) => path.join(shared, dir))
  .flatMap((dir) => (existsSync(dir) ? readdirSync(dir).map((file) => path.join(dir, file)) : []))
  .filter((file) => file.endsWith('.sql') && wanted(file))

if (files.length > 0)
  describe.skipIf(!server)('a live database, read and written', () => {
    test.each(files.map((file) => [path.basename(file), file]))('GEN-1 %s', async (name, file) => {
      const { fingerprint } = (await import(path.join(shared, 'acceptance/oracle/catalog-fingerprint.mjs'))) as Oracle
      const { diffFingerprints } = (await import(path.join(shared, 'acceptance/oracle/catalog-diff.mjs'))) as Oracle
      const look = (connection: Connection) => fingerprint((sql) => connection.query(sql), { owners: true, grants: true })
      await withDatabase(async (one, url) => {
        psql(url, preambleOf(file))
        psql(url, readFileSync(file, 'utf8'))
        const { schema, diagnostics } = await introspect(one, { privileges: true })
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
        const sql = exportPostgresSql(schema, { privileges: true }).files[0]?.text ?? ''
        await withDatabase(async (two, other) => {
          expect(psql(other, sql)).toEqual([])
          const { details } = diffFingerprints(await look(one), await look(two))
          expect(details.filter(({ kind, id }) => !unsteady[name]?.test(`${kind} ${id}`))).toEqual([])
        })
        const again = await importer([{ file: 'a.sql', text: sql }], { privileges: true })
        // Catalogs keep objects in the order they were made, not in the order they load: order is not looked at.
        expect(comparable(again.schema)).toEqual(comparable(schema))
      })
    })
  })

/** Runs statements one by one, as psql does, and gives the errors. */
function psql(url: string, sql: string): readonly string[] {
  const file = path.join(work, 'run.sql')
  writeFileSync(file, sql)
  const env = { ...process.env, PGOPTIONS: '-c client_min_messages=error' }
  const { stderr } = spawnSync('psql', ['-X', '-q', '-d', url, '-f', file], { encoding: 'utf8', env, maxBuffer: 1 << 28 })
  return stderr.split('\n').filter((line) => line.includes('ERROR:'))
}

function preambleOf(file: string): string {
  const expected = JSON.parse(readFileSync(path.join(shared, 'corpus/expected.json'), 'utf8')) as Record<
    string,
    { readonly preamble?: string | readonly string[] } | undefined
  >
  const key = Object.keys(expected).find((each) => file.endsWith(each))
  const preamble = key === undefined ? undefined : expected[key]?.preamble
  return [preamble ?? []].flat().join('\n')
}

let count = 0
async function withDatabase(use: (connection: Connection, url: string) => Promise<void>): Promise<void> {
  const admin = await connect(server)
  const name = `schemaflow_live_${process.pid}_${(count += 1)}`
  try {
    await admin.exec(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
    const url = Object.assign(new URL(server), { pathname: `/${name}` }).toString()
    const connection = await connect(url)
    try {
      await use(connection, url)
    } finally {
      await connection.close()
    }
  } finally {
    await admin.exec(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await admin.close()
  }
}
