import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Schema, Table } from '#core/schema/index.ts'
import { connect } from '#database/connect/connect.ts'
import { introspect } from '#database/introspect/introspect.ts'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import { judgePrisma, type Findings, type Judged } from '#tests/support/prisma-differences.ts'
import { prismaIntrospect } from '#tests/support/prisma-engine.ts'
import { modelsOf } from '#tests/support/prisma-models.ts'
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
        const schema = await introspected(url)
        expect(await judge(schema, { client, url, isPartial: false })).toEqual(perfect)
        expect(await besidePrismas(schema, url)).toEqual([])
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

/**
 * Where our models say something else than those of Prisma's own introspection. It has no tables for implicit many-to-many relations, takes
 * INCLUDE for key columns and generated columns for defaults; and it may make a datamodel that Prisma itself does not accept.
 */
async function besidePrismas(schema: Schema, url: string): Promise<readonly string[]> {
  const text = exportPrisma(schema).files[0]?.text ?? ''
  const head = text.slice(0, text.indexOf('\n}\n', text.indexOf('datasource db')) + 3)
  const ours = modelsOf(text)
  const theirs = modelsOf((await prismaIntrospect(url, head)).datamodel)
  if (!ours) throw new Error('Prisma does not accept our models')
  if (!theirs) return []
  const isPlain = ({ namespace, name, columns }: Table): boolean =>
    !(name.startsWith('_') && columns.length === 2) && theirs.has(`${namespace}.${name}`)
  return schema.tables.filter(isPlain).flatMap((table) => {
    const path = `${table.namespace}.${table.name}`
    const hidden = table.columns.filter(({ generated }) => generated).map(({ name }) => `${name} `)
    const isKnown = (line: string): boolean => hidden.some((start) => line.startsWith(start))
    const [mine, its] = [ours.get(path) ?? [], theirs.get(path) ?? []].map((lines) => lines.filter((line) => !isKnown(line)))
    return [
      ...(mine ?? []).filter((line) => its?.includes(line) !== true).map((line) => `ours: ${path} ${line}`),
      ...(its ?? []).filter((line) => mine?.includes(line) !== true).map((line) => `theirs: ${path} ${line}`),
    ]
  })
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
