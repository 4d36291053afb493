import fc from 'fast-check'
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

test('SQL is read, mended by one click and taken back', async () => {
  const { reader, done } = await reading('CREATE TABLE a (\n  id int,\n  INDEX one (id),\n  INDEX two (id)\n);')
  const [group] = done().summary.groups
  expect(group).toMatchObject({ severity: 'warning', count: 2 })
  expect(done().schema.tables[0]?.indexes).toHaveLength(2)
  expect(done().sources[0]?.ticks).toEqual([
    { line: 2, severity: 'warning' },
    { line: 3, severity: 'warning' },
  ])

  await reader.receive({ kind: 'fix', fixes: group?.fix?.sources ?? [] })
  expect(done().summary).toMatchObject({ groups: [], totals: { modelled: 3, repaired: 0 } })
  expect(done().schema.tables[0]?.indexes.map(({ name }) => name)).toEqual(['one', 'two'])
  expect(done().fixes).toBeGreaterThan(0)

  await reader.receive({ kind: 'unfix' })
  expect(done()).toMatchObject({ fixes: 0, summary: { totals: { repaired: 1 } } })
})

test('noticed places are marked in the lines', async () => {
  const { reader, last } = await reading("SELECT 1;\nCREATE TABLE b (n text DEFAULT 'oops);\n")
  await reader.receive({ kind: 'lines', request: 1, source: 0, from: 0, to: 2 })
  const message = last()
  const lines = message?.kind === 'lines' ? message.lines : []
  expect(lines.map(({ marks }) => marks?.map(({ severity }) => severity) ?? [])).toEqual([[], ['error']])
})

test('files of different formats are not thrown together', async () => {
  const { last } = await reading('CREATE TABLE a ();', shop)
  expect(last()).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'mixed-formats' }] })
})

test('a format that is only written is named', async () => {
  const said: FromReader[] = []
  await new Reader((message) => said.push(message)).receive({
    kind: 'read',
    sources: [{ kind: 'text', file: 'schema.prisma', text: 'model A {}' }],
  })
  expect(said.at(-1)).toMatchObject({
    kind: 'refused',
    diagnostics: [{ code: 'unknown-format', message: 'Prisma can be written, but not read yet.' }],
  })
})

test('whatever is dropped, the reader answers', async () => {
  const name = fc.constantFrom('a.sql', 'b.json', 'c.gz', 'd', 'e.txt')
  const file = fc.record({
    kind: fc.constant('file' as const),
    file: name,
    blob: fc.uint8Array({ maxLength: 400 }).map((bytes) => new Blob([bytes as BlobPart])),
  })
  const text = fc.record({ kind: fc.constant('text' as const), file: name, text: fc.string({ maxLength: 200, unit: 'binary' }) })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(file, text), { maxLength: 3 }), async (sources) => {
      const said: FromReader[] = []
      await new Reader((message) => said.push(message)).receive({ kind: 'read', sources })
      expect(['done', 'refused']).toContain(said.at(-1)?.kind)
      expect(JSON.stringify(said.at(-1))).not.toContain('reading-failed')
    }),
    { numRuns: 60 },
  )
})
