import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProjectStore } from './store.ts'
import { rowKinds, type Row } from './rows.ts'
import { aNamespace } from '../schema/index.ts'

const aRow = (id: string, order: number, name: string): Row<'namespace'> => ({ ...aNamespace({ name }), id, order })

type Step = { readonly op: 'set' | 'delete'; readonly id: number; readonly order: number; readonly name: string }
const aStep: fc.Arbitrary<Step> = fc.record({
  op: fc.constantFrom('set', 'set', 'delete'),
  id: fc.nat(6),
  order: fc.nat(3),
  name: fc.constantFrom('a', 'b', 'c', '__proto__'),
})

function perform(store: ProjectStore, { op, id, order, name }: Step): void {
  const key = `id-${id}`
  const found = store.get('namespace', key)
  if (op === 'delete' && found) store.delete('namespace', key)
  if (op === 'set' && found) store.update('namespace', key, { order, name })
  if (op === 'set' && !found) store.insert('namespace', aRow(key, order, name))
}

test('taking changes back gives the project as it was, and carrying them out again gives the edit', () => {
  fc.assert(
    fc.property(fc.array(aStep), fc.array(aStep), (first, second) => {
      const store = new ProjectStore()
      first.forEach((step) => perform(store, step))
      const before = store.rows()
      const recording = store.record()
      second.forEach((step) => perform(store, step))
      const changes = recording.keep()
      const after = store.rows()
      store.revert(changes)
      expect(store.rows()).toEqual(before)
      store.apply(JSON.parse(JSON.stringify(changes)))
      expect(store.rows()).toEqual(after)
    }),
  )
})

test('a rolled back recording leaves no trace, in the rows and in a recording around it', () => {
  fc.assert(
    fc.property(fc.array(aStep), fc.array(aStep), (first, second) => {
      const store = new ProjectStore()
      first.forEach((step) => perform(store, step))
      const before = store.rows()
      const outer = store.record()
      const inner = store.record()
      second.forEach((step) => perform(store, step))
      inner.rollback()
      expect(store.rows()).toEqual(before)
      expect(outer.keep()).toEqual([])
    }),
  )
})

test('what a store shows depends on its rows alone, not on how it came by them', () => {
  fc.assert(
    fc.property(fc.array(aStep), (steps) => {
      const store = new ProjectStore()
      for (const step of steps) {
        perform(store, step)
        store.all('namespace')
      }
      const fresh = ProjectStore.from(store.rows())
      expect(store.all('namespace')).toEqual(fresh.all('namespace'))
      for (const name of ['a', 'b', 'c', '__proto__']) expect(store.named(name)).toEqual(fresh.named(name))
    }),
  )
})

test('a list that was read stays as it was and is the same object until one of its rows changes', () => {
  const store = ProjectStore.from({ namespace: [aRow('1', 0, 'a'), aRow('2', 1, 'b')] })
  const read = store.all('namespace')
  expect(store.all('namespace')).toBe(read)
  store.update('namespace', '1', { name: 'z' })
  expect(read.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(store.all('namespace').map(({ name }) => name)).toEqual(['z', 'b'])
})

test('changes that do not fit are refused whole', () => {
  const store = ProjectStore.from({ namespace: [aRow('1', 0, 'a')] })
  const before = store.rows()
  expect(() =>
    store.apply([
      { kind: 'namespace', id: '1', before: { name: 'a' }, after: { name: 'b' } },
      { kind: 'namespace', id: '2', before: { name: 'a' }, after: { name: 'b' } },
    ]),
  ).toThrow()
  expect(store.rows()).toEqual(before)
})

test('every kind of row has its place', () => {
  const store = new ProjectStore()
  for (const kind of rowKinds) expect(store.all(kind)).toEqual([])
})
