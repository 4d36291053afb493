import { expect, test } from 'vitest'
import type { Change } from '#core/project/rows.ts'
import { schemaToRows } from '#core/project/schema.ts'
import { ProjectStore } from '#core/project/store.ts'
import { aColumn, aSchema, aTable } from '#core/schema/index.ts'
import type { Touched } from '#sync/types.ts'
import type { FromWriter, ToWriter } from './protocol.ts'
import { CodeSession, type WriterPort } from './write-code.ts'
import { createWriter } from './writer.ts'

/** A session over one table, with a writer that answers when `answers` lets it. */
function open() {
  let id = 0
  const schema = aSchema({ tables: [aTable({ name: 'customer', columns: [aColumn({ name: 'id', type: 'bigint' })] })] })
  const view = ProjectStore.from(schemaToRows(schema, () => `id-${id++}`))
  const listeners = new Set<(touched: Touched) => void>()
  const tell = (changes: readonly Change[]) => listeners.forEach((listener) => listener({ reset: false, changes }))
  const ports: Port[] = []
  const start = () => {
    const port = new Port()
    ports.push(port)
    return port
  }
  const session = new CodeSession({ view, subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)) }, start)
  const rename = (name: string) => {
    const [table] = view.all('table')
    if (!table) throw new Error('no table')
    const recording = view.record()
    view.update('table', table.id, { name })
    tell(recording.keep())
  }
  return { session, rename, ports, text: async () => (await session.files()).map((file) => file.text).join('\n') }
}

/** A worker's other side: handles one message after the other, each in its own task, as a worker would. */
class Port implements WriterPort {
  onmessage: WriterPort['onmessage'] = null
  onerror: WriterPort['onerror'] = null
  readonly heard: ToWriter['kind'][] = []
  isBroken = false
  #work: Promise<unknown> = Promise.resolve()
  readonly #writer = createWriter((message) => this.#answer(message))

  postMessage(message: ToWriter) {
    this.heard.push(message.kind)
    this.#work = this.#work.then(nextTask).then(() => {
      if (!this.isBroken) return this.#writer.receive(message)
      return void this.onerror?.call(null as never, { message: 'out of memory', preventDefault() {} } as ErrorEvent)
    })
  }
  terminate() {
    this.onmessage = null
    this.onerror = null
  }
  #answer(message: FromWriter) {
    this.onmessage?.call(null as never, { data: message } as MessageEvent)
  }
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve))

test('GEN-8: the text taken along right after a change of tabs is in the new language', async () => {
  const { session, text } = open()
  session.want('postgres-sql')
  expect(await text()).toContain('CREATE TABLE')
  session.want('drizzle')
  expect(await text()).toContain('pgTable(')
  session.want('prisma')
  session.want('postgres-sql')
  expect(await text()).toContain('CREATE TABLE')
})

test('GEN-8: the text taken along right after an edit contains it, also while an older one is being written', async () => {
  const { session, rename, text } = open()
  session.want('postgres-sql')
  await text()
  rename('client')
  expect(await text()).toContain('client')
  rename('buyer')
  const begun = text()
  rename('patron')
  session.want('drizzle')
  expect(await begun).toContain("'patron'")
  expect(session.state).toMatchObject({ kind: 'written', last: { written: { format: 'drizzle' } } })
})

test('the text that is being written is waited for', async () => {
  const { session, rename, text } = open()
  session.want('postgres-sql')
  await text()
  const taken = new Promise<string>((resolve) => {
    session.subscribe(() => session.state.kind === 'writing' && resolve(text()))
  })
  rename('client')
  expect(await taken).toContain('client')
})

test('a worker that breaks is told of, and the next edit has another one', async () => {
  const { session, ports, rename, text } = open()
  session.want('postgres-sql')
  await text()
  for (const port of ports) port.isBroken = true
  rename('client')
  expect(await text()).toBe('')
  expect(session.state).toMatchObject({ kind: 'failed', message: 'out of memory' })
  rename('patron')
  expect(await text()).toContain('patron')
})
