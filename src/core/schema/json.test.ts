import { expect, test } from 'vitest'
import { compactSchema, expandSchema, jsonSchemaOfSchema } from './json.ts'
import {
  aCheck,
  aColumn,
  aForeignKey,
  anIdentity,
  anIndex,
  anIndexElement,
  aPrimaryKey,
  aSchema,
  aSequenceOptions,
  aTable,
  aView,
} from './index.ts'

const shop = aSchema({
  tables: [
    aTable({
      name: 'order',
      columns: [
        aColumn({
          name: 'id',
          type: 'bigint',
          nullable: false,
          identity: anIdentity({ kind: 'always', sequence: aSequenceOptions({ start: '10' }) }),
        }),
        aColumn({ name: '__proto__', type: 'text', comment: '' }),
      ],
      constraints: [
        aPrimaryKey({ name: 'order_pkey', columns: ['id'] }),
        aCheck({ name: 'c', expression: 'id > 0', validated: false }),
        aForeignKey({ name: 'f', columns: ['id'], references: { namespace: 'billing', table: 'x', columns: ['y'] }, onDelete: 'cascade' }),
      ],
      indexes: [anIndex({ name: 'i', elements: [anIndexElement({ column: 'id', order: 'desc' })], options: { fillfactor: '70' } })],
    }),
  ],
  views: [aView({ name: 'v', definition: 'SELECT 1', materialized: true, withData: false })],
})

test('a schema comes back from JSON exactly', () => {
  expect(expandSchema(JSON.parse(JSON.stringify(compactSchema(shop))))).toEqual({ schema: shop })
})

test('JSON leaves out what equals its default, and keeps what readers look for', () => {
  const [table] = compactSchema(shop)['tables'] as readonly Record<string, unknown>[]
  expect(Object.keys(table ?? {})).toEqual(['namespace', 'name', 'columns', 'constraints', 'indexes'])
  expect(table?.['columns']).toEqual([
    { name: 'id', type: 'bigint', nullable: false, identity: { kind: 'always', sequence: { start: '10' } } },
    { name: '__proto__', type: 'text', nullable: true, comment: '' },
  ])
})

test('the document names its format and version and always has every list', () => {
  const empty = compactSchema(aSchema({}))
  expect(empty).toMatchObject({ format: 'schemaflow', version: 1, dialect: 'postgres', tables: [], views: [], opaque: [] })
  expect(expandSchema(empty)).toEqual({ schema: aSchema({}) })
})

test('a misspelt field is an issue with its path and the fields that exist', () => {
  const result = expandSchema({
    format: 'schemaflow',
    version: 1,
    tables: [{ name: 't', constraints: [{ kind: 'check', name: 'c', expresion: 'x' }] }],
  })
  const issues = 'issues' in result ? result.issues : []
  expect(issues).toContainEqual({ path: ['tables', 0, 'constraints', 0, 'expression'], message: 'expected string, found nothing' })
  expect(issues.find((issue) => issue.unknownKeys)).toMatchObject({ path: ['tables', 0, 'constraints', 0], unknownKeys: ['expresion'] })
  expect(issues.find((issue) => issue.unknownKeys)?.knownKeys).toContain('expression')
})

test.each([
  null,
  5,
  [],
  {},
  { format: 'schemaflow', version: 2 },
  JSON.parse('{"format":"schemaflow","version":1,"__proto__":{"tables":[]}}'),
])('%j is refused, not thrown at', (document: unknown) => expect(expandSchema(document)).toHaveProperty('issues'))

test('the published JSON Schema describes tables by name', () => {
  const published = jsonSchemaOfSchema() as { $defs: Record<string, { required?: string[] }>; required: string[] }
  expect(published.$defs['table']?.required).toEqual(['name'])
  expect(published.required).toEqual(['format', 'version'])
})
