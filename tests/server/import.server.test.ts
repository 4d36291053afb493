import { afterAll, beforeAll, expect, test } from 'vitest'
import { aColumn, aForeignKey, aPrimaryKey, aSchema, aTable, type Schema } from '#core/schema/index.ts'
import { newId } from '#web/state/new-id.ts'
import { createProject, open, request, signInAsGuest, until, type Visitor } from '../support/client.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let ada: Visitor
beforeAll(async () => {
  server = await startServer()
  ada = await signInAsGuest(server.url)
})
afterAll(() => server.stop())

/** Tables of twelve columns, each with a foreign key to the one before. */
function chain(tables: number): Schema {
  const names = Array.from({ length: tables }, (_, index) => `table_${index}`)
  return aSchema({
    tables: names.map((name, index) =>
      aTable({
        name,
        columns: Array.from({ length: 12 }, (_, column) =>
          aColumn({ name: column === 0 ? 'id' : `column_${column}`, type: 'integer', nullable: column > 0 }),
        ),
        constraints: [
          aPrimaryKey({ name: `${name}_pkey`, columns: ['id'] }),
          ...(index === 0
            ? []
            : [
                aForeignKey({
                  name: `${name}_fkey`,
                  columns: ['column_1'],
                  references: { namespace: 'public', table: `table_${index - 1}`, columns: ['id'] },
                }),
              ]),
        ],
      }),
    ),
  })
}

test('a schema of 1,000 tables, far too large for the socket, is imported in one edit and reaches everybody', async () => {
  const projectId = await createProject(ada)
  const [first, second] = [await open(ada, projectId), await open(ada, projectId)]
  expect(await first.replica.mutate('schema.import', { schema: chain(1_000), idSeed: newId() })).toMatchObject({ kind: 'ok', seq: 1 })
  for (const { replica } of [first, second]) {
    await until(() => replica.view.all('table').length === 1_000 && replica.seq === 1 && replica.state.kind === 'saved', 'it is there')
  }
  expect(second.replica.view.all('column')).toEqual(first.replica.view.all('column'))
  // Small edits go on as before.
  const id = second.replica.view.all('table')[0]?.id ?? ''
  expect((await second.replica.mutate('tables.update', { id, name: 'renamed' })).kind).toBe('ok')
  await until(() => first.replica.view.get('table', id)?.name === 'renamed', 'the edit arrives')
  await first.close()
  await second.close()

  await server.kill()
  server = await server.restart()
  const again = await open(ada, projectId)
  expect(again.replica.view.all('column')).toHaveLength(12_000)
  await again.close()
  const packed = await request(ada, `/api/projects/${projectId}/snapshot`, { headers: { 'accept-encoding': 'br' } })
  expect(packed.headers.get('content-encoding')).toBe('br')

  const copy = (await (await request(ada, `/api/projects/${projectId}/duplicate`, { method: 'POST' })).json()) as {
    id: string
    name: string
    tableCount: number
  }
  expect(copy).toMatchObject({ name: 'Shop (copy)', tableCount: 1_000 })
  const [original, duplicate] = [await snapshot(projectId), await snapshot(copy.id)]
  expect(duplicate.rows).toEqual(original.rows)
  expect((await request(ada, `/api/projects/${projectId}`, { method: 'DELETE' })).status).toBe(204)
  expect((await snapshot(copy.id)).rows).toEqual(original.rows)
})

test('an import of ordinary size is confirmed as it stands: nobody’s canvas starts anew', async () => {
  const projectId = await createProject(ada)
  const [author, other] = [await open(ada, projectId), await open(ada, projectId)]
  let resets = 0
  for (const { replica } of [author, other]) replica.subscribe(({ reset }) => void (resets += Number(reset)))
  expect((await author.replica.mutate('schema.import', { schema: chain(150), idSeed: newId() })).kind).toBe('ok')
  for (const { replica } of [author, other]) await until(() => replica.seq === 1 && replica.view.all('table').length === 150, 'it is there')
  expect(resets).toBe(0)
  await author.close()
  await other.close()
})

test('a client that has been away for more than the log is worth catches up by a snapshot', async () => {
  const projectId = await createProject(ada)
  const away = await open(ada, projectId)
  const present = await open(ada, projectId)
  await away.close()
  await present.replica.mutate('schema.import', { schema: chain(800), idSeed: newId() })
  await present.replica.mutate('tables.create', { id: newId(), name: 'after', positionX: 0, positionY: 0 })
  const back = await open(ada, projectId)
  expect(back.replica.view.all('table').at(-1)?.name).toBe('after')
  await present.close()
  await back.close()
})

test('an edit larger than the server takes is refused with words, and the next one works', async () => {
  const projectId = await createProject(ada)
  const { replica, close } = await open(ada, projectId)
  const huge = aSchema({ tables: Array.from({ length: 40 }, (_, index) => aTable({ name: `t${index}`, comment: 'x'.repeat(1_000_000) })) })
  const result = await replica.mutate('schema.import', { schema: huge, idSeed: newId() })
  expect(result).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'too-large' }] })
  expect(replica.view.all('table')).toEqual([])
  expect((await replica.mutate('tables.create', { id: newId(), name: 'small', positionX: 0, positionY: 0 })).kind).toBe('ok')
  await close()
})

test('deleting a project tells whoever has it open', async () => {
  const projectId = await createProject(ada)
  const { replica, close } = await open(ada, projectId)
  await request(ada, `/api/projects/${projectId}`, { method: 'DELETE' })
  await until(() => replica.state.kind === 'closed', 'the replica is closed', 1_000)
  await close()
})

const snapshot = async (projectId: string) =>
  (await (await request(ada, `/api/projects/${projectId}/snapshot`)).json()) as { rows: unknown }
