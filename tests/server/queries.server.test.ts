import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#web/state/new-id.ts'
import { createProject, open, request, signInAsGuest, type Visitor } from '../support/client.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let ada: Visitor
let projectId: string
const [author, book, key] = [newId(), newId(), newId()]
const paths = ['tables', `columns?tableId=${book}`, 'relationships', 'enumTypes']
const ask = async (path: string): Promise<unknown> => (await request(ada, `/api/projects/${projectId}/${path}`)).json()

beforeAll(async () => {
  server = await startServer()
  ada = await signInAsGuest(server.url)
  projectId = await createProject(ada)
  const { replica, close } = await open(ada, projectId)
  const made = [
    await replica.mutate('enumTypes.create', { id: newId(), name: 'genre', values: ['prose', 'verse'] }),
    await replica.mutate('tables.create', { id: author, name: 'author', positionX: 10, positionY: 20 }),
    await replica.mutate('columns.create', { id: key, tableId: author, name: 'id', dataType: 'bigint', isPrimaryKey: true }),
    await replica.mutate('tables.create', { id: book, name: 'book', positionX: 0, positionY: 0 }),
    await replica.mutate('columns.create', { id: newId(), tableId: book, name: 'genre', dataType: 'genre' }),
    await replica.mutate('relationships.create', {
      id: newId(),
      sourceTableId: book,
      sourceColumnId: null,
      newColumnId: newId(),
      targetTableId: author,
      targetColumnId: key,
      relationType: 'one-to-many',
    }),
  ]
  if (made.some(({ kind }) => kind !== 'ok')) throw new Error(JSON.stringify(made))
  await close()
})
afterAll(() => server?.stop())

test('LIVE-7 the queries about a project answer over HTTP in the shapes of the sources', async () => {
  expect(await ask('tables')).toMatchObject([
    { id: author, projectId, name: 'author', positionX: 10, positionY: 20 },
    { id: book, name: 'book' },
  ])
  expect(await ask(`columns?tableId=${book}`)).toMatchObject([
    { tableId: book, name: 'genre', dataType: 'genre', typeCategory: 'enum', isNullable: true },
    { name: 'author_id', dataType: 'bigint', typeCategory: 'numeric' },
  ])
  expect(await ask('relationships')).toMatchObject([
    { sourceTableId: book, targetTableId: author, targetColumnId: key, relationType: 'one-to-many' },
  ])
  expect(await ask('enumTypes')).toMatchObject([{ projectId, name: 'genre', values: ['prose', 'verse'] }])
})

test.each(paths)('AUTH-5 %s is answered to a stranger as if the project were not there, and to nobody without a session', async (path) => {
  const stranger = await signInAsGuest(server.url)
  expect((await request(stranger, `/api/projects/${projectId}/${path}`)).status).toBe(404)
  expect((await fetch(`${server.url}/api/projects/${projectId}/${path}`)).status).toBe(401)
})
