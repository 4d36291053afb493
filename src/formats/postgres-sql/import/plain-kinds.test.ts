import { expect, test } from 'vitest'
import { read, schemaOf } from './testing.ts'

const functions = `CREATE FUNCTION f_in(cstring) RETURNS int LANGUAGE sql AS 'select 1'; CREATE SCHEMA s;
  CREATE FUNCTION s.eq(text, text) RETURNS boolean LANGUAGE sql AS 'select true';`

test('IMP-1 a base type is announced, defined and changed', async () => {
  const { baseTypes } = await schemaOf(`CREATE TYPE box2; CREATE FUNCTION box2_in(cstring) RETURNS box2 LANGUAGE internal AS 'x';
    CREATE TYPE box2 (INPUT = box2_in, OUTPUT = pg_catalog.int4out, INTERNALLENGTH = 16, ALIGNMENT = double, PASSEDBYVALUE, DEFAULT = 'a, b');
    ALTER TYPE box2 SET (STORAGE = plain); COMMENT ON TYPE box2 IS 'c'; ALTER TYPE box2 RENAME TO box3; CREATE TYPE shell`)
  expect(baseTypes).toMatchObject([
    {
      name: 'box3',
      comment: 'c',
      options: {
        input: 'public.box2_in',
        output: 'int4out',
        internallength: '16',
        alignment: 'double',
        passedbyvalue: 'true',
        default: "'a, b'",
        storage: 'plain',
      },
    },
    { name: 'shell', options: {} },
  ])
})

test('IMP-1 a range type may be announced for its canonical function', async () => {
  const { rangeTypes, baseTypes } = await schemaOf(`CREATE TYPE r; CREATE FUNCTION canon(r) RETURNS r LANGUAGE internal AS 'x';
    CREATE TYPE r AS RANGE (SUBTYPE = int4, CANONICAL = canon, SUBTYPE_DIFF = int4mi)`)
  expect(baseTypes).toEqual([])
  expect(rangeTypes).toMatchObject([{ name: 'r', subtype: 'integer', options: { canonical: 'public.canon', subtype_diff: 'int4mi' } }])
})

test('IMP-1 collations come from options or from another one', async () => {
  const { collations, tables } =
    await schemaOf(`CREATE COLLATION "de" (PROVIDER = ICU, LOCALE = 'de-DE', DETERMINISTIC = false, RULES = '&a < b');
    CREATE COLLATION IF NOT EXISTS de (locale = 'x'); CREATE COLLATION c1 FROM "C"; CREATE COLLATION c2 (provider = libc, LC_COLLATE = 'a', LC_CTYPE = 'b');
    CREATE COLLATION c3 (LC_COLLATE = 'a', LC_CTYPE = 'a'); CREATE SCHEMA s; CREATE TABLE t (a text COLLATE de);
    COMMENT ON COLLATION de IS 'd'; ALTER COLLATION de REFRESH VERSION; ALTER COLLATION c1 RENAME TO c0; ALTER COLLATION de SET SCHEMA s; DROP COLLATION c2`)
  expect(collations).toMatchObject([
    { namespace: 's', name: 'de', provider: 'icu', locale: 'de-DE', deterministic: false, rules: '&a < b', comment: 'd' },
    { name: 'c0', from: '"C"', provider: null },
    { name: 'c3', locale: 'a', lcCollate: null, lcCtype: null },
  ])
  expect(tables[0]?.columns[0]?.collation).toBe('s.de')
})

