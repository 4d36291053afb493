import { expect, test } from 'vitest'
import { names, outcomes, read, schemaOf, tableOf } from './testing.ts'

test('IMP-1 functions keep their signature, settings and body', async () => {
  const { routines } =
    await schemaOf(`CREATE OR REPLACE FUNCTION f(a int DEFAULT 1 + (2), INOUT b text = 'x', VARIADIC c text[] DEFAULT '{}') RETURNS text LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER COST 10
    SET search_path TO public, 'pg temp' SET x.y = '1' AS $f$ BEGIN; RETURN ';'; END $f$`)
  expect(routines[0]).toMatchObject({
    arguments: [
      { mode: 'in', name: 'a', type: 'integer', default: '1 + (2)' },
      { mode: 'inout', name: 'b', default: "'x'" },
      { mode: 'variadic', type: 'text[]', default: "'{}'" },
    ],
    returns: 'text',
    volatility: 'stable',
    strict: true,
    securityDefiner: true,
    cost: '10',
    settings: { search_path: "public, 'pg temp'", 'x.y': "'1'" },
    body: { kind: 'string', text: " BEGIN; RETURN ';'; END " },
  })
})

test('IMP-1 a long body is kept to the letter, with what is said behind it in its place', async () => {
  const text = ` BEGIN\r\n RAISE '\\ "é"'; ${'PERFORM 1;\t'.repeat(20)} END `
  for (const body of [text, text.replace('é', 'e')]) {
    const { routines } = await schemaOf(
      `CREATE FUNCTION f(a text DEFAULT 'x') RETURNS void AS $f$${body}$f$ LANGUAGE plpgsql SET x.y = '1' COST 7;
       CREATE FUNCTION g() RETURNS int LANGUAGE c AS $f$${body}$f$, 'symbol'`,
    )
    expect(routines[0]).toMatchObject({ body: { kind: 'string', text: body }, settings: { 'x.y': "'1'" }, cost: '7', language: 'plpgsql' })
    expect(routines[1]).toMatchObject({ name: 'g', body: { symbol: 'symbol' } })
  }
  const broken = `CREATE FUNCTION f() RETURNS void AS $f$${text}$f$ LANGUAGE plpgsql oops`
  expect((await read(broken)).diagnostics.map(({ span }) => span?.start)).toContain(broken.indexOf('oops'))
})

test('IMP-1 RETURNS TABLE, SETOF, SQL bodies and C symbols', async () => {
  const { routines } = await schemaOf(
    `CREATE FUNCTION a() RETURNS TABLE (x int, y text) LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION b() RETURNS SETOF int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;
    CREATE FUNCTION c(int) RETURNS int LANGUAGE c AS 'lib', 'sym'; CREATE PROCEDURE d(OUT x int) LANGUAGE sql RETURN 1`.replace(
      'LANGUAGE sql RETURN 1',
      "LANGUAGE sql AS 'SELECT 1'",
    ),
  )
  expect(routines[0]).toMatchObject({
    returns: null,
    arguments: [
      { mode: 'table', name: 'x' },
      { mode: 'table', name: 'y' },
    ],
  })
  expect(routines[1]).toMatchObject({
    returns: 'integer',
    returnsSet: true,
    body: { kind: 'sql', text: 'BEGIN ATOMIC SELECT 1; SELECT 2; END' },
  })
  expect(routines[2]?.body).toEqual({ kind: 'object', file: 'lib', symbol: 'sym' })
  expect(routines[3]).toMatchObject({ kind: 'procedure', arguments: [{ mode: 'out' }] })
})

test('IMP-1 overloads are told apart, OR REPLACE replaces', async () => {
  const { routines } = await schemaOf(
    `CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS '1'; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS '2'; CREATE OR REPLACE FUNCTION f(integer) RETURNS int LANGUAGE sql AS '3'; DROP FUNCTION f(text)`,
  )
  expect(routines.map(({ body }) => body)).toEqual([{ kind: 'string', text: '3' }])
})

