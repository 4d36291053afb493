import { randomUUID } from 'node:crypto'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#web/state/new-id.ts'
import { createProject, open, signInAsGuest, until, type Visitor } from '../support/client.ts'
import { startServer, type TestServer } from '../support/server.ts'

const maintenanceUrl = process.env['SCHEMAFLOW_TEST_PG']

/** Two servers on one PostgreSQL database (SCHEMAFLOW_TEST_PG). */
describe.skipIf(!maintenanceUrl)('two servers on one database', () => {
  const database = `schemaflow_two_${randomUUID().slice(0, 8)}`
  const admin = new Pool({ connectionString: maintenanceUrl, max: 1 })
  const servers: TestServer[] = []
  beforeAll(async () => {
    await admin.query(`CREATE DATABASE ${database}`)
    const url = new URL(maintenanceUrl ?? '')
    url.pathname = `/${database}`
    // Together, so that they meet over the migrations and the secret.
    servers.push(
      ...(await Promise.all([startServer({ env: { DATABASE_URL: url.href } }), startServer({ env: { DATABASE_URL: url.href } })])),
    )
  })
  afterAll(async () => {
    for (const server of servers) await server.stop()
    await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  /** The same person at the other server: the session is in the database they share. */
  const at = (visitor: Visitor, index: number): Visitor => {
    const url = servers[index]?.url ?? ''
    return { ...visitor, url, headers: { ...visitor.headers, origin: url } }
  }

  test('people at different servers see each other’s edits within a second, and end up with the same project', async () => {
    const ada = await signInAsGuest(servers[0]?.url ?? '')
    const projectId = await createProject(ada)
    const projects = [await open(at(ada, 0), projectId), await open(at(ada, 1), projectId)]
    const [here, there] = projects.map(({ replica }) => replica)
    const id = newId()
    expect((await here?.mutate('tables.create', { id, name: 'first', positionX: 0, positionY: 0 }))?.kind).toBe('ok')
    await until(() => there?.view.get('table', id) !== undefined, 'the other server has it', 1_000)

    const results = await Promise.all(
      projects.flatMap(({ replica }, index) =>
        Array.from({ length: 40 }, (_, number) =>
          replica.mutate('tables.create', { id: newId(), name: `t_${index}_${number}`, positionX: 0, positionY: 0 }),
        ),
      ),
    )
    expect(results.every(({ kind }) => kind === 'ok')).toBe(true)
    expect(new Set(results.map((result) => (result.kind === 'ok' ? result.seq : 0))).size).toBe(80)
    await until(() => projects.every(({ replica }) => replica.seq === 81), 'both have everything', 5_000)
    expect(there?.view.all('table')).toEqual(here?.view.all('table'))
    for (const project of projects) await project.close()
  })

  test('a project deleted at one server is closed at the other', async () => {
    const ada = await signInAsGuest(servers[0]?.url ?? '')
    const projectId = await createProject(ada)
    const { replica, close } = await open(at(ada, 1), projectId)
    const response = await fetch(`${ada.url}/api/projects/${projectId}`, { method: 'DELETE', headers: ada.headers })
    expect(response.status).toBe(204)
    await until(() => replica.state.kind === 'closed', 'it is closed there too', 5_000)
    await close()
  })
})
