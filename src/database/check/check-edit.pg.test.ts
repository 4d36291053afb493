import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Schema } from '#core/schema/index.ts'
import { format } from '#formats/postgres-sql/index.ts'
import { connect } from '../connect/connect.ts'
import { DatabaseError, type Connection } from '../connection.ts'
import { ScratchLost } from '../scratch/scratch-lost.ts'
import { checkEdit } from './check-edit.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
if (!url) process.stderr.write('check-edit.pg.test.ts: skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')
const DATABASE = `schemaflow_check_${process.pid}`

const SHOP = `
  CREATE TYPE mood AS ENUM ('sad', 'ok');
  CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, mood mood, CHECK (email <> ''));
  CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users (id), total numeric CHECK (total > 0));
  CREATE VIEW big AS SELECT id, total FROM orders WHERE total > 100;
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.email := lower(NEW.email); RETURN NEW; END $$;
  CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch();
  CREATE INDEX orders_total ON orders (total) WHERE total > 5;`

let admin: Connection
let connection: Connection
let shop: Schema
beforeAll(async () => {
  if (!url) return
  admin = await connect(url)
  await admin.exec(`CREATE DATABASE ${DATABASE}`)
  const own = new URL(url)
  own.pathname = `/${DATABASE}`
  connection = await connect(own.toString())
  shop = await read(SHOP)
  await connection.exec(SHOP)
})
afterAll(async () => {
  if (!url) return
  await connection.close()
  await admin.exec(`DROP DATABASE ${DATABASE} WITH (FORCE)`)
  await admin.close()
})

async function read(sql: string): Promise<Schema> {
  const result = await format.importer?.([{ file: 'a.sql', text: sql }])
  if (!result) throw new Error('no importer')
  return result.schema
}
/** What PostgreSQL says to the shop with one piece of its SQL written in another way. */
const edited = async (from: string, to: string, text?: string) =>
  checkEdit(connection, { loaded: shop, now: shop, after: await read(SHOP.replace(from, to)), text })

test.runIf(url)('what PostgreSQL takes is taken: a check, an index, a view, a trigger’s function, an enum', async () => {
  for (const [from, to] of [
    ['total > 0', 'total >= 0'],
    ['WHERE total > 5', 'WHERE total > 20 AND user_id IS NOT NULL'],
    ['SELECT id, total', 'SELECT id, total, user_id'],
    ['lower(NEW.email)', 'upper(NEW.email)'],
    ["'ok')", "'ok', 'happy')"],
    ['user_id int', 'user_id bigint'],
  ] as const)
    expect([to, await edited(from, to)]).toEqual([to, { kind: 'checked', diagnostics: [] }])
})

test.runIf(url)('what it does not take is told in its words, at its place in the text', async () => {
  const text = '  total > 0\n  AND nonsense > 1'
  expect(await edited('total > 0', text.trim(), text)).toMatchObject({
    kind: 'checked',
    diagnostics: [
      {
        code: 'database-refused',
        message: 'column "nonsense" does not exist',
        span: { line: 2, column: 7, start: text.indexOf('nonsense') },
      },
    ],
  })
  expect(await edited('WHERE total > 5', 'WHERE total > now()', 'total > now()')).toMatchObject({
    diagnostics: [
      { message: expect.stringContaining('numeric > timestamp'), hint: expect.stringContaining('type casts'), span: { start: 6 } },
    ],
  })
  expect(await edited('SELECT id, total', 'SELECT id, totl', 'SELECT id, totl FROM orders WHERE total > 100')).toMatchObject({
    diagnostics: [{ message: 'column "totl" does not exist', span: { start: 11, end: 15 } }],
  })
})

test.runIf(url)('what stands on the edited object is looked at too', async () => {
  const whole = `${SHOP}
    CREATE VIEW bigger AS SELECT id FROM big WHERE total > 1000;
    CREATE FUNCTION is_ok(m mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT m = 'ok' $$;
    CREATE TABLE notes (id int PRIMARY KEY, mood mood DEFAULT 'ok', CHECK (is_ok(mood)));
    CREATE INDEX notes_ok ON notes (is_ok(mood));
    CREATE POLICY own ON notes USING (is_ok(mood));`
  const now = await read(whole)
  const database = `${DATABASE}_more`
  await admin.exec(`CREATE DATABASE ${database}`)
  const own = new URL(url ?? '')
  own.pathname = `/${database}`
  const more = await connect(own.toString())
  try {
    await more.exec(whole)
    const said = async (from: string, to: string) => {
      const verdict = await checkEdit(more, { loaded: now, now, after: await read(whole.replace(from, () => to)) })
      return verdict.kind === 'checked' ? verdict.diagnostics.map(({ message }) => message) : [verdict.kind]
    }
    expect(await said('SELECT id, total FROM orders', 'SELECT id FROM orders')).toEqual([
      'The view "public.bigger", which stands on it, would fail: column big.total does not exist',
    ])
    expect(await said('SELECT id, total FROM orders', 'SELECT id, total, user_id FROM orders')).toEqual([])
    expect(await said('id serial PRIMARY KEY, email', 'id serial, email')).toEqual([
      'The constraint "orders_user_id_fkey" of "public.orders", which stands on it, would fail: ' +
        'there is no unique constraint matching given keys for referenced table "users"',
    ])
    expect(await said('email text NOT NULL, mood mood, CHECK', 'email text NOT NULL, mood mood, note text, CHECK')).toEqual([])
    expect(
      await said(
        'RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.email := lower(NEW.email); RETURN NEW;',
        'RETURNS void LANGUAGE plpgsql AS $$ BEGIN',
      ),
    ).toEqual(['The trigger "t" of "public.users", which stands on it, would fail: function public.touch must return type trigger'])
    expect(
      await said(
        "RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT m = 'ok'",
        'RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT m::text',
      ),
    ).toEqual([
      'The constraint "notes_mood_check" of "public.notes", which stands on it, would fail: argument of CHECK must be type boolean, not type text',
    ])
    expect(await said("SELECT m = 'ok'", "SELECT m <> 'sad'")).toEqual([])
  } finally {
    await more.close()
    await admin.exec(`DROP DATABASE ${database} WITH (FORCE)`)
  }
})

