import { expect, test } from 'vitest'
import { names, read, schemaOf, table, tableOf } from './testing.ts'

test('IMP-1 a folder of migrations reads as its last state', async () => {
  const t = await table(`CREATE TABLE users (id int, nmae text, old int);
    ALTER TABLE users ADD COLUMN email text NOT NULL DEFAULT '', ALTER COLUMN id TYPE bigint USING id::bigint, DROP COLUMN old, ADD CONSTRAINT u UNIQUE (email);
    ALTER TABLE users RENAME COLUMN nmae TO name; ALTER TABLE users ALTER name SET NOT NULL, ALTER email DROP DEFAULT, ALTER COLUMN name SET DEFAULT 'a, b', ALTER name SET STATISTICS 500;
    ALTER TABLE users RENAME TO people; ALTER TABLE people RENAME CONSTRAINT u TO people_email`)
  expect(t).toMatchObject({
    name: 'people',
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'name', nullable: false, default: "'a, b'", statistics: 500 },
      { name: 'email', nullable: false, default: null },
    ],
    constraints: [{ name: 'people_email', columns: ['email'] }],
  })
})

test('IMP-1 several files are one schema', async () => {
  const { importer } = await import('./importer.ts')
  const { schema, statements } = await importer([
    { file: '1.sql', text: 'CREATE TABLE a (x int)' },
    { file: '2.sql', text: 'ALTER TABLE a ADD y int' },
  ])
  expect(names(tableOf(schema, 'a').columns)).toEqual(['x', 'y'])
  expect(statements.map(({ file }) => file)).toEqual(['1.sql', '2.sql'])
})

test('IMP-1 a renamed column is renamed wherever its table speaks of it', async () => {
  const schema =
    await schemaOf(`CREATE TABLE a (id int PRIMARY KEY, n text CHECK (n <> '' AND length(n) > 1)); CREATE INDEX i ON a (lower(n)) WHERE n IS NOT NULL; CREATE TABLE b (r int REFERENCES a (id));
    CREATE POLICY p ON a USING (a.n = 'n'); ALTER TABLE a RENAME n TO "N"; ALTER TABLE a RENAME id TO key`)
  const a = tableOf(schema, 'a')
  expect(a.constraints[1]).toMatchObject({ expression: `"N" <> '' AND length("N") > 1` })
  expect(a.indexes[0]).toMatchObject({ elements: [{ expression: 'lower("N")' }], predicate: '"N" IS NOT NULL' })
  expect(a.policies[0]?.using).toBe(`a."N" = 'n'`)
  expect(tableOf(schema, 'b').constraints[0]).toMatchObject({ references: { columns: ['key'] } })
})

test('IMP-1 a renamed table or sequence is followed by foreign keys, defaults and views', async () => {
  const schema =
    await schemaOf(`CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (r int REFERENCES a); CREATE VIEW v AS SELECT a.id FROM a;
    ALTER TABLE a RENAME TO c; ALTER SEQUENCE a_id_seq RENAME TO c_seq`)
  expect(tableOf(schema, 'b').constraints[0]).toMatchObject({ references: { table: 'c' } })
  expect(tableOf(schema, 'c').columns[0]?.default).toBe("nextval('c_seq'::regclass)")
  expect(schema.sequences[0]).toMatchObject({ name: 'c_seq', ownedBy: { table: 'c' } })
  expect(schema.views[0]?.definition).toBe('SELECT c.id FROM c')
})

test('IMP-1 SET SCHEMA moves a table with its indexes and sequences', async () => {
  const schema = await schemaOf(
    'CREATE SCHEMA s; CREATE TABLE t (id serial PRIMARY KEY); ALTER TABLE t SET SCHEMA s; CREATE TABLE t (id int)',
  )
  expect(schema.tables.map(({ namespace }) => namespace)).toEqual(['s', 'public'])
  expect(schema.sequences[0]).toMatchObject({ namespace: 's', ownedBy: { namespace: 's' } })
  expect(schema.tables[0]?.columns[0]?.default).toBe("nextval('s.t_id_seq'::regclass)")
})

test('IMP-1 dropping a column drops its indexes, keys and sequence', async () => {
  const schema = await schemaOf(
    'CREATE TABLE t (id serial, a int, b int, UNIQUE (a, b), CHECK (a > 0)); CREATE INDEX ON t (b); CREATE INDEX ON t (lower(a::text)); ALTER TABLE t DROP a, DROP id',
  )
  expect(schema.sequences).toEqual([])
  expect(tableOf(schema, 't')).toMatchObject({ constraints: [], indexes: [{ name: 't_b_idx' }] })
})

test('IMP-1 DROP … CASCADE takes what rests on it', async () => {
  const schema = await schemaOf(
    'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a); CREATE VIEW v AS SELECT * FROM a; CREATE VIEW w AS SELECT * FROM v; DROP TABLE a CASCADE',
  )
  expect(names(schema.tables)).toEqual(['b'])
  expect(schema.tables[0]?.constraints).toEqual([])
  expect(schema.views).toEqual([])
})