test('IMP-1 operators keep their partners and estimators, and follow renames', async () => {
  const { operators } = await schemaOf(`${functions}
    CREATE TYPE t AS (a int); CREATE FUNCTION teq(t, t) RETURNS boolean LANGUAGE sql AS 'select true';
    CREATE OPERATOR === (LEFTARG = t, RIGHTARG = t, PROCEDURE = teq, COMMUTATOR = ===, NEGATOR = !==, RESTRICT = eqsel, JOIN = pg_catalog.eqjoinsel, HASHES, MERGES);
    CREATE OPERATOR s.!! (RIGHTARG = text, FUNCTION = s.eq); COMMENT ON OPERATOR s.!! (NONE, text) IS 'not';
    ALTER OPERATOR === (t, t) SET (RESTRICT = NONE); ALTER FUNCTION teq RENAME TO same; ALTER TYPE t RENAME TO u; ALTER OPERATOR === (u, u) SET SCHEMA s`)
  expect(operators).toMatchObject([
    {
      namespace: 's',
      name: '===',
      left: 'u',
      right: 'u',
      function: 'public.same',
      commutator: 'OPERATOR(s.===)',
      negator: 'OPERATOR(public.!==)',
      restrict: null,
      join: 'eqjoinsel',
      hashes: true,
      merges: true,
    },
    { namespace: 's', name: '!!', left: null, right: 'text', function: 's.eq', comment: 'not' },
  ])
})

test('IMP-1 operator classes and families keep their elements', async () => {
  const schema = await schemaOf(`${functions} CREATE FUNCTION cmp(text, text) RETURNS int LANGUAGE sql AS 'select 1';
    CREATE OPERATOR s.<< (LEFTARG = text, RIGHTARG = text, FUNCTION = s.eq); CREATE OPERATOR FAMILY fam USING btree;
    CREATE OPERATOR CLASS c DEFAULT FOR TYPE text USING btree FAMILY fam AS OPERATOR 1 s.<<, OPERATOR 2 <= (text, text) FOR ORDER BY fam, FUNCTION 1 cmp(text, text);
    CREATE OPERATOR CLASS d FOR TYPE text USING gist AS STORAGE int4;
    ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 2 (text, text) s.eq(text, text), OPERATOR 3 s.<< (text, varchar);
    ALTER OPERATOR FAMILY fam USING btree DROP OPERATOR 3 (text, varchar); ALTER OPERATOR FAMILY d USING gist ADD OPERATOR 1 = (text, text);
    ALTER OPERATOR FAMILY fam USING btree RENAME TO fam2; COMMENT ON OPERATOR CLASS c USING btree IS 'k'`)
  expect(schema.operatorFamilies).toMatchObject([
    { name: 'fam2', method: 'btree', elements: [{ kind: 'function', number: 2, name: 's.eq(text, text)', types: ['text', 'text'] }] },
    { name: 'd', method: 'gist', elements: [{ kind: 'operator', number: 1, name: '=' }] },
  ])
  expect(schema.operatorClasses).toMatchObject([
    {
      name: 'c',
      type: 'text',
      isDefault: true,
      family: { namespace: 'public', name: 'fam2' },
      comment: 'k',
      elements: [
        { kind: 'operator', number: 1, name: 's.<<', types: ['text', 'text'], orderBy: null },
        { kind: 'operator', number: 2, name: '<=', types: ['text', 'text'], orderBy: 'public.fam2' },
        { kind: 'function', number: 1, name: 'public.cmp(text, text)', types: ['text', 'text'] },
      ],
    },
    { name: 'd', family: { namespace: 'public', name: 'd' }, storage: 'integer', elements: [] },
  ])
})

