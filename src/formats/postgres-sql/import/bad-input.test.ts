import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyFixes } from '#core/apply-fixes.ts'
import { names, outcomes, read, tableOf } from './testing.ts'

const first = async (sql: string, strict = false) => (await read(sql, { strict })).diagnostics[0]

test('IMP-1 a syntax error is told with its place, and the rest is read', async () => {
  const result = await read('CREATE TABLE a (x int);\nCREATE TABLE é (y int y);\nCREATE TABLE c (z int);')
  expect(outcomes(result)).toEqual(['modelled', 'rejected', 'modelled'])
  expect(result.diagnostics).toMatchObject([{ code: 'syntax-error', severity: 'error', span: { line: 2, column: 23 } }])
})

test('IMP-1 an inline INDEX becomes an index, with a fix', async () => {
  const sql = 'CREATE TABLE t (id int, INDEX idx_b (id, n(10)), n text);'
  const result = await read(sql)
  expect(outcomes(result)).toEqual(['repaired'])
  expect(tableOf(result.schema, 't')).toMatchObject({
    columns: [{ name: 'id' }, { name: 'n' }],
    indexes: [{ name: 'idx_b', elements: [{ column: 'id' }, { column: 'n' }] }],
  })
  const [diagnostic] = result.diagnostics
  expect(diagnostic).toMatchObject({ code: 'inline-index', span: { line: 1, column: 25 } })
  const fixed = (diagnostic?.fix?.edits ?? [])
    .toReversed()
    .reduce((text, { start, end, text: insert }) => text.slice(0, start) + insert + text.slice(end), sql)
  expect(fixed).toBe('CREATE TABLE t (id int, n text);\nCREATE INDEX idx_b ON t (id, n);')
  expect(outcomes(await read(fixed))).toEqual(['modelled', 'modelled'])
})

test('IMP-1 PARTITION OF a table that is not partitioned names the cause, at the parent, with a fix', async () => {
  const sql =
    "CREATE TABLE ev (id bigint, created_at timestamptz);\nCREATE TABLE ev_1 PARTITION OF ev FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
  const diagnostic = await first(sql)
  expect(diagnostic).toMatchObject({
    code: 'partition-of-unpartitioned',
    severity: 'error',
    span: { line: 2, column: 32 },
    hint: expect.stringContaining('PARTITION BY RANGE (created_at)'),
  })
  const [edit] = diagnostic?.fix?.edits ?? []
  const fixed = sql.slice(0, edit?.start) + (edit?.text ?? '') + sql.slice(edit?.end)
  expect(outcomes(await read(fixed))).toEqual(['modelled', 'modelled'])
})

