import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Scanner } from './scanner.ts'
import { splitScript } from './split.ts'

const statements = (sql: string) => [...splitScript(sql)].map((piece) => sql.slice(piece.start, piece.end))
const kinds = (sql: string) => [...splitScript(sql)].map((piece) => piece.kind)

test('IMP-1 semicolons end statements, except where they are text', () => {
  expect(statements(`SELECT ';'; SELECT "a;b" ; SELECT $$;$$; SELECT $x$ $$;$$ $x$`)).toEqual([
    `SELECT ';'`,
    `SELECT "a;b"`,
    `SELECT $$;$$`,
    `SELECT $x$ $$;$$ $x$`,
  ])
})

test('IMP-1 comments belong to no statement, and hide semicolons', () => {
  expect(statements('-- a; b\nSELECT 1 /* ; /* ; */ ; */ + 1; -- end')).toEqual(['SELECT 1 /* ; /* ; */ ; */ + 1'])
})

test('IMP-1 a doubled or escaped quote does not end a string', () => {
  expect(statements(`SELECT 'it''s;'; SELECT E'it\\'s;'; SELECT 'back\\'; SELECT 2`)).toEqual([
    `SELECT 'it''s;'`,
    `SELECT E'it\\'s;'`,
    `SELECT 'back\\'`,
    'SELECT 2',
  ])
})

test('IMP-1 a dollar inside a name opens no quote', () => {
  expect(statements('SELECT a$b$; SELECT 2')).toEqual(['SELECT a$b$', 'SELECT 2'])
})

test('IMP-1 the statements of a rule or a SQL body stay together', () => {
  expect(statements('CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3')).toHaveLength(2)
  expect(statements('CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3')).toHaveLength(
    2,
  )
  expect(statements('CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC; SELECT 1; END; SELECT 3')).toHaveLength(2)
  expect(statements('BEGIN; SELECT 1; END;')).toHaveLength(3)
})

test('IMP-1 data after COPY … FROM stdin is one piece of its own', () => {
  const sql = "COPY t (a) FROM stdin;\n1;\n'x\n\\.\nSELECT 1;"
  expect(kinds(sql)).toEqual(['statement', 'copyData', 'statement'])
  expect(statements(sql)[1]).toBe("1;\n'x\n\\.")
  expect(kinds("COPY t FROM '/tmp/stdin';\nSELECT 1")).toEqual(['statement', 'statement'])
})

test('IMP-1 psql commands take the rest of their line', () => {
  expect(statements('\\connect db\nSELECT 1;\n\\restrict abc;d\nSELECT 2;')).toEqual([
    '\\connect db',
    'SELECT 1',
    '\\restrict abc;d',
    'SELECT 2',
  ])
  expect(kinds('SELECT 1 \\gexec\nSELECT 2')).toEqual(['statement', 'meta', 'statement'])
})

test('IMP-1 a quote that is never closed spoils its own statement only', () => {
  const pieces = [...splitScript("CREATE TABLE a (x int);\nCREATE TABLE b (y text DEFAULT 'oops);\nCREATE TABLE c (z int);")]
  expect(pieces).toHaveLength(3)
  expect(pieces[1]?.open).toEqual({ what: 'quote', at: 55 })
})

test('IMP-1 a parenthesis that is never closed spoils its own statement only', () => {
  const pieces = [...splitScript('CREATE TABLE a (x int;\nCREATE TABLE b (y int);')]
  expect(pieces.map((piece) => piece.open?.what)).toEqual(['parenthesis', undefined])
})

/** Texts that look like SQL gone wrong: what opens, closes and separates, in any order. */
const nonsense = fc
  .array(
    fc.constantFrom(
      ' ',
      '\n',
      ';',
      "'",
      '"',
      '$$',
      '$a$',
      '/*',
      '*/',
      '--',
      '(',
      ')',
      '\\',
      '\\.',
      'E',
      'begin',
      'end',
      'create',
      'function',
      'copy',
      'from',
      'stdin',
      'é',
      '😀',
      'x',
      '1',
      ':',
    ),
  )
  .map((parts) => parts.join(''))

test('IMP-1 any text is split without loss: what no piece holds is space, comment or semicolon', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), nonsense), (text) => {
      let last = 0
      let rest = ''
      for (const { start, end } of splitScript(text)) {
        expect(start).toBeGreaterThanOrEqual(last)
        expect(end).toBeGreaterThan(start)
        rest += `${text.slice(last, start)}\n`
        last = end
      }
      rest += text.slice(last)
      const scanner = new Scanner(rest)
      while (scanner.nextSignificant()) expect(rest.slice(scanner.start, scanner.end)).toBe(';')
    }),
    { numRuns: 500 },
  )
})

test('IMP-1 splitting takes time in proportion, whatever is left open', () => {
  const time = (text: string) => {
    const start = performance.now()
    for (const piece of splitScript(text)) if (piece.end < 0) throw new Error('never')
    return performance.now() - start
  }
  for (const part of ['CREATE $a$\n', "CREATE '\n", '/*', '(', '$x', 'a;\n']) expect(time(part.repeat(100_000))).toBeLessThan(3000)
})

test('IMP-1 the long body of a routine is known, and nothing else that is quoted by dollars', () => {
  const long = `$f$ ${'x;'.repeat(40)} $f$`
  const bodies = (sql: string) => [...splitScript(sql)].map(({ body }) => body && sql.slice(...body))
  expect(bodies(`CREATE FUNCTION f() RETURNS int AS ${long} LANGUAGE sql; create or replace procedure p() as /* c */ ${long}`)).toEqual([
    long,
    long,
  ])
  expect(bodies(`CREATE FUNCTION f(a text DEFAULT ${long}) RETURNS int AS $$1$$; DO ${long}; SELECT a as ${long}`)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('IMP-1 what is skipped over behind the first words hides nothing: any ending splits as it does behind few words', () => {
  const bits = ['e', "'", '"', '$', '$$', '$a$', 'a', 'U&', '--', '-', '/', '/*', '*/', ';', '\n', ' ', '1e', '.', 'é', '(', ')', ',', '\\']
  const ending = fc.array(fc.constantFrom(...bits), { maxLength: 14 }).map((parts) => parts.join(''))
  // With three words before it, every token of an ending is looked at; with five, only what matters.
  const behind = (words: string, text: string) =>
    [...splitScript(`${words}${text}`)].map(({ kind, start, end, open }) => [
      kind,
      Math.max(0, start - words.length),
      end - words.length,
      open && [open.what, open.at - words.length],
    ])
  fc.assert(
    fc.property(ending, (text) => {
      const few = 'copy a b c d '
      const many = 'alter a b c d '
      expect(behind(many, text)).toEqual(behind(few, text))
    }),
    { numRuns: 2000 },
  )
})

test('a long run of symbols before a quote costs no more than its length', () => {
  const text = `SELECT ${'['.repeat(200_000)}'a;b' ${'&'.repeat(200_000)}'c;d'; SELECT U&'e;f', E'\\';', n'g;h'`
  expect([...splitScript(text)].map(({ start, end }) => end - start)).toEqual([400_018, 30])
})