test('IMP-1 casts, transforms, languages, conversions and access methods', async () => {
  const schema =
    await schemaOf(`${functions} CREATE TYPE mood AS ENUM ('a'); CREATE FUNCTION m(mood, int, boolean) RETURNS text LANGUAGE sql AS 'select 1';
    CREATE FUNCTION h() RETURNS language_handler LANGUAGE c AS 'l', 'h';
    CREATE CAST (mood AS text) WITH FUNCTION m(mood, int, boolean) AS ASSIGNMENT; CREATE CAST (text AS mood) WITH INOUT AS IMPLICIT; CREATE CAST (mood AS int) WITHOUT FUNCTION;
    COMMENT ON CAST (mood AS text) IS 'c'; CREATE TRUSTED LANGUAGE pl HANDLER h INLINE s.i VALIDATOR v; ALTER LANGUAGE pl RENAME TO plx;
    CREATE TRANSFORM FOR mood LANGUAGE plx (FROM SQL WITH FUNCTION s.a(internal), TO SQL WITH FUNCTION b(internal)); COMMENT ON TRANSFORM FOR mood LANGUAGE plx IS 't';
    CREATE DEFAULT CONVERSION conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8; CREATE ACCESS METHOD am TYPE INDEX HANDLER bthandler; DROP CAST (mood AS int); ALTER TYPE mood RENAME TO m2`)
  expect(schema.casts).toMatchObject([
    { source: 'm2', target: 'text', method: 'function', function: 'public.m(m2, integer, boolean)', context: 'assignment', comment: 'c' },
    { source: 'text', target: 'm2', method: 'inout', context: 'implicit' },
  ])
  expect(schema.languages).toMatchObject([{ name: 'plx', trusted: true, handler: 'public.h', inline: 's.i', validator: 'v' }])
  expect(schema.transforms).toMatchObject([{ type: 'm2', language: 'plx', fromSql: 's.a(internal)', toSql: 'b(internal)', comment: 't' }])
  expect(schema.conversions).toMatchObject([{ name: 'conv', isDefault: true, from: 'LATIN1', to: 'UTF8', function: 'iso8859_1_to_utf8' }])
  expect(schema.accessMethods).toMatchObject([{ name: 'am', kind: 'index', handler: 'bthandler' }])
})

test('IMP-1 text search: every ALTER of a configuration, and copies of known ones', async () => {
  const schema = await schemaOf(`CREATE TEXT SEARCH TEMPLATE tpl (INIT = dsnowball_init, LEXIZE = dsnowball_lexize);
    CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
    CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = tpl, language = russian, StopWords = 'ru'); ALTER TEXT SEARCH DICTIONARY d (stopwords, x = 1);
    CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default"); ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word, asciiword WITH d, simple;
    ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR email WITH simple; ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word REPLACE simple WITH english_stem;
    ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR email; CREATE TEXT SEARCH CONFIGURATION copy (COPY = c); ALTER TEXT SEARCH CONFIGURATION copy ALTER MAPPING FOR word WITH simple;
    CREATE TEXT SEARCH CONFIGURATION ru (COPY = pg_catalog.russian); ALTER TEXT SEARCH CONFIGURATION ru ALTER MAPPING FOR hword, word WITH unaccent, russian_stem`)
  const mappings = (name: string) =>
    schema.textSearch.flatMap((object) =>
      object.kind === 'configuration' && object.name === name ? object.mappings.map((m) => `${m.token}: ${m.dictionaries.join(' ')}`) : [],
    )
  expect(schema.textSearch).toMatchObject([
    { kind: 'template', options: { init: 'dsnowball_init', lexize: 'dsnowball_lexize' } },
    { kind: 'parser', options: { start: 'prsd_start', end: 'prsd_end' } },
    { kind: 'dictionary', template: 'public.tpl', options: { language: 'russian', x: '1' } },
    { kind: 'configuration', name: 'c', parser: '"default"' },
    { name: 'copy' },
    { name: 'ru' },
  ])
  expect(mappings('c')).toEqual(['asciiword: public.d simple', 'word: public.d english_stem'])
  expect(mappings('copy')).toEqual(['asciiword: public.d simple', 'word: simple'])
  expect(mappings('ru')).toHaveLength(19)
  expect(mappings('ru')).toEqual(expect.arrayContaining(['asciiword: english_stem', 'word: unaccent russian_stem', 'uint: simple']))
})

test('IMP-1 a copy of a configuration that nobody knows is kept as it stands', async () => {
  const { schema } = await read('CREATE TEXT SEARCH CONFIGURATION c (COPY = mine.other); COMMENT ON TEXT SEARCH CONFIGURATION c IS $$x$$')
  expect(schema.opaque.map(({ sql }) => sql)).toHaveLength(2)
})

