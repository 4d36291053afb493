import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { identityOf, schemaLists } from '#core/schema/index.ts'
import { importer } from '#formats/postgres-sql/import/importer.ts'
import { connect } from '../connect/connect.ts'
import { introspect } from './introspect.ts'
import { comparable, readAgain, withDatabase } from './testing.ts'

const server = process.env['SCHEMAFLOW_TEST_PG'] ?? ''
if (!server) process.stderr.write('introspect.pg.test.ts: skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.sql`, import.meta.url), 'utf8')
const shared = new URL('../../../../shared/', import.meta.url)
const fromShared = (path: string): string | undefined =>
  existsSync(new URL(path, shared)) ? readFileSync(new URL(path, shared), 'utf8') : undefined

interface Oracle {
  readonly fingerprint: (
    query: (sql: string) => Promise<readonly object[]>,
    options?: { readonly grants?: boolean; readonly owners?: boolean },
  ) => Promise<object>
  readonly diff: (a: object, b: object) => { readonly identical: boolean; readonly details: readonly object[] }
}

/** The independent judge of equality, where the workshop is beside the project. */
async function oracle(): Promise<Oracle | undefined> {
  if (!existsSync(new URL('acceptance/oracle/catalog-fingerprint.mjs', shared))) return undefined
  const { fingerprint } = (await import(new URL('acceptance/oracle/catalog-fingerprint.mjs', shared).href)) as Pick<Oracle, 'fingerprint'>
  const { diffFingerprints } = (await import(new URL('acceptance/oracle/catalog-diff.mjs', shared).href)) as {
    diffFingerprints: Oracle['diff']
  }
  return { fingerprint, diff: diffFingerprints }
}

const sources = [
  ['everything', fixture('everything')],
  ['what PostgreSQL 15 added', fixture('since-15')],
  ['rich.sql', fromShared('reference/files/rich.sql')],
  ['types.sql', fromShared('reference/files/types.sql')],
].filter((source): source is [string, string] => source[1] !== undefined)

test.skipIf(!server).each(sources)('a database is read so that what is written from it is the same database: %s', async (_, sql) => {
  const judge = await oracle()
  await withDatabase(server, async (one) => {
    await one.exec(sql)
    const read = await introspect(one)
    expect(read.diagnostics).toEqual([])
    const before = await judge?.fingerprint((text) => one.query(text))
    await withDatabase(server, async (two) => {
      const { sql: written, again } = await readAgain(read, two)
      expect(comparable(again)).toEqual(comparable(read.schema))
      if (judge && before) expect(judge.diff(before, await judge.fingerprint((text) => two.query(text))).details).toEqual([])
      // The file reads back as the same model, too.
      const { schema } = await importer([{ file: 'written.sql', text: written }])
      expect(comparable(schema)).toEqual(comparable(read.schema))
    })
  })
})

test.skipIf(!server)('everything has its place: no list stays empty, and no object is there twice', async () => {
  await withDatabase(server, async (connection) => {
    await connection.exec(fixture('everything'))
    const { schema } = await introspect(connection)
    // Transforms need a language of an extension; nobody was granted anything.
    const empty = schemaLists.filter((list) => schema[list].length === 0)
    expect(empty).toEqual(['transforms', 'privileges'])
    const identities = schemaLists.flatMap((list) => schema[list].map((item) => `${list} ${identityOf(list, item)}`))
    expect(new Set(identities).size).toBe(identities.length)
  })
})

test.skipIf(!server)('what an extension brings along is not read, what people made of it is', async () => {
  await withDatabase(server, async (connection) => {
    await connection.exec(
      'CREATE SCHEMA ext; CREATE EXTENSION hstore WITH SCHEMA ext; CREATE TABLE t (id integer, doc ext.hstore, UNIQUE (id, doc))',
    )
    const { schema } = await introspect(connection)
    expect(schema.extensions).toEqual([expect.objectContaining({ name: 'hstore', namespace: 'ext' })])
    expect([schema.routines, schema.operators, schema.operatorClasses, schema.casts, schema.baseTypes]).toEqual([[], [], [], [], []])
    expect(schema.tables.map(({ columns }) => columns.map(({ type }) => type))).toEqual([['integer', 'ext.hstore']])
  })
})

test.skipIf(!server)('policies that people put on a table of an extension are kept: the table comes with it, they do not', async () => {
  await withDatabase(server, async (connection) => {
    await connection.exec(`CREATE EXTENSION citext; CREATE SCHEMA cron; CREATE TABLE cron.job (username text);
      ALTER EXTENSION citext ADD TABLE cron.job; ALTER TABLE cron.job ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON cron.job AS RESTRICTIVE FOR UPDATE TO pg_monitor USING (username = CURRENT_USER) WITH CHECK (true);`)
    const { schema, diagnostics } = await introspect(connection)
    expect(diagnostics).toEqual([])
    expect(schema.tables).toEqual([])
    expect(schema.opaque.map(({ sql }) => sql)).toEqual([
      'ALTER TABLE cron.job ENABLE ROW LEVEL SECURITY',
      'CREATE POLICY own ON cron.job AS RESTRICTIVE FOR UPDATE TO pg_monitor USING ((username = CURRENT_USER)) WITH CHECK (true)',
    ])
  })
})

test.skipIf(!server)('owners, grants and default privileges come when asked for, and load again', async () => {
  const roles = ['si_owner', 'si "reader"'].map((name) => `"${name.replaceAll('"', '""')}"`)
  const [owner = '', reader = ''] = roles
  const judge = await oracle()
  await withDatabase(server, async (one) => {
    for (const role of roles) await one.exec(`DROP ROLE IF EXISTS ${role}; CREATE ROLE ${role}`)
    try {
      await one.exec(`
        CREATE SCHEMA app AUTHORIZATION ${owner};
        CREATE TABLE app.t (id serial PRIMARY KEY, a text, b text);
        ALTER TABLE app.t OWNER TO ${owner};
        GRANT SELECT, INSERT ON app.t TO ${reader} WITH GRANT OPTION;
        GRANT UPDATE (a, b), SELECT (a) ON app.t TO PUBLIC;
        REVOKE DELETE ON app.t FROM ${owner};
        CREATE FUNCTION app.f(a character, b text DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT 1';
        REVOKE ALL ON FUNCTION app.f FROM PUBLIC;
        CREATE TYPE app.mood AS ENUM ('a');
        REVOKE USAGE ON TYPE app.mood FROM PUBLIC;
        GRANT CREATE ON SCHEMA public TO ${reader};
        GRANT USAGE ON SEQUENCE app.t_id_seq TO ${reader};
        ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA app GRANT SELECT ON TABLES TO ${reader};
        ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`)
      expect((await introspect(one)).schema.privileges).toEqual([])
      const read = await introspect(one, { privileges: true })
      const before = await judge?.fingerprint((text) => one.query(text), { grants: true, owners: true })
      await withDatabase(server, async (two) => {
        const { again } = await readAgain(read, two, { privileges: true })
        expect(comparable(again)).toEqual(comparable(read.schema))
        if (judge && before)
          expect(judge.diff(before, await judge.fingerprint((text) => two.query(text), { grants: true, owners: true })).details).toEqual([])
        for (const role of roles) await two.exec(`DROP OWNED BY ${role} CASCADE`)
      })
    } finally {
      for (const role of roles) await one.exec(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`)
    }
  })
})

test.skipIf(!server)('a user who may see little reads the schema all the same and is told what is hidden', async () => {
  await withDatabase(server, async (owner, url) => {
    await owner.exec(`
      DROP ROLE IF EXISTS si_plain; CREATE ROLE si_plain LOGIN PASSWORD 'pw';
      CREATE TABLE secret (id integer PRIMARY KEY, a text CHECK (a <> ''));
      CREATE VIEW v AS SELECT id FROM secret;
      CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
      CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'hidden')`)
    const whole = await introspect(owner)
    const plain = await connect(Object.assign(new URL(url), { username: 'si_plain', password: 'pw' }).toString())
    try {
      const read = await introspect(plain)
      expect(read.diagnostics.map(({ code }) => code)).toEqual(['not-permitted'])
      expect(comparable({ ...read.schema, userMappings: [] })).toEqual(comparable({ ...whole.schema, userMappings: [] }))
      expect(JSON.stringify(read)).not.toContain('hidden"')
    } finally {
      await plain.close()
      await owner.exec('DROP ROLE si_plain')
    }
  })
})

test.skipIf(!server)('a part of a database stands on its own: chosen namespaces and tables, with what they need', async () => {
  await withDatabase(server, async (connection) => {
    await connection.exec(`
      CREATE SCHEMA a; CREATE SCHEMA b;
      CREATE TYPE a.mood AS ENUM ('x'); CREATE TYPE a.unused AS ENUM ('y'); CREATE DOMAIN a.moods AS a.mood[];
      CREATE TABLE b.other (id integer PRIMARY KEY);
      CREATE SEQUENCE b.shared; CREATE TYPE b.level AS ENUM ('l');
      CREATE TABLE a.wanted (id serial PRIMARY KEY, m a.moods, o integer REFERENCES b.other, n bigint DEFAULT nextval('b.shared'), l b.level, at timestamp with time zone);
      CREATE FOREIGN DATA WRAPPER w; CREATE SERVER used FOREIGN DATA WRAPPER w; CREATE SERVER unused FOREIGN DATA WRAPPER w;
      CREATE FOREIGN TABLE a.far (id integer) SERVER used;
      CREATE TABLE a.left_out (id serial);
      CREATE PUBLICATION p FOR ALL TABLES`)
    const ofNamespace = await introspect(connection, { namespaces: ['a', 'nowhere'] })
    expect(ofNamespace.schema.tables.map(({ name }) => name)).toEqual(['wanted', 'far', 'left_out'])
    expect(ofNamespace.schema.foreignServers.map(({ name }) => name)).toEqual(['used'])
    expect(ofNamespace.schema.publications).toEqual([])
    expect(ofNamespace.diagnostics.map(({ code }) => code)).toEqual(['not-in-database', 'outside-selection', 'outside-selection'])
    const ofTable = await introspect(connection, { tables: [{ namespace: 'a', name: 'wanted' }] })
    expect(ofTable.schema.tables.map(({ name }) => name)).toEqual(['wanted'])
    expect(ofTable.schema.tables[0]?.constraints.map(({ kind }) => kind)).toEqual(['primaryKey'])
    expect([...ofTable.schema.enums, ...ofTable.schema.domains].map(({ name }) => name)).toEqual(['mood', 'level', 'moods'])
    expect(ofTable.schema.sequences.map(({ name }) => name)).toEqual(['shared', 'wanted_id_seq'])
    expect(ofTable.schema.namespaces.map(({ name }) => name)).toEqual(['a', 'b'])
    await withDatabase(server, async (empty) => {
      const { again } = await readAgain(ofTable, empty)
      expect(comparable(again)).toEqual(comparable(ofTable.schema))
    })
  })
})

test.skipIf(!server)('reading asks a few dozen questions, however many tables there are, changes nothing, and can be stopped', async () => {
  await withDatabase(server, async (connection) => {
    await connection.exec(
      `DO $$BEGIN FOR i IN 1..60 LOOP EXECUTE format('CREATE TABLE t%s (id serial PRIMARY KEY, x integer CHECK (x > 0)); CREATE INDEX ON t%s (x)', i, i); END LOOP; END$$`,
    )
    let asked = 0
    const counting = {
      ...connection,
      query: <Row>(sql: string, params?: readonly unknown[]) => {
        asked += 1
        return connection.query<Row>(sql, params)
      },
    }
    const shares: number[] = []
    const { schema } = await introspect(counting, { onProgress: (share) => shares.push(share) })
    expect(schema.tables).toHaveLength(60)
    expect(asked).toBeLessThan(45)
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    await expect(introspect(connection, { signal: { aborted: true, reason: new Error('enough') } })).rejects.toThrow('enough')
    // The transaction is over: the session can be used, and its settings are its own.
    expect(await connection.query('SHOW search_path')).toEqual([{ search_path: '"$user", public' }])
  })
})

test.skipIf(!server).each(['pg_class c', 'pg_type t', 'pg_proc p', 'pg_attribute a', 'pg_index i', 'pg_trigger t'])(
  'a question that fails tells its own reason, whatever was asked for behind it: %s',
  async (place) => {
    await withDatabase(server, async (connection) => {
      await connection.exec(
        `CREATE TABLE t (id integer PRIMARY KEY); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
         CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()`,
      )
      const failing = {
        ...connection,
        query: <Row>(sql: string, params?: readonly unknown[]) =>
          connection.query<Row>(sql.includes(`FROM ${place} `) ? `${sql} AND there is none` : sql, params),
      }
      await expect(introspect(failing)).rejects.toMatchObject({ code: expect.stringMatching(/^42/) as unknown })
      // The session is in order again.
      expect((await introspect(connection)).schema.tables).toHaveLength(1)
    })
  },
)
