import { readFileSync, existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { applyFixes } from '#core/apply-fixes.ts'
import { names, outcomes, read, tableOf } from './testing.ts'

const codes = async (sql: string, strict = false) => (await read(sql, { strict })).diagnostics.map(({ code }) => code)
const first = async (sql: string, strict = false) => (await read(sql, { strict })).diagnostics[0]
/** What a text becomes when every fix is taken, round after round. */
async function mended(sql: string): Promise<string> {
  let text = sql
  for (let round = 0; round < 5; round += 1) text = applyFixes(text, (await read(text, { strict: true })).diagnostics).text
  return text
}

test('IMP-1 one cause, however many statements fall with it', async () => {
  const sql = `CREATE TABLE a (id int int);\nCREATE INDEX i ON a (id); ALTER TABLE a ADD COLUMN x int; COMMENT ON COLUMN a.id IS 'x'; COMMENT ON COLUMN a.x IS 'x';
    CREATE TABLE b (id int, a int REFERENCES a); DROP INDEX i; CREATE VIEW v AS SELECT 1`
  const { diagnostics, schema } = await read(sql)
  expect(diagnostics.map(({ code }) => code)).toEqual(['syntax-error'])
  expect(diagnostics[0]?.message).toContain('6 statements below need it')
  expect(names(schema.tables)).toEqual(['b'])
  const strict = (await read(sql, { strict: true })).diagnostics
  expect(strict).toMatchObject([
    { code: 'syntax-error', severity: 'error', message: expect.stringContaining('6 statements are refused only') },
  ])
})

test('IMP-1 what is missing is told once, with the name that was probably meant', async () => {
  const { diagnostics } =
    await read(`CREATE TABLE accounts (id int PRIMARY KEY, email text);\nALTER TABLE acounts ADD x int;\nALTER TABLE acounts ADD y int;
CREATE INDEX i ON accounts (emial); COMMENT ON COLUMN accounts.emal IS 'x'; ALTER TABLE accounts ALTER emil SET NOT NULL; ALTER TABLE accounts RENAME eimail TO e`)
  expect(diagnostics.map(({ code, hint, span }) => [code, hint, span?.line])).toEqual([
    ['unknown-table', 'Did you mean accounts?', 2],
    ['unknown-column', 'Did you mean email?', 4],
    ['unknown-column', 'Did you mean email?', 4],
    ['unknown-column', 'Did you mean email?', 4],
    ['unknown-column', 'Did you mean email?', 4],
  ])
  const [{ span } = {}] = diagnostics
  expect(span).toMatchObject({ line: 2, column: 13, end: (span?.start ?? 0) + 'acounts'.length })
})

test('IMP-1 a foreign key to a missing table or column says which one may be meant; its table is taken', async () => {
  const sql = `CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE p (a int REFERENCES user_ (id), b int REFERENCES users (uid))`
  const { diagnostics, schema } = await read(sql)
  expect(diagnostics).toMatchObject([
    { code: 'unknown-table', hint: 'Did you mean users?', span: { line: 2, column: 34 } },
    { code: 'unknown-column', hint: 'Did you mean id?', span: { line: 2, column: 70 } },
  ])
  expect(tableOf(schema, 'p').constraints).toEqual([])
  expect(await codes(sql, true)).toEqual(['unknown-table', 'unknown-column'])
})

test.each([
  ['datetime', 'timestamp'],
  ['nvarchar(20)', 'varchar(20)'],
  ['tinyint(4)', 'smallint'],
  ['mediumtext', 'text'],
  ['blob', 'bytea'],
  ['uniqueidentifier', 'uuid'],
])('IMP-1 the type %s is called %s here, and the fix writes it', async (foreign, own) => {
  const sql = `CREATE TABLE t (id int, c ${foreign} NOT NULL)`
  expect(await first(sql)).toMatchObject({ code: 'unknown-type', severity: 'warning', span: { column: 27 } })
  expect(await first(sql, true)).toMatchObject({ code: 'unknown-type', severity: 'error' })
  expect(await mended(sql)).toBe(`CREATE TABLE t (id int, c ${own} NOT NULL)`)
})

test('IMP-1 an unknown type is told when it certainly is one', async () => {
  expect(await first('CREATE TABLE t (a txet)')).toMatchObject({ code: 'unknown-type', hint: 'Did you mean text?' })
  expect(await mended('CREATE TABLE t (a citext)')).toBe('CREATE EXTENSION IF NOT EXISTS citext;\nCREATE TABLE t (a citext)')
  expect(await codes('CREATE TABLE t (a later); CREATE TYPE later AS (x int)')).toEqual([])
  expect(await codes('CREATE EXTENSION something; CREATE TABLE t (a what)')).toEqual([])
  expect(await codes('CREATE EXTENSION citext; CREATE TABLE t (a citext, b what, c auth.thing)')).toEqual(['unknown-type'])
})

test.each([
  ['CREATE TABLE t (a int, b int,)', 'extra-comma', 'CREATE TABLE t (a int, b int)'],
  ['CREATE TABLE t (a int,, b int)', 'extra-comma', 'CREATE TABLE t (a int, b int)'],
  ['CREATE TABLE t (a int\n, order int)', 'reserved-word', 'CREATE TABLE t (a int\n, "order" int)'],
  ['CREATE TABLE user (a int)', 'reserved-word', 'CREATE TABLE "user" (a int)'],
  ['CREATE TABLE t (a int NOT NULL\n  b text)', 'missing-comma', 'CREATE TABLE t (a int NOT NULL,\n  b text)'],
  ['CREATE TABLE t (a int)\nCREATE TABLE u (a int)', 'missing-semicolon', 'CREATE TABLE t (a int);\nCREATE TABLE u (a int)'],
  ['CRAETE TABLE t (a int)', 'misspelt-word', 'CREATE TABLE t (a int)'],
  ['create tabel t (a int)', 'misspelt-word', 'create table t (a int)'],
  ['CREATE TABLE t (a int PRIMRY KEY)', 'misspelt-word', 'CREATE TABLE t (a int PRIMARY KEY)'],
  ['CREATE TABLE t (a int DEFUALT 1, b int)', 'misspelt-word', 'CREATE TABLE t (a int DEFAULT 1, b int)'],
])('IMP-1 a slip is named and mended: %s', async (sql, code, fixed) => {
  expect(await codes(sql)).toEqual([code])
  expect(outcomes(await read(sql))).toContain('repaired')
  expect(await codes(sql, true)).toEqual([code])
  expect(await mended(sql)).toBe(fixed)
  expect(await codes(fixed, true)).toEqual([])
})

test('IMP-1 several slips in one statement are each named, and mended together', async () => {
  const sql = 'CREATE TABEL users (\n  id serial PRIMARY KEY,\n  name varchar2(50),\n  user text\n  email text NOT NUL,\n);'
  expect(await codes(sql)).toEqual(['misspelt-word', 'unknown-type', 'reserved-word', 'missing-comma', 'misspelt-word', 'extra-comma'])
  expect((await read(sql)).diagnostics.map(({ span }) => span?.line)).toEqual([1, 3, 4, 5, 5, 5])
  const fixed = await mended(await mended(sql))
  expect(fixed).toBe('CREATE TABLE users (\n  id serial PRIMARY KEY,\n  name varchar(50),\n  "user" text,\n  email text NOT NULL\n);')
  expect(await codes(fixed, true)).toEqual([])
})

test('IMP-1 tables of MySQL can be written as PostgreSQL', async () => {
  const sql = `CREATE TABLE \`users\` (\n  \`id\` int(11) unsigned NOT NULL AUTO_INCREMENT COMMENT 'the key',\n  \`name\` varchar(20) CHARACTER SET utf8 DEFAULT NULL,
  \`d\` datetime ON UPDATE CURRENT_TIMESTAMP,\n  e enum('a','b') NOT NULL,\n  PRIMARY KEY (\`id\`) USING BTREE,\n  KEY \`k\` (\`name\`(10)),\n  UNIQUE KEY \`u\` (\`name\`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8 COMMENT='people';`
  const fixed = await mended(sql)
  const { schema, diagnostics } = await read(fixed, { strict: true })
  expect(diagnostics).toEqual([])
  expect(tableOf(schema, 'users')).toMatchObject({
    comment: 'people',
    columns: [
      { name: 'id', type: 'integer', identity: { kind: 'byDefault' }, comment: 'the key' },
      { name: 'name', type: 'character varying(20)' },
      { name: 'd', type: 'timestamp without time zone' },
      { name: 'e', type: 'text', nullable: false },
    ],
    indexes: [{ name: 'k' }],
  })
  expect((await first(sql))?.message).toContain('Without counterpart: UNSIGNED, ON UPDATE CURRENT_TIMESTAMP')
})

test('IMP-1 tables of SQL Server can be written as PostgreSQL', async () => {
  const sql = `CREATE TABLE [t] ([id] int IDENTITY(5,2) NOT NULL, [full name] nvarchar(max), [g] uniqueidentifier, CONSTRAINT [pk] PRIMARY KEY CLUSTERED ([id] ASC)) ON [PRIMARY]\nGO\n`
  const { schema, diagnostics } = await read(await mended(sql), { strict: true })
  expect(diagnostics).toEqual([])
  expect(tableOf(schema, 't')).toMatchObject({
    columns: [{ identity: { sequence: { start: '5', increment: '2' } } }, { name: 'full name', type: 'text' }, { type: 'uuid' }],
    constraints: [{ kind: 'primaryKey', name: 'pk' }],
  })
})

test('IMP-1 a subquery without a name is told, as servers before 16 refuse it', async () => {
  const sql = 'CREATE TABLE a (id int); CREATE TABLE b AS SELECT max(id) AS m FROM (SELECT id FROM a); CREATE INDEX i ON b (m)'
  const { schema, diagnostics } = await read(sql)
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['unnamed-subquery', 'info']])
  expect(tableOf(schema, 'b').columns).toMatchObject([{ name: 'm', type: 'integer' }])
  expect(await codes(sql, true)).toEqual(['unnamed-subquery'])
  expect(await mended(sql)).toContain('FROM (SELECT id FROM a) AS subquery;')
})

const seed = '/work/shared/corpus/seeds/seed-004-vaporform.sql'
test.runIf(existsSync(seed))('IMP-1 the schema of S4: seven causes, and everything is there when they are mended', async () => {
  const text = readFileSync(seed, 'utf8')
  for (const strict of [true, false])
    expect((await codes(text, strict)).sort()).toEqual([
      ...Array<string>(5).fill('inline-index'),
      ...Array<string>(2).fill('partition-of-unpartitioned'),
    ])
  const { schema, diagnostics } = await read(await mended(text), { strict: true })
  expect(diagnostics).toEqual([])
  const count = (list: 'indexes' | 'triggers') => schema.tables.reduce((sum, table) => sum + table[list].length, 0)
  expect([schema.tables.length, schema.tables.filter(({ partitionOf }) => partitionOf).length]).toEqual([11, 2])
  expect([count('triggers'), schema.routines.length]).toEqual([8, 3])
  expect(schema.tables.filter(({ partitionOf }) => !partitionOf).reduce((sum, table) => sum + table.indexes.length, 0)).toBe(42)
})
