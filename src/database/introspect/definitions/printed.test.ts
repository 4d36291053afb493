import { expect, test } from 'vitest'
import { printed } from './printed.ts'

test('lists of texts have the spelling that lasts', () => {
  expect(printed("((a)::text = ANY ((ARRAY['x, y'::character varying, 'it''s'::character varying])::text[]))")).toBe(
    "((a)::text = ANY (ARRAY[('x, y'::character varying)::text, ('it''s'::character varying)::text]))",
  )
})

test('that spelling is settled, and everything else stays as it is', () => {
  for (const text of ["ARRAY[('x'::character varying)::text]", '(ARRAY[1, 2])::text[]', "'(ARRAY[''a''])::text[]'::text", '((a)::text)'])
    expect(printed(text)).toBe(text)
  expect(printed('\nCASE\n    WHEN a THEN 1\nEND')).toBe('CASE\n    WHEN a THEN 1\nEND')
})
