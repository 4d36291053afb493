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
