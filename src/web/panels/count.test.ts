import { expect, test } from 'vitest'
import { bytes, count, duration } from './count.ts'

test('figures read as a person would write them', () => {
  expect([count(1, 'table'), count(1200, 'index'), count(2, 'policy'), count(1, 'unique'), count(0, 'foreign key')]).toEqual([
    '1 table',
    '1,200 indexes',
    '2 policies',
    '1 unique',
    '0 foreign keys',
  ])
  expect([bytes(0), bytes(999), bytes(17_200), bytes(1_640_000), bytes(52_000_000)]).toEqual(['0 B', '999 B', '17 kB', '1.6 MB', '52 MB'])
  expect([duration(0.2), duration(42.4), duration(1290)]).toEqual(['1 ms', '42 ms', '1.3 s'])
})
