import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { format } from '#formats/postgres-sql/index.ts'
import { openScratch } from '../scratch/open-scratch.ts'
import type { Scratch } from '../scratch/types.ts'
import type { ExecuteOptions } from './execute.ts'
import { readTruth } from './read-truth.ts'

// Issue 3, "Truth from PostgreSQL": statements executed tolerantly in a scratch database and joined with what the grammar read.

let scratch: Scratch
beforeAll(async () => {
  scratch = await openScratch({})
})
afterEach(() => scratch.reset())
afterAll(() => scratch.close())

async function truthOf(text: string | readonly string[], options: ExecuteOptions & { readonly on?: Scratch } = {}) {
  const sources = [text].flat().map((each, n) => ({ file: `${n + 1}.sql`, text: each }))
  const { strict = false, privileges = false } = options
  const read = await format.importer?.(sources, { strict, privileges })
  if (!read) throw new Error('PostgreSQL can be read')
  const truth = await readTruth({ sources, read }, options.on ?? scratch, options)
  const { schema } = truth
  const codes = truth.diagnostics
    .filter(({ code }) => code !== 'resolved-by-postgres')
    .map(({ code, severity, span }) => `${severity} ${code} ${span?.line ?? '-'}`)
  return { ...truth, codes, tables: schema.tables.map(({ name }) => name), read }
}

describe('what only PostgreSQL knows', () => {
  test('tables made in a DO block and by functions appear; the statements that made them go', async () => {
    const { tables, schema, executed, unverified } = await truthOf(`
      CREATE TABLE first (id int);
      DO $$ BEGIN FOR n IN 1..3 LOOP EXECUTE format('CREATE TABLE looped_%s (id serial PRIMARY KEY)', n); END LOOP; END $$;
      CREATE FUNCTION make(name text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('CREATE TABLE %I ()', name); END $$;
      SELECT make('called');
      CREATE INDEX ON looped_2 (id);`)
    expect(tables.toSorted()).toEqual(['called', 'first', 'looped_1', 'looped_2', 'looped_3'])
    expect(schema.tables.find(({ name }) => name === 'looped_2')?.indexes.map(({ name }) => name)).toEqual(['looped_2_id_idx'])
    expect(schema.opaque).toEqual([])
    expect(unverified).toEqual([])
    expect(executed).toEqual({ ran: 5, refused: 0, skipped: 0 })
  })

  test("expressions are PostgreSQL's own", async () => {
    const { schema } = await truthOf(
      `CREATE TABLE t (a varchar CHECK (a IN ('x', 'y')), b timestamptz DEFAULT current_timestamp + '1 day');`,
    )
    const [table] = schema.tables
    expect(table?.constraints).toMatchObject([{ name: 't_a_check', expression: expect.stringContaining('= ANY') }])
    expect(table?.columns[1]?.default).toBe("CURRENT_TIMESTAMP + '1 day'::interval")
  })

  test('what code dropped is gone', async () => {
    const { tables, unverified } = await truthOf(`CREATE TABLE a (); CREATE TABLE b ();
      DO $$ DECLARE t text; BEGIN SELECT 'a' INTO t; EXECUTE 'DROP TABLE ' || t; END $$;`)
    expect(tables).toEqual(['b'])
    expect(unverified).toEqual([])
  })
})