test('IMP-1 aggregates keep their definition', async () => {
  const { routines } = await schemaOf(
    `CREATE AGGREGATE s.agg(int, text ORDER BY int) (SFUNC = s.f, STYPE = bigint[], INITCOND = '{0}', HYPOTHETICAL)`.replace(
      's.agg',
      'agg',
    ),
  )
  expect(routines[0]).toMatchObject({
    kind: 'aggregate',
    arguments: [{ type: 'integer' }, { type: 'text' }],
    orderBy: [{ type: 'integer' }],
    aggregate: { sfunc: 's.f', stype: 'bigint[]', initcond: "'{0}'", hypothetical: '' },
  })
})

test('IMP-1 views keep their query, options and what is made on them', async () => {
  const { views } =
    await schemaOf(`CREATE TABLE t (a int, b int); CREATE VIEW v (x, y) WITH (security_barrier) AS SELECT a, b FROM t WHERE a > 0 WITH LOCAL CHECK OPTION; ALTER VIEW v ALTER COLUMN x SET DEFAULT 3; COMMENT ON COLUMN v.y IS 'Y';
    CREATE MATERIALIZED VIEW m AS SELECT 1 AS one WITH NO DATA; CREATE UNIQUE INDEX ON m (one); CREATE RECURSIVE VIEW r (n) AS SELECT 1`)
  expect(views[0]).toMatchObject({
    definition: 'SELECT a, b FROM t WHERE a > 0',
    columnNames: ['x', 'y'],
    checkOption: 'local',
    options: { security_barrier: 'true' },
    columns: [
      { name: 'x', default: '3' },
      { name: 'y', comment: 'Y' },
    ],
  })
  expect(views[1]).toMatchObject({
    materialized: true,
    withData: false,
    definition: 'SELECT 1 AS one',
    indexes: [{ name: 'm_one_idx', unique: true }],
  })
  expect(views[2]).toMatchObject({ recursive: true, columnNames: ['n'], definition: 'SELECT 1' })
})

test('IMP-1 triggers, rules and policies belong to their table', async () => {
  const schema =
    await schemaOf(`CREATE TABLE t (a int, b int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS ''; CREATE TRIGGER g AFTER UPDATE OF a, b OR INSERT ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION f('x', 2);
    CREATE CONSTRAINT TRIGGER h AFTER DELETE ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.a > 1) EXECUTE PROCEDURE f(); ALTER TABLE t DISABLE TRIGGER g;
    CREATE RULE r AS ON INSERT TO t WHERE new.a > 1 DO INSTEAD (SELECT 1; SELECT 2); CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO bob, CURRENT_USER USING (a > 0) WITH CHECK (b > 0); ALTER TABLE t ENABLE ROW LEVEL SECURITY`)
  const t = tableOf(schema, 't')
  expect(t.triggers[0]).toMatchObject({
    timing: 'after',
    events: [{ kind: 'insert' }, { kind: 'update', columns: ['a', 'b'] }],
    arguments: ['x', '2'],
    oldTable: 'o',
    newTable: 'n',
    enabled: 'disabled',
    function: { namespace: 'public', name: 'f' },
  })
  expect(t.triggers[1]).toMatchObject({ forEach: 'row', when: 'OLD.a > 1', constraint: { deferrable: true, initiallyDeferred: true } })
  expect(t.rules[0]).toMatchObject({ event: 'insert', instead: true, where: 'new.a > 1', commands: '(SELECT 1; SELECT 2)' })
  expect(t.policies[0]).toMatchObject({
    permissive: false,
    command: 'update',
    roles: ['bob', 'current_user'],
    using: 'a > 0',
    check: 'b > 0',
  })
  expect(t.rowSecurity).toBe(true)
})

