import { expect, test } from 'vitest'
import { nextAddress } from './next-address.ts'

test('keeps an address of ours with its search', () => {
  expect(nextAddress('/project/1?zoom=2')).toBe('/project/1?zoom=2')
})

test.each([undefined, '', '//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '/\t/evil.example'])(
  'refuses to leave for %s',
  (next) => expect(nextAddress(next)).toBe('/dashboard'),
)
