import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoteLiteral } from '#core/dialects/postgres.ts'
import { printConstant, readBoolean } from './constants.ts'
import { printExpression } from './print.ts'

const types: Readonly<Record<string, string>> = {
  n: 'integer',
  b: 'boolean',
  t: 'text',
  v: 'character varying(20)',
  d: 'numeric(10,2)',
  f: 'double precision',
  at: 'timestamp with time zone',
  doc: 'jsonb',
  s: 'billing.state',
}
const print = (sql: string, wanted?: string): string | undefined =>
  printExpression(sql, (name) => (Object.hasOwn(types, name) ? types[name] : undefined), wanted)

describe('GEN-3 an expression is written as PostgreSQL 15 prints it', () => {
  // Both sides as a server of that version has them.
  test.each([
    ["'x'", 'text', "'x'::text"],
    ["'x'", 'character varying(9)', "'x'::character varying"],
    ["'x'::public.state", 'state', "'x'::state"],
    ["'5'", 'integer', '5'],
    ["'5'", 'bigint', "'5'::bigint"],
    ['-5', 'integer', "'-5'::integer"],
    ["'yes'", 'boolean', 'true'],
    ["'2020-02-03'", 'timestamp without time zone', "'2020-02-03 00:00:00'::timestamp without time zone"],
    ["'18 months'", 'interval', "'1 year 6 mons'::interval"],
    ["interval '90 minutes'", 'interval', "'01:30:00'::interval"],
    ["CAST('x' AS varchar)", 'text', "'x'::character varying"],
    ['gen_random_uuid ()::text', 'text', '(gen_random_uuid())::text'],
    ['public.uuid_generate_v4()', 'uuid', 'uuid_generate_v4()'],
    ['pg_catalog.now()', 'timestamp with time zone', 'now()'],
    ["now() + interval '1 week'", 'timestamp with time zone', "(now() + '7 days'::interval)"],
    ["timezone('utc', now())", 'timestamp without time zone', "timezone('utc'::text, now())"],
    ["array['a','b']::varchar[]", 'character varying[]', "ARRAY['a'::character varying, 'b'::character varying]"],
    ['EXTRACT( YEAR FROM NOW() )', 'integer', 'EXTRACT(year FROM now())'],
    ['1 + 2 * 3', 'integer', '(1 + (2 * 3))'],
  ])('the default %s of a column of %s', (sql, wanted, printed) => {
    expect(print(sql, wanted)).toBe(printed)
  })

  test.each([
    ['n > 3 and not b', '((n > 3) AND (NOT b))'],
    ['b or n is null or t is not null', '(b OR (n IS NULL) OR (t IS NOT NULL))'],
    ["t = 'x'", "(t = 'x'::text)"],
    ["v <> 'x'", "((v)::text <> 'x'::text)"],
    ["v in ('a', 'b')", "((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"],
    ["t not in ('a', 'b')", "(t <> ALL (ARRAY['a'::text, 'b'::text]))"],
    ["s in ('a')", "(s = 'a'::billing.state)"],
    ['d > 0', '(d > (0)::numeric)'],
    ['f >= 1.5', '(f >= (1.5)::double precision)'],
    ["lower(v) = 'x'", "(lower((v)::text) = 'x'::text)"],
    ["doc ->> 'a' = 'b'", "((doc ->> 'a'::text) = 'b'::text)"],
    ["t LIKE 'a%'", "(t ~~ 'a%'::text)"],
    ["v NOT ILIKE 'a%'", "((v)::text !~~* 'a%'::text)"],
  ])('the predicate %s', (sql, printed) => {
    expect(print(sql)).toBe(printed)
  })

  test.each([
    "concat('a', t)",
    "at > '2020-01-01'",
    "own('x')",
    'n BETWEEN 1 AND 2',
    "'1'::money = '2'",
    'CASE WHEN b THEN 1 END',
    '(n',
    '',
  ])('only a server can print %s', (sql) => {
    expect(print(sql)).toBeUndefined()
  })
})

test('GEN-3 what PostgreSQL has printed comes back as it is', () => {
  const literal = fc.string().map((text) => `${quoteLiteral(text.replaceAll('\u0000', ''))}::text`)
  const test_ = fc.oneof(
    literal.map((text) => `(t = ${text})`),
    fc.integer({ min: 0, max: 9999 }).map((n) => `(n <> ${n})`),
    fc.constantFrom('(b IS TRUE)', "((v)::text ~~ 'x'::text)", 'b'),
  )
  const junction = fc.tuple(fc.array(test_, { minLength: 2, maxLength: 4 }), fc.constantFrom('AND', 'OR'))
  fc.assert(
    fc.property(junction, ([parts, word]) => {
      const sql = `(${parts.join(` ${word} `)})`
      expect(print(sql)).toBe(sql)
      expect(print(`(NOT ${sql})`)).toBe(`(NOT ${sql})`)
    }),
  )
})

test('any text is an answer or none, never an error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc
          .array(fc.constantFrom(...'( ) [ ] , :: a.b n \'x\' "q" 1 - and or not in is null array like cast as'.split(' ')))
          .map((words) => words.join(' ')),
      ),
      (sql) => {
        const printed = print(sql, 'text')
        if (printed !== undefined && !sql.includes('\u0000')) expect(print(printed, 'text')).toBe(printed)
      },
    ),
    { numRuns: 500 },
  )
})

test('a type with a bracket that nothing closes is none', () => {
  expect(print('n :: like (')).toBeUndefined()
  expect(print('n :: numeric(1')).toBeUndefined()
})

test('booleans in every spelling', () => {
  expect(['t', 'YES', 'on', '1', 'tru'].map(readBoolean)).toEqual([true, true, true, true, true])
  expect(['f', 'no', 'off', '0', 'of'].map(readBoolean)).toEqual([false, false, false, false, false])
  expect(['', 'o', 'maybe'].map(readBoolean)).toEqual([undefined, undefined, undefined])
  expect(printConstant('2020-01-01', 'timestamp with time zone')).toBeUndefined()
})
