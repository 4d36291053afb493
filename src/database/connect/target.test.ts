import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DatabaseError } from '../connection.ts'
import { parseArray } from './array.ts'
import { redactUrl } from './redact-url.ts'
import { readTarget } from './target.ts'
import { tlsAttempts, withoutTls } from './tls.ts'

test('a url says where, who and how; what it leaves out is as libpq has it', () => {
  expect(readTarget('postgres://me:p%40ss@db.example:6000/shop?sslmode=verify-ca&sslrootcert=/ca.pem')).toMatchObject({
    host: 'db.example',
    port: 6000,
    user: 'me',
    password: 'p@ss',
    database: 'shop',
    sslMode: 'verify-ca',
    sslRootCert: '/ca.pem',
  })
  expect(readTarget('postgresql://me@[::1]')).toMatchObject({
    host: '::1',
    port: 5432,
    database: 'me',
    password: undefined,
    sslMode: 'prefer',
  })
  expect(readTarget('postgres://me@/db?host=/var/run/postgresql')).toMatchObject({ host: '/var/run/postgresql' })
  expect(readTarget('postgres://h/db?sslrootcert=system').sslMode).toBe('verify-full')
})

test.each(['', 'mysql://h/d', 'postgres', 'postgres://%zz@h/d', 'postgres://a:secret@h:99999/d', 'postgres://h/d?sslmode=secret'])(
  'what is no url of PostgreSQL is said to be none: %s',
  (url) => {
    expect(() => readTarget(url)).toThrow(DatabaseError)
    expect(() => readTarget(url)).not.toThrow(/secret@/)
  },
)

test('files and sockets of the machine are left alone where that is asked', () => {
  for (const url of ['postgres://u@h/d?sslkey=/etc/passwd', 'postgres://u@/d?host=/tmp'])
    expect(() => readTarget(url, { files: false })).toThrow('socket or files')
  expect(readTarget('postgres://u@h/d?sslrootcert=system', { files: false }).sslRootCert).toBe('system')
})

test('sslmode means what it means to libpq', () => {
  const attempts = (mode: string) => tlsAttempts(readTarget(`postgres://u@db.example/d?sslmode=${mode}`)).map(({ ssl }) => ssl)
  expect(attempts('disable')).toEqual([false])
  expect(attempts('allow')).toEqual([false, expect.objectContaining({ rejectUnauthorized: false })])
  expect(attempts('prefer')).toEqual([expect.objectContaining({ rejectUnauthorized: false }), false])
  expect(attempts('require')).toEqual([expect.objectContaining({ rejectUnauthorized: false })])
  const [ca] = attempts('verify-ca')
  const [full] = attempts('verify-full')
  expect([ca, full]).toEqual([
    expect.objectContaining({ rejectUnauthorized: true, servername: 'db.example' }),
    expect.objectContaining({ rejectUnauthorized: true, servername: 'db.example' }),
  ])
  // Only the full check looks at the name in the certificate.
  expect(ca && 'checkServerIdentity' in ca).toBe(true)
  expect(full && 'checkServerIdentity' in full).toBe(false)
  expect(tlsAttempts(readTarget('postgres://u@/d?host=/tmp&sslmode=require')).map(({ ssl }) => ssl)).toEqual([false])
})

test('after a server without TLS, and only then, the next way is tried', () => {
  const [first] = tlsAttempts(readTarget('postgres://u@h/d'))
  expect(first?.mayTryNext(new Error('The server does not support SSL connections'))).toBe(true)
  expect(first?.mayTryNext(Object.assign(new Error('no pg_hba.conf entry'), { code: '28000' }))).toBe(true)
  expect(first?.mayTryNext(Object.assign(new Error('password'), { code: '28P01' }))).toBe(false)
  expect(withoutTls(new Error('timeout'))).toBe(false)
})

test('messages show a url without its secrets, and nothing of what is no url', () => {
  expect(redactUrl('postgres://me:topsecret@h/d?sslpassword=topsecret&sslmode=require')).toBe(
    'postgres://me:***@h/d?sslpassword=***&sslmode=require',
  )
  expect(redactUrl('host=h password=topsecret')).toBe('a connection')
})

test('lists are read as PostgreSQL writes them', () => {
  expect(parseArray('{}')).toEqual([])
  expect(parseArray('[0:1]={a,NULL}')).toEqual(['a', null])
  const quoted = (item: string | null) => (item === null ? 'NULL' : `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
  fc.assert(
    fc.property(fc.array(fc.option(fc.string())), (items) => {
      expect(parseArray(`{${items.map(quoted).join(',')}}`)).toEqual(items)
    }),
  )
})
