import { expect, test } from 'vitest'
import { quickColumn } from './quick-column.ts'

test.each([
  ['email', { name: 'email', type: null }],
  ['email varchar(80)', { name: 'email', type: 'character varying(80)' }],
  ['tags text[]', { name: 'tags', type: 'text[]' }],
  ['placed_at timestamptz', { name: 'placed_at', type: 'timestamp with time zone' }],
  ['status order_status', { name: 'status', type: 'order_status' }],
  ['first name', { name: 'first name', type: null }],
  ['  padded  ', { name: 'padded', type: null }],
])('CANVAS-2: "%s" typed as a column', (text, expected) => {
  expect(quickColumn(text, new Set(['order_status']))).toEqual(expected)
})
