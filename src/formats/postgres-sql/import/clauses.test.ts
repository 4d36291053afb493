import { expect, test } from 'vitest'
import { read, schemaOf, tableOf } from './testing.ts'

// The clauses of PostgreSQL's manual pages that other tests do not tell stories about.

test('IMP-1 a hash partition has its bound, and its storage options apart', async () => {
  const schema = await schemaOf(`CREATE TABLE p (id int) PARTITION BY HASH (id);
    CREATE TABLE a PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0) WITH (fillfactor = 50);
    CREATE TABLE r (d date, i int) PARTITION BY RANGE (d, i); CREATE TABLE b PARTITION OF r FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2020-01-01', MAXVALUE) PARTITION BY LIST (i)`)
  expect(tableOf(schema, 'a')).toMatchObject({
    partitionOf: { bound: 'FOR VALUES WITH (MODULUS 2, REMAINDER 0)' },
    options: { fillfactor: '50' },
  })
  expect(tableOf(schema, 'b')).toMatchObject({
    partitionOf: { bound: "FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2020-01-01', MAXVALUE)" },
    partitionBy: { strategy: 'list' },
  })
})

test('IMP-1 what PostgreSQL 18 brings: temporal keys, virtual columns, constraints not enforced, named NOT NULL', async () => {
  const schema =
    await schemaOf(`CREATE TABLE rooms (id int, valid daterange, CONSTRAINT nn NOT NULL id, PRIMARY KEY (id, valid WITHOUT OVERLAPS));
    CREATE TABLE b (room int, at daterange, v int GENERATED ALWAYS AS (room * 2) VIRTUAL, w int GENERATED ALWAYS AS (room * 3),
      UNIQUE (room, at WITHOUT OVERLAPS), FOREIGN KEY (room, PERIOD at) REFERENCES rooms (id, PERIOD valid), CONSTRAINT c CHECK (room > 0) NOT ENFORCED);
    ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (room) REFERENCES rooms (id) NOT ENFORCED; ALTER TABLE b ALTER COLUMN v SET EXPRESSION AS (room * 4); ALTER TABLE b ADD CONSTRAINT bn NOT NULL at;
    ALTER TABLE b ALTER CONSTRAINT f ENFORCED`)
  expect(tableOf(schema, 'rooms')).toMatchObject({
    columns: [{ nullable: false, notNullName: 'nn' }, {}],
    constraints: [{ withoutOverlaps: true }],
  })
  expect(tableOf(schema, 'b')).toMatchObject({
    columns: [
      {},
      { nullable: false, notNullName: 'bn' },
      { generated: { expression: 'room * 4', stored: false } },
      { generated: { stored: false } },
    ],
    constraints: [
      { kind: 'unique', withoutOverlaps: true },
      { kind: 'foreignKey', period: true },
      { name: 'c', enforced: false },
      { name: 'f', enforced: true },
    ],
  })
})

test('IMP-1 NOT NULL is a constraint: with a name, not inherited, not valid, with a comment', async () => {
  const { schema, diagnostics } = await read(`
    CREATE TABLE p (a int CONSTRAINT a_here NOT NULL NO INHERIT, b int, c int, CONSTRAINT c_all NOT NULL c, d int);
    CREATE TABLE old () INHERITS (p);
    ALTER TABLE p ADD CONSTRAINT b_new NOT NULL b NOT VALID, ADD CONSTRAINT d_here NOT NULL d NO INHERIT;
    CREATE TABLE new () INHERITS (p);
    COMMENT ON CONSTRAINT b_new ON p IS 'from now on';`)
  expect(diagnostics).toEqual([])
  const said = (name: string) =>
    tableOf(schema, name).columns.map((column) =>
      [column.nullable ? 'null' : 'not null', column.notNullName, column.notNullNoInherit && 'here', column.notNullNotValid && 'new rows']
        .filter((word) => word !== null && word !== false)
        .join(' '),
    )
  expect(said('p')).toEqual(['not null a_here here', 'not null b_new new rows', 'not null c_all', 'not null d_here here'])
  expect(said('old')).toEqual(['null', 'not null new rows', 'not null', 'null'])
  expect(said('new')).toEqual(['null', 'not null', 'not null', 'null'])
  expect(tableOf(schema, 'p').columns[1]?.notNullComment).toBe('from now on')
})

test('IMP-1 NOT NULL constraints are validated, inherited after all, and dropped, with what inherits them', async () => {
  const { schema } = await read(`
    CREATE TABLE p (a int, b int NOT NULL NO INHERIT, c int NOT NULL, d int NOT NULL);
    CREATE TABLE h () INHERITS (p);
    ALTER TABLE p ADD NOT NULL a NOT VALID;
    ALTER TABLE p VALIDATE CONSTRAINT p_a_not_null;
    ALTER TABLE p ALTER CONSTRAINT p_b_not_null INHERIT;
    ALTER TABLE p ALTER CONSTRAINT p_d_not_null NO INHERIT;
    ALTER TABLE p DROP CONSTRAINT p_c_not_null;`)
  for (const name of ['p', 'h']) {
    const columns = tableOf(schema, name).columns.map(({ nullable, notNullNotValid }) => [nullable, notNullNotValid])
    expect(columns).toEqual([
      [false, false],
      [false, false],
      [true, false],
      [false, false],
    ])
  }
  expect(tableOf(schema, 'p').columns.map(({ notNullNoInherit }) => notNullNoInherit)).toEqual([false, false, false, true])
})

test('IMP-1 only foreign keys can change whether they are deferrable', async () => {
  const { diagnostics } = await read(
    'CREATE TABLE t (a int CONSTRAINT u UNIQUE DEFERRABLE); ALTER TABLE t ALTER CONSTRAINT u NOT DEFERRABLE',
  )
  expect(diagnostics).toMatchObject([{ code: 'wrong-object', message: expect.stringContaining('"u"') }])
})

test('IMP-1 statistics and event triggers can be renamed and moved', async () => {
  const { statistics, eventTriggers } =
    await schemaOf(`CREATE SCHEMA s; CREATE TABLE t (a int, b int); CREATE STATISTICS st ON a, b FROM t; ALTER STATISTICS st RENAME TO st2;
    ALTER STATISTICS st2 SET SCHEMA s; ALTER STATISTICS s.st2 SET STATISTICS 50; CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS ''; CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION f(); ALTER EVENT TRIGGER e RENAME TO g`)
  expect(statistics).toMatchObject([{ namespace: 's', name: 'st2', target: 50 }])
  expect(eventTriggers).toMatchObject([{ name: 'g' }])
})

test('IMP-1 what is kept about a view speaks of it by its new name, and goes with it', async () => {
  const sql =
    'CREATE TABLE t (a int); CREATE MATERIALIZED VIEW m AS SELECT a FROM t; ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 10; ALTER MATERIALIZED VIEW m RENAME TO n;'
  expect((await schemaOf(sql)).opaque.map((opaque) => opaque.sql)).toEqual(['ALTER MATERIALIZED VIEW n ALTER a SET STATISTICS 10'])
  expect((await schemaOf(`${sql} DROP MATERIALIZED VIEW n`)).opaque).toEqual([])
})
