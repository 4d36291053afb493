import { expect, test } from 'vitest'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { aColumn, aSchema, aTable, anEnum } from '#core/schema/index.ts'
import type { StatementRecord } from '#formats/format.ts'
import { summarise } from './summary.ts'

const statement = (outcome: StatementRecord['outcome'], kind: string, line: number): StatementRecord => ({
  outcome,
  kind,
  file: 'a.sql',
  span: { start: 0, end: 1, line, column: 1 },
})

test('a reading is summed up by outcome and by kind', () => {
  const schema = aSchema({
    tables: [aTable({ name: 'a', columns: [aColumn({ name: 'id', type: 'int' }), aColumn({ name: 'b', type: 'text' })] })],
    enums: [anEnum({ name: 'e', values: [] })],
  })
  const statements = [
    statement('modelled', 'CREATE TABLE', 1),
    statement('ignored', 'SET', 2),
    statement('ignored', 'COPY data', 3),
    statement('ignored', 'COPY data', 9),
    statement('verbatim', 'CREATE OPERATOR', 4),
  ]
  const summary = summarise({ schema, statements, diagnostics: [] }, ['a.sql'])
  expect(summary.totals).toEqual({ modelled: 1, verbatim: 1, repaired: 0, ignored: 3, rejected: 0 })
  expect(summary.counts.filter(({ count }) => count > 0)).toEqual([
    { kind: 'table', count: 1 },
    { kind: 'column', count: 2 },
    { kind: 'enum', count: 1 },
  ])
  expect(summary.ignored).toEqual([
    { kind: 'COPY data', count: 2, place: { source: 0, line: 3, column: 1 } },
    { kind: 'SET', count: 1, place: { source: 0, line: 2, column: 1 } },
  ])
})

test('a report stays small however much was noticed', () => {
  const diagnostics = Array.from({ length: 5000 }, (_, at) => ({
    code: `code-${at % 400}` as DiagnosticCode,
    severity: 'info' as const,
    message: 'm',
  }))
  const summary = summarise({ schema: aSchema({}), statements: [], diagnostics }, [])
  expect(summary.groups.length + summary.hidden / 12.5).toBeLessThanOrEqual(400)
  expect(summary.groups.reduce((sum, { count }) => sum + count, 0) + summary.hidden).toBe(5000)
})
