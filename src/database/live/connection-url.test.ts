import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTarget } from '../connect/target.ts'
import { connectionUrl, fieldsUrl, namesDatabase } from './connection-url.ts'

test.each(['postgres://localhost/shop', 'postgresql://a:b@c/d?sslmode=require', 'host=localhost dbname=shop', "dbname = 'my shop'"])(
  '%s names a database',
  (text) => expect(namesDatabase(text)).toBe(true),
)

test.each(['shop.sql', '-', './host', 'postgres.sql', 'https://example.org', 'a=b.sql'])('%s does not', (text) =>
  expect(namesDatabase(text)).toBe(false),
)

test('key=value pairs are read as psql reads them', () => {
  const target = readTarget(
    connectionUrl(`host=db.example.org port = 6543 dbname='my shop' user=ada password='it\\'s \\\\ @:/?#' sslmode=require`),
  )
  expect(target).toMatchObject({
    host: 'db.example.org',
    port: 6543,
    database: 'my shop',
    user: 'ada',
    password: "it's \\ @:/?#",
    sslMode: 'require',
  })
})

test('what cannot be read is refused without being repeated', () => {
  expect(() => connectionUrl("host=a password='geheim")).toThrow(/key=value/)
  expect(() => connectionUrl("host=a password='geheim")).not.toThrow(/geheim/)
})

test('fields come through whatever their characters are', () => {
  const word = fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    .filter((text) => !/\p{Surrogate}/u.test(text) && !text.includes(','))
  fc.assert(
    fc.property(fc.record({ database: word, user: word, password: word }), (fields) => {
      const target = readTarget(fieldsUrl({ ...fields, host: 'db.example.org', port: 5433, ssl: 'prefer' }))
      expect(target).toMatchObject({ ...fields, host: 'db.example.org', port: 5433 })
    }),
  )
})
