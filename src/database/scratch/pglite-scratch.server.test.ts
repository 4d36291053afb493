import { afterAll, beforeAll, expect, test } from 'vitest'
import { DatabaseError } from '../connection.ts'
import { openScratch } from './open-scratch.ts'
import { ScratchLost } from './scratch-lost.ts'
import type { Scratch } from './types.ts'

// Requirement: S0 3.1 and issue 3, "Truth from PostgreSQL": scratch databases.

let scratch: Scratch
beforeAll(async () => {
  scratch = await openScratch({})
})
afterAll(() => scratch.close())

const failure = (work: Promise<unknown>): Promise<DatabaseError> =>
  work.then(
    () => expect.fail('it should have failed'),
    (error: DatabaseError) => error,
  )

test('values come as from every other connection', async () => {
  const [row] = await scratch.connection.query(
    `SELECT 1 AS small, 9007199254740993::int8 AS large, ARRAY['a b', 'c'] AS texts, '{"a":1}'::jsonb AS json, NULL AS nothing, true AS yes, $1::text AS given`,
    ['x'],
  )
  expect(row).toEqual({ small: 1, large: '9007199254740993', texts: ['a b', 'c'], json: { a: 1 }, nothing: null, yes: true, given: 'x' })
})

test('an error carries its code and its place', async () => {
  const error = await failure(scratch.connection.exec(`SELECT '🐘', nothing`))
  expect(error).toBeInstanceOf(DatabaseError)
  expect({ code: error.code, position: error.position }).toEqual({ code: '42703', position: 13 })
})

test('many statements run each by itself', async () => {
  const results = await scratch.run(['CREATE TABLE r (a int)', 'CREATE TABLE r (a int)', 'BEGIN', 'INSERT INTO r VALUES (1)', 'oops'])
  expect(results.map((error) => error?.code ?? null)).toEqual([null, '42P07', null, null, '42601'])
  expect(await scratch.connection.query('SELECT a FROM r')).toEqual([{ a: 1 }])
})

test('extensions that PGlite ships are there', async () => {
  const names = ['citext', 'hstore', 'ltree', 'pg_trgm', 'uuid-ossp', 'pgcrypto', 'btree_gist', 'unaccent']
  expect(await scratch.run(names.map((name) => `CREATE EXTENSION "${name}"`))).toEqual(names.map(() => null))
})

test('emptied, nothing is left of what can be made', async () => {
  const made = [
    'CREATE SCHEMA "odd ""name"',
    'CREATE TABLE "odd ""name".t (id int PRIMARY KEY)',
    `CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'`,
    'CREATE ROLE somebody',
    'ALTER TABLE "odd ""name".t OWNER TO somebody',
    'CREATE TYPE pair AS (a int, b int)',
    `CREATE FUNCTION to_pair(text) RETURNS pair LANGUAGE sql AS 'SELECT 1, 2'`,
    'CREATE CAST (text AS pair) WITH FUNCTION to_pair(text)',
    'CREATE PUBLICATION p FOR ALL TABLES',
    'CREATE FOREIGN DATA WRAPPER w',
    'CREATE SERVER s FOREIGN DATA WRAPPER w',
    'CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler',
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = nowhere', current_database()); END $$`,
    'CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION f()',
    'SET ROLE somebody',
  ]
  expect(await scratch.run(made)).toEqual(made.map(() => null))
  await scratch.reset()
  const again = await scratch.run(made)
  expect(again).toEqual(made.map(() => null))
  await scratch.reset()
  expect(await scratch.connection.query('SELECT oid::regclass FROM pg_class WHERE oid >= 16384')).toEqual([])
  expect(await scratch.connection.query('SHOW search_path')).toEqual([{ search_path: 'public' }])
})

test('what emptying does not know of makes it open anew', async () => {
  const changed = [
    'COMMENT ON FUNCTION pg_catalog.now() IS $$changed$$',
    'DROP EXTENSION plpgsql',
    'DROP SCHEMA information_schema CASCADE',
  ]
  expect(await scratch.run(changed)).toEqual([null, null, null])
  await scratch.reset()
  const [row] = await scratch.connection.query(
    `SELECT obj_description('pg_catalog.now()'::regprocedure) AS said, (SELECT count(*) FROM pg_extension) AS extensions, to_regclass('information_schema.tables')::text AS view`,
  )
  expect(row).toEqual({ said: 'current transaction time', extensions: '1', view: 'information_schema.tables' })
})

test('a statement that does not end is stopped, and the next call works', async () => {
  const impatient = await openScratch({ statementTimeout: 1500 })
  const lost = await failure(impatient.run(['CREATE TABLE kept (a int)', 'DO $$ BEGIN LOOP NULL; END LOOP; END $$', 'SELECT 1']))
  expect(lost).toBeInstanceOf(ScratchLost)
  expect(lost).toMatchObject({ code: '57014', done: 1, timedOut: true })
  expect(await impatient.connection.query(`SELECT to_regclass('kept') AS kept`)).toEqual([{ kept: null }])
  await impatient.close()
})

test('statements reach neither files nor programs of this machine', async () => {
  const [program, file] = await scratch.run([
    `DO $$ BEGIN COPY (SELECT 1) TO PROGRAM 'true'; END $$`,
    `SELECT pg_read_file('${import.meta.filename}')`,
  ])
  expect([program?.code, file?.message]).toEqual(['0A000', expect.stringContaining('No such file')])
  const hidden = `DO $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PRO' || 'GRAM ''true'''; END $$`
  expect(await failure(scratch.run([hidden]))).toBeInstanceOf(ScratchLost)
  expect(await scratch.run(['SELECT 1'])).toEqual([null])
})

test('closed, it says so', async () => {
  const other = await openScratch({})
  await other.close()
  await other.close()
  expect((await failure(other.connection.exec('SELECT 1'))).message).toMatch(/closed/)
  expect((await failure(other.run(['SELECT 1']))).message).toMatch(/closed/)
})
