import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import type pg from 'pg'
import { describe, expect, test } from 'vitest'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import { arbitrarySchema } from '#tests/support/arbitrary-schema.ts'
import { brokenRelations } from '#tests/support/drizzle-relations.ts'
import { loadableSql } from '#tests/support/drizzle-sql.ts'
import { judgeLosses, type Difference } from '#tests/support/loss-judge.ts'
import { drizzleSql, hasPostgres, withDatabase } from '#tests/support/tools.ts'
import { exportDrizzle } from './exporter.ts'

// What PostgreSQL makes of what drizzle-kit makes of our code, beside what it makes of the schema itself: every difference is in the losses.

if (!hasPostgres) process.stderr.write('SKIPPED: Drizzle against PostgreSQL, because SCHEMAFLOW_TEST_PG is not set\n')
const fixtures = [
  path.resolve(import.meta.dirname, 'fixtures/everything.sql'),
  path.resolve(import.meta.dirname, '../postgres-sql/export/fixtures/kitchen-sink.sql'),
]

describe.skipIf(!hasPostgres)('drizzle-kit and PostgreSQL', () => {
  test.each(fixtures)('GEN-2 %s gives the same catalog, but for the losses', async (file) => {
    const text = readFileSync(file, 'utf8')
    const imported = await postgresSql.importer?.([{ file, text }])
    if (!imported) throw new Error('no importer')
    const { files, losses } = exportDrizzle(imported.schema)
    const code = files[0]?.text ?? ''
    const wanted = await withDatabase(text, factsIn)
    const found = await withDatabase(loadableSql(code, drizzleSql(code)), factsIn)
    expect(judgeLosses(differences(wanted, found), losses, indexesIn(wanted)).unexplained).toEqual([])
    expect(found.size).toBeGreaterThan(50)
    const { count, broken } = await brokenRelations(code)
    expect(broken).toEqual([])
    expect(count).toBeGreaterThan(1)
  })

  test('GEN-2 any schema gives code that compiles and SQL that loads, whatever the names', async () => {
    for (const schema of fc.sample(fc.gen().map(arbitrarySchema), { numRuns: 3, seed: 7 })) {
      const code = exportDrizzle(schema).files[0]?.text ?? ''
      await withDatabase(loadableSql(code, drizzleSql(code)), async () => undefined)
    }
  })
})

interface Fact {
  readonly kind: string
  readonly id: string
  readonly facts: Readonly<Record<string, unknown>>
}
type Facts = ReadonlyMap<string, Fact>

const ours = `n.nspname !~ '^(pg_|information_schema)' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`
const relation = "format('%I.%I', n.nspname, c.relname)"
const from = 'JOIN pg_namespace n ON n.oid = c.relnamespace'
const queries = [
  `SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materializedView' ELSE 'table' END AS kind, ${relation} AS id,
     json_build_object('kind', nullif(c.relkind::text, 'r'), 'rowSecurity', c.relrowsecurity, 'persistence', c.relpersistence, 'comment', obj_description(c.oid, 'pg_class'),
       'definition', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
       'columns', (SELECT array_agg(attname ORDER BY attnum) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)) AS facts
   FROM pg_class c ${from} WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ours}`,
  `SELECT 'column' AS kind, ${relation} || format('.%I', a.attname) AS id, json_build_object('type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
     'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END, 'generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
     'identity', a.attidentity, 'collation', a.attcollation::regcollation, 'comment', col_description(c.oid, a.attnum)) AS facts
   FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid ${from} LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
   WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND ${ours}`,
  `SELECT 'constraint' AS kind, ${relation} || format('.%I', o.conname) AS id,
     json_build_object('definition', pg_get_constraintdef(o.oid), 'comment', obj_description(o.oid, 'pg_constraint')) AS facts
   FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid ${from} WHERE o.contype IN ('c', 'f', 'p', 'u', 'x') AND o.conparentid = 0 AND ${ours}`,
  `SELECT 'index' AS kind, format('%I.%I', n.nspname, x.relname) AS id,
     json_build_object('definition', pg_get_indexdef(x.oid), 'comment', obj_description(x.oid, 'pg_class')) AS facts
   FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid ${from} WHERE ${ours}`,
  `SELECT 'enum' AS kind, format('%I.%I', n.nspname, t.typname) AS id, json_build_object('labels', array_agg(e.enumlabel ORDER BY e.enumsortorder)) AS facts
   FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace GROUP BY n.nspname, t.typname`,
  `SELECT 'sequence' AS kind, ${relation} AS id, json_build_object('type', format_type(s.seqtypid, NULL), 'start', s.seqstart, 'increment', s.seqincrement, 'min', s.seqmin,
     'max', s.seqmax, 'cache', s.seqcache, 'cycle', s.seqcycle) AS facts
   FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid ${from} WHERE ${ours}`,
  `SELECT 'policy' AS kind, ${relation} || format('.%I', p.polname) AS id, json_build_object('command', p.polcmd, 'permissive', p.polpermissive, 'roles', p.polroles::regrole[]::text[],
     'using', pg_get_expr(p.polqual, c.oid), 'check', pg_get_expr(p.polwithcheck, c.oid), 'comment', obj_description(p.oid, 'pg_policy')) AS facts
   FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid ${from} WHERE ${ours}`,
]

async function factsIn(client: pg.Client): Promise<Facts> {
  await client.query(`SET search_path = ''`)
  const found = new Map<string, Fact>()
  for (const query of queries) for (const fact of (await client.query<Fact>(query)).rows) found.set(`${fact.kind} ${fact.id}`, fact)
  return found
}

const indexesIn = (facts: Facts): Readonly<Record<string, { readonly definition: string }>> =>
  Object.fromEntries(
    [...facts.values()].filter(({ kind }) => kind === 'index').map((one) => [one.id, { definition: String(one.facts['definition']) }]),
  )

function differences(wanted: Facts, found: Facts): readonly Difference[] {
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((key): readonly Difference[] => {
    const [expected, actual] = [wanted.get(key), found.get(key)]
    if (expected && !actual) return [{ change: 'missing', kind: expected.kind, id: expected.id, expected: expected.facts }]
    if (actual && !expected) return [{ change: 'extra', kind: actual.kind, id: actual.id, actual: actual.facts }]
    if (!expected || !actual) return []
    const changed = Object.keys(expected.facts).filter(
      (name) => JSON.stringify(expected.facts[name]) !== JSON.stringify(actual.facts[name]),
    )
    const attributes = Object.fromEntries(changed.map((name) => [name, { expected: expected.facts[name], actual: actual.facts[name] }]))
    return changed.length === 0 ? [] : [{ change: 'changed', kind: expected.kind, id: expected.id, attributes }]
  })
}
