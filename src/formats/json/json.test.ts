import { expect, test } from 'vitest'
import { aColumn, aPrimaryKey, aPrivilege, aSchema, aTable, type Schema } from '#core/schema/index.ts'
import { entry } from './entry.ts'
import { exportJson } from './exporter.ts'
import { importJson } from './importer.ts'

const shop = aSchema({
  tables: [
    aTable({
      name: 'a',
      columns: [aColumn({ name: 'id', type: 'bigint' })],
      constraints: [aPrimaryKey({ name: 'a_pkey', columns: ['id'] })],
      owner: 'me',
    }),
  ],
  privileges: [aPrivilege({ kind: 'grant', on: 'table', objects: [{ namespace: 'public', name: 'a', arguments: null }], roles: ['me'] })],
})
const textOf = (schema: Schema, privileges = true): string => exportJson(schema, { privileges }).files[0]?.text ?? ''
const read = async (text: string) => importJson([{ file: 'a.json', text }])

test('what is written is read back, every field', async () => {
  expect(await read(textOf(shop))).toMatchObject({ schema: shop, diagnostics: [], statements: [{ outcome: 'modelled' }] })
})

test('owners and grants are written only when asked for', () => {
  expect(textOf(shop, false)).not.toMatch(/owner|grant/)
})

test('small objects stand on one line', () => {
  expect(textOf(shop)).toContain('\n        { "name": "id", "type": "bigint", "nullable": true }')
})

test('a table is found in the text by its place', () => {
  const { files, places } = exportJson(shop)
  const [{ start, end } = { start: 0, end: 0 }] = places ?? []
  expect(JSON.parse(files[0]?.text.slice(start, end) ?? '')).toMatchObject({ name: 'a' })
})

test('a misspelt field is named with its line, column and the likely word', async () => {
  const { diagnostics, statements } = await read('{"format": "schemaflow", "version": 1,\n "tables": [\n  { "name": "a", "colums": [] }]}')
  expect(diagnostics).toMatchObject([
    {
      code: 'json-unknown-field',
      message: 'tables[0]: unknown field colums.',
      hint: 'Did you mean columns?',
      span: { line: 3, column: 28 },
    },
  ])
  expect(statements[0]?.outcome).toBe('rejected')
})

test.each([
  ['{"format": "schemaflow",\n}', 2, 1, 'a field name'],
  ['{"a": [1, 2', 1, 12, 'a comma or ]'],
  ['{"a": tru}', 1, 7, 'a value'],
  ['{"a" 1}', 1, 6, 'a colon'],
  ['[1] x', 1, 5, 'the end of the text'],
  ['{"a": "open', 1, 7, 'the end of this string'],
  ['', 1, 1, 'a value'],
])('%j is reported at %i:%i', async (text, line, column, expected) => {
  const { diagnostics } = await read(text)
  expect(diagnostics).toMatchObject([{ code: 'json-syntax', span: { line, column } }])
  expect(diagnostics[0]?.message).toContain(expected)
})

test('other JSON and newer versions are told apart from damaged documents', async () => {
  const codes = async (text: string) => (await read(text)).diagnostics.map(({ code }) => code)
  expect(await codes('[]')).toEqual(['json-not-a-schema'])
  expect(await codes('{"format": "schemaflow", "version": 2}')).toEqual(['json-version'])
})

test('deep nesting does not exhaust the stack', async () => {
  const deep = '['.repeat(200_000)
  expect((await read(deep)).diagnostics).toMatchObject([{ code: 'json-syntax', span: { start: 200_000 } }])
})

test('the format is recognised by what it says, not by its name', () => {
  expect(entry.detect('x.txt', '{ "format": "schemaflow"')).toBe(1)
  expect(entry.detect('x.sql', 'CREATE TABLE a ()')).toBe(0)
})
