import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySchema } from '#tests/sync/any-schema.ts'
import { rowsToSchema } from '../project/schema.ts'
import { ProjectStore } from '../project/store.ts'
import { aColumn, aForeignKey, aPrimaryKey, aSchema, aTable, type Schema } from '../schema/index.ts'
import { runMutation } from './run.ts'

const projectId = '0198f2b4-0000-7000-8000-000000000000'
const limits = { tablesPerProject: 100, columnsPerTable: 100 }
let seeds = 0
const seed = () => `0198f2b4-0000-7000-8000-${((seeds += 1) * 0x10000).toString(16).padStart(12, '0')}`
const bring = (store: ProjectStore, schema: Schema, more: object = {}) =>
  runMutation(store, 'schema.import', { schema, idSeed: seed(), ...more }, { projectId, limits })

const users = aTable({
  name: 'users',
  columns: [aColumn({ name: 'id', type: 'uuid', nullable: false })],
  constraints: [aPrimaryKey({ name: 'users_pkey', columns: ['id'] })],
  comment: 'people',
})
const posts = aTable({
  name: 'posts',
  columns: [aColumn({ name: 'author', type: 'uuid' })],
  constraints: [aForeignKey({ name: 'fk', columns: ['author'], references: { namespace: 'public', table: 'users', columns: ['id'] } })],
})

test('replacing gives exactly the schema that came, whatever was there before, and undoing it gives back what was', () => {
  fc.assert(
    fc.property(anySchema, anySchema, (first, second) => {
      const store = new ProjectStore()
      expect(bring(store, first, { mode: 'replace' }).kind).toBe('done')
      const before = store.rows()
      const result = bring(store, second, { mode: 'replace' })
      expect(rowsToSchema(store, second.dialect)).toEqual(second)
      if (result.kind === 'done') store.revert(result.changes)
      expect(store.rows()).toEqual(before)
    }),
    { numRuns: 100 },
  )
})

test('the same again changes nothing', () => {
  fc.assert(
    fc.property(anySchema, (schema) => {
      const store = new ProjectStore()
      bring(store, schema)
      expect(bring(store, schema)).toEqual({ kind: 'done', changes: [], diagnostics: [] })
    }),
    { numRuns: 100 },
  )
})

test('merging adds what is new, changes what differs, removes nothing, and keeps places', () => {
  const store = new ProjectStore()
  bring(store, aSchema({ tables: [users, posts] }), { positions: [{ namespace: 'public', name: 'users', x: 7, y: 8 }] })
  const before = store.all('table').find(({ name }) => name === 'users')
  const wider = aTable({
    name: 'users',
    columns: [aColumn({ name: 'id', type: 'bigint', nullable: false }), aColumn({ name: 'email', type: 'text' })],
  })
  bring(store, aSchema({ tables: [wider, aTable({ name: 'new' })] }), { positions: [{ namespace: 'public', name: 'users', x: 0, y: 0 }] })
  const schema = rowsToSchema(store)
  expect(schema.tables.map(({ name }) => name)).toEqual(['users', 'posts', 'new'])
  expect(schema.tables[0]).toMatchObject({
    comment: 'people',
    columns: [{ name: 'id', type: 'bigint' }, { name: 'email' }],
    constraints: [{ name: 'users_pkey' }],
  })
  expect(store.all('table')[0]).toEqual(before)
})

test('a foreign key that led nowhere finds its table when that comes', () => {
  const store = new ProjectStore()
  bring(store, aSchema({ tables: [posts] }))
  bring(store, aSchema({ tables: [users] }))
  const target = store.all('table').find(({ name }) => name === 'users')
  expect(store.foreignKeysTo(target?.id ?? '')).toHaveLength(1)
})

test('too many tables or columns, texts that cannot be stored, and what is no schema are refused whole', () => {
  const store = new ProjectStore()
  const many = Array.from({ length: 101 }, (_, index) => aTable({ name: `t${index}` }))
  expect(bring(store, aSchema({ tables: many })).diagnostics[0]?.code).toBe('too-many-tables')
  const columns = Array.from({ length: 101 }, (_, index) => aColumn({ name: `c${index}`, type: 'text' }))
  expect(bring(store, aSchema({ tables: [aTable({ name: 't', columns })] })).diagnostics[0]?.code).toBe('too-many-columns')
  expect(bring(store, aSchema({ tables: [aTable({ name: 't', comment: 'a\0' })] })).diagnostics[0]?.code).toBe('bad-text')
  const wrong: unknown = { tables: [{ name: 7 }] }
  expect(runMutation(store, 'schema.import', { schema: wrong, idSeed: seed() }, { projectId, limits }).diagnostics[0]?.code).toBe(
    'bad-arguments',
  )
  expect(store.rows()).toEqual({})
})
