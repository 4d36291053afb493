import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { describe, expect, test } from 'vitest'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import { judgeLosses, type Difference } from '#tests/support/loss-judge.ts'
import { isShown, makeWithPrisma, realDifferences } from '#tests/support/prisma-made.ts'
import { databaseUrl, hasPostgres, withDatabase } from '#tests/support/tools.ts'
import { exportPrisma } from './exporter.ts'

// The database that Prisma Migrate makes of our output, beside the database that the file itself makes: every difference is in the report.

const shared = path.resolve(import.meta.dirname, '../../../../shared')
const cases = 'acceptance/import-cases'
const few = [
  'reference/files/rich.sql',
  'reference/files/types.sql',
  'corpus/postgres-dump/pagila.sql',
  `${cases}/28-partitioned-table.sql`,
]
const isAll = process.env['SCHEMAFLOW_CORPUS'] === 'all'
const files = existsSync(path.join(shared, 'acceptance/oracle'))
  ? [...few, ...(isAll ? readdirSync(path.join(shared, cases)).map((file) => `${cases}/${file}`) : [])]
  : []
/** Prisma's own SQL does not run (the report says so), or PostgreSQL refuses some of the file. */
const isSkipped = (file: string): boolean => /\/(?:07|13|39)-/.test(file)

interface Catalog {
  readonly objects: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>
}
interface Oracle {
  readonly fingerprint: (query: (sql: string) => Promise<readonly object[]>, options: object) => Promise<Catalog>
  readonly diffFingerprints: (wanted: Catalog, found: Catalog) => { readonly details: readonly Difference[] }
}

if (files.length > 0)
  describe.skipIf(!hasPostgres)('Prisma Migrate and PostgreSQL', async () => {
    const { fingerprint } = (await import(`${shared}/acceptance/oracle/catalog-fingerprint.mjs`)) as Pick<Oracle, 'fingerprint'>
    const { diffFingerprints } = (await import(`${shared}/acceptance/oracle/catalog-diff.mjs`)) as Pick<Oracle, 'diffFingerprints'>
    const catalogOf = (client: pg.Client): Promise<Catalog> => fingerprint(async (sql) => (await client.query<object>(sql)).rows, {})

    test.each(files.filter((file) => !isSkipped(file)))('GEN-3 %s', async (file) => {
      const text = readFileSync(path.join(shared, file), 'utf8')
      const imported = await postgresSql.importer?.([{ file, text }])
      if (!imported) throw new Error('no importer')
      const { files: output, losses } = exportPrisma(imported.schema)
      const wanted = await withDatabase(text.replaceAll(/^\\(?:un)?restrict.*$/gm, ''), catalogOf)
      const { failed, found } = await withDatabase('SELECT', async (client) => ({
        failed: await makeWithPrisma(await databaseUrl(client), client, imported.schema, output[0]?.text ?? ''),
        found: await catalogOf(client),
      }))
      const sequences = { ...found.objects['sequence'], ...wanted.objects['sequence'] }
      const differences = realDifferences(diffFingerprints(wanted, found).details, sequences, losses)
      const { unexplained, unfounded } = judgeLosses(differences, losses, wanted.objects['index'])
      expect({ failed, unexplained, unfounded: unfounded.filter(isShown) }).toEqual({ failed: [], unexplained: [], unfounded: [] })
    })
  })
