import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Schema } from '#core/schema/index.ts'
import { exportJson } from '../../json/exporter.ts'
import { importJson } from '../../json/importer.ts'
import { importer } from '../import/importer.ts'
import { exportPostgresSql } from './exporter.ts'

const kitchenSink = readFileSync(new URL('fixtures/kitchen-sink.sql', import.meta.url), 'utf8')
const read = (text: string) => importer([{ file: 'a.sql', text }])
const sqlOf = (schema: Schema): string => exportPostgresSql(schema).files[0]?.text ?? ''

/** Verbatim statements stand elsewhere afterwards; all else stays as it is. */
const unplaced = (schema: Schema): Schema => ({
  ...schema,
  opaque: schema.opaque.map((opaque) => ({ ...opaque, position: { statement: 0, line: 0 } })),
})

test('everything a dump can hold goes from JSON to SQL and back to the same JSON', async () => {
  const { schema, diagnostics } = await read(kitchenSink)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const json = exportJson(unplaced(schema)).files[0]?.text ?? ''
  const fromJson = (await importJson([{ file: 'a.json', text: json }])).schema
  const again = await read(sqlOf(fromJson))
  expect(again.diagnostics).toEqual([])
  expect(exportJson(unplaced(again.schema)).files[0]?.text).toEqual(json)
})

test('SQL that was written is written the same again', async () => {
  const first = sqlOf((await read(kitchenSink)).schema)
  expect(sqlOf((await read(first)).schema)).toBe(first)
})

test('copies of indexes on partitions are left to PostgreSQL, unless they have names of their own', async () => {
  const source = `CREATE TABLE e (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
    CREATE TABLE e_1 PARTITION OF e FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE INDEX e_at ON e (at);`
  const plain = sqlOf((await read(source)).schema)
  expect(plain).toContain('CREATE INDEX e_at ON e (at);')
  expect(plain).not.toContain('e_1_at_idx')
  const named = sqlOf((await read(`${source} ALTER INDEX e_1_at_idx RENAME TO mine;`)).schema)
  expect(named).toContain('CREATE INDEX e_at ON ONLY e (at);')
  expect(named).toContain('ALTER INDEX e_at ATTACH PARTITION mine;')
})

test('tables and functions that need each other come in an order that loads', async () => {
  const source = `CREATE TABLE t (id int);
    CREATE FUNCTION f(t) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
    ALTER TABLE t ADD CHECK (f(t) > 0), ALTER id SET DEFAULT f(NULL);`
  const sql = sqlOf((await read(source)).schema)
  const places = ['CREATE TABLE t', 'CREATE FUNCTION f', 'ADD CONSTRAINT t_check CHECK'].map((text) => sql.indexOf(text))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(sql.indexOf('SET DEFAULT f(NULL)')).toBeGreaterThan(sql.indexOf('CREATE FUNCTION f'))
})

test('texts are read under the search path they were written under', async () => {
  const sql = sqlOf(
    (
      await read(
        'CREATE SCHEMA s; SET search_path = s; CREATE TABLE a (id int); CREATE VIEW v AS SELECT id FROM a; RESET search_path; CREATE TABLE b ();',
      )
    ).schema,
  )
  expect(sql).toMatch(/SET search_path = s;\n[^]*CREATE VIEW s\.v AS\n {2}SELECT id FROM a;\n\nRESET search_path;\n/)
  expect(sql.indexOf('CREATE TABLE b ()')).toBeGreaterThan(-1)
})
