import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aColumn, aForeignKey, aSchema, aTable, type Schema } from '../schema/index.ts'
import { anySchema } from '#tests/sync/any-schema.ts'
import { isUnresolved } from './references.ts'
import { rowsToSchema, schemaToRows } from './schema.ts'
import { ProjectStore } from './store.ts'

const counter = () => {
  let next = 0
  return () => `id-${(next += 1)}`
}
const throughRows = (schema: Schema) => rowsToSchema(ProjectStore.from(schemaToRows(schema, counter())), schema.dialect)

test('a schema that became rows comes back without loss, also where it names what is not there', () => {
  fc.assert(
    fc.property(anySchema, (schema) => {
      expect(throughRows(schema)).toStrictEqual(schema)
    }),
    { numRuns: 300 },
  )
})

test('a foreign key follows its column by id and survives a missing target', () => {
  const orders = aTable({
    name: 'orders',
    columns: [aColumn({ name: 'user_id', type: 'uuid' })],
    constraints: [aForeignKey({ name: 'fk', columns: ['user_id'], references: { namespace: 'auth', table: 'users', columns: ['id'] } })],
  })
  const rows = schemaToRows(aSchema({ tables: [orders] }), counter())
  const [constraint] = rows.constraint ?? []
  expect(constraint?.kind === 'foreignKey' && isUnresolved(constraint.references.tableId)).toBe(true)
  expect(constraint?.kind === 'foreignKey' && constraint.columnIds).toEqual([rows.column?.[0]?.id])
})

test('375 tables of 12 columns become rows, and a schema again, in less than 100 ms each', () => {
  const columns = Array.from({ length: 12 }, (_, index) => aColumn({ name: `c${index}`, type: 'text' }))
  const schema = aSchema({ tables: Array.from({ length: 375 }, (_, index) => aTable({ name: `t${index}`, columns })) })
  const rows = schemaToRows(schema, counter())
  expect(bestOf(5, () => schemaToRows(schema, counter()))).toBeLessThan(100)
  expect(bestOf(5, () => rowsToSchema(ProjectStore.from(rows)))).toBeLessThan(100)
})

/** The shortest time of several, in ms: other work on the machine only ever adds. */
function bestOf(times: number, work: () => unknown): number {
  return Math.min(
    ...Array.from({ length: times }, () => {
      const start = performance.now()
      work()
      return performance.now() - start
    }),
  )
}