test.runIf(url)('a name of any characters in PostgreSQL’s answer is looked for in the text', async () => {
  const text = 'total > 0 AND "no such (column)" > 1'
  expect(await edited('total > 0', text, text)).toMatchObject({
    diagnostics: [{ message: 'column "no such (column)" does not exist', span: { start: text.indexOf('no such') } }],
  })
})

test.runIf(url)('rarer kinds are tried out as well', async () => {
  const rarer = `${SHOP}
    CREATE TEXT SEARCH CONFIGURATION plain (PARSER = pg_catalog."default");
    CREATE FUNCTION close_to(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT abs($1 - $2) < 2';
    CREATE OPERATOR ~~~ (FUNCTION = close_to, LEFTARG = int, RIGHTARG = int);
    CREATE CAST (mood AS int) WITH INOUT;
    CREATE FOREIGN DATA WRAPPER far;
    CREATE SERVER there FOREIGN DATA WRAPPER far;
    CREATE USER MAPPING FOR public SERVER there;`
  for (const [from, to, said] of [
    ['pg_catalog."default"', 'nowhere', 'text search parser "nowhere" does not exist'],
    ['FUNCTION = close_to, LEFTARG', 'FUNCTION = close_to, HASHES, LEFTARG', undefined],
    ['FUNCTION = close_to, LEFTARG', 'FUNCTION = close_by, LEFTARG', 'function close_by(integer, integer) does not exist'],
    ['WITH INOUT', 'WITH INOUT AS ASSIGNMENT', undefined],
    ['DATA WRAPPER far;\n    CREATE USER', "DATA WRAPPER far OPTIONS (a 'b');\n    CREATE USER", undefined],
    ['FOR public SERVER', 'FOR nobody_like_that SERVER', 'role "nobody_like_that" does not exist'],
  ] as const) {
    const now = await read(rarer)
    const verdict = await checkEdit(connection, { loaded: shop, now, after: await read(rarer.replace(from, () => to)) })
    expect([to, verdict]).toMatchObject([to, { kind: 'checked', diagnostics: said === undefined ? [] : [{ message: said }] }])
  }
})

test.runIf(url)('bodies are looked at', async () => {
  const body = ' BEGIN NEW.email := lower(NEW.email); RETRN NEW; END '
  expect(await edited(' BEGIN NEW.email := lower(NEW.email); RETURN NEW; END ', body, body)).toMatchObject({
    diagnostics: [{ message: expect.stringContaining('syntax error'), span: { start: body.indexOf('RETRN') } }],
  })
})

test.runIf(url)('nothing stays behind, whatever was tried', async () => {
  expect(
    await connection.query('SELECT count(*)::int AS tables FROM pg_class WHERE relkind = $1 AND relnamespace = $2::regnamespace', [
      'r',
      'public',
    ]),
  ).toEqual([{ tables: 2 }])
  expect(await connection.query('SELECT column_name::text FROM information_schema.columns WHERE table_name = $1', ['big'])).toHaveLength(2)
})

test.runIf(url)('what was broken before is not held against an edit', async () => {
  const broken = await read(SHOP.replace('total > 0', 'nonsense > 0'))
  const after = await read(
    SHOP.replace('total > 0', 'nonsense > 0').replace('id int PRIMARY KEY, user_id', 'id int PRIMARY KEY, note text, user_id'),
  )
  expect(await checkEdit(connection, { loaded: broken, now: broken, after })).toMatchObject({
    kind: 'not-checked',
    reason: expect.stringContaining('nonsense'),
  })
})

test.runIf(url)('an edit on top of others is judged with them', async () => {
  const now = await read(`${SHOP} CREATE TABLE notes (id int PRIMARY KEY, body text);`)
  const good = await read(`${SHOP} CREATE TABLE notes (id int PRIMARY KEY, body text CHECK (length(body) < 9));`)
  const bad = await read(`${SHOP} CREATE TABLE notes (id int PRIMARY KEY, body text CHECK (lenth(body) < 9));`)
  expect(await checkEdit(connection, { loaded: shop, now, after: good })).toEqual({ kind: 'checked', diagnostics: [] })
  expect(await checkEdit(connection, { loaded: shop, now, after: bad })).toMatchObject({
    diagnostics: [{ message: 'function lenth(text) does not exist', hint: expect.stringContaining('No function matches') }],
  })
})

/** A connection whose CREATE statements fail with this. */
const failing = (trouble: Error): Connection => ({
  query: () => Promise.reject(trouble),
  exec: (sql) => (sql.startsWith('CREATE') ? Promise.reject(trouble) : Promise.resolve()),
  server: { number: 180_000, text: '18', engine: 'pglite' },
  close: () => Promise.resolve(),
})

test('a database that is lost, or an edit that takes too long, says nothing about the edit', async () => {
  const [now, after] = [await read('SELECT 1;'), await read('CREATE TABLE a (id int);')]
  const lost = new ScratchLost('gone', { done: null, timedOut: true })
  await expect(checkEdit(failing(lost), { loaded: now, now, after })).rejects.toBe(lost)
  const slow = new DatabaseError('canceling statement due to statement timeout', { code: '57014' })
  expect(await checkEdit(failing(slow), { loaded: now, now, after })).toMatchObject({ kind: 'not-checked' })
})
