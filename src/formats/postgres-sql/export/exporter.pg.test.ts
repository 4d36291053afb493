import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arbitrarySchema } from '#tests/support/arbitrary-schema.ts'
import type { Schema } from '#core/schema/index.ts'
import { exportPostgresSql } from './exporter.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
if (!url) process.stderr.write('exporter.pg.test.ts: skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')

let client: pg.Client
beforeAll(async () => {
  if (!url) return
  client = new pg.Client(url)
  await client.connect()
})
afterAll(() => (url ? client.end() : undefined))

/** Loads SQL in a transaction that is taken back, and tells what the catalogs then hold. */
async function namesAfter(sql: string, namespaces: readonly string[]): Promise<readonly string[]> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    const { rows } = await client.query<{ name: string }>(
      `WITH n AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = ANY ($1))
       SELECT 'relation ' || relkind::text || ' ' || nspname || ' ' || relname AS name FROM pg_class c JOIN n ON n.oid = relnamespace WHERE relkind IN ('r', 'v', 'm', 'S')
       UNION ALL SELECT 'column ' || nspname || ' ' || relname || ' ' || attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN n ON n.oid = relnamespace
         WHERE relkind = 'r' AND attnum > 0 AND atttypid < 16384
       UNION ALL SELECT 'constraint ' || nspname || ' ' || relname || ' ' || conname || ' ' || contype::text FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid JOIN n ON n.oid = relnamespace
       UNION ALL SELECT 'trigger ' || nspname || ' ' || relname || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid JOIN n ON n.oid = relnamespace WHERE NOT tgisinternal
       UNION ALL SELECT 'comment ' || description FROM pg_description WHERE objoid >= 16384`,
      [namespaces],
    )
    return rows.map(({ name }) => name).sort()
  } finally {
    await client.query('ROLLBACK')
  }
}

function namesOf(schema: Schema): readonly string[] {
  const relations = [
    ...schema.tables.map((table) => ['r', table] as const),
    ...schema.views.map((view) => [view.materialized ? 'm' : 'v', view] as const),
    ...schema.sequences.map((sequence) => ['S', sequence] as const),
    ...schema.tables.flatMap(({ namespace, columns }) =>
      columns.flatMap(({ identity }) => (identity ? [['S', { namespace, name: identity.sequenceName ?? '' }] as const] : [])),
    ),
  ]
  const kinds = { primaryKey: 'p', unique: 'u', foreignKey: 'f', check: 'c', exclusion: 'x' } as const
  const fire = { origin: 'O', disabled: 'D', replica: 'R', always: 'A' } as const
  const own = new Set([...schema.enums, ...schema.domains, ...schema.compositeTypes].map(({ name }) => name))
  return [
    ...relations.map(([kind, { namespace, name }]) => `relation ${kind} ${namespace} ${name}`),
    ...schema.tables.flatMap(({ namespace, name, columns, constraints, triggers }) => [
      ...columns
        .filter(({ type }) => /^[^".]+$|^"char"$/.test(type) && !own.has(type))
        .map((column) => `column ${namespace} ${name} ${column.name} ${column.type.replace(/(\[\])+$/, '[]')}`),
      ...constraints.map((constraint) => `constraint ${namespace} ${name} ${constraint.name} ${kinds[constraint.kind]}`),
      ...triggers.map((trigger) => `trigger ${namespace} ${name} ${trigger.name} ${fire[trigger.enabled]}`),
    ]),
    ...commentsIn(schema).map((comment) => `comment ${comment}`),
  ].sort()
}

/** Every comment anywhere in the model. */
function commentsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'comment' && typeof inner === 'string' ? [inner] : commentsIn(inner)))
}

test.skipIf(!url)('the order of the lists does not matter for loading', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const schema = arbitrarySchema(g)
      const shuffled = {
        ...schema,
        tables: g(() => fc.shuffledSubarray([...schema.tables], { minLength: schema.tables.length })),
        sequences: [...schema.sequences].reverse(),
        routines: [...schema.routines].reverse(),
        views: [...schema.views].reverse(),
        domains: [...schema.domains].reverse(),
      }
      const sql = exportPostgresSql(shuffled).files[0]?.text ?? ''
      const names = await namesAfter(sql, ['public', ...schema.namespaces.map(({ name }) => name)]).catch((error: Error) => {
        throw new Error(`${error.message}\n${sql}`)
      })
      expect(names).toEqual(namesOf(schema))
    }),
    { numRuns: Number(process.env['SCHEMAFLOW_TEST_RUNS'] ?? 60), endOnFailure: true },
  )
})

test.skipIf(!url)('any schema loads in PostgreSQL, with every name, type and comment in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const schema = arbitrarySchema(g)
      const sql = exportPostgresSql(schema).files[0]?.text ?? ''
      const names = await namesAfter(sql, ['public', ...schema.namespaces.map(({ name }) => name)]).catch((error: Error) => {
        throw new Error(`${error.message}\n${sql}`)
      })
      expect(names).toEqual(namesOf(schema))
    }),
    { numRuns: Number(process.env['SCHEMAFLOW_TEST_RUNS'] ?? 60), endOnFailure: true },
  )
})
