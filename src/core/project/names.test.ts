import fc from 'fast-check'
import { expect, test } from 'vitest'
import { derivedIds, uuidV7 } from './ids.ts'
import { freeName, freeVariant, objectName, utf8Length } from './names.ts'

test.each([
  ['orders', 'user_id', 'fkey', 'orders_user_id_fkey'],
  ['orders', null, 'pkey', 'orders_pkey'],
  // What PostgreSQL 15 made of them.
  [
    'a_table_with_quite_a_long_name_indeed',
    'and_a_column_with_a_long_name_too',
    'key',
    'a_table_with_quite_a_long_nam_and_a_column_with_a_long_name_key',
  ],
  [
    'bücherverzeichnis_mit_überlangem_namen',
    'übermäßig_lange_spalte_für_schlüssel',
    'key',
    'bücherverzeichnis_mit_überl_übermäßig_lange_spalte_fü_key',
  ],
])('%s and %s give the name that PostgreSQL gives', (first, second, label, expected) => {
  expect(objectName(first, second, label)).toBe(expected)
})

test('generated names fit, whatever they are made of, and give way to taken ones', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 90 }),
      fc.option(fc.string({ unit: 'binary', maxLength: 90 })),
      fc.nat(3),
      (first, second, taken) => {
        const used = new Set<string>()
        for (let count = 0; count <= taken; count += 1) {
          const name = freeName((wanted) => used.has(wanted), first, second, 'key')
          expect(utf8Length(name)).toBeLessThanOrEqual(63)
          expect(used.has(name)).toBe(false)
          used.add(name)
          expect(utf8Length(freeVariant((wanted) => wanted === first, first))).toBeLessThanOrEqual(63)
        }
      },
    ),
  )
})

test('lengths are those of UTF-8', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => utf8Length(text) === new TextEncoder().encode(text).length))
})

test('ids are UUIDs of version 7 that sort by time, and those derived from one are distinct and always the same', () => {
  const random = new Uint8Array([255, 1, 255, 3, 4, 5, 6, 7, 8, 9])
  const id = uuidV7(Date.UTC(2026, 0, 1), random)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(uuidV7(Date.UTC(2026, 0, 2), random) > id).toBe(true)
  const take = (lane: number) => {
    const next = derivedIds(id, lane)
    return Array.from({ length: 1000 }, next)
  }
  const all = [id, ...take(0), ...take(1), ...take(9)]
  expect(new Set(all).size).toBe(all.length)
  expect(take(1)).toEqual(take(1))
  for (const one of all) expect(one).toMatch(/^[0-9a-f-]{36}$/)
})
