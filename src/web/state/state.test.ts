import { expect, test, vi } from 'vitest'
import { makeTables } from '#web/canvas/bench/make-schema.ts'
import { localReplica } from '#web/canvas/bench/local-replica.ts'
import { expandSchema } from '#core/schema/json.ts'
import { schemaToRows } from '#core/project/schema.ts'
import { createCameraSlot, type Camera } from './camera.ts'
import { newId } from './new-id.ts'
import { RowHub } from './row-hub.ts'
import { createSelection } from './selection.ts'
import { createStore } from './store.ts'

function aReplica() {
  const empty = expandSchema({ format: 'schemaflow', version: 1, dialect: 'postgres' })
  if (!('schema' in empty)) throw new Error('no schema')
  return localReplica(schemaToRows({ ...empty.schema, tables: makeTables(3, 4, 1) }, newId))
}

test('only those who follow what changed are told, and lists keep their identity until then', async () => {
  const replica = aReplica()
  const rows = new RowHub(replica.view)
  rows.follow(replica)
  const [first, second] = replica.view.all('table')
  const [column] = replica.view.childrenOf('column', first?.id ?? '')
  const told: string[] = []
  rows.onChildren('column', first?.id ?? '', () => told.push('columns of the first'))
  rows.onChildren('column', second?.id ?? '', () => told.push('columns of the second'))
  rows.onRow('column', column?.id ?? '', () => told.push('the column'))
  rows.onAll('table', () => told.push('tables'))
  const before = [rows.children('column', first?.id ?? ''), rows.children('column', second?.id ?? '')]
  await replica.mutate('columns.update', { id: column?.id, name: 'renamed' })
  expect(told.sort()).toEqual(['columns of the first', 'the column'])
  expect(rows.children('column', first?.id ?? '')).not.toBe(before[0])
  expect(rows.children('column', second?.id ?? '')).toBe(before[1])
})

test('a deleted row is told to those who follow it and its list', async () => {
  const replica = aReplica()
  const rows = new RowHub(replica.view)
  rows.follow(replica)
  const table = replica.view.all('table').at(-1)
  const told: string[] = []
  rows.onRow('table', table?.id ?? '', () => told.push('row'))
  rows.onAll('table', () => told.push('all'))
  await replica.mutate('tables.delete', { id: table?.id })
  expect(told.sort()).toEqual(['all', 'row'])
  expect(rows.row('table', table?.id ?? '')).toBeUndefined()
  expect(rows.all('table')).toHaveLength(2)
})

test('setting a store to what it is tells nobody', () => {
  const store = createStore(1)
  const listener = vi.fn()
  store.subscribe(listener)
  store.set(1)
  store.set((before) => before + 1)
  expect(listener).toHaveBeenCalledTimes(1)
})

test('a selection forgets what no longer exists and nothing else', () => {
  const selection = createSelection()
  selection.column('table', 'column')
  selection.prune((id) => id !== 'column')
  expect(selection.get()).toMatchObject({ tableIds: new Set(['table']), columnId: null })
  const before = selection.get()
  selection.prune(() => true)
  expect(selection.get()).toBe(before)
  selection.toggle('other')
  selection.toggle('table')
  expect(selection.get().tableIds).toEqual(new Set(['other']))
})

test('a camera that is asked before its canvas is there does it later', () => {
  const slot = createCameraSlot()
  slot.focusTable('table')
  const camera = { focusTable: vi.fn() } as unknown as Camera
  slot.connect(camera)
  expect(camera.focusTable).toHaveBeenCalledWith('table', undefined)
})
