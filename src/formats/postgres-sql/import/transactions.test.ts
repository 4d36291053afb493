import { expect, test } from 'vitest'
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
