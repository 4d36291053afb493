import { expect, test } from 'vitest'
import { schemaToRows } from '#core/project/schema.ts'
import { ProjectStore } from '#core/project/store.ts'
import { aColumn, aSchema, aTable } from '#core/schema/index.ts'
import type { FromWriter } from './protocol.ts'
import { RowFeed } from './row-feed.ts'
import { createWriter } from './writer.ts'

const rowsOf = (...names: string[]) => {
  let id = 0
  return schemaToRows(
    aSchema({ tables: names.map((name) => aTable({ name, columns: [aColumn({ name: 'id', type: 'bigint' })] })) }),
    () => `id-${id++}`,
  )
}

/** A writer with these tables, and what it said last. */
async function writing(...names: string[]) {
  const said: FromWriter[] = []
  const writer = createWriter((message) => said.push(message))
  await new RowFeed(ProjectStore.from(rowsOf(...names)), (portion) => void writer.receive(portion)).catchUp()
  return { writer, last: () => said.at(-1), said }
}

test('GEN-8: rows are written as code, and only the lines that are asked for are handed out', async () => {
  const { writer, last } = await writing('customer')
  await writer.receive({ kind: 'write', request: 1, format: 'json' })
  expect(last()).toMatchObject({ kind: 'written', request: 1, written: { format: 'json', isEmpty: false, losses: [] } })
  await writer.receive({ kind: 'lines', request: 2, from: 1, to: 3 })
  expect(last()).toMatchObject({ kind: 'lines', request: 2, lines: [{ text: '  "format": "schemaflow",' }, { text: '  "version": 1,' }] })
  await writer.receive({ kind: 'files', request: 3 })
  expect(JSON.stringify(last())).toContain('customer')
})

test('an edit is one small message', async () => {
  const { writer, last } = await writing('customer')
  const [table] = rowsOf('customer').table ?? []
  if (!table) throw new Error('no table')
  await writer.receive({
    kind: 'change',
    changes: [{ kind: 'table', id: table.id, before: { name: 'customer' }, after: { name: 'client' } }],
  })
  await writer.receive({ kind: 'write', request: 1, format: 'json' })
  await writer.receive({ kind: 'files', request: 2 })
  expect(JSON.stringify(last())).toContain('client')
})

test('a change that does not fit asks for everything again', async () => {
  const { writer, last } = await writing()
  await writer.receive({ kind: 'change', changes: [{ kind: 'table', id: 'nowhere', before: { name: 'a' }, after: { name: 'b' } }] })
  expect(last()).toEqual({ kind: 'lost' })
})

test('a project without anything in it is told as empty', async () => {
  const { writer, last } = await writing()
  await writer.receive({ kind: 'write', request: 1, format: 'json' })
  expect(last()).toMatchObject({ kind: 'written', written: { isEmpty: true } })
})
