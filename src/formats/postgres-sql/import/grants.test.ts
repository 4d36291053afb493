import { expect, test } from 'vitest'
import type { Schema } from '#core/schema/index.ts'
import { read } from './testing.ts'

const privileges = async (sql: string): Promise<Schema['privileges']> => {
  const { schema, diagnostics } = await read(sql, { privileges: true })
  expect(diagnostics).toEqual([])
  return schema.privileges
}
const on = (list: Schema['privileges']) =>
  list.map(({ objects }) =>
    objects.map(({ namespace, name, arguments: types }) => [namespace, name, types].filter((part) => part !== null).join('.')),
  )

test('IMP-1 privileges are kept when asked for, else counted as ignored', async () => {
  const sql = 'CREATE TABLE t (a int); GRANT SELECT ON t TO r'
  expect((await read(sql)).schema.privileges).toEqual([])
  expect((await read(sql)).statements[1]?.outcome).toBe('ignored')
  expect(await privileges(sql)).toMatchObject([{ kind: 'grant', on: 'table', privileges: [{ name: 'SELECT', columns: [] }], roles: ['r'] }])
})

test('IMP-1 every part of GRANT and REVOKE is kept', async () => {
  const list =
    await privileges(`CREATE TABLE t (a int, "B" int); CREATE SCHEMA s; CREATE FUNCTION s.f(int, OUT x text) LANGUAGE sql AS 'select 1';
    GRANT SELECT (a, "B"), UPDATE ON t TO "Some One", public, CURRENT_USER WITH GRANT OPTION GRANTED BY boss;
    REVOKE GRANT OPTION FOR ALL PRIVILEGES ON TABLE t FROM x CASCADE; GRANT EXECUTE ON FUNCTION s.f(IN int, OUT text) TO r; GRANT ALL ON SCHEMA s TO r;
    GRANT USAGE ON LANGUAGE plpgsql TO r; GRANT USAGE ON FOREIGN SERVER srv TO r; GRANT CONNECT ON DATABASE d TO r; GRANT SET ON PARAMETER my.param TO r; GRANT SELECT ON LARGE OBJECT 12 TO r`)
  expect(list).toMatchObject([
    {
      privileges: [{ name: 'SELECT', columns: ['a', 'B'] }, { name: 'UPDATE' }],
      grantOption: true,
      roles: ['Some One', 'public', 'current_user'],
      grantedBy: 'boss',
    },
    { kind: 'revoke', privileges: [], grantOption: true, roles: ['x'], cascade: true },
    { on: 'function' },
    { on: 'namespace' },
    { on: 'language' },
    { on: 'foreignServer' },
    { on: 'database' },
    { on: 'parameter' },
    { on: 'largeObject' },
  ])
  expect(on(list)).toEqual([['public.t'], ['public.t'], ['s.f.integer'], ['s'], ['plpgsql'], ['srv'], ['d'], ['my.param'], ['12']])
})

test('IMP-1 privileges follow renames and go with what they are on', async () => {
  const list =
    await privileges(`CREATE TABLE t (a int); CREATE TABLE gone (a int); CREATE TYPE m AS ENUM ('a'); CREATE FUNCTION f(m) RETURNS int LANGUAGE sql AS 'select 1'; CREATE SCHEMA s;
    GRANT SELECT ON t, gone TO r; GRANT SELECT ON gone TO r; GRANT USAGE ON TYPE m TO r; GRANT EXECUTE ON FUNCTION f TO r; GRANT USAGE ON SCHEMA s TO r;
    ALTER TABLE t SET SCHEMA s; ALTER TABLE s.t RENAME TO u; DROP TABLE gone; CREATE TABLE gone (a int); ALTER TYPE m RENAME TO n; ALTER FUNCTION f RENAME TO g; ALTER SCHEMA s RENAME TO z`)
  expect(on(list)).toEqual([['z.u'], ['public.n'], ['public.g.n'], ['z']])
})

test('IMP-1 ALL TABLES IN SCHEMA means those that are there now', async () => {
  const list =
    await privileges(`CREATE SCHEMA s; CREATE TABLE s.a (id serial, n int GENERATED ALWAYS AS IDENTITY); CREATE VIEW s.v AS SELECT 1;
    GRANT SELECT ON ALL TABLES IN SCHEMA s TO r; GRANT USAGE ON ALL SEQUENCES IN SCHEMA s TO r; CREATE TABLE s.b (x int); GRANT SELECT ON ALL TABLES IN SCHEMA elsewhere TO r`)
  expect(on(list)).toEqual([['s.a', 's.v'], ['s.a_id_seq', 's.a_n_seq'], ['elsewhere']])
  expect(list.map(({ allIn }) => allIn)).toEqual([false, false, true])
})

test('IMP-1 default privileges are kept, and what they gave to objects made later', async () => {
  const list = await privileges(`CREATE SCHEMA s; CREATE TABLE before (x int);
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO r; ALTER DEFAULT PRIVILEGES FOR ROLE boss IN SCHEMA s REVOKE ALL ON FUNCTIONS FROM PUBLIC;
    CREATE TABLE after (x int); CREATE TABLE s.other (x int)`)
  expect(list).toMatchObject([
    { defaults: { roles: [], namespaces: ['public'] }, on: 'table', objects: [] },
    { defaults: null, on: 'table', objects: [{ name: 'after' }], roles: ['r'] },
    { kind: 'revoke', defaults: { roles: ['boss'], namespaces: ['s'] }, on: 'function', roles: ['public'] },
  ])
})
