import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RequestFailure } from '../failure.ts'
import { readConfig } from '../config.ts'
import { addressTrouble } from './addresses.ts'
import { allowedAddress } from './resolve.ts'

describe('a server that is open to others', () => {
  test.each([
    '127.0.0.1',
    '127.8.9.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '198.18.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
  ])('does not reach %s', (address) => {
    expect(addressTrouble(address, 'public')).toBe('private')
    expect(addressTrouble(address, 'private')).toBeNull()
  })

  test.each(['8.8.8.8', '172.32.0.1', '172.15.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('reaches %s', (address) =>
    expect(addressTrouble(address, 'public')).toBeNull(),
  )
})

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  'fe80::1',
  'fd00:ec2::254',
  '100.100.100.200',
  '168.63.129.16',
  '0.0.0.0',
  '::',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  'not an address',
  '',
])('nobody reaches %s', (address) => {
  expect(addressTrouble(address, 'public')).toBe('never')
  expect(addressTrouble(address, 'private')).toBe('never')
})

test('an IPv4 address is as private inside IPv6 as outside', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(addressTrouble(`::ffff:${address}`, 'public')).toBe(addressTrouble(address, 'public'))
    }),
  )
})

describe('names', () => {
  const knows =
    (...addresses: string[]) =>
    () =>
      Promise.resolve(addresses)
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'allowed',
      (error: unknown) => (error instanceof RequestFailure ? error.diagnostic.code : String(error)),
    )

  test('give the address that was looked at, asked for once', async () => {
    let asked = 0
    const rebinding = () => Promise.resolve([++asked === 1 ? '93.184.216.34' : '127.0.0.1'])
    expect(await allowedAddress('db.example.org', 'public', rebinding)).toBe('93.184.216.34')
    expect(asked).toBe(1)
  })

  test('with one private address among public ones are refused', async () => {
    expect(await codeOf(allowedAddress('db.example.org', 'public', knows('93.184.216.34', '10.0.0.7')))).toBe('address-not-allowed')
    expect(await codeOf(allowedAddress('db.example.org', 'private', knows('93.184.216.34', '10.0.0.7')))).toBe('allowed')
    expect(await codeOf(allowedAddress('metadata.example.org', 'private', knows('10.0.0.7', '169.254.169.254')))).toBe(
      'address-not-allowed',
    )
  })

  test('that nobody knows are told so', async () => {
    expect(await codeOf(allowedAddress('nowhere.example.org', 'public', knows()))).toBe('cannot-connect')
    expect(await codeOf(allowedAddress('nowhere.example.org', 'public', () => Promise.reject(new Error('ENOTFOUND'))))).toBe(
      'cannot-connect',
    )
  })

  test.each(['127.1', '0x7f.1', '2130706433', '0177.0.0.1', 'localhost', '[::1]', '::1', '[::ffff:127.0.0.1]'])(
    'this machine under the name %s is refused by the real resolver',
    async (name) => expect(await codeOf(allowedAddress(name, 'public'))).toBe('address-not-allowed'),
  )
})

describe('private databases', () => {
  const allows = (environment: Record<string, string>) => readConfig(environment).allowPrivateDatabases
  test('are allowed on a machine of one’s own', () => {
    expect(allows({})).toBe(true)
    expect(allows({ HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:3000' })).toBe(true)
  })
  test('are not where others come in, directly or through a proxy', () => {
    expect(allows({ HOST: '0.0.0.0' })).toBe(false)
    expect(allows({ HOST: '192.168.1.5' })).toBe(false)
    expect(allows({ PUBLIC_URL: 'https://schema.example.org' })).toBe(false)
    expect(allows({ SCHEMAFLOW_TRUSTED_PROXIES: '1' })).toBe(false)
  })
  test('are as who runs the server says', () => {
    expect(allows({ HOST: '0.0.0.0', SCHEMAFLOW_ALLOW_PRIVATE_DATABASES: '1' })).toBe(true)
    expect(allows({ SCHEMAFLOW_ALLOW_PRIVATE_DATABASES: '0' })).toBe(false)
  })
})
