import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import { arbitrarySchema } from '#tests/support/arbitrary-schema.ts'
import { judgePrisma } from '#tests/support/prisma-differences.ts'
import { prismaSql } from '#tests/support/prisma-engine.ts'
import { databaseUrl, formatPrisma, hasPostgres, validatePrisma, withDatabase } from '#tests/support/tools.ts'
import { exportPrisma } from './exporter.ts'

if (!hasPostgres) process.stderr.write('SKIPPED: Prisma against PostgreSQL, because SCHEMAFLOW_TEST_PG is not set\n')

describe.skipIf(!hasPostgres)("Prisma's engine and PostgreSQL", () => {
  test('GEN-3 everything that Prisma has a word for is in the output, all the rest in the report, and nothing of that is untrue', async () => {
    const file = path.join(import.meta.dirname, 'fixtures/kitchen-sink.sql')
    const sql = readFileSync(file, 'utf8')
    const imported = await postgresSql.importer?.([{ file, text: sql }])
    if (!imported) throw new Error('no importer')
    const { schema } = imported
    const { files, losses } = exportPrisma(schema)
    const text = files[0]?.text ?? ''
    validatePrisma(text)
    expect(formatPrisma(text)).toBe(text)
    const found = await withDatabase(sql, async (client) =>
      judgePrisma({ schema, text, losses, client, url: await databaseUrl(client), isPartial: false }),
    )
    expect(found).toEqual({ unexplained: [], unseen: [], missing: [], untrue: [] })
    // What only a server can print, and no more than that.
    expect(losses.filter(({ code }) => code === 'expression-text').map(({ object }) => object.split('.').slice(1).join('.'))).toEqual([
      'defaults.far',
      'defaults.code',
      'defaults.cas',
      'defaults.cv',
    ])
  })

  test("GEN-3 Prisma's engine writes SQL for any schema, whatever the names", async () => {
    const url = process.env['SCHEMAFLOW_TEST_PG'] ?? ''
    for (const schema of fc.sample(fc.gen().map(arbitrarySchema), { numRuns: 5, seed: 11 })) {
      const sql = await prismaSql(url, exportPrisma(schema).files[0]?.text ?? '')
      for (const { name } of schema.tables.filter((table) => !table.partitionOf && !table.foreign))
        expect(sql).toContain(`"${name.replaceAll('"', '""')}" (`)
    }
  })
})