test('IMP-1 a forgotten semicolon is put in', async () => {
  const result = await read('CREATE TABLE a (x int)\nCREATE TABLE b (y int);\nSELECT 1\nALTER TABLE a ADD z int')
  expect(names(result.schema.tables)).toEqual(['a', 'b'])
  expect(names(tableOf(result.schema, 'a').columns)).toEqual(['x', 'z'])
  expect(result.diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([
    ['missing-semicolon', 2],
    ['missing-semicolon', 4],
  ])
})

test('IMP-1 psql variables get a stand-in', async () => {
  const result = await read(`CREATE TABLE :"schema_t" (a int DEFAULT :n, b text DEFAULT :'s', c int DEFAULT 1::int);`)
  expect(outcomes(result)).toEqual(['repaired'])
  expect(result.diagnostics.map(({ message }) => /variable (\S+)/.exec(message)?.[1])).toEqual([':"schema_t"', ':n', ":'s'"])
})

test('IMP-1 a foreign key to a table made later is put in order', async () => {
  const sql = 'CREATE TABLE a (b int REFERENCES b); CREATE TABLE b (id int PRIMARY KEY)'
  const result = await read(sql)
  expect(tableOf(result.schema, 'a').constraints[0]).toMatchObject({ references: { table: 'b', columns: ['id'] } })
  expect(result.diagnostics[0]).toMatchObject({ code: 'forward-reference', severity: 'info' })
  expect(await first('CREATE TABLE a (b int REFERENCES nowhere)')).toMatchObject({ code: 'unknown-table', span: { column: 34 } })
})

test('IMP-1 strict takes what PostgreSQL takes and nothing else', async () => {
  expect(await first('CREATE TABLE a (b int REFERENCES b (id)); CREATE TABLE b (id int)', true)).toMatchObject({
    code: 'forward-reference',
    severity: 'error',
  })
  expect(await first('CREATE TABLE a (id int, INDEX i (id))', true)).toMatchObject({ code: 'inline-index', severity: 'error' })
  expect(await first('CREATE TABLE s.a (id int)', true)).toMatchObject({ code: 'unknown-namespace' })
})

test('IMP-1 objects that do not exist, or exist already, are told', async () => {
  expect(await first('ALTER TABLE nope ADD a int')).toMatchObject({ code: 'unknown-table', span: { column: 13 } })
  expect(await first('CREATE TABLE a (x int); CREATE TABLE a (x int)')).toMatchObject({ code: 'duplicate-object' })
  expect(await first('CREATE TABLE a (x int); ALTER TABLE a DROP y')).toMatchObject({ code: 'unknown-column' })
  expect(await first('CREATE TABLE a (x int, x int)')).toMatchObject({ code: 'duplicate-column' })
  expect((await read('DROP TABLE IF EXISTS nope; ALTER TABLE IF EXISTS nope ADD a int')).diagnostics).toEqual([])
})

test('IMP-1 what may have been made out of sight is kept and not refused', async () => {
  const result = await read("DO $$ BEGIN EXECUTE 'CREATE TABLE hidden (a int)'; END $$; COMMENT ON TABLE hidden IS 'x'")
  expect(outcomes(result)).toEqual(['verbatim', 'verbatim'])
  expect(result.schema.opaque[1]).toMatchObject({ late: true })
})

test('IMP-1 other databases’ SQL is called by its name', async () => {
  expect(await first('CREATE TABLE `t` (`id` int(11) NOT NULL AUTO_INCREMENT) ENGINE=InnoDB;')).toMatchObject({
    code: 'foreign-dialect',
    message: expect.stringContaining('MySQL'),
  })
  expect(await first('CREATE TABLE [dbo].[t] ([id] int IDENTITY(1,1));\nGO')).toMatchObject({
    code: 'foreign-dialect',
    message: expect.stringContaining('SQL Server'),
  })
})

test('IMP-1 what is no SQL at all is said so', async () => {
  expect((await read('Dear diary, today\nI wrote; no SQL.')).diagnostics.map(({ code }) => code)).toContain('not-sql')
  expect(await first('PGDMP\u0001\u0000\u0000')).toMatchObject({ code: 'binary-dump' })
  expect(
    await first(
      [...'CREATE TABLE t (a int);']
        .map((c) => `${c}\0`)
        .join('')
        .repeat(10),
    ),
  ).toMatchObject({ code: 'encoding-utf16' })
  expect((await read('')).statements).toEqual([])
})

test('IMP-1 a quote or comment without an end is told where it begins', async () => {
  const result = await read("CREATE TABLE a (x int);\nCREATE TABLE b (y text DEFAULT 'oops);\nCREATE TABLE c (z int);\n/* never")
  expect(result.diagnostics.map(({ code, span }) => [code, span?.line, span?.column])).toEqual([
    ['unterminated-quote', 2, 32],
    ['unterminated-comment', 4, 1],
  ])
  expect(names(result.schema.tables)).toEqual(['a', 'c'])
})

test('IMP-1 nesting beyond all bounds is refused, and the rest is read', async () => {
  const result = await read(
    `SELECT ${'('.repeat(100_000)}1${')'.repeat(100_000)};\nSELECT ${'1+'.repeat(50_000)}1;\nCREATE TABLE t (a int)`,
  )
  expect(names(result.schema.tables)).toEqual(['t'])
})

test('IMP-1 an import can be cancelled', async () => {
  await expect(read('SELECT 1', { signal: { aborted: true, reason: 'enough' } })).rejects.toBe('enough')
})

/** Pieces of SQL in any order: much of it parses, all of it is odd. */
const words = fc.constantFrom(
  'CREATE TABLE',
  'ALTER TABLE',
  'DROP TABLE',
  't',
  'u',
  '"T x"',
  '(a int',
  'b text)',
  ')',
  '(',
  ',',
  ';',
  'PRIMARY KEY',
  'REFERENCES t',
  'DEFAULT',
  "'x'",
  '1',
  'CHECK (a > 1)',
  'UNIQUE (a)',
  'PARTITION OF t',
  'PARTITION BY RANGE (a)',
  'FOR VALUES FROM (1) TO (2)',
  'INHERITS (t)',
  'LIKE t INCLUDING ALL',
  'ADD COLUMN a int',
  'DROP COLUMN a CASCADE',
  'RENAME TO u',
  'RENAME a TO b',
  'SET SCHEMA s',
  'CREATE SCHEMA s',
  'CREATE INDEX ON t (a, lower(b))',
  'COMMENT ON COLUMN t.a IS',
  'NULL',
  'CREATE VIEW v AS SELECT * FROM t',
  'CREATE TYPE e AS ENUM',
  "('x')",
  'CREATE SEQUENCE q OWNED BY t.a',
  'SET search_path = s',
  'CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()',
  'CREATE FUNCTION f() RETURNS int LANGUAGE sql',
  "AS 'SELECT 1'",
  'BEGIN ATOMIC',
  'END',
  'INDEX i (a)',
  ':v',
  '\n',
  'serial',
  'GENERATED ALWAYS AS IDENTITY',
  'ATTACH PARTITION u',
  'ALTER COLUMN a TYPE text',
  'é',
  '😀',
  '$$',
  '/*',
  "'",
)
const scripts = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' '))

