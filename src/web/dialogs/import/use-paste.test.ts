import { expect, test } from 'vitest'
import { pastedSources } from './use-paste.ts'

const told = (text: string) => pastedSources([], text).map(({ file }) => file)

test('SQL and SchemaFlow files are taken from the clipboard, other text is left alone', () => {
  expect(told('-- mine\ncreate table a (id int);')).toEqual(['pasted.sql'])
  expect(told('CREATE UNIQUE INDEX i ON a (id)')).toEqual(['pasted.sql'])
  expect(told('{ "format": "schemaflow", "version": 1 }')).toEqual(['pasted.json'])
  expect(told('please create a new issue')).toEqual([])
  expect(told('')).toEqual([])
})

test('files come before text', () => {
  const file = new File(['x'], 'a.sql')
  expect(pastedSources([file], 'CREATE TABLE a ()')).toEqual([{ kind: 'file', file: 'a.sql', blob: file }])
})
