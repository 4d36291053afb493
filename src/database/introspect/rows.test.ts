import { expect, test } from 'vitest'
import type { Connection } from '../connection.ts'
import { queryRows, queryRowsOf } from './rows.ts'

interface Row {
  readonly id: number
  readonly name: string | null
}
const fields = { id: true, name: true } as const

test('rows that travel as lists by field are rows again; of nothing there are none', async () => {
  const answers =
    (answer: object): Connection['query'] =>
    () =>
      Promise.resolve([answer] as never)
  const rows = await queryRows<Row>(answers({ id: [1, 2], name: ['a', null] }), fields, 'SELECT')
  expect(rows).toEqual([
    { id: 1, name: 'a' },
    { id: 2, name: null },
  ])
  expect(await queryRows<Row>(answers({ id: null, name: null }), fields, 'SELECT')).toEqual([])
})

test('many ids are asked for in parts, whose rows come in their order', async () => {
  const parts: number[] = []
  const query = ((_, params) => {
    const [list] = params as [string]
    const ids = list.slice(1, -1).split(',').map(Number)
    parts.push(ids.length)
    return Promise.resolve([{ id: ids, name: ids.map(String) }] as never)
  }) as Connection['query']
  const ids = Array.from({ length: 12_000 }, (_, n) => n)
  const rows = await queryRowsOf<Row>(query, fields, 'SELECT', ids)
  expect(parts).toEqual([5000, 5000, 2000])
  expect(rows.map(({ id }) => id)).toEqual(ids)
})