test('IMP-1 foreign data: options are added, set and dropped', async () => {
  const schema = await schemaOf(`CREATE FUNCTION h() RETURNS fdw_handler LANGUAGE c AS 'l', 'h';
    CREATE FOREIGN DATA WRAPPER w HANDLER h NO VALIDATOR OPTIONS (a '1'); ALTER FOREIGN DATA WRAPPER w NO HANDLER VALIDATOR v OPTIONS (SET a '2', ADD "B" '3');
    CREATE SERVER srv TYPE 't' VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'x'); ALTER SERVER srv VERSION '2' OPTIONS (DROP host, ADD port '5');
    CREATE USER MAPPING FOR CURRENT_USER SERVER srv OPTIONS (user 'u'); CREATE USER MAPPING IF NOT EXISTS FOR public SERVER srv; ALTER USER MAPPING FOR CURRENT_USER SERVER srv OPTIONS (SET user 'v');
    CREATE FOREIGN TABLE ft (a int) SERVER srv; ALTER SERVER srv RENAME TO srv2; DROP USER MAPPING FOR public SERVER srv2; COMMENT ON SERVER srv2 IS 's'`)
  expect(schema.foreignDataWrappers).toMatchObject([{ name: 'w', handler: null, validator: 'v', options: { a: '2', B: '3' } }])
  expect(schema.foreignServers).toMatchObject([
    { name: 'srv2', wrapper: 'w', type: 't', version: '2', options: { port: '5' }, comment: 's' },
  ])
  expect(schema.foreignServers[0]?.options).not.toHaveProperty('host')
  expect(schema.userMappings).toEqual([{ user: 'current_user', server: 'srv2', options: { user: 'v' } }])
  expect(schema.tables[0]?.foreign?.server).toBe('srv2')
  const dropped = await schemaOf('CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR a SERVER s; DROP SERVER s CASCADE')
  expect([dropped.foreignServers, dropped.userMappings]).toEqual([[], []])
})

test('IMP-1 publications: tables, columns, filters, schemas and options', async () => {
  const schema =
    await schemaOf(`CREATE TABLE a (id int, n text); CREATE TABLE b (id int); CREATE TABLE b1 () INHERITS (b); CREATE TABLE c (id int); CREATE SCHEMA s;
    CREATE PUBLICATION p FOR TABLE a (id, n) WHERE (n <> ''), b WITH (publish = 'delete,INSERT', publish_via_partition_root = true);
    ALTER PUBLICATION p ADD TABLE c, TABLES IN SCHEMA s; ALTER PUBLICATION p DROP TABLE c; ALTER TABLE a RENAME COLUMN n TO m; ALTER TABLE a RENAME TO a2;
    ALTER PUBLICATION p SET (publish_via_partition_root = false); CREATE PUBLICATION q FOR ALL TABLES WITH (publish = 'insert, update, delete, truncate'); ALTER PUBLICATION q RENAME TO r`)
  expect(schema.publications).toMatchObject([
    {
      name: 'p',
      allTables: false,
      namespaces: ['s'],
      options: { publish: 'insert, delete' },
      tables: [
        { table: { name: 'a2' }, only: false, columns: ['id', 'm'], where: "m <> ''" },
        { table: { name: 'b' }, only: true },
        { table: { name: 'b1' }, only: false },
      ],
    },
    { name: 'r', allTables: true, options: {} },
  ])
})

test('IMP-1 what rests on a dropped type or function goes with it', async () => {
  const schema = await schemaOf(`CREATE TYPE t AS ENUM ('a'); CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'select 1';
    CREATE CAST (t AS int) WITH FUNCTION f(t); CREATE OPERATOR !! (RIGHTARG = t, FUNCTION = f); DROP TYPE t CASCADE; CREATE TYPE t AS ENUM ('b')`)
  expect([schema.casts, schema.operators, schema.routines]).toEqual([[], [], []])
})

test('IMP-1 changing what nobody made is refused with its name', async () => {
  const { diagnostics } = await read(
    `ALTER PUBLICATION nope ADD TABLE a; ALTER SERVER nope VERSION '1'; ALTER OPERATOR FAMILY nope USING btree ADD OPERATOR 1 <`,
  )
  expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-object', 'unknown-object', 'unknown-object'])
  expect(diagnostics[0]?.message).toContain('nope')
})
