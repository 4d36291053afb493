import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#web/state/new-id.ts'
import { createProject, open, request, signIn, signInAsGuest, signUp, until } from '../support/client.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const table = (name: string) => ({ id: newId(), name, positionX: 0, positionY: 0 })

test('a guest who signs up keeps the projects, and goes on editing them', async () => {
  const guest = await signInAsGuest(server.url)
  const projectId = await createProject(guest, 'Mine')
  const { replica, close } = await open(guest, projectId)
  expect((await replica.mutate('tables.create', table('before'))).kind).toBe('ok')

  const user = await signUp(server.url, 'grace@example.org', guest)
  expect(user.userId).not.toBe(guest.userId)
  expect(await (await request(user, '/api/projects')).json()).toMatchObject([{ id: projectId, name: 'Mine', tableCount: 1 }])
  const again = await open(user, projectId)
  expect((await again.replica.mutate('tables.create', table('after'))).kind).toBe('ok')
  expect(again.replica.view.all('table').map(({ name }) => name)).toEqual(['before', 'after'])
  await close()
  await again.close()
})

test('once a guest has signed up, the guest’s old session opens nothing', async () => {
  const guest = await signInAsGuest(server.url)
  const projectId = await createProject(guest)
  await signUp(server.url, 'edsger@example.org', guest)
  expect((await request(guest, `/api/projects/${projectId}/snapshot`)).status).toBe(401)
})

test('signing out ends the session’s sockets within a second', async () => {
  await signUp(server.url, 'alan@example.org')
  const user = await signIn(server.url, 'alan@example.org')
  const opened = await open(user, await createProject(user))
  expect((await request(user, '/api/auth/sign-out', { method: 'POST', body: {} })).status).toBe(200)
  await until(() => opened.replica.state.kind === 'offline', 'the socket is cut', 1_000)
  await opened.close()
})

test('a wrong password and an unknown address get the same answer', async () => {
  await signUp(server.url, 'barbara@example.org')
  const attempt = (email: string) =>
    fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ email, password: 'wrong password' }),
    })
  const [known, unknown] = await Promise.all([attempt('barbara@example.org'), attempt('nobody@example.org')])
  expect(known.status).toBe(401)
  expect(unknown.status).toBe(401)
  expect(await known.text()).toBe(await unknown.text())
})

test('guessing passwords is slowed down, also with a forged address', async () => {
  const strict = await startServer({ env: { SCHEMAFLOW_RATE_FACTOR: '1' } })
  try {
    const statuses: number[] = []
    for (let index = 0; index < 14; index += 1) {
      const response = await fetch(`${strict.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: strict.url,
          'x-forwarded-for': `10.0.0.${index}`,
          'x-sf-ip': `10.1.0.${index}`,
        },
        body: JSON.stringify({ email: 'a@example.org', password: `guess number ${index}` }),
      })
      statuses.push(response.status)
    }
    expect(statuses.slice(0, 10).every((status) => status === 401)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
  } finally {
    await strict.stop()
  }
})