test('IMP-1 domains, composite and range types', async () => {
  const { domains, compositeTypes, rangeTypes } =
    await schemaOf(`CREATE DOMAIN d AS varchar(9) COLLATE "C" DEFAULT 'x' NOT NULL CHECK (VALUE <> ''); ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE <> 'q') NOT VALID;
    CREATE TYPE c AS (a int, b text COLLATE "C"); ALTER TYPE c ADD ATTRIBUTE e d; CREATE TYPE r AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi)`)
  expect(domains[0]).toMatchObject({
    type: 'character varying(9)',
    collation: '"C"',
    default: "'x'",
    nullable: false,
    constraints: [
      { name: 'd_check', expression: "VALUE <> ''" },
      { name: 'k', validated: false },
    ],
  })
  expect(compositeTypes[0]?.attributes).toMatchObject([
    { name: 'a', type: 'integer' },
    { name: 'b', collation: '"C"' },
    { name: 'e', type: 'd' },
  ])
  expect(rangeTypes[0]).toMatchObject({ subtype: 'double precision', options: { subtype_diff: 'float8mi' } })
})

test('IMP-1 indexes keep method, expressions, classes, order, predicate and options', async () => {
  const schema = await schemaOf(
    `CREATE TABLE t (a text, b int); CREATE UNIQUE INDEX CONCURRENTLY i ON t USING gist (lower(a) COLLATE "C" gist_trgm_ops (siglen=32) DESC NULLS LAST, (b + 1), b ASC NULLS LAST) INCLUDE (a) NULLS NOT DISTINCT WITH (fillfactor=70) WHERE (b > 0)`,
  )
  expect(tableOf(schema, 't').indexes[0]).toMatchObject({
    unique: true,
    method: 'gist',
    include: ['a'],
    nullsNotDistinct: true,
    options: { fillfactor: '70' },
    predicate: 'b > 0',
    elements: [
      { expression: 'lower(a)', collation: '"C"', opclass: 'gist_trgm_ops(siglen=32)', order: 'desc', nulls: 'last' },
      { expression: 'b + 1' },
      { column: 'b', order: null, nulls: null },
    ],
  })
})

test('IMP-1 what has no typed place is kept word for word, in its place', async () => {
  const result = await read(`CREATE TABLE t (a int); CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p;\nSECURITY LABEL ON TABLE t IS 'x'`)
  expect(outcomes(result)).toEqual(['modelled', 'verbatim', 'verbatim'])
  expect(result.schema.opaque).toMatchObject([
    {
      sql: "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
      reason: 'CREATE SUBSCRIPTION',
      position: { statement: 2, line: 1 },
      late: false,
    },
    { position: { statement: 3, line: 2 }, late: true },
  ])
})

test('IMP-1 data, sessions and psql commands are counted and ignored', async () => {
  const result = await read(
    "SET x = 1; BEGIN; INSERT INTO t VALUES (1); COMMIT; SELECT setval('s', 3);\n\\connect x\nCOPY t FROM stdin;\n1\n\\.\nVACUUM",
  )
  expect(outcomes(result).every((outcome) => outcome === 'ignored')).toBe(true)
  expect(result.statements.map(({ kind }) => kind)).toEqual([
    'SET',
    'BEGIN',
    'INSERT',
    'COMMIT',
    'SELECT',
    '\\connect',
    'COPY',
    'COPY data',
    'VACUUM',
  ])
})

test('IMP-1 a DO block that only carries statements out is read like them', async () => {
  const schema =
    await schemaOf(`DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN null; END $$; DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN null; END $$;
    CREATE TABLE t (a int); DO $x$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'c') THEN ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); END IF; END $x$;`)
  expect(schema.enums).toHaveLength(1)
  expect(tableOf(schema, 't').constraints).toMatchObject([{ name: 'c', expression: 'a > 0' }])
  expect(schema.opaque).toEqual([])
})

test('IMP-1 a DO block that computes is kept', async () => {
  const result = await read(`DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 LOOP EXECUTE 'CREATE TABLE x'; END LOOP; END $$`)
  expect(outcomes(result)).toEqual(['verbatim'])
})

