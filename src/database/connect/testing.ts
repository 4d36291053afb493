// Support for tests: one query with a value of every sort, and what any driver has to make of it.

export const values = `SELECT 9007199254740993::int8 AS big, 0.1000::numeric(8,4) AS exact, '2024-02-03 04:05:06.123456'::timestamp AS at,
  7::int4 AS n, true AS yes, ARRAY['a', NULL, '"q",{}'] AS list, '{"a": [1]}'::jsonb AS doc, ARRAY[1, 2]::int2[] AS numbers, NULL::text AS nothing`

export const expectedValues = {
  big: '9007199254740993',
  exact: '0.1000',
  at: '2024-02-03 04:05:06.123456',
  n: 7,
  yes: true,
  list: ['a', null, '"q",{}'],
  doc: { a: [1] },
  numbers: [1, 2],
  nothing: null,
}
