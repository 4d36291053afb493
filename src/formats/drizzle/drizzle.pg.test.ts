import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import type pg from 'pg'
import { describe, expect, test } from 'vitest'
import type { Schema } from '#core/schema/index.ts'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import { arbitrarySchema } from '#tests/support/arbitrary-schema.ts'
import { drizzleSql, hasPostgres, withDatabase } from '#tests/support/tools.ts'
import { exportDrizzle } from './exporter.ts'

// What PostgreSQL makes of what drizzle-kit makes of our code, beside what it makes of the schema itself: every difference is in the losses.

const shared = path.resolve(import.meta.dirname, '../../../../shared')
const files = [
  'reference/files/rich.sql',
  'reference/files/types.sql',
  'corpus/postgres-dump/pagila.sql',
  'corpus/postgres-dump/guacamole.sql',
]
const present = files.map((file) => `${shared}/${file}`).filter((file) => existsSync(file))
if (!hasPostgres) process.stderr.write('SKIPPED: Drizzle against PostgreSQL, because SCHEMAFLOW_TEST_PG is not set\n')
if (present.length === 0) process.stderr.write(`SKIPPED: Drizzle on real schemas, because ${shared} is not there\n`)

describe.skipIf(!hasPostgres)('drizzle-kit and PostgreSQL', () => {
  test.each(present)('GEN-2 %s gives the same catalog, but for the losses', async (file) => {
    const imported = await postgresSql.importer?.([{ file, text: readFileSync(file, 'utf8') }])
    if (!imported) throw new Error('no importer')
    await expectSameCatalog(imported.schema)
  })

  test('GEN-2 any schema gives code that compiles and SQL that loads, whatever the names', async () => {
    for (const schema of fc.sample(fc.gen().map(arbitrarySchema), { numRuns: 3, seed: 7 })) {
      const code = exportDrizzle(schema).files[0]?.text ?? ''
      await withDatabase(loadable(schema, code, drizzleSql(code)), async () => undefined)
    }
  })
})

async function expectSameCatalog(schema: Schema): Promise<void> {
  const { files: output, losses } = exportDrizzle(schema)
  const code = output[0]?.text ?? ''
  const wanted = await withDatabase(postgresSql.exporter?.(schema).files[0]?.text ?? '', catalog)
  const found = await withDatabase(loadable(schema, code, drizzleSql(code)), catalog)
  const lost = new Set(losses.filter(({ code: kind }) => kind !== 'comment').map(({ object }) => object))
  const whole = losses.filter(({ code: kind }) => kind === 'partition' || kind === 'foreign-table').map(({ object }) => `${object}.`)
  const parted = losses.filter(({ code: kind }) => kind === 'partitioning').map(({ object }) => `${object}.`)
  const isLost = (key: string): boolean => lost.has(key) || [...whole, ...parted].some((path) => `${key}.`.startsWith(path))
  const differences = [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((key) => wanted.get(key) !== found.get(key) && !isLost(key))
    .map((key) => ({ key, wanted: wanted.get(key), found: found.get(key) }))
  expect(differences).toEqual([])
  expect(found.size).toBeGreaterThan(0)
}

/** drizzle-kit's SQL with what the code's head says must be there first: after namespaces and enums, before the tables. */
function loadable(schema: Schema, code: string, sql: string): string {
  const head = code.split('\n// drizzle-kit does not create')[1]?.split('\n\n')[0] ?? ''
  const prerequisites = head
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^\/\/ ?/, ''))
  const namespaces = [...schema.domains, ...schema.compositeTypes].map(
    ({ namespace }) => `CREATE SCHEMA IF NOT EXISTS "${namespace.replaceAll('"', '""')}";`,
  )
  const statements = sql.split(/;\n(?=\n?(?:CREATE|ALTER) )/).map(
    (one) =>
      `${one
        .trim()
        .replace(/;$/, '')
        .replace(/^CREATE SCHEMA "/, 'CREATE SCHEMA IF NOT EXISTS "')};`,
  )
  const isEarly = (one: string): boolean => /^CREATE (?:SCHEMA|TYPE|SEQUENCE)/.test(one)
  return [...namespaces, ...statements.filter(isEarly), ...prerequisites, ...statements.filter((one) => !isEarly(one) && one !== ';')].join(
    '\n',
  )
}

const ours = `n.nspname !~ '^(pg_|information_schema)' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`
const queries = [
  `SELECT n.nspname || '.' || c.relname || '.' || a.attname AS key,
     concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated) AS value
   FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
   WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND ${ours}`,
  `SELECT n.nspname || '.' || c.relname || '.' || o.conname AS key, pg_get_constraintdef(o.oid) AS value
   FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE o.contype <> 't' AND c.relkind IN ('r', 'p') AND ${ours}`,
  `SELECT n.nspname || '.' || c.relname || '.' || x.relname AS key, pg_get_indexdef(x.oid) AS value
   FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = x.oid AND o.contype IN ('p', 'u', 'x')) AND ${ours}`,
  `SELECT n.nspname || '.' || t.typname AS key, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) AS value
   FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace GROUP BY 1`,
  `SELECT n.nspname || '.' || c.relname || '.' || p.polname AS key, concat_ws(' ', p.polcmd, p.polpermissive, pg_get_expr(p.polqual, c.oid)) AS value
   FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours}`,
]

async function catalog(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  await client.query('SET search_path = public')
  const found = new Map<string, string>()
  for (const query of queries)
    for (const row of (await client.query<{ key: string; value: string }>(query)).rows) found.set(row.key, row.value)
  return found
}