test('IMP-1 CREATE TABLE AS is a table where its columns can be told', async () => {
  const schema = await schemaOf(`CREATE TABLE a (id int, n varchar(9)); CREATE TABLE b (id bigint, at timestamptz);
    CREATE TABLE c AS SELECT a.*, max(n) AS top, count(*), at::date, b.at IS NULL AS none, NULL::numeric(5,2) AS x FROM a JOIN b ON true GROUP BY 1;
    CREATE TABLE d (p, q) AS WITH w AS (SELECT id FROM b) SELECT id, coalesce(NULL, 'x') FROM w UNION ALL SELECT 1, 'y'`)
  expect(tableOf(schema, 'c').columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id integer',
    'n character varying(9)',
    'top text',
    'count bigint',
    'at date',
    'none boolean',
    'x numeric(5,2)',
  ])
  expect(tableOf(schema, 'd').columns.map(({ name, type }) => `${name} ${type}`)).toEqual(['p bigint', 'q text'])
  const kept = await read('CREATE TABLE a AS SELECT unknown_function(1); CREATE INDEX i ON a (x); ALTER TABLE a ADD y int; DROP TABLE a')
  expect(kept.schema.opaque).toEqual([])
})

test('IMP-1 a column of a view can be renamed', async () => {
  const { views } = await schemaOf(
    'CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT *, a + b AS s FROM t; ALTER VIEW v RENAME COLUMN b TO c',
  )
  expect(views[0]?.columnNames).toEqual(['a', 'c', 's'])
})

test('IMP-1 what is left out is named for what it is: ownership, not ALTER TABLE', async () => {
  const { statements } = await read(
    'CREATE TABLE a (x int);\nALTER TABLE ONLY a OWNER TO "the owner";\nALTER SCHEMA public OWNER TO me;\nALTER TABLE a ADD y int;',
  )
  expect(statements.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    'CREATE TABLE modelled',
    'OWNER TO ignored',
    'OWNER TO ignored',
    'ALTER TABLE modelled',
  ])
})

test('IMP-1 a DO block about rows is passed over like INSERT, a loop over constants is carried out', async () => {
  const result = await read(`CREATE TABLE comment (id int);
    DO $$ DECLARE n int; BEGIN FOR n IN SELECT id FROM comment LOOP INSERT INTO comment VALUES (n); END LOOP; IF n > 3 THEN RAISE 'no'; END IF; END $$;
    DO $$ DECLARE r record; BEGIN FOR r IN SELECT format('CREATE TABLE t_%s (%I int)', n, 'A') AS ct FROM generate_series(1, 3) n LOOP EXECUTE r.ct; END LOOP; END $$;
    DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['t_1', 't_2'] LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN at date', t); END LOOP; END $$;
    DO $$ BEGIN FOR n IN 4..5 LOOP EXECUTE 'CREATE TABLE t_' || n || ' ()'; END LOOP; END $$`)
  expect(result.diagnostics).toEqual([])
  expect(outcomes(result)).toEqual(['modelled', 'ignored', 'modelled', 'modelled', 'modelled'])
  expect(result.schema.tables.map(({ name, columns }) => [name, names(columns).join()])).toEqual([
    ['comment', 'id'],
    ['t_1', 'A,at'],
    ['t_2', 'A,at'],
    ['t_3', 'A'],
    ['t_4', ''],
    ['t_5', ''],
  ])
})

test('IMP-1 what is done to temporary tables is no part of the schema', async () => {
  const result = await read(
    'CREATE TEMP TABLE x AS SELECT 1; ALTER TABLE x ADD y int; CREATE INDEX i ON x (y); DROP TABLE x; CREATE TABLE x (a int)',
  )
  expect(result.diagnostics).toEqual([])
  expect(result.schema.tables).toHaveLength(1)
  expect(result.schema.opaque).toEqual([])
})
