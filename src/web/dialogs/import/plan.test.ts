import { expect, test } from 'vitest'
import { aColumn, aSchema, aTable } from '#core/schema/index.ts'
import { newcomers, planImport } from './plan.ts'

const users = aTable({ name: 'users', columns: [aColumn({ name: 'id', type: 'uuid' })] })
const orders = aTable({ name: 'orders' })

test('IMP-4: what comes is told apart from what is there', () => {
  const plan = planImport(aSchema({ tables: [users, orders, aTable({ namespace: 'billing', name: 'users' })] }), {
    tables: [aTable({ name: 'users' }), orders],
  })
  expect(plan).toMatchObject({ tables: 3, newTables: 1, changedTables: 1, sameTables: 1, objects: 3 })
  expect(plan.names).toEqual([
    { name: 'users', fate: 'changed' },
    { name: 'billing.users', fate: 'new' },
    { name: 'orders', fate: 'same' },
  ])
})

test('only what is new needs a place', () => {
  const incoming = aSchema({ tables: [users, orders] })
  expect(newcomers(incoming, [{ namespace: 'public', name: 'users' }]).tables).toEqual([orders])
})
