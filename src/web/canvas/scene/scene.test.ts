import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aColumn, aForeignKey, aPrimaryKey, aTable, aUnique, aView } from '#core/schema/index.ts'
import type { Row } from '#core/project/rows.ts'
import { ProjectStore } from '#core/project/store.ts'
import { Scene } from './scene.ts'

const {
  columns: _c,
  constraints: _k,
  indexes: _i,
  triggers: _t,
  policies: _p,
  rules: _r,
  partitionBy: _b,
  partitionOf: _o,
  inherits: _h,
  ...bare
} = aTable({ name: '' })

const tableRow = (id: string, x = 0, y = 0): Row<'table'> => ({
  ...bare,
  id,
  order: 0,
  name: id,
  positionX: x,
  positionY: y,
  color: null,
  partitionBy: null,
  partitionOf: null,
  inherits: [],
})
const columnRow = (tableId: string, name: string, order = 0, nullable = false): Row<'column'> => ({
  ...aColumn({ name, type: 'bigint', nullable }),
  id: `${tableId}.${name}`,
  tableId,
  order,
})
const keyRow = (tableId: string, kind: 'primaryKey' | 'unique', ...names: string[]): Row<'constraint'> => {
  const {
    columns: _columns,
    include: _include,
    ...rest
  } = kind === 'unique' ? aUnique({ name: 'u', columns: [] }) : aPrimaryKey({ name: 'p', columns: [] })
  return { ...rest, id: `${tableId} ${kind}`, tableId, order: 0, columnIds: names.map((name) => `${tableId}.${name}`), includeIds: [] }
}
const foreignKeyRow = (from: string, column: string, to: string): Row<'constraint'> => {
  const {
    columns: _columns,
    references: _references,
    onDeleteColumns: _on,
    ...rest
  } = aForeignKey({
    name: 'f',
    columns: [],
    references: { namespace: 'public', table: to, columns: [] },
  })
  return {
    ...rest,
    id: `${from}.${column}>${to}`,
    tableId: from,
    order: 0,
    columnIds: [`${from}.${column}`],
    references: { tableId: to, columnIds: [`${to}.id`] },
    onDeleteColumnIds: [],
  }
}

function aShop(): ProjectStore {
  return ProjectStore.from({
    table: [tableRow('customer'), tableRow('order', 400, 100)],
    column: [columnRow('customer', 'id'), columnRow('order', 'id'), columnRow('order', 'customer_id', 1)],
    constraint: [
      keyRow('customer', 'primaryKey', 'id'),
      keyRow('order', 'primaryKey', 'id'),
      foreignKeyRow('order', 'customer_id', 'customer'),
    ],
  })
}
/** Edits the store and lets the scene follow, as a replica does. */
function edit(store: ProjectStore, scene: Scene, work: (store: ProjectStore) => void): void {
  const recording = store.record()
  work(store)
  scene.update({ reset: false, changes: recording.keep() })
}
/** What is drawn, in an order that does not depend on history. */
const picture = (scene: Scene): unknown => [
  [...scene.boxes.values()].map(({ color: _color, ...box }) => box).sort((a, b) => a.id.localeCompare(b.id)),
  [...scene.edges.values()].sort((a, b) => a.id.localeCompare(b.id)),
]

test('CANVAS-2: columns show their keys: primary, foreign, unique and both', () => {
  const store = aShop()
  store.insert('constraint', keyRow('order', 'unique', 'customer_id'))
  const rows = new Scene(store).box('order')?.face.rows.map((row) => [row.name, row.key])
  expect(rows).toEqual([
    ['id', 'primary'],
    ['customer_id', 'foreignUnique'],
  ])
})

test('CANVAS-4: the ends of a relationship come from the real constraints', () => {
  const store = aShop()
  const scene = new Scene(store)
  const edge = () => scene.edge('order.customer_id>customer')
  expect([edge()?.fromMark.many, edge()?.toMark.optional]).toEqual([true, false])
  edit(store, scene, (it) => it.insert('constraint', keyRow('order', 'unique', 'customer_id')))
  edit(store, scene, (it) => it.update('column', 'order.customer_id', { nullable: true }))
  expect([edge()?.fromMark.many, edge()?.toMark.optional]).toEqual([false, true])
})

