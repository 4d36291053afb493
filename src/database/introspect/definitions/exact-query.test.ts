import { expect, test } from 'vitest'
import { exactQuery } from './exact-query.ts'

test('a constant without a name, where PostgreSQL printed its type, keeps having none', () => {
  const query = `SELECT q.a\n   FROM ( SELECT t.a\n           FROM t\n        UNION ALL\n         SELECT NULL::integer\n           FROM u) q`
  expect(exactQuery(query)).toBe(query.replace('NULL::integer', 'NULL::integer AS "?column?"'))
  expect(exactQuery('SELECT 1 UNION SELECT \'a, FROM\'::public."Mood x"[], (-1)::numeric(3,1), u.a')).toBe(
    `SELECT 1 UNION SELECT 'a, FROM'::public."Mood x"[] AS "?column?", (-1)::numeric(3,1) AS "?column?", u.a`,
  )
})

test.each([
  'SELECT NULL::integer AS a UNION SELECT NULL::integer AS a',
  'SELECT (t.a)::text FROM t WHERE EXISTS ( SELECT 1 FROM u)',
  "SELECT 'a'::text || 'b'::text FROM ( SELECT x.y FROM x) z",
  "SELECT t.a FROM t WHERE t.b IN ( SELECT u.b FROM u WHERE u.c = 'x'::text)",
  'VALUES (NULL::integer)',
])('everything else stays as it is: %s', (query) => {
  expect(exactQuery(query)).toBe(query)
})
