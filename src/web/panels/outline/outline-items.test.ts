import { expect, test } from 'vitest'
import type { Row } from '#core/project/rows.ts'
import { outlineItems } from './outline-items.ts'

const named = (namespace: string, name: string) => ({ id: `${namespace}.${name}`, namespace, name })
const contents = {
  namespaces: [],
  tables: [named('billing', 'invoice'), named('public', 't10'), named('public', 't2')] as unknown as Row<'table'>[],
  views: [named('public', 'v_invoice')] as unknown as Row<'view'>[],
  enums: [] as Row<'enumType'>[],
  groups: [],
}
const all = { filter: '', folded: new Set<string>(), canAddTypes: true }
const told = (showing: Partial<typeof all>) =>
  outlineItems(contents, { ...all, ...showing }).map((item) => (item.kind === 'section' ? `${item.title} ${item.count}` : `  ${item.name}`))

test('tables stand under their namespace, the default one first, numbers in order', () => {
  expect(told({})).toEqual(['public 2', '  t2', '  t10', 'billing 1', '  invoice', 'Views 1', '  v_invoice', 'Types 0'])
})

test('a filter keeps what fits, opens what is folded and hides empty sections', () => {
  expect(told({ filter: 'inv', folded: new Set(['views']) })).toEqual(['billing 1', '  invoice', 'Views 1', '  v_invoice'])
  expect(told({ filter: 'billing inv' })).toEqual(['billing 1', '  invoice'])
})

test('a folded section keeps its heading', () => {
  expect(told({ folded: new Set(['namespace public']) }).slice(0, 2)).toEqual(['public 2', 'billing 1'])
})

test('viewers see no empty Types section', () => {
  expect(told({ canAddTypes: false })).not.toContain('Types 0')
})

test('other objects stand under their headings, types beside the enums', () => {
  const object = (kind: 'routine' | 'domain', name: string) => ({ id: name, kind, namespace: 'public', name })
  const groups = [
    { key: 'routines', title: 'Functions', objects: [object('routine', 'touch()'), object('routine', 'add(integer)')] },
    { key: 'sequences', title: 'Sequences', objects: [] },
    { key: 'types', title: 'Types', objects: [object('domain', 'money')] },
  ]
  const lines = outlineItems({ ...contents, tables: [], views: [], groups }, { ...all, folded: new Set(['routines']) })
  expect(lines.map((item) => (item.kind === 'section' ? `${item.title} ${item.count}` : item.name))).toEqual([
    'Functions 2',
    'Types 1',
    'money',
  ])
  const found = outlineItems({ ...contents, tables: [], views: [], groups }, { ...all, filter: 'add', folded: new Set(['routines']) })
  expect(found.map(({ kind }) => kind)).toEqual(['section', 'object'])
})