describe('what is missing and meant', () => {
  test('roles, namespaces, extensions and languages are put there', async () => {
    const { codes, unverified, schema, executed } = await truthOf(`
      CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR driver SERVER s;
      COMMENT ON DATABASE production IS 'not this one';
      CREATE TABLE app.t (id uuid DEFAULT uuid_generate_v4(), tags hstore);
      CREATE POLICY p ON app.t TO staff USING (true);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plperlu AS 'return;';
      CREATE TRIGGER tr BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION f();`)
    expect(unverified).toEqual([])
    expect(codes.filter((code) => code.startsWith('error'))).toEqual([])
    expect(executed).toEqual({ ran: 7, refused: 0, skipped: 1 })
    expect(schema.userMappings.map(({ user }) => user)).toEqual(['driver'])
    expect(schema.extensions.map(({ name }) => name).toSorted()).toEqual(['hstore', 'uuid-ossp'])
    expect(schema.tables[0]).toMatchObject({ namespace: 'app', policies: [{ roles: ['staff'] }], triggers: [{ name: 'tr' }] })
    expect(schema.languages).toEqual([])
  })

  test('an extension that is not there is said once; its types stay as the sources say them', async () => {
    const { codes, schema, unverified } = await truthOf(`CREATE EXTENSION postgis; COMMENT ON EXTENSION postgis IS 'maps';
      CREATE TABLE places (at geometry(Point, 4326) NOT NULL, v int);
      CREATE INDEX ON places (v);`)
    expect(codes).toEqual(['info extension-not-available -'])
    expect(schema.tables[0]?.columns[0]).toMatchObject({ type: expect.stringMatching(/^geometry\(Point, ?4326\)$/), nullable: false })
    expect(unverified.map(({ list, name }) => [list, name])).toEqual([['extensions', 'postgis']])
  })

  test('files in any order, each with its own search path, CONCURRENTLY, tablespaces, repairs', async () => {
    const { schema, executed, unverified } = await truthOf([
      `CREATE SCHEMA a; SET search_path = a; CREATE TABLE child (parent int REFERENCES b.parent, INDEX by_parent (parent)); CREATE VIEW v AS SELECT id FROM b.parent;`,
      `BEGIN; CREATE SCHEMA b; SET LOCAL search_path = b; CREATE TABLE parent (id int PRIMARY KEY) TABLESPACE fast; COMMIT;
       RESET search_path; CREATE TABLE plain (x int); CREATE INDEX CONCURRENTLY plain_x ON plain (x);`,
    ])
    expect(schema.tables.map(({ namespace, name }) => `${namespace}.${name}`)).toEqual(['a.child', 'b.parent', 'public.plain'])
    expect(schema.tables[0]?.indexes.map(({ name }) => name)).toEqual(['by_parent'])
    expect(schema.tables[1]?.tablespace).toBe('fast')
    expect(schema.views.map(({ namespace }) => namespace)).toEqual(['a'])
    expect([executed.refused, unverified]).toEqual([0, []])
  })
})

test('a long chain in the wrong order is put right in little time', async () => {
  const views = Array.from({ length: 300 }, (_, n) => `CREATE VIEW v${n} AS SELECT * FROM v${n + 1};`)
  const begun = performance.now()
  const { executed } = await truthOf(`${views.join('\n')} CREATE VIEW v300 AS SELECT 1 AS a;`)
  expect(executed).toEqual({ ran: 301, refused: 0, skipped: 0 })
  expect(performance.now() - begun).toBeLessThan(20_000)
})

describe('what PostgreSQL refuses', () => {
  test('stays as the grammar read it, is listed, and said at its place', async () => {
    const { tables, codes, unverified } = await truthOf(`CREATE TABLE good (id int);
CREATE TABLE bad (id int, x text DEFAULT lower(1::no_such_type));
CREATE VIEW v AS SELECT id, nothing FROM good;`)
    expect(tables).toEqual(['good', 'bad'])
    expect(codes).toEqual(['warning refused-by-postgres 2', 'warning refused-by-postgres 3'])
    expect(unverified).toEqual([
      { list: 'tables', name: 'bad', reason: 'type "no_such_type" does not exist' },
      { list: 'views', name: 'v', reason: 'column "nothing" does not exist' },
    ])
  })

  test('a statement that does not end is stopped, and everything else is there', async () => {
    const impatient = await openScratch({ statementTimeout: 2000 })
    const { tables, executed, diagnostics } = await truthOf(
      'CREATE TABLE before (id int); DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$; CREATE TABLE after (id int);',
      { on: impatient },
    )
    await impatient.close()
    expect(tables).toEqual(['before', 'after'])
    expect(executed).toEqual({ ran: 2, refused: 1, skipped: 0 })
    expect(diagnostics.find(({ code }) => code === 'refused-by-postgres')?.message).toMatch(/did not end within 2 s/)
  })

  test('in strict mode nothing is tried again, and what was rejected is not tried', async () => {
    const { tables, executed } = await truthOf(
      `CREATE TABLE child (parent int REFERENCES parent); CREATE TABLE parent (id int PRIMARY KEY);`,
      { strict: true },
    )
    expect(tables).toEqual(['parent'])
    expect(executed).toEqual({ ran: 1, refused: 0, skipped: 1 })
  })
})