test('IMP-1 any text is read: no exception, one outcome per statement, every place inside the text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(scripts, fc.string({ unit: 'binary' })), fc.boolean(), async (text, strict) => {
      const result = await read(text, { strict })
      let last = 0
      for (const { span } of result.statements) {
        expect(span.start).toBeGreaterThanOrEqual(last)
        expect(span.end).toBeLessThanOrEqual(text.length)
        last = span.start
      }
      expect(result.diagnostics.filter(({ code }) => code === 'internal-error')).toEqual([])
    }),
    { numRuns: 400 },
  )
}, 60_000)

test('IMP-1 a program is told from UTF-16, though it is full of zeros too', async () => {
  expect(await first(`\u007fELF${'\0'.repeat(200)}x`)).toMatchObject({ code: 'not-text', severity: 'error' })
})

test('IMP-1 what speaks of a table that an extension brings is kept, in a namespace that the script does not make itself', async () => {
  const sql = `CREATE EXTENSION pg_cron;
    CREATE POLICY own ON cron.job USING (username = CURRENT_USER);
    ALTER TABLE cron.job ENABLE ROW LEVEL SECURITY;
    CREATE SCHEMA app;
    ALTER TABLE app.nope ENABLE ROW LEVEL SECURITY;
    ALTER TABLE nope ENABLE ROW LEVEL SECURITY;`
  const result = await read(sql)
  expect(outcomes(result)).toEqual(['modelled', 'verbatim', 'verbatim', 'modelled', 'rejected', 'rejected'])
  expect(result.diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'info kept-unverified',
    'info kept-unverified',
    'error unknown-table',
    'error unknown-table',
  ])
  expect(outcomes(await read(sql.replace('CREATE EXTENSION pg_cron;', 'SELECT 1;')))[1]).toBe('rejected')
})

test('IMP-1 a quote that is not doubled is the cause that is told, and the fix brings back what it swallowed', async () => {
  const text =
    "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1, 'it's');\nCREATE TABLE b (x text DEFAULT 'don't', y text DEFAULT 'x');\nSELECT 'ok';"
  const first = await read(text)
  expect(first.diagnostics).toMatchObject([{ code: 'undoubled-quote', severity: 'error', span: { line: 2, column: 29 } }])
  let mended = text
  for (let round = 0; round < 3; round += 1) mended = applyFixes(mended, (await read(mended)).diagnostics).text
  const last = await read(mended)
  expect(last.diagnostics).toEqual([])
  expect(names(last.schema.tables)).toEqual(['a', 'b'])
  expect(tableOf(last.schema, 'b').columns[0]?.default).toBe("'don''t'")
  const tight = await read("CREATE TABLE a (x int); SELECT 'x'AS y WHERE 'a'IN('b') ORDER BY nope nope;")
  expect(tight.diagnostics).toMatchObject([{ code: 'syntax-error' }])
})

test('IMP-1 a missing name of any characters, and a long word, is looked for without ado', async () => {
  const odd = await read('ALTER TABLE "a\uFFFDb c(" ADD x int; ALTER TABLE app."a\uFFFDb c(" ADD x int;')
  expect(odd.diagnostics.map(({ code }) => code)).toEqual(['unknown-table'])
  expect(outcomes(odd)).toEqual(['rejected', 'rejected'])
  const long = await read(`ALTER TABLE ${'n'.repeat(60)} ADD x int DEFAULT '${'w'.repeat(200_000)}';`)
  expect(long.diagnostics).toMatchObject([{ code: 'unknown-table' }])
})
