import { randomUUID } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import { expect, test } from 'vitest'
import { keepHouse } from './housekeeping.ts'
import { migrate } from './migrate.ts'
import { wrap } from './open-pglite.ts'

test('only what nobody can need any more is removed: people, their projects and live sessions stay', async () => {
  const database = wrap(await PGlite.create())
  await migrate(database)
  const { sql } = database
  const addUser = (id: string, isGuest: boolean) =>
    sql(`INSERT INTO "user" (id, name, email, is_anonymous, created_at) VALUES ($1, $1, $1, $2, now() - interval '90 days')`, [id, isGuest])
  const addSession = (id: string, days: number) =>
    sql(`INSERT INTO session (id, token, user_id, expires_at) VALUES ($1, $1, $1, now() + $2 * interval '1 day')`, [id, days])
  await addUser('gone guest', true)
  await addUser('guest with a project', true)
  await addUser('guest who is here', true)
  await addUser('person', false)
  const projectId = randomUUID()
  await sql(`INSERT INTO projects (id, owner_id, name) VALUES ($1, 'guest with a project', 'Shop')`, [projectId])
  await addSession('gone guest', -1)
  await addSession('guest who is here', 1)
  const addClient = (age: string) =>
    sql(
      `INSERT INTO client_state (project_id, client_id, user_id, last_mutation_id, results, updated_at) VALUES ($1, $2, 'person', 1, '[]', now() - $3::interval)`,
      [projectId, randomUUID(), age],
    )
  await addClient('31 days')
  await addClient('29 days')

  await keepHouse(sql)

  expect(await sql('SELECT id FROM "user" ORDER BY id')).toEqual([
    { id: 'guest who is here' },
    { id: 'guest with a project' },
    { id: 'person' },
  ])
  expect(await sql('SELECT id FROM session')).toEqual([{ id: 'guest who is here' }])
  expect(await sql('SELECT id FROM projects')).toEqual([{ id: projectId }])
  expect(await sql('SELECT count(*)::int AS count FROM client_state')).toEqual([{ count: 1 }])
  await database.close()
})
