import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Schema } from '#core/schema/index.ts'
import { connect } from '#database/connect/connect.ts'
import { introspect } from '#database/introspect/introspect.ts'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import { brokenRelations } from '#tests/support/drizzle-relations.ts'
import { loadableSql } from '#tests/support/drizzle-sql.ts'
import { judgeLosses, type Difference } from '#tests/support/loss-judge.ts'
import { drizzleSql, hasPostgres } from '#tests/support/tools.ts'
import { exportDrizzle } from './exporter.ts'

// Real schemas: our code compiles, drizzle-kit's SQL of it loads, and every difference between the two catalogs is in the loss report, which
// holds nothing else. A few files by default; SCHEMAFLOW_CORPUS=all takes all of them.

const shared = path.resolve(import.meta.dirname, '../../../../shared')
const few = [
  'acceptance/import-cases/28-partitioned-table.sql',
  'corpus/postgres-dump/danbooru.sql',
  'corpus/postgres-dump/pagila.sql',
  'reference/files/rich.sql',
  'reference/files/types.sql',
]
const all = ['acceptance/import-cases', 'corpus/postgres-dump', 'corpus/postgres-hand', 'reference/files']
const isShared = existsSync(path.join(shared, 'acceptance/oracle'))
if (!isShared) process.stderr.write(`SKIPPED: Drizzle on real schemas, because ${shared} is not there\n`)

interface Catalog {
  readonly objects: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>
}
interface Oracle {
  readonly withDatabase: <T>(work: (url: string) => Promise<T>) => Promise<T>
  readonly load: (url: string, file: string) => readonly string[]
  readonly catalog: (url: string) => Promise<Catalog>
  readonly diffFingerprints: (wanted: Catalog, found: Catalog) => { readonly details: readonly Difference[] }
}

const work = mkdtempSync(path.join(tmpdir(), 'schemaflow-drizzle-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

if (isShared)
  describe.skipIf(!hasPostgres)('drizzle-kit and PostgreSQL', async () => {
    const oracle = await oracleOf()
    const preambles = JSON.parse(readFileSync(`${shared}/corpus/expected.json`, 'utf8')) as Readonly<
      Record<string, { readonly preamble?: readonly string[] }>
    >
    test.each(process.env['SCHEMAFLOW_CORPUS'] === 'all' ? all.flatMap(sqlFilesIn) : few)('GEN-2 %s', async (name) => {
      const file = path.join(shared, name)
      const preamble = written('preamble.sql', (preambles[name.replace(/^corpus\//, '')]?.preamble ?? []).join('\n'))
      const before = await oracle.withDatabase(async (url) => {
        oracle.load(url, preamble)
        const isWhole = oracle.load(url, file).length === 0
        return { schema: await schemaOf(file, url, isWhole), catalog: await oracle.catalog(url) }
      })
      const { files, losses } = exportDrizzle(before.schema)
      const code = files[0]?.text ?? ''
      const output = written('output.sql', loadableSql(code, drizzleSql(code)))
      const after = await oracle.withDatabase(async (url) => {
        oracle.load(url, preamble)
        return { errors: oracle.load(url, output), catalog: await oracle.catalog(url) }
      })
      const { details } = oracle.diffFingerprints(before.catalog, after.catalog)
      const judgement = judgeLosses(details, losses, before.catalog.objects['index'])
      const { broken } = await brokenRelations(code)
      expect({ errors: after.errors, ...judgement, broken }).toEqual({ errors: [], unexplained: [], unfounded: [], broken: [] })
    })
  })

/** What the file says. Where PostgreSQL refuses some of it, or it makes objects while it runs, what is in the database then. */
async function schemaOf(file: string, url: string, isWhole: boolean): Promise<Schema> {
  const imported = await postgresSql.importer?.([{ file, text: readFileSync(file, 'utf8') }])
  if (isWhole && imported && imported.schema.opaque.length === 0) return imported.schema
  const connection = await connect(url)
  try {
    return (await introspect(connection)).schema
  } finally {
    await connection.close()
  }
}

const sqlFilesIn = (dir: string): readonly string[] =>
  readdirSync(path.join(shared, dir))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `${dir}/${name}`)

function written(name: string, text: string): string {
  const file = path.join(work, name)
  writeFileSync(file, text)
  return file
}

async function oracleOf(): Promise<Oracle> {
  // The oracle asks the environment for its server when it is loaded.
  process.env['PG_URL'] = process.env['SCHEMAFLOW_TEST_PG'] ?? ''
  const lib = (await import(`${shared}/acceptance/lib.mjs`)) as Omit<Oracle, 'diffFingerprints'>
  const diff = (await import(`${shared}/acceptance/oracle/catalog-diff.mjs`)) as Pick<Oracle, 'diffFingerprints'>
  return { withDatabase: lib.withDatabase, load: lib.load, catalog: lib.catalog, diffFingerprints: diff.diffFingerprints }
}