test('IMP-1 enums grow and change in place', async () => {
  const schema =
    await schemaOf(`CREATE TYPE m AS ENUM ('b'); ALTER TYPE m ADD VALUE 'a' BEFORE 'b'; ALTER TYPE m ADD VALUE 'c'; ALTER TYPE m ADD VALUE IF NOT EXISTS 'c'; ALTER TYPE m RENAME VALUE 'b' TO 'B';
    CREATE TABLE t (m m); ALTER TYPE m RENAME TO mood`)
  expect(schema.enums[0]).toMatchObject({ name: 'mood', values: ['a', 'B', 'c'] })
  expect(tableOf(schema, 't').columns[0]?.type).toBe('mood')
})

test('IMP-1 a default of the old type stays a value of it', async () => {
  const t = await table(
    "CREATE TABLE t (a timestamp DEFAULT '1970-01-01', b varchar(3) DEFAULT 'x'); ALTER TABLE t ALTER a TYPE timestamptz, ALTER b TYPE varchar(9)",
  )
  expect(t.columns.map((column) => column.default)).toEqual(["'1970-01-01'::timestamp without time zone", "'x'"])
})

test('IMP-1 comments go to their objects', async () => {
  const schema =
    await schemaOf(`CREATE SCHEMA s; CREATE TABLE s.t (a int CONSTRAINT c CHECK (a > 0)); CREATE INDEX i ON s.t (a); CREATE FUNCTION f(int, text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE e AS ENUM ('a');
    COMMENT ON SCHEMA s IS 'S'; COMMENT ON TABLE s.t IS 'T'; COMMENT ON COLUMN s.t.a IS 'it''s'; COMMENT ON CONSTRAINT c ON s.t IS 'C'; COMMENT ON INDEX s.i IS 'I'; COMMENT ON FUNCTION f(integer, text) IS 'F'; COMMENT ON TYPE e IS 'E'; COMMENT ON TABLE s.t IS NULL`)
  const t = tableOf(schema, 't')
  expect([
    schema.namespaces[0]?.comment,
    t.comment,
    t.columns[0]?.comment,
    t.constraints[0]?.comment,
    t.indexes[0]?.comment,
    schema.routines[0]?.comment,
    schema.enums[0]?.comment,
  ]).toEqual(['S', null, "it's", 'C', 'I', 'F', 'E'])
})

test('IMP-1 the search path decides where things are made and found', async () => {
  const schema =
    await schemaOf(`CREATE SCHEMA a; CREATE SCHEMA b; SET search_path TO a, public; CREATE TABLE t (x int DEFAULT f()); SELECT pg_catalog.set_config('search_path', 'b', false); CREATE TABLE t (y int);
    ALTER TABLE t ADD z int; RESET search_path; CREATE TABLE t (w int)`)
  expect(schema.tables.map(({ namespace, columns, searchPath }) => [namespace, names(columns), searchPath])).toEqual([
    ['a', ['x'], 'a, public'],
    ['b', ['y', 'z'], null],
    ['public', ['w'], null],
  ])
})

test('IMP-1 owners and grants are kept only when asked for', async () => {
  const sql =
    'CREATE TABLE t (a int); ALTER TABLE t OWNER TO bob; GRANT SELECT ON t TO PUBLIC; ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM bob'
  const off = await read(sql)
  expect(off.statements.map(({ outcome }) => outcome)).toEqual(['modelled', 'ignored', 'ignored', 'ignored'])
  const { schema } = await read(sql, { privileges: true })
  expect(tableOf(schema, 't').owner).toBe('bob')
  expect(schema.privileges).toMatchObject([
    {
      kind: 'grant',
      defaults: null,
      privileges: [{ name: 'SELECT', columns: [] }],
      on: 'table',
      objects: [{ namespace: 'public', name: 't' }],
      roles: ['public'],
    },
    { kind: 'revoke', defaults: { roles: [], namespaces: [] }, privileges: [], on: 'table', objects: [], roles: ['bob'] },
  ])
})

test('IMP-1 a view keeps the columns it had when its table changes', async () => {
  const schema =
    await schemaOf(`CREATE TABLE t (a int, b int); CREATE TABLE o (c int); CREATE VIEW v AS SELECT *, count(*) OVER () AS n, x.a * 2 AS d FROM t x, o WHERE x.b > 0; CREATE VIEW w AS SELECT a, b AS q FROM t ORDER BY a;
    ALTER TABLE t ADD z int; ALTER TABLE t RENAME a TO "A"`)
  expect(schema.views.map(({ definition }) => definition)).toEqual([
    'SELECT x."A" AS a, x.b, o.c, count(*) OVER () AS n, x."A" * 2 AS d FROM t x, o WHERE x.b > 0',
    'SELECT "A" AS a, b AS q FROM t ORDER BY "A"',
  ])
})
