import { beforeEach, expect, test, vi } from 'vitest'
import { aColumn, aForeignKey, aPrimaryKey, aTable } from '#core/schema/index.ts'
import { expandSchema } from '#core/schema/json.ts'
import { schemaToRows } from '#core/project/schema.ts'
import { asked } from '#web/dialogs/confirm/confirm.tsx'
import { createEditor } from '#web/state/editor.tsx'
import { newId } from '#web/state/new-id.ts'
import { addRelationship, finishTable, renameTable } from '../actions/edits.ts'
import { proposeLink, swapLink } from '../actions/propose-link.ts'
import { leaveCell } from '../actions/cells.ts'
import { localReplica } from '../bench/local-replica.ts'
import { createKit, noGesture, type CanvasKit } from '../kit.ts'
import { neighbour } from '../scene/neighbour.ts'
import { dragTables } from './drag-tables.ts'
import { drawLink } from './draw-link.ts'
import { handleKey } from './keyboard.ts'
import { borderPull } from './pan-at-borders.ts'
import { followCaret, overflow } from '../reveal.ts'
import { reorderColumn } from './reorder-column.ts'
import { selectArea } from './select-area.ts'

vi.mock('sonner', () => ({ toast: { error: vi.fn(), warning: vi.fn(), info: vi.fn() } }))

let kit: CanvasKit
let id: (table: string, column?: string) => string

beforeEach(() => {
  const bigint = (name: string) => aColumn({ name, type: 'bigint', nullable: false })
  const key = (name: string) => aPrimaryKey({ name, columns: ['id'] })
  const toCustomer = aForeignKey({
    name: 'fk',
    columns: ['customer_id'],
    references: { namespace: 'public', table: 'customer', columns: ['id'] },
  })
  const tables = [
    aTable({ name: 'customer', columns: [bigint('id'), bigint('number')], constraints: [key('customer_pkey')] }),
    aTable({
      name: 'order',
      columns: [bigint('id'), bigint('customer_id'), bigint('total')],
      constraints: [key('order_pkey'), toCustomer],
    }),
    aTable({ name: 'parcel', columns: [bigint('id')], constraints: [key('parcel_pkey')] }),
  ]
  const empty = expandSchema({ format: 'schemaflow', version: 1, dialect: 'postgres' })
  if (!('schema' in empty)) throw new Error('no schema')
  const places: Record<string, { x: number; y: number }> = { customer: { x: 0, y: 0 }, order: { x: 400, y: 0 }, parcel: { x: 0, y: 400 } }
  const replica = localReplica(schemaToRows({ ...empty.schema, tables }, newId, ({ name }) => places[name]))
  const editor = createEditor('00000000-0000-7000-8000-000000000000', replica)
  kit = createKit(editor)
  replica.subscribe((touched) => kit.scene.update(touched))
  id = (table, column) => {
    const found = replica.view.all('table').find((it) => it.name === table)?.id ?? ''
    return column ? (replica.view.childrenOf('column', found).find((it) => it.name === column)?.id ?? '') : found
  }
})

const press = (key: string, held: { ctrlKey?: boolean; shiftKey?: boolean; altKey?: boolean } = {}): boolean =>
  handleKey(kit, { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })
const pointer = {} as PointerEvent
const columnsOf = (table: string): string[] => kit.editor.replica.view.childrenOf('column', id(table)).map((it) => it.name)

test('CANVAS-1: a drag moves the selected tables together and saves once, at its end', () => {
  const mutate = vi.spyOn(kit.editor.replica, 'mutate')
  kit.editor.selection.tables([id('customer'), id('order')])
  const gesture = dragTables(kit, { tableId: id('order'), columnId: null, start: { x: 410, y: 10 }, clicksType: false })
  for (let x = 420; x <= 510; x += 10) gesture.move({ x, y: 30 }, pointer)
  expect(kit.scene.box(id('customer'))).toMatchObject({ x: 100, y: 20 })
  expect(mutate).not.toHaveBeenCalled()
  gesture.drop({ x: 510, y: 30 }, pointer)
  expect(mutate).toHaveBeenCalledTimes(1)
  expect(kit.editor.replica.view.get('table', id('order'))).toMatchObject({ positionX: 500, positionY: 20 })
  expect(kit.scene.box(id('customer'))).toMatchObject({ x: 100, y: 20 })
})

test('CANVAS-1: a drag that is cancelled puts everything back', () => {
  const gesture = dragTables(kit, { tableId: id('order'), columnId: null, start: { x: 410, y: 10 }, clicksType: false })
  gesture.move({ x: 600, y: 10 }, pointer)
  gesture.cancel()
  expect(kit.scene.box(id('order'))).toMatchObject({ x: 400, y: 0 })
})