test('a hit tells the table and the row', () => {
  const scene = new Scene(aShop())
  expect(scene.hit(410, 110)).toMatchObject({ box: { id: 'order' }, row: -1 })
  expect(scene.hit(410, 100 + 34 + 26 + 5)).toMatchObject({ box: { id: 'order' }, row: 1 })
  expect(scene.hit(-10, 0)).toBeNull()
  expect(scene.hitEdge(300, 47, 6)?.id ?? scene.hitEdge(322, 100, 6)?.id).toBe('order.customer_id>customer')
})

test('a held table stays with the pointer, whatever others do, until it is released', () => {
  const store = aShop()
  const scene = new Scene(store)
  scene.hold(new Map([['order', { x: 900, y: 900 }]]))
  edit(store, scene, (it) => it.update('table', 'order', { positionX: 1 }))
  expect(scene.box('order')).toMatchObject({ x: 900, y: 900 })
  expect(scene.edge('order.customer_id>customer')?.route.x1).toBe(900)
  scene.release()
  expect(scene.box('order')).toMatchObject({ x: 1, y: 100 })
})

test('only the tables an edit touches are told', () => {
  const store = aShop()
  const scene = new Scene(store)
  const told: string[] = []
  scene.onFace('customer', () => told.push('customer'))
  scene.onFace('order', () => told.push('order'))
  edit(store, scene, (it) => it.update('column', 'order.id', { name: 'number' }))
  edit(store, scene, (it) => it.update('table', 'customer', { positionX: 5 }))
  expect(told).toEqual(['order'])
})

test('views are boxes too', () => {
  const store = aShop()
  const {
    indexes: _indexes,
    triggers: _triggers,
    rules: _rules,
    ...view
  } = aView({ name: 'sales', definition: 'SELECT 1', materialized: true })
  store.insert('view', { ...view, id: 'v', order: 0, positionX: 0, positionY: 500 })
  expect(new Scene(store).box('v')?.face).toMatchObject({ kind: 'view', foot: 'materialized view' })
})

test('a scene that follows edits shows the same picture as one made anew', () => {
  const ids = ['a', 'b', 'c', 'd']
  const step = fc.record({
    act: fc.constantFrom('add', 'drop', 'move', 'link', 'column', 'unlink'),
    a: fc.constantFrom(...ids),
    b: fc.constantFrom(...ids),
    n: fc.nat(900),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const store = new ProjectStore()
      const scene = new Scene(store)
      for (const step of steps) edit(store, scene, (it) => apply(it, step))
      expect(picture(scene)).toEqual(picture(new Scene(store)))
    }),
  )
})

interface Step {
  readonly act: string
  readonly a: string
  readonly b: string
  readonly n: number
}
function apply(store: ProjectStore, { act, a, b, n }: Step): void {
  const key = foreignKeyRow(a, 'ref', b)
  const has = (id: string) => store.get('table', id) !== undefined
  if (act === 'add' && !has(a)) {
    store.insert('table', tableRow(a, n, n))
    store.insert('column', columnRow(a, 'id'))
    store.insert('column', columnRow(a, 'ref', 1, n % 2 === 0))
  }
  if (act === 'drop' && has(a)) {
    for (const fk of store.foreignKeysTo(a)) store.delete('constraint', fk.id)
    for (const child of store.childrenOf('constraint', a)) store.delete('constraint', child.id)
    for (const child of store.childrenOf('column', a)) store.delete('column', child.id)
    store.delete('table', a)
  }
  if (act === 'move' && has(a)) store.update('table', a, { positionX: n })
  if (act === 'column' && has(a)) store.update('column', `${a}.ref`, { order: n % 2 ? -1 : 1, nullable: n % 3 === 0 })
  if (act === 'link' && has(a) && has(b) && !store.get('constraint', key.id)) store.insert('constraint', key)
  if (act === 'unlink' && store.get('constraint', key.id)) store.delete('constraint', key.id)
}
