import { expect, test } from 'vitest'
import { isOwnOrigin, isSameSite } from './origin.ts'

test.each([
  ['http://localhost:3000', 'localhost:3000', undefined, true],
  ['https://schema.example.org', 'schema.example.org', undefined, true],
  ['https://schema.example.org', 'inner:3000', 'https://schema.example.org', true],
  ['http://schema.example.org', 'schema.example.org', 'https://schema.example.org', false],
  ['https://schema.example.org.evil.example', 'schema.example.org', undefined, false],
  ['https://evil-schema.example.org', 'schema.example.org', undefined, false],
  ['http://localhost:3001', 'localhost:3000', undefined, false],
  ['null', 'localhost:3000', undefined, false],
  ['file://', '', undefined, false],
  ['', 'localhost:3000', undefined, false],
  ['http://localhost:3000', undefined, undefined, false],
])('a page of %s, at a server called %s (public: %s), is our own: %s', (origin, host, publicUrl, expected) => {
  expect(isOwnOrigin(origin, host, publicUrl)).toBe(expected)
})

test('a request that says it comes from elsewhere may not change anything; one that says nothing comes from a program', () => {
  const allows = (headers: Record<string, string>) => isSameSite(new Headers({ host: 'localhost:3000', ...headers }), undefined)
  expect(allows({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' })).toBe(true)
  expect(allows({})).toBe(true)
  expect(allows({ 'sec-fetch-site': 'cross-site' })).toBe(false)
  expect(allows({ 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' })).toBe(false)
  expect(allows({ origin: 'https://evil.example' })).toBe(false)
})
