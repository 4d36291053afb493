import pg from 'pg'
import { expect, test } from 'vitest'
import { openScratch } from './scratch.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
if (!url) process.stderr.write('scratch.pg.test.ts: skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')

test.runIf(url)('a server that is open to others runs nothing as a superuser', async () => {
  const client = new pg.Client(url)
  await client.connect()
  const role = `schemaflow_scratch_role_${process.pid}`
  await client.query(`CREATE ROLE ${role} LOGIN CREATEDB PASSWORD 'x'`)
  try {
    await expect(openScratch({ scratchUrl: url, allowPrivateDatabases: false })).rejects.toThrow('superuser')
    const own = new URL(url ?? '')
    own.username = role
    own.password = 'x'
    const scratch = await openScratch({ scratchUrl: own.toString(), allowPrivateDatabases: false })
    expect(await scratch.connection.query('SELECT current_user::text AS name')).toEqual([{ name: role }])
    await scratch.close()
    await (await openScratch({ scratchUrl: url, allowPrivateDatabases: true })).close()
  } finally {
    await client.query(`DROP ROLE ${role}`)
    await client.end()
  }
})
