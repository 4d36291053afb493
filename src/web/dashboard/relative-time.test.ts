import { expect, test } from 'vitest'
import { relativeTime } from './relative-time.ts'

const now = '2026-01-31T12:00:00Z'

test.each([
  ['2026-01-31T11:59:30Z', 'just now'],
  ['2026-01-31T11:59:00Z', '1 minute ago'],
  ['2026-01-31T09:00:00Z', '3 hours ago'],
  ['2026-01-30T11:00:00Z', 'yesterday'],
  ['2026-01-20T12:00:00Z', 'last week'],
  ['2024-01-31T00:00:00Z', '2 years ago'],
])('%s is %s', (then, words) => expect(relativeTime(then, now)).toBe(words))

test('a clock that runs ahead does not speak of the future', () => {
  expect(relativeTime('2026-01-31T12:00:05Z', now)).toBe('just now')
})
