import { expect, test } from 'vitest'
import { chosenOf, countChosen, requestOf, toggleNamespace, toggleTable, type LeftOut } from './chosen-tables.ts'

const sales = {
  name: 'sales',
  tables: [
    { name: 'orders', kind: 'table' as const },
    { name: 'bills', kind: 'table' as const },
  ],
}
const publics = { name: 'public', tables: [{ name: 'users', kind: 'table' as const }] }
const contents = { server: '15', database: 'shop', namespaces: [publics, sales] }
const all: LeftOut = new Map()

test('everything is chosen at first, and then nothing is said', () => {
  expect(countChosen(contents, all)).toBe(3)
  expect(requestOf(contents, all)).toEqual({})
})

test('whole namespaces are asked for as such', () => {
  const left = toggleNamespace(publics, all)
  expect(chosenOf(publics, left)).toBe('none')
  expect(requestOf(contents, left)).toEqual({ namespaces: ['sales'] })
  expect(requestOf(contents, toggleNamespace(publics, left))).toEqual({})
})

test('some tables are asked for by name', () => {
  const left = toggleTable(sales, 'bills', all)
  expect(chosenOf(sales, left)).toBe('some')
  expect(requestOf(contents, left)).toEqual({
    tables: [
      { namespace: 'public', name: 'users' },
      { namespace: 'sales', name: 'orders' },
    ],
  })
  expect(requestOf(contents, toggleTable(sales, 'bills', left))).toEqual({})
})

test('a table of a namespace that was left out comes alone', () => {
  const left = toggleTable(sales, 'orders', toggleNamespace(sales, all))
  expect(countChosen(contents, left)).toBe(2)
  expect(chosenOf(sales, toggleTable(sales, 'orders', left))).toBe('none')
})