test('grants are taken from the sources; what code granted comes in once', async () => {
  const { schema, read, executed } = await truthOf(
    `CREATE TABLE t (id int, name text); ALTER TABLE t OWNER TO boss; CREATE SCHEMA s; CREATE TABLE s.u ();
    GRANT SELECT, INSERT ON t TO reader; GRANT ALL ON t TO writer; GRANT SELECT (name) ON t TO peeker WITH GRANT OPTION;
    GRANT SELECT ON ALL TABLES IN SCHEMA s TO auditor; ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO reader;
    DO $$ BEGIN EXECUTE 'GRANT DELETE ON s.u TO auditor'; END $$;`,
    { privileges: true },
  )
  expect(executed.refused).toBe(0)
  expect(schema.tables.map(({ owner }) => owner)).toEqual(['boss', null])
  expect(schema.privileges.slice(0, -1)).toEqual(read.schema.privileges)
  expect(schema.privileges.at(-1)).toMatchObject({ objects: [{ namespace: 's', name: 'u' }], roles: ['auditor'] })
})

test('comments and brackets nested 100,000 deep cost no time', async () => {
  const nested = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000)
  const { tables, executed } = await truthOf(
    `CREATE TABLE noted (a int ${nested('/*', '*/')}); SELECT ${nested('(', ')')}; CREATE TABLE flat (a int);`,
  )
  expect(tables).toEqual(['noted', 'flat'])
  expect(executed).toEqual({ ran: 2, refused: 1, skipped: 0 })
})

test('data, settings and what reaches beyond the database is not run', async () => {
  const { executed } =
    await truthOf(`SET work_mem = '1GB'; INSERT INTO nowhere VALUES (1); CREATE DATABASE other; ALTER SYSTEM SET fsync = off;
    CREATE ROLE boss SUPERUSER; CREATE SUBSCRIPTION s CONNECTION 'host=example.org' PUBLICATION p; VACUUM; SELECT 1; GRANT ALL ON t TO boss;
    COPY t FROM stdin;
1
\\.
\\echo done`)
  expect(executed).toMatchObject({ ran: 0, refused: 0 })
})

test('it can be cancelled, and says how far it is', async () => {
  const shares: number[] = []
  const text = Array.from({ length: 900 }, (_, n) => `CREATE TABLE t${n} (id int);`).join('\n')
  await truthOf(text, { onProgress: (share) => shares.push(share) })
  expect(shares.at(-1)).toBe(1)
  expect(shares.toSorted((a, b) => a - b)).toEqual(shares)
  await scratch.reset()
  const signal = { aborted: false, reason: new Error('enough') }
  const stopped = truthOf(text, { signal, onProgress: (share) => void (signal.aborted = share > 0.1) })
  await expect(stopped).rejects.toThrow('enough')
})

test('whatever the text, it ends, and nothing of the reading is lost', async () => {
  const parts = [
    'CREATE TABLE a (id int PRIMARY KEY, b text DEFAULT $q$x$q$)',
    'CREATE TABLE c (a int REFERENCES a, CHECK (a > 0))',
    'CREATE INDEX i ON c (a)',
    'CREATE VIEW v AS SELECT * FROM c',
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TYPE e AS ENUM ('x')",
    'ALTER TABLE a ADD COLUMN e e',
    'DROP TABLE c CASCADE',
    'ALTER TABLE c RENAME TO d',
    'DO $$ BEGIN EXECUTE $x$CREATE TABLE made ()$x$; END $$',
    'SET search_path = nowhere, public',
    'BEGIN',
    'ROLLBACK',
    'COMMIT; SAVEPOINT s',
    'SELECT f(), pg_terminate_backend(pg_backend_pid())',
    'DROP SCHEMA public CASCADE',
    'SET ROLE nobody',
    'RESET ALL; DISCARD ALL',
    'PREPARE p AS SELECT 1; EXECUTE p; DEALLOCATE ALL',
    'LISTEN x; NOTIFY x',
    'COPY a FROM stdin;\n1\tx\n\\.',
    'CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION f()',
    'ALTER DATABASE postgres SET search_path = nowhere',
  ]
  const script = fc.array(
    fc.tuple(
      fc.constantFrom(...parts),
      fc.option(fc.tuple(fc.nat(60), fc.constantFrom('', ')', '"', "'", ';', '$$', ' x ')), { nil: null, freq: 3 }),
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  await fc.assert(
    fc.asyncProperty(script, async (pieces) => {
      const text = pieces.map(([part, cut]) => (cut === null ? part : part.slice(0, cut[0]) + cut[1] + part.slice(cut[0] + 1))).join(';\n')
      const truth = await truthOf(text)
      const known = new Set(truth.tables)
      const missing = truth.read.schema.tables.filter(({ name }) => !known.has(name)).map(({ name }) => name)
      const told = truth.diagnostics.map(({ message }) => message).join('\n')
      expect(missing.filter((name) => !told.includes(name))).toEqual([])
      await scratch.reset()
    }),
    { numRuns: 40 },
  )
}, 120_000)
