import { expect, test } from 'vitest'
import {
  aColumn,
  aForeignKey,
  anEnum,
  anIndex,
  anIndexElement,
  aPrimaryKey,
  aSchema,
  aTable,
  aUnique,
  type Table,
} from '../schema/index.ts'
import { listColumns, listEnumTypes, listRelationships, listTables } from './queries.ts'
import { isJunction, relationshipsOf } from './relationships.ts'
import { schemaToRows } from './schema.ts'
import { ProjectStore } from './store.ts'

const storeOf = (tables: readonly Table[], enums: Parameters<typeof aSchema>[0]['enums'] = []) => {
  let next = 0
  return ProjectStore.from(schemaToRows(aSchema({ tables: [...tables], enums }), () => `id-${(next += 1)}`))
}
const users = aTable({
  name: 'users',
  columns: [
    aColumn({ name: 'id', type: 'uuid' }),
    aColumn({ name: 'tags', type: 'mood[]' }),
    aColumn({ name: 'mood', type: 'app.mood', default: "'ok'" }),
  ],
  constraints: [aPrimaryKey({ name: 'users_pkey', columns: ['id'] }), aUnique({ name: 'users_mood_key', columns: ['mood'] })],
})
const child = (more: Partial<Table>, nullable = true) =>
  aTable({
    name: 'child',
    columns: [aColumn({ name: 'user_id', type: 'uuid', nullable }), aColumn({ name: 'x', type: 'integer' })],
    constraints: [aForeignKey({ name: 'fk', columns: ['user_id'], references: { namespace: 'public', table: 'users', columns: ['id'] } })],
    ...more,
  })
const toUsers = (column: string) =>
  aForeignKey({ name: `fk_${column}`, columns: [column], references: { namespace: 'public', table: 'users', columns: ['id'] } })

test('the queries of the sources have their shapes', () => {
  const store = storeOf([users], [anEnum({ namespace: 'app', name: 'mood', values: ['ok'] })])
  const [table] = listTables(store, 'p')
  expect(table).toEqual({
    id: expect.any(String),
    projectId: 'p',
    namespace: 'public',
    name: 'users',
    positionX: 0,
    positionY: 0,
    color: null,
    comment: null,
  })
  expect(listColumns(store, table?.id ?? '')).toMatchObject([
    {
      name: 'id',
      typeCategory: 'uuid',
      isPrimaryKey: true,
      isNullable: false,
      isUnique: true,
      arrayBaseType: null,
      enumTypeId: null,
      order: 0,
    },
    { name: 'tags', typeCategory: 'array', arrayBaseType: 'mood', isUnique: false },
    { name: 'mood', typeCategory: 'enum', enumTypeId: store.all('enumType')[0]?.id, isUnique: true, defaultValue: "'ok'" },
  ])
  expect(listEnumTypes(store, 'p')).toMatchObject([{ namespace: 'app', name: 'mood', values: ['ok'] }])
  expect(listColumns(store, 'nowhere')).toEqual([])
})

test.each([
  ['many, each perhaps without a parent', child({}), { source: { many: true }, target: { optional: true }, relationType: 'one-to-many' }],
  ['many, each with a parent', child({}, false), { source: { many: true }, target: { optional: false }, relationType: 'one-to-many' }],
  [
    'one, by a unique index',
    child({ indexes: [anIndex({ name: 'i', unique: true, elements: [anIndexElement({ column: 'user_id' })] })] }),
    { source: { many: false }, relationType: 'one-to-one' },
  ],
  [
    'many, as the unique index is partial',
    child({ indexes: [anIndex({ name: 'i', unique: true, predicate: 'x > 0', elements: [anIndexElement({ column: 'user_id' })] })] }),
    { source: { many: true } },
  ],
  [
    'one, by its primary key',
    child({ constraints: [aPrimaryKey({ name: 'pk', columns: ['user_id'] }), toUsers('user_id')] }),
    { source: { many: false }, target: { optional: false } },
  ],
  [
    'many, as its key has more columns',
    child({ constraints: [aPrimaryKey({ name: 'pk', columns: ['user_id', 'x'] }), toUsers('user_id')] }),
    { source: { many: true }, target: { optional: false } },
  ],
] as const)('a child end is %s', (_, table, expected) => {
  const store = storeOf([users, table])
  expect(relationshipsOf(store)).toMatchObject([expected])
  expect(listRelationships(store, 'p')).toMatchObject([
    { relationType: relationshipsOf(store)[0]?.relationType, junctionTableId: null, columnPairs: [{}] },
  ])
})

test('a table of nothing but two foreign keys is a junction; a foreign key to a missing table is not drawn', () => {
  const columns = [aColumn({ name: 'a', type: 'uuid' }), aColumn({ name: 'b', type: 'uuid' })]
  const junction = aTable({
    name: 'j',
    columns,
    constraints: [aPrimaryKey({ name: 'pk', columns: ['a', 'b'] }), toUsers('a'), toUsers('b')],
  })
  const store = storeOf([users, junction])
  const id = store.all('table')[1]?.id ?? ''
  expect(isJunction(store, id)).toBe(true)
  expect(relationshipsOf(store).map(({ junctionTableId }) => junctionTableId)).toEqual([id, id])
  expect(relationshipsOf(storeOf([child({})]))).toEqual([])
})
