import { expect, test } from 'vitest'
import { search } from './search.ts'

const items = ['order', 'order_line', 'order.customer_id', 'billing.invoice', 'customer', 'customer.order_count', 'reorder_rule'].map(
  (path) => ({ id: path, path }),
)
const find = (query: string) => search(items, query, 10).map(({ item }) => item.path)

test('CANVAS-10: the whole name comes first, then parts, then beginnings', () => {
  expect(find('order').slice(0, 3)).toEqual(['order', 'order.customer_id', 'order_line'])
  expect(find('order').at(-1)).toBe('reorder_rule')
})

test('words may stand in any order, and letters may be left out', () => {
  expect(find('cust order')).toEqual(['order.customer_id', 'customer.order_count'])
  expect(find('id order')).toEqual(['order.customer_id'])
  expect(find('ordln')).toEqual(['order_line'])
  expect(find('invo')).toEqual(['billing.invoice'])
})

test('nothing is found for nothing, or for what is not there', () => {
  expect(find('')).toEqual([])
  expect(find('xyz')).toEqual([])
})

test('a large schema is searched in a blink', () => {
  const many = Array.from({ length: 40_000 }, (_, at) => ({ id: String(at), path: `table_${at % 2000}.column_${at}` }))
  const begun = performance.now()
  expect(search(many, 'column_399', 20)).toHaveLength(20)
  expect(performance.now() - begun).toBeLessThan(1000)
})
