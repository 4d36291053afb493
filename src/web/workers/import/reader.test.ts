import { expect, test } from 'vitest'
import type { FromReader, Reading } from './protocol.ts'
import { Reader } from './reader.ts'

/** A reader that has read these texts, and what it said. */
async function reading(...texts: string[]) {
  const said: FromReader[] = []
  const reader = new Reader((message) => said.push(message))
  await reader.receive({
    kind: 'read',
    sources: texts.map((text, at) => ({ kind: 'text', file: `${at + 1}.${text.startsWith('{') ? 'json' : 'sql'}`, text })),
  })
  const last = (): FromReader | undefined => said.at(-1)
  const done = (): Reading => {
    const message = last()
    if (message?.kind !== 'done') throw new Error(`not read: ${JSON.stringify(message)}`)
    return message.reading
  }
  return { reader, said, last, done }
}

const shop = JSON.stringify(
  {
    format: 'schemaflow',
    version: 1,
    dialect: 'postgres',
    tables: [{ namespace: 'public', name: 'a', columns: [{ name: 'id', type: 'int' }] }],
  },
  null,
  2,
)

test('a SchemaFlow file is read, counted and shown line by line', async () => {
  const { reader, done, last } = await reading(shop)
  expect(done()).toMatchObject({ format: 'JSON', summary: { totals: { modelled: 1, rejected: 0 } }, sources: [{ file: '1.json' }] })
  await reader.receive({ kind: 'lines', request: 7, source: 0, from: 1, to: 2 })
  expect(last()).toMatchObject({ kind: 'lines', request: 7, lines: [{ text: '  "format": "schemaflow",' }] })
})

test('what cannot be read at all is refused with the reason, and the reader goes on', async () => {
  const { reader, last, done } = await reading('{ "format": ')
  expect(last()).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'json-syntax' }] })
  await reader.receive({ kind: 'read', sources: [{ kind: 'text', file: 'a.json', text: shop }] })
  expect(done().summary.totals.modelled).toBe(1)
})

test('nothing to read is said', async () => {
  const { last } = await reading()
  expect(last()).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'nothing-to-read' }] })
})
