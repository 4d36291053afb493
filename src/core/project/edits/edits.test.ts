import { expect, test } from 'vitest'
import fc from 'fast-check'
import { sqlTokens } from '../sql-tokens.ts'
import { renameInExpression, renameQualifier, renameType } from './expression-rename.ts'
import { renameColumnInQuery, renameTableInQuery } from './query-rename.ts'

const table = { namespace: 'public', name: 'users' }
const rename = { table, from: 'email', to: 'Mail' }

test('the tokens of any text are the text', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '"', '$', 'e', '\\', '/*', '*/', '--', '\n', 'a', ' ', '(') })),
      (sql) => {
        expect(
          sqlTokens(sql)
            .map(({ text }) => text)
            .join(''),
        ).toBe(sql)
      },
    ),
  )
})

test.each([
  ["(email ~ 'email'::text)", `("Mail" ~ 'email'::text)`],
  ['lower("email")', 'lower("Mail")'],
  ['email(email)', 'email("Mail")'],
  ['users.email <> other.email AND public.users.email IS NULL', 'users."Mail" <> other.email AND public.users."Mail" IS NULL'],
  ['(x)::email /* email */ -- email\n = $$email$$ || EMAIL', '(x)::email /* email */ -- email\n = $$email$$ || "Mail"'],
  ["E'\\'email' = \"Email\"", "E'\\'email' = \"Email\""],
  ['email_domain = emails', 'email_domain = emails'],
  ['f(email => email)', 'f(email => "Mail")'],
])('a column renamed in %s', (sql, expected) => {
  expect(renameInExpression(sql, rename).text).toBe(expected)
})

test('a name that may belong to another table of a subquery stays, and is said to be unsure', () => {
  const { text, unsure } = renameInExpression('EXISTS (SELECT 1 FROM members m WHERE m.email = users.email AND email > 1)', rename)
  expect(text).toBe('EXISTS (SELECT 1 FROM members m WHERE m.email = users."Mail" AND email > 1)')
  expect(unsure).toBe(true)
})

test('in a trigger only the rows NEW and OLD are meant', () => {
  const { text } = renameInExpression('(new.email IS DISTINCT FROM OLD.email AND email)', rename, {
    qualifiers: ['new', 'old'],
    bare: false,
  })
  expect(text).toBe('(new."Mail" IS DISTINCT FROM OLD."Mail" AND email)')
})

test('a table renamed in its own expressions', () => {
  expect(renameQualifier('users.a = public.users.b AND x.users.c', table, { namespace: 'app', name: 'People' })).toBe(
    '"People".a = app."People".b AND x.users.c',
  )
})

test.each([
  ["'a'::public.mood", "'a'::public.feeling", false],
  ["'a'::mood[] = mood", "'a'::feeling[] = mood", false],
  ['CAST (lower(x) AS mood) AS mood', 'CAST (lower(x) AS feeling) AS mood', false],
  ['mood', 'feeling', true],
  ['public.mood[]', 'public.feeling[]', true],
  ['other.mood', 'other.mood', true],
])('a type renamed in %s', (sql, expected, whole) => {
  expect(renameType(sql, { namespace: 'public', name: 'mood' }, { namespace: 'public', name: 'feeling' }, { whole })).toBe(expected)
})

test.each([
  ['SELECT users.id FROM public.users WHERE users.id > 1', 'SELECT users.id FROM public.people users WHERE users.id > 1'],
  ['SELECT u.id FROM users u', 'SELECT u.id FROM people u'],
  [
    'SELECT 1 FROM ((a JOIN public.users ON (a.x = users.y)) LEFT JOIN b ON true)',
    'SELECT 1 FROM ((a JOIN public.people users ON (a.x = users.y)) LEFT JOIN b ON true)',
  ],
  ['SELECT users FROM other.users', 'SELECT users FROM other.users'],
  ['WITH users AS (SELECT 1) SELECT * FROM users', 'WITH users AS (SELECT 1) SELECT * FROM users'],
  ['SELECT extract(year from users) FROM a, users', 'SELECT extract(year from users) FROM a, people users'],
  ['SELECT a IS DISTINCT FROM users FROM t AS users', 'SELECT a IS DISTINCT FROM users FROM t AS users'],
])('a table renamed in %s', (sql, expected) => {
  expect(renameTableInQuery(sql, table, { namespace: 'public', name: 'people' }, null).text).toBe(expected)
})

test.each([
  ['SELECT users.email, users.id FROM public.users', 'SELECT users."Mail" AS email, users.id FROM public.users', false],
  [
    'SELECT u.email AS e, lower(u.email) FROM users u GROUP BY u.email, u.id',
    'SELECT u."Mail" AS e, lower(u."Mail") FROM users u GROUP BY u."Mail", u.id',
    false,
  ],
  ['SELECT email FROM users ORDER BY email', 'SELECT "Mail" AS email FROM users ORDER BY "Mail"', false],
  ['SELECT email FROM users, members', 'SELECT email FROM users, members', true],
  [
    'SELECT email FROM (SELECT email FROM users UNION ALL SELECT email FROM members ORDER BY email) x',
    'SELECT email FROM (SELECT "Mail" AS email FROM users UNION ALL SELECT email FROM members ORDER BY email) x',
    false,
  ],
  [
    'SELECT 1 FROM users WHERE EXISTS (SELECT 1 FROM (SELECT 2) y WHERE email > 1)',
    'SELECT 1 FROM users WHERE EXISTS (SELECT 1 FROM (SELECT 2) y WHERE email > 1)',
    false,
  ],
  ['SELECT DISTINCT ON (u.email) u.email, 1 FROM users u', 'SELECT DISTINCT ON (u."Mail") u."Mail" AS email, 1 FROM users u', false],
  ['SELECT email.email FROM users email', 'SELECT email."Mail" AS email FROM users email', false],
  ['SELECT email FROM users, (SELECT 1) x', 'SELECT email FROM users, (SELECT 1) x', true],
  ['SELECT email FROM members', 'SELECT email FROM members', false],
  [
    'SELECT m.email FROM members m JOIN users u ON u.email = m.email',
    'SELECT m.email FROM members m JOIN users u ON u."Mail" = m.email',
    false,
  ],
])('a column renamed in %s', (sql, expected, unsure) => {
  expect(renameColumnInQuery(sql, rename, null)).toEqual({ text: expected, unsure })
})

test('a column that only one table of a query can have is renamed without being qualified', () => {
  const { text, unsure } = renameColumnInQuery('SELECT email FROM users, members', rename, null, ({ name }) => name !== 'members')
  expect({ text, unsure }).toEqual({ text: 'SELECT "Mail" AS email FROM users, members', unsure: false })
})
