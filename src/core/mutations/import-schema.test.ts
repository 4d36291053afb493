import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anySchema } from '#tests/sync/any-schema.ts'
import { rowsToSchema } from '../project/schema.ts'
import { ProjectStore } from '../project/store.ts'
import { aCheck, aColumn, aForeignKey, aPrimaryKey, aSchema, aTable, type Schema } from '../schema/index.ts'
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

describe('merging into tables that inherit', () => {
  const parent = aTable({ name: 'parent', columns: [aColumn({ name: 'id', type: 'integer' }), aColumn({ name: 'a', type: 'integer' })] })
  const child = aTable({
    name: 'child',
    columns: [
      aColumn({ name: 'id', type: 'integer', inherited: true }),
      aColumn({ name: 'a', type: 'integer', inherited: true }),
      aColumn({ name: 'own', type: 'text' }),
    ],
    inherits: [{ namespace: 'public', name: 'parent' }],
  })
  const grown = aTable({
    name: 'parent',
    columns: [aColumn({ name: 'id', type: 'bigint' }), aColumn({ name: 'a', type: 'integer' }), aColumn({ name: 'new', type: 'text' })],
    constraints: [aCheck({ name: 'positive', expression: 'id > 0' })],
  })
  const grandchild = aTable({ ...child, name: 'grandchild', inherits: [{ namespace: 'public', name: 'child' }] })
  const columnsOf = (store: ProjectStore, name: string) =>
    rowsToSchema(store)
      .tables.find((table) => table.name === name)
      ?.columns.map((column) => `${column.name} ${column.type}${column.inherited ? ' inherited' : ''}`)

  test('a parent that grows gives its heirs what it has now', () => {
    const store = new ProjectStore()
    const inherited = grandchild.columns.map((column) => ({ ...column, inherited: true }))
    bring(store, aSchema({ tables: [parent, child, { ...grandchild, columns: inherited }] }))
    expect(bring(store, aSchema({ tables: [grown] })).kind).toBe('done')
    expect(columnsOf(store, 'child')).toEqual(['id bigint inherited', 'a integer inherited', 'own text', 'new text inherited'])
    expect(columnsOf(store, 'grandchild')).toEqual([
      'id bigint inherited',
      'a integer inherited',
      'own text inherited',
      'new text inherited',
    ])
    const checks = store.all('constraint').map(({ name, tableId }) => `${store.get('table', tableId)?.name ?? ''} ${name}`)
    expect(checks.sort()).toEqual(['child positive', 'grandchild positive', 'parent positive'])
  })

  test('a table that comes without its parents keeps the columns it had from them as its own', () => {
    const store = new ProjectStore()
    bring(store, aSchema({ tables: [parent, child] }))
    bring(store, aSchema({ tables: [aTable({ name: 'child', columns: [aColumn({ name: 'own', type: 'text' })] })] }))
    expect(columnsOf(store, 'child')).toEqual(['id integer', 'a integer', 'own text'])
  })

  test('a table that comes as the heir of one that was here gets the columns of that', () => {
    const store = new ProjectStore()
    bring(store, aSchema({ tables: [grown] }))
    bring(store, aSchema({ tables: [{ ...child, columns: child.columns.slice(2) }] }))
    expect(columnsOf(store, 'child')).toEqual(['own text', 'id bigint inherited', 'a integer inherited', 'new text inherited'])
  })

  test('what the heir says itself and the parent says otherwise stays, and is told', () => {
    const store = new ProjectStore()
    bring(store, aSchema({ tables: [grown] }))
    const own = aTable({
      name: 'child',
      columns: [aColumn({ name: 'a', type: 'text' })],
      constraints: [aCheck({ name: 'positive', expression: 'id > 1' })],
      inherits: [{ namespace: 'public', name: 'parent' }],
    })
    const { diagnostics } = bring(store, aSchema({ tables: [own] }))
    expect(diagnostics.map(({ code, message }) => [code, message.slice(0, 24)])).toEqual([
      ['incompatible-types', 'The column "a" of "child'],
      ['incompatible-types', 'The check "positive" of '],
    ])
    expect(columnsOf(store, 'child')?.slice(0, 1)).toEqual(['a text'])
  })

  test('a typed table keeps the columns of its type', () => {
    const store = new ProjectStore()
    const typed = {
      name: 'typed',
      ofType: { namespace: 'public', name: 'pair' },
      columns: [aColumn({ name: 'x', type: 'integer', inherited: true })],
    }
    bring(store, aSchema({ tables: [aTable(typed)] }))
    bring(store, aSchema({ tables: [aTable({ ...typed, unlogged: true })] }))
    expect(columnsOf(store, 'typed')).toEqual(['x integer inherited'])
  })

  test('two that would inherit from each other are refused, and nothing changes', () => {
    const store = new ProjectStore()
    bring(store, aSchema({ tables: [parent, child] }))
    const before = store.rows()
    const circle = aTable({ name: 'parent', columns: parent.columns, inherits: [{ namespace: 'public', name: 'child' }] })
    expect(bring(store, aSchema({ tables: [circle] })).kind).toBe('refused')
    expect(store.rows()).toEqual(before)
  })
})
