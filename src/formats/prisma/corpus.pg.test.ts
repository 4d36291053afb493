import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Schema } from '#core/schema/index.ts'
import { connect } from '#database/connect/connect.ts'
import { introspect } from '#database/introspect/introspect.ts'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import { judgePrisma, type Findings, type Judged } from '#tests/support/prisma-differences.ts'
import { databaseUrl, formatPrisma, hasPostgres, validatePrisma, withDatabase } from '#tests/support/tools.ts'
import { exportPrisma } from './exporter.ts'

// Real schemas, loaded into PostgreSQL as they are, beside what we write of them: Prisma's engine sees no difference that the report does not
// explain, and the report says nothing that is not so. `SCHEMAFLOW_CORPUS=all` takes every file, else a few.

const shared = path.resolve(import.meta.dirname, '../../../../shared')
const few = ['rich.sql', 'types.sql', 'pagila.sql', 'hatchet-v1.sql', 'danbooru.sql']
const isWanted = (file: string): boolean => process.env['SCHEMAFLOW_CORPUS'] === 'all' || few.includes(path.basename(file))
const files = existsSync(shared)
  ? ['corpus/postgres-dump', 'corpus/postgres-hand', 'acceptance/import-cases', 'reference/files']
      .flatMap((folder) => readdirSync(path.join(shared, folder)).map((file) => path.join(folder, file)))
      .filter((file) => file.endsWith('.sql') && isWanted(file))
  : []

// Registered only where they are at hand: the project stands without them.
if (files.length > 0)
  describe.skipIf(!hasPostgres)('Prisma on real schemas', () => {
    const expected = JSON.parse(readFileSync(path.join(shared, 'corpus/expected.json'), 'utf8')) as Preambles

    test.each(files)('GEN-3 %s: Prisma sees what the database has, but for the losses', async (file) => {
      const source = readFileSync(path.join(shared, file), 'utf8')
      const imported = await postgresSql.importer?.([{ file, text: source }])
      if (!imported) throw new Error('no importer')
      await withDatabase('SELECT', async (client) => {
        const url = await databaseUrl(client)
        load(url, [expected[file.replace('corpus/', '')]?.preamble ?? []].flat().join('\n'))
        const isPartial = load(url, withoutTransactions(source)) > 0
        expect(await judge(imported.schema, { client, url, isPartial })).toEqual(perfect)
        // And as the database itself tells it: then nothing is left out of account.
        expect(await judge(await introspected(url), { client, url, isPartial: false })).toEqual(perfect)
      })
    })
  })

const perfect: Findings = { unexplained: [], unseen: [], missing: [], untrue: [] }

async function judge(schema: Schema, beside: Pick<Judged, 'client' | 'url' | 'isPartial'>): Promise<Findings> {
  const { files: output, losses } = exportPrisma(schema)
  const text = output[0]?.text ?? ''
  validatePrisma(text)
  expect(formatPrisma(text)).toBe(text)
  return judgePrisma({ schema, text, losses, ...beside })
}

async function introspected(url: string): Promise<Schema> {
  const connection = await connect(url)
  try {
    return (await introspect(connection)).schema
  } finally {
    await connection.close()
  }
}

type Preambles = Readonly<Record<string, { readonly preamble?: string | readonly string[] }>>

/** One refused statement must not undo the others. */
const withoutTransactions = (sql: string): string => sql.replaceAll(/^(?:begin|commit);$/gim, '')

/** Loads what PostgreSQL takes, with psql. How many statements it has refused. */
function load(url: string, sql: string): number {
  const { stderr } = spawnSync('psql', ['-X', '-q', '-v', 'VERBOSITY=terse', '-d', url, '-f', '-'], {
    input: sql,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PGOPTIONS: '-c client_min_messages=error' },
  })
  return stderr.split('\n').filter((line) => /ERROR:|FATAL:|error:/.test(line)).length
}
