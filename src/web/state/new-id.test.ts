import { expect, test } from 'vitest'
import { newId } from './new-id.ts'

test('an id is a UUID of version 7 that carries its time', () => {
  const id = newId(Date.UTC(2090, 0, 1))
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.UTC(2090, 0, 1))
})

test('ids made in one millisecond are different and sort in the order they were made', () => {
  const ids = Array.from({ length: 10_000 }, () => newId(Date.UTC(2091, 0, 1)))
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
})