test('CANVAS-1: a rectangle selects what it touches', () => {
  const gesture = selectArea(kit, { x: -10, y: -10 })
  gesture.move({ x: 450, y: 50 }, pointer)
  gesture.drop({ x: 450, y: 50 }, pointer)
  expect(kit.editor.selection.get().tableIds).toEqual(new Set([id('customer'), id('order')]))
})

test('CANVAS-3: a column goes where it is dragged', () => {
  const gesture = reorderColumn(kit, id('order'), id('order', 'total'))
  gesture.move({ x: 410, y: 34 }, pointer)
  expect(kit.gesture.get().reorder?.toIndex).toBe(0)
  gesture.drop({ x: 410, y: 34 }, pointer)
  expect(columnsOf('order')).toEqual(['total', 'id', 'customer_id'])
})

test('CANVAS-3: Alt and arrows move a column, arrows alone go from column to column', () => {
  kit.editor.selection.column(id('order'), id('order', 'id'))
  press('ArrowDown', { altKey: true })
  expect(columnsOf('order')).toEqual(['customer_id', 'id', 'total'])
  press('ArrowDown')
  expect(kit.editor.selection.get().columnId).toBe(id('order', 'total'))
})

test('CANVAS-4: a line from a key to a table means a new column there, named after the key', () => {
  const gesture = drawLink(kit, id('customer'), id('customer', 'id'))
  gesture.drop({ x: 20, y: 410 }, pointer)
  const { link } = kit.gesture.get()
  const proposal = link && proposeLink(kit.editor.replica.view, link)
  expect(proposal?.child).toMatchObject({ tableId: id('parcel'), columnId: null, newColumn: 'customer_id' })
  if (proposal) addRelationship(kit.editor, { proposal, relationType: 'one-to-many', onDelete: 'cascade', onUpdate: 'noAction' })
  expect(columnsOf('parcel')).toEqual(['id', 'customer_id'])
  const made = kit.editor.selection.get().relationshipId
  expect(made && kit.editor.replica.view.get('constraint', made)).toMatchObject({ kind: 'foreignKey', onDelete: 'cascade' })
})

test('CANVAS-4: a line from column to column refers to where it ends, and can be turned round', () => {
  const { view } = kit.editor.replica
  const draft = {
    fromTableId: id('order'),
    fromColumnId: id('order', 'total'),
    at: { x: 0, y: 0 },
    toTableId: id('parcel'),
    toColumnId: id('parcel', 'id'),
    dropped: true,
  }
  const proposal = proposeLink(view, draft)
  expect(proposal).toMatchObject({ child: { columnId: id('order', 'total') }, parent: { columnId: id('parcel', 'id') } })
  expect(proposal && swapLink(view, proposal)).toMatchObject({
    child: { columnId: id('parcel', 'id') },
    parent: { columnId: id('order', 'total') },
  })
})

test('CANVAS-4: N:M makes a junction table', () => {
  const proposal = {
    child: { tableId: id('order'), columnId: id('order', 'id'), newColumn: '' },
    parent: { tableId: id('parcel'), columnId: id('parcel', 'id') },
  }
  addRelationship(kit.editor, { proposal, relationType: 'many-to-many', onDelete: 'cascade', onUpdate: 'noAction' })
  expect(kit.scene.boxes.size).toBe(4)
})

test('CANVAS-11: T makes a table whose name is in edit at once, and Tab goes on to its columns', () => {
  expect(press('t')).toBe(true)
  const { editing } = kit.editor.ui.get()
  expect(editing).toMatchObject({ kind: 'tableName', tableId: id('new_table') })
  renameTable(kit.editor, id('new_table'), 'invoice')
  finishTable(kit.editor, id('invoice'))
  finishTable(kit.editor, id('invoice'))
  const [key, ...others] = kit.editor.replica.view.childrenOf('constraint', id('invoice'))
  expect([key?.name, others]).toEqual(['invoice_pkey', []])
  leaveCell(kit.editor, { kind: 'columnName', tableId: id('invoice'), columnId: id('invoice', 'id') }, 'tab')
  expect(kit.editor.ui.get().editing).toMatchObject({ kind: 'newColumn', tableId: id('invoice') })
})

test('CANVAS-2: Tab goes to the next column, Shift+Tab back, Enter confirms, on the last column it opens the next', () => {
  const go = (column: string, how: 'tab' | 'backtab' | 'enter') => {
    leaveCell(kit.editor, { kind: 'columnName', tableId: id('order'), columnId: id('order', column) }, how)
    return kit.editor.ui.get().editing
  }
  expect(go('id', 'tab')).toMatchObject({ columnId: id('order', 'customer_id') })
  expect(go('customer_id', 'backtab')).toMatchObject({ columnId: id('order', 'id') })
  expect(go('id', 'backtab')).toMatchObject({ kind: 'tableName' })
  expect(go('id', 'enter')).toBeNull()
  expect(go('total', 'enter')).toMatchObject({ kind: 'newColumn' })
})

