import { expect, test } from 'vitest'
import { RequestFailure } from '../failure.ts'
import { reachDatabase } from './reach-database.ts'

const reach = (text: string, resolve?: () => Promise<readonly string[]>) =>
  reachDatabase({ kind: 'text', text }, { reach: 'public', signal: AbortSignal.timeout(5_000), ...(resolve && { resolve }) }).then(
    () => 'reached',
    (error: unknown) => (error instanceof RequestFailure ? `${error.status} ${error.diagnostic.code}` : String(error)),
  )

test.each([
  '127.0.0.1',
  'localhost',
  '127.1',
  '0x7f.1',
  '2130706433',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '10.0.0.1',
  'user:secret@127.0.0.1',
  'example.org@localhost',
])('a server that is open to others does not go to %s', async (host) =>
  expect(await reach(`postgres://${host}:5432/shop`)).toBe('422 address-not-allowed'),
)

test.each([
  'postgres://example.org/shop?host=127.0.0.1',
  'host=127.0.0.1 dbname=shop',
  'hostaddr=127.0.0.1 host=example.org dbname=shop',
  'host=example.org hostaddr=127.0.0.1 dbname=shop',
  'postgres://example.org/shop?host=localhost&host=example.org',
])('nor where %s leads', async (text) => expect(await reach(text)).toBe('422 address-not-allowed'))

test.each([
  'postgres:///shop?host=/var/run/postgresql',
  'host=/tmp dbname=shop',
  'postgres://example.org,127.0.0.1/shop',
  'postgres://example.org/shop?sslcert=/etc/ssl/private/key.pem',
  'postgres://example.org/shop?sslkey=/etc/ssl/private/key.pem',
  'postgres://example.org/shop?sslrootcert=/etc/passwd',
  'file:///etc/passwd',
])('%s is refused before anything is looked up', async (text) => {
  let asked = false
  const resolve = () => {
    asked = true
    return Promise.resolve(['93.184.216.34'])
  }
  expect(await reach(text, resolve)).toBe('422 bad-connection')
  expect(asked).toBe(false)
})
