import { expect, test } from 'vitest'
import { makeShowcase } from './make-showcase.ts'

const textOf = (code: Awaited<ReturnType<typeof makeShowcase>>['showcase']['code'], id: string) =>
  code
    .find((it) => it.id === id)
    ?.lines.map(({ text }) => text)
    .join('\n') ?? ''

test('the page shows the six tables and five relationships that its SQL says', async () => {
  const { showcase } = await makeShowcase()
  expect(showcase.tables.map(({ name }) => name).toSorted()).toEqual(['customer', 'invoice', 'order', 'order_line', 'payment', 'product'])
  expect(showcase.links).toHaveLength(5)
  expect(showcase.links.find(({ table }) => table === 'invoice')).toMatchObject({ toTable: 'order', many: false, optional: false })
  expect(showcase.code.map(({ title }) => title)).toEqual(['SQL', 'Drizzle', 'Prisma'])
})

test('a rename reaches the foreign key in every language', async () => {
  const { showcase } = await makeShowcase()
  const id = showcase.tables.find(({ name }) => name === 'customer')?.columns[0]?.id ?? ''
  const after = await makeShowcase([{ id, name: 'customer_no' }])
  expect(after.refused).toEqual([])
  expect(textOf(after.showcase.code, 'postgres-sql')).toMatch(/REFERENCES customer \(customer_no\)/)
  expect(textOf(after.showcase.code, 'prisma')).toContain('customer_no')
  expect(after.showcase.links.find(({ toTable }) => toTable === 'customer')?.toColumn).toBe(id)
})

test('a name that is taken is refused in words, and nothing changes', async () => {
  const { showcase } = await makeShowcase()
  const id = showcase.tables.find(({ name }) => name === 'customer')?.columns[0]?.id ?? ''
  const after = await makeShowcase([{ id, name: 'email' }])
  expect(after.refused).toHaveLength(1)
  expect(after.showcase.tables).toEqual(showcase.tables)
})