test('CANVAS-11: Delete removes the column, the relationship or, when that is confirmed, the tables that are selected', async () => {
  kit.editor.selection.column(id('order'), id('order', 'total'))
  press('Delete')
  expect(columnsOf('order')).toEqual(['id', 'customer_id'])
  const [edge] = [...kit.scene.edges.keys()]
  kit.editor.selection.relationship(edge ?? '')
  press('Backspace')
  expect(kit.scene.edges.size).toBe(0)
  kit.editor.selection.tables([id('parcel'), id('order')])
  press('Delete')
  asked.get()?.answer(false)
  await Promise.resolve()
  expect(kit.scene.boxes.size).toBe(3)
  press('Delete')
  expect(asked.get()?.title).toBe('Delete 2 objects?')
  asked.get()?.answer(true)
  await Promise.resolve()
  expect([...kit.scene.boxes.values()].map((box) => box.face.name)).toEqual(['customer'])
})

test('CANVAS-11: arrows move the selected tables, Ctrl and arrows go to the next table, Ctrl+D copies', () => {
  kit.editor.selection.tables([id('customer')])
  press('ArrowRight')
  press('ArrowDown', { shiftKey: true })
  expect(kit.scene.box(id('customer'))).toMatchObject({ x: 10, y: 50 })
  press('d', { ctrlKey: true })
  expect(kit.scene.boxes.size).toBe(4)
  const boxes = [...kit.scene.boxes.values()]
  expect(neighbour(boxes, id('customer'), 'ArrowRight', { x: 0, y: 0 })).not.toBe(id('customer'))
  expect(neighbour(boxes, undefined, 'ArrowDown', { x: 100, y: 450 })).toBe(id('parcel'))
})

test('CANVAS-11: Escape goes out step by step: edit, column, table', () => {
  kit.editor.selection.column(id('order'), id('order', 'total'))
  kit.editor.ui.patch({ editing: { kind: 'columnName', tableId: id('order'), columnId: id('order', 'total') } })
  press('Escape')
  expect(kit.editor.ui.get().editing).toBeNull()
  press('Escape')
  expect(kit.editor.selection.get()).toMatchObject({ columnId: null, tableIds: new Set([id('order')]) })
  press('Escape')
  expect(kit.editor.selection.get().tableIds.size).toBe(0)
  expect(press('Escape')).toBe(false)
})

test('a refused edit changes nothing and says why', async () => {
  const result = await kit.editor.edit('tables.update', { id: id('order'), name: 'customer' })
  expect(result.kind).toBe('refused')
  expect(kit.scene.box(id('order'))?.face.name).toBe('order')
})

test('a viewer moves and changes nothing', () => {
  const viewer = createEditor('p', { ...kit.editor.replica, role: 'viewer' })
  const viewing = { ...createKit(viewer) }
  viewer.selection.tables([id('order')])
  expect(handleKey(viewing, { key: 'Delete', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false })).toBe(true)
  const gesture = dragTables(viewing, { tableId: id('order'), columnId: null, start: { x: 410, y: 10 }, clicksType: false })
  gesture.move({ x: 600, y: 10 }, pointer)
  gesture.drop({ x: 600, y: 10 }, pointer)
  expect(viewing.gesture.get()).toBe(noGesture)
  expect(kit.scene.box(id('order'))).toMatchObject({ x: 400, y: 0 })
})

test('dragging to a border pulls the canvas, the more the nearer', () => {
  expect(borderPull(500, 0, 1000)).toBe(0)
  expect(borderPull(990, 0, 1000)).toBeGreaterThan(borderPull(970, 0, 1000))
  expect(borderPull(-50, 0, 1000)).toBe(-14)
})

test('CANVAS-2: what is typed in comes into view, by the shortest way', () => {
  kit.lens.move({ x: 0, y: 0, zoom: 1 }, 600, 400)
  const panBy = vi.fn()
  kit.editor.camera.connect({ ...kit.editor.camera, panBy })
  followCaret(kit)
  kit.editor.ui.patch({ editing: { kind: 'columnName', tableId: id('customer'), columnId: id('customer', 'id') } })
  kit.editor.ui.patch({ editing: { kind: 'columnName', tableId: id('parcel'), columnId: id('parcel', 'id') } })
  const [, y] = panBy.mock.lastCall ?? []
  expect(400 + 34 + 26 - y).toBe(400 - 84)
  expect([overflow(0, 10, 5, 100), overflow(90, 120, 5, 100), overflow(20, 30, 5, 100), overflow(10, 500, 5, 100)]).toEqual([-5, 20, 0, 5])
})
