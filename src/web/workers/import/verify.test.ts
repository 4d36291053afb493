import { afterEach, expect, test, vi } from 'vitest'
import { aSchema, aTable } from '#core/schema/index.ts'
import type { DatabaseEvent, TruthEvent } from '#sync/database-messages.ts'
import type { FromReader } from './protocol.ts'
import { Reader } from './reader.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server that answers with these events in pieces of seven characters, and what it was asked. */
function serve(events: readonly (TruthEvent | DatabaseEvent)[]) {
  const asked: { address: string; body: unknown; signal: AbortSignal }[] = []
  vi.stubGlobal('fetch', (address: string, init: { body: string; signal: AbortSignal }) => {
    asked.push({ address, body: JSON.parse(init.body), signal: init.signal })
    const text = events.map((event) => `${JSON.stringify(event)}\n`).join('')
    const bytes = new TextEncoder().encode(text)
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7))
        controller.close()
      },
    })
    return Promise.resolve(new Response(body))
  })
  return asked
}
async function readerOf(...texts: string[]) {
  const said: FromReader[] = []
  const reader = new Reader((message) => said.push(message))
  await reader.receive({ kind: 'read', sources: texts.map((text, at) => ({ kind: 'text', file: `${at}.sql`, text })) })
  return { reader, said }
}
const reading = (more: object = {}) => ({
  schema: aSchema({ tables: [aTable({ name: 'a' }), aTable({ name: 'mädchen' })] }),
  diagnostics: [],
  unverified: [{ list: 'views', name: 'public.v', reason: 'column "x" does not exist' }],
  server: '18.6',
  executed: { ran: 2, refused: 1, skipped: 0 },
  ...more,
})

test('PostgreSQL’s reading takes the place of the grammar’s', async () => {
  const { reader, said } = await readerOf('CREATE TABLE a ();')
  expect(said.at(-1)).toMatchObject({ kind: 'done', reading: { canVerify: true, truth: null } })
  const asked = serve([
    { kind: 'progress', share: 0.5 },
    { kind: 'done', reading: reading() },
  ])
  await reader.receive({ kind: 'verify', address: '/truth' })
  expect(asked).toMatchObject([{ address: '/truth', body: { sources: [{ file: '0.sql', text: 'CREATE TABLE a ();' }] } }])
  expect(said.slice(-2)).toMatchObject([
    { kind: 'verifying', share: 0.5 },
    {
      kind: 'verified',
      reading: {
        schema: { tables: [{ name: 'a' }, { name: 'mädchen' }] },
        summary: { totals: { modelled: 1 } },
        truth: { server: '18.6', unverifiedCount: 1, unverified: [{ name: 'public.v' }] },
      },
    },
  ])
})

test('what was noticed before reading is not forgotten', async () => {
  const { reader, said } = await readerOf('CREATE TABLE a ();')
  await reader.receive({
    kind: 'read',
    sources: ['a.sql', 'b.exe'].map((file) => ({ kind: 'text', file, text: 'CREATE TABLE a ();' })),
  })
  serve([{ kind: 'done', reading: reading() }])
  await reader.receive({ kind: 'verify', address: '/truth' })
  expect(said.at(-1)).toMatchObject({ kind: 'verified', reading: { summary: { groups: [{ code: 'other-files' }] } } })
})

test('when PostgreSQL cannot be asked, the reading stays and the reason is told', async () => {
  const { reader, said } = await readerOf('CREATE TABLE a ();')
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')))
  await reader.receive({ kind: 'verify', address: '/truth' })
  expect(said.at(-1)).toMatchObject({ kind: 'not-verified', diagnostic: { code: 'no-answer' } })
  const refused = { diagnostics: [{ code: 'too-busy', severity: 'error', message: 'Busy.' }] }
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(refused, { status: 429 })))
  await reader.receive({ kind: 'verify', address: '/truth' })
  expect(said.at(-1)).toMatchObject({ kind: 'not-verified', diagnostic: { code: 'too-busy' } })
  serve([{ kind: 'progress', share: 0.1 }])
  await reader.receive({ kind: 'verify', address: '/truth' })
  expect(said.at(-1)).toMatchObject({ kind: 'not-verified', diagnostic: { code: 'not-checked' } })
})

test('a fix ends what PostgreSQL was asked, and nothing more is heard of it', async () => {
  const { reader, said } = await readerOf('CREATE TABLE a (\n id int,\n INDEX one (id)\n);')
  const done = said.at(-1)
  let signal: AbortSignal | undefined
  vi.stubGlobal(
    'fetch',
    (_: string, init: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        signal = init.signal
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
      }),
  )
  const verifying = reader.receive({ kind: 'verify', address: '/truth' })
  const fixes = done?.kind === 'done' ? (done.reading.summary.groups[0]?.fix?.sources ?? []) : []
  await reader.receive({ kind: 'fix', fixes })
  await verifying
  expect(signal?.aborted).toBe(true)
  expect(said.at(-1)).toMatchObject({ kind: 'done', reading: { fixes: 2 } })
})

test('a database is shown as the SQL that makes it', async () => {
  const { reader, said } = await readerOf()
  const schema = aSchema({ tables: [aTable({ name: 'users' })] })
  const asked = serve([
    { kind: 'progress', share: 0.2 },
    { kind: 'done', schema, diagnostics: [], server: '15.20' },
  ])
  const request = { connection: { kind: 'text' as const, text: 'postgres://x' } }
  await reader.receive({ kind: 'database', address: '/import', request, name: 'shop' })
  expect(asked).toMatchObject([{ address: '/import', body: request }])
  expect(said.at(-1)).toMatchObject({
    kind: 'done',
    reading: { format: 'PostgreSQL 15.20', schema, canVerify: false, sources: [{ file: 'shop' }], summary: { totals: { modelled: 0 } } },
  })
  await reader.receive({ kind: 'lines', request: 1, source: 0, from: 0, to: 1 })
  expect(said.at(-1)).toMatchObject({ lines: [{ text: expect.stringContaining('CREATE TABLE users') }] })
})

test('a database that cannot be read is refused with the reason', async () => {
  const { reader, said } = await readerOf()
  serve([{ kind: 'refused', diagnostics: [{ code: 'cannot-connect', severity: 'error', message: 'No.' }] }])
  await reader.receive({ kind: 'database', address: '/import', request: { connection: { kind: 'text', text: 'x' } }, name: 'shop' })
  expect(said.at(-1)).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'cannot-connect' }] })
})
