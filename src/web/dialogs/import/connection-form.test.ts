import { expect, test } from 'vitest'
import { emptyForm, formOfUrl, targetOf } from './connection-form.ts'

test('a url that is pasted fills the fields', () => {
  expect(formOfUrl(' postgresql://ada:p%40ss%2F@db.example.org:6543/shop?sslmode=require\n')).toEqual({
    host: 'db.example.org',
    port: '6543',
    database: 'shop',
    user: 'ada',
    password: 'p@ss/',
    ssl: 'require',
    url: null,
  })
  expect(formOfUrl('postgres://ada@localhost')).toMatchObject({ port: '5432', database: 'ada', password: '', ssl: 'prefer' })
  expect(formOfUrl('postgres://ada@localhost:80/x')).toMatchObject({ port: '80' })
})

test.each([
  'db.example.org',
  'postgres://',
  'https://example.org',
  'postgres://a/b?options=-csearch_path%3Dx',
  'postgres://%zz@a/b',
  'postgres://a b/c',
])('%s stays what it is', (text) => expect(formOfUrl(text)).toBeNull())

test('nothing is asked while something is missing', () => {
  expect(targetOf(emptyForm)).toBeNull()
  expect(targetOf({ ...emptyForm, host: 'a', database: 'b', user: 'c' })).toEqual({
    kind: 'fields',
    host: 'a',
    port: 5432,
    database: 'b',
    user: 'c',
    password: '',
    ssl: 'prefer',
  })
  expect(targetOf({ ...emptyForm, host: 'a', database: 'b', user: 'c', port: '70000' })).toBeNull()
  expect(targetOf({ ...emptyForm, url: ' ' })).toBeNull()
  expect(targetOf({ ...emptyForm, url: ' host=a dbname=b ' })).toEqual({ kind: 'text', text: 'host=a dbname=b' })
})
