import { expect, test } from 'vitest'
import type { Schema } from '#core/schema/index.ts'
import { names, outcomes, read, tableOf } from './testing.ts'

const strict = (sql: string) => read(sql, { strict: true })

test('IMP-1 taken strictly, a statement that fails undoes its transaction', async () => {
  const result = await strict(
    'CREATE TABLE a (x int);\nBEGIN;\nCREATE TABLE b (x int);\nALTER TABLE a ADD y int;\nCREATE TABLE oops x;\nCREATE TABLE c (x int);\nCOMMIT;\nCREATE TABLE d (x int);',
  )
  expect(names(result.schema.tables)).toEqual(['a', 'd'])
  expect(names(tableOf(result.schema, 'a').columns)).toEqual(['x'])
  expect(outcomes(result)).toEqual(['modelled', 'ignored', 'rejected', 'rejected', 'rejected', 'rejected', 'ignored', 'modelled'])
  expect(result.diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([
    ['transaction-rolled-back', 5],
    ['syntax-error', 5],
  ])
})

test('IMP-1 a transaction that works is kept, and not strictly every statement stands for itself', async () => {
  const sql = 'BEGIN; CREATE TABLE b (x int); ALTER TABLE nope ADD y int; COMMIT;'
  expect(names((await strict('BEGIN; CREATE TABLE b (x int); COMMIT;')).schema.tables)).toEqual(['b'])
  expect(names((await strict(sql)).schema.tables)).toEqual([])
  expect(names((await read(sql)).schema.tables)).toEqual(['b'])
})

test('IMP-1 ROLLBACK undoes, savepoints undo as far as they reach, and so does the end of the file', async () => {
  expect(names((await strict('BEGIN; CREATE TABLE a (x int); ROLLBACK; CREATE TABLE b (x int)')).schema.tables)).toEqual(['b'])
  expect(
    names(
      (
        await strict(
          'BEGIN; CREATE TABLE a (x int); SAVEPOINT s; CREATE TABLE b (x int); SELECT 1 1; ROLLBACK TO s; CREATE TABLE c (x int); COMMIT',
        )
      ).schema.tables,
    ),
  ).toEqual(['a', 'c'])
  const open = await strict('CREATE TABLE a (x int); BEGIN; CREATE TABLE b (x int);')
  expect(names(open.schema.tables)).toEqual(['a'])
  expect(open.diagnostics).toMatchObject([{ code: 'transaction-rolled-back', severity: 'info' }])
})

test('IMP-1 who speaks of what was undone fails too', async () => {
  const result =
    await strict(`BEGIN; CREATE SCHEMA s; CREATE TABLE s.t (x int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS ''; SELECT 1 1; CREATE TABLE later (x int); COMMIT;
    CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT x FROM s.t'; CREATE VIEW v AS SELECT * FROM later; CREATE TABLE u (x int); CREATE TRIGGER tr BEFORE INSERT ON u EXECUTE FUNCTION f(); CREATE TABLE later (x int)`)
  expect(names(result.schema.tables)).toEqual(['u', 'later'])
  expect(tableOf(result.schema, 'u').triggers).toEqual([])
  expect([result.schema.routines, result.schema.views]).toEqual([[], []])
})

test('IMP-1 the search path set in an undone transaction is undone', async () => {
  const { schema } = await strict('CREATE SCHEMA s; BEGIN; SET search_path = s; CREATE TABLE a (x int); ROLLBACK; CREATE TABLE b (x int)')
  expect(schema.tables.map(({ namespace, name }) => [namespace, name])).toEqual([['public', 'b']])
})

test('IMP-1 psql variables that the script sets have their value', async () => {
  const { schema, diagnostics } = await strict('\\set n \'my table\'\n\\set d 5\nCREATE TABLE :"n" (x int DEFAULT :d);')
  expect(diagnostics).toEqual([])
  expect(tableOf(schema, 'my table').columns[0]?.default).toBe('5')
})

const places = (schema: Schema) => schema.tables.map(({ namespace, name }) => `${namespace}.${name}`)

test('IMP-1 SET LOCAL ends with its transaction, ROLLBACK takes SET back, COMMIT keeps it', async () => {
  const sql = `CREATE SCHEMA app;
    BEGIN; SET LOCAL search_path = app; CREATE TABLE one (x int); COMMIT; CREATE TABLE two (x int);
    BEGIN; SET search_path = app; ROLLBACK; CREATE TABLE three (x int);
    BEGIN; SET search_path = app; SET LOCAL search_path = public; CREATE TABLE four (x int); COMMIT; CREATE TABLE five (x int);
    BEGIN; SELECT set_config('search_path', 'public', true); CREATE TABLE six (x int); END; CREATE TABLE seven (x int);
    DISCARD ALL; CREATE TABLE eight (x int);`
  const expected = ['app.one', 'public.two', 'public.three', 'public.four', 'app.five', 'public.six', 'app.seven', 'public.eight']
  for (const { schema, diagnostics } of [await strict(sql), await read(sql)]) {
    expect(places(schema)).toEqual(expected)
    expect(diagnostics).toEqual([])
  }
})

test('IMP-1 settings are as they were when a transaction is undone', async () => {
  const result = await strict(
    `CREATE SCHEMA app; BEGIN; SET LOCAL search_path = app; CREATE TABLE kept (x int); COMMIT;
     BEGIN; SET search_path = app; CREATE TABLE gone (x int); SAVEPOINT s; ALTER TABLE nope ADD y int; COMMIT;
     CREATE TABLE after (x int);
     BEGIN; SET search_path = app; SAVEPOINT s; SET search_path = public; SELECT 1 1; ROLLBACK TO s; CREATE TABLE back (x int); COMMIT;`,
  )
  expect(places(result.schema)).toEqual(['app.kept', 'public.after', 'app.back'])
})

test('IMP-1 SET LOCAL outside a transaction does nothing, and is told; not strictly the file is taken as one', async () => {
  const sql = 'CREATE SCHEMA app; SET LOCAL search_path = app; CREATE TABLE t (x int);'
  const result = await strict(sql)
  expect(places(result.schema)).toEqual(['public.t'])
  expect(result.diagnostics).toMatchObject([{ code: 'no-transaction', severity: 'warning', span: { line: 1 } }])
  expect(places((await read(sql)).schema)).toEqual(['app.t'])
})

test('IMP-1 the default tablespace and access method hold for what is made without one', async () => {
  const { schema } = await read(`
    SET default_tablespace = fast; SET default_table_access_method = columnar;
    CREATE TABLE a (id int PRIMARY KEY, x int UNIQUE USING INDEX TABLESPACE slow); CREATE INDEX ON a (x);
    CREATE TABLE b (x int) USING heap TABLESPACE pg_default;
    CREATE TABLE p (x int) PARTITION BY LIST (x);
    CREATE MATERIALIZED VIEW v AS SELECT 1 AS one;
    SET default_tablespace = ''; RESET default_table_access_method;
    CREATE TABLE c (x int); CREATE INDEX ON c (x);`)
  expect(schema.tables.map(({ name, tablespace, accessMethod }) => [name, tablespace, accessMethod])).toEqual([
    ['a', 'fast', 'columnar'],
    ['b', null, null],
    ['p', 'fast', null],
    ['c', null, null],
  ])
  expect(tableOf(schema, 'a').constraints).toMatchObject([{ tablespace: 'fast' }, { tablespace: 'slow' }])
  expect(schema.tables.flatMap(({ indexes }) => indexes.map(({ tablespace }) => tablespace))).toEqual(['fast', null])
  expect(schema.views).toMatchObject([{ tablespace: 'fast', accessMethod: 'columnar' }])
})
