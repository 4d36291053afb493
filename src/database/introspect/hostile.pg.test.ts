import { expect, test } from 'vitest'
import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import { importer } from '#formats/postgres-sql/import/importer.ts'
import { introspect } from './introspect.ts'
import { comparable, readAgain, withDatabase } from './testing.ts'

const server = process.env['SCHEMAFLOW_TEST_PG'] ?? ''
if (!server) process.stderr.write('hostile.pg.test.ts: skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')

/** Names that somebody, somewhere, has given to something. */
const names = [
  'a"b',
  '"',
  "it's",
  'new\nline',
  '\r\n\ttab',
  ' ',
  ' lead and trail ',
  '​',
  'é'.repeat(31) + 'x',
  '🐘'.repeat(15) + 'abc',
  'x'.repeat(63),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '$1',
  '$$',
  '$body$',
  ':name',
  ':"name"',
  '\\d',
  "E'\\n'",
  '--',
  '/* */',
  ';',
  '%s',
  '{}',
  '(a, b)',
  'a.b',
  '"a"."b"',
  'public.t',
  'select',
  'integer',
  'timestamp with time zone',
  'serial',
  'text[]',
  'NULL',
  'default',
  'Ünïcode',
  'العربية',
  'U&"\\0041"',
  '1st',
  'UPPER',
  'on',
  'with',
  'when',
  'do',
  'true',
  'none',
  'public2',
]

/** One of many kinds of thing for a name, all of them called so. */
function makes(name: string, n: number): string {
  const q = quoteName(name)
  const text = quoteLiteral(name)
  const s = quoteName(`s${n}`)
  return `
    CREATE SCHEMA ${s};
    CREATE TYPE ${s}.${q} AS ENUM (${text}, ${quoteLiteral(name.slice(0, 20) + "'")});
    CREATE DOMAIN ${s}.${quoteName(`d${n}`)} AS text CONSTRAINT ${q} CHECK (VALUE <> ${text});
    CREATE SEQUENCE ${s}.${quoteName(`q${n}`)};
    CREATE TABLE ${s}.t (
      ${q} ${s}.${q} DEFAULT ${text} NOT NULL,
      id integer GENERATED ALWAYS AS IDENTITY,
      label text DEFAULT ${text} COLLATE "C",
      made text GENERATED ALWAYS AS (label || ${text}) STORED,
      CONSTRAINT ${q} PRIMARY KEY (${q}),
      CONSTRAINT ${quoteName(`c${n}`)} CHECK (${q} <> ${text}::${s}.${q} OR label = ${text})
    );
    CREATE TABLE ${s}.${quoteName(`${name.slice(0, 12)}2`)} (${q} ${s}.${q} REFERENCES ${s}.t, other serial) WITH (fillfactor = 50);
    COMMENT ON COLUMN ${s}.t.${q} IS ${text};
    COMMENT ON TABLE ${s}.t IS ${text};
    COMMENT ON CONSTRAINT ${q} ON ${s}.t IS ${text};
    CREATE INDEX ${quoteName(`i${n}`)} ON ${s}.t (${q} DESC, lower(label || ${text})) WHERE label <> ${text};
    CREATE FUNCTION ${s}.${q}(${q} text DEFAULT ${text}) RETURNS text LANGUAGE sql SET application_name TO ${quoteLiteral(name.slice(0, 20))} AS ${quoteLiteral(`SELECT ${text}`)};
    CREATE FUNCTION ${s}.fire() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER ${q} BEFORE UPDATE OF ${q} ON ${s}.t FOR EACH ROW WHEN (NEW.label = ${text} AND NEW.${q} IS NOT NULL) EXECUTE FUNCTION ${s}.fire(${text}, '');
    CREATE POLICY ${q} ON ${s}.t USING (label = ${text} OR ${q} IS NULL);
    CREATE RULE ${q} AS ON DELETE TO ${s}.t WHERE OLD.label = ${text} DO INSTEAD UPDATE ${s}.t SET label = ${text};
    CREATE VIEW ${s}.v AS SELECT ${q} AS x, label AS ${q} FROM ${s}.t WHERE label <> ${text};
    COMMENT ON COLUMN ${s}.v.${q} IS ${text};
    CREATE TYPE ${s}.c AS (${q} ${s}.${q}[], b text);
    CREATE STATISTICS ${s}.${q} ON ${q}, label FROM ${s}.t;
    CREATE TABLE ${s}.parts (${q} text, b integer) PARTITION BY LIST (${q});
    CREATE TABLE ${s}.part PARTITION OF ${s}.parts FOR VALUES IN (${text}, NULL);
    CREATE FOREIGN TABLE ${s}.far (${q} text OPTIONS (${q} ${text})) SERVER srv OPTIONS (${q} ${text});`
}

const sql = `CREATE FOREIGN DATA WRAPPER w; CREATE SERVER srv FOREIGN DATA WRAPPER w OPTIONS (${names.map((name) => `${quoteName(name)} ${quoteLiteral(name)}`).join(', ')});
  ${names.map(makes).join('\n')}`

test.skipIf(!server)('whatever things are called, they come out as they are called and go back as they were', async () => {
  await withDatabase(server, async (one) => {
    await one.exec(sql)
    const read = await introspect(one)
    const ofTables = read.schema.tables.filter(({ name }) => name === 't')
    expect(ofTables.map(({ columns }) => columns[0]?.name)).toEqual(names)
    expect(ofTables.map(({ triggers }) => triggers[0]?.name)).toEqual(names)
    expect(ofTables.map(({ comment }) => comment)).toEqual(names)
    expect(ofTables.map(({ triggers }) => triggers[0]?.arguments)).toEqual(names.map((name) => [name, '']))
    expect(read.schema.enums.map(({ name, values }) => [name, values[0]])).toEqual(names.map((name) => [name, name]))
    expect(Object.entries(read.schema.foreignServers[0]?.options ?? {})).toEqual(names.map((name) => [name, name]))
    await withDatabase(server, async (two) => {
      const { sql: written, again } = await readAgain(read, two)
      expect(comparable(again)).toEqual(comparable(read.schema))
      const { schema } = await importer([{ file: 'written.sql', text: written }])
      expect(comparable(schema)).toEqual(comparable(read.schema))
    })
  })
})
