import { expect, test } from 'vitest'
import { connect } from '../connect/connect.ts'
import { openScratch } from './open-scratch.ts'
import { ROLE_MARK } from './server-scratch.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']

test.runIf(url)('a database of our own on a server, emptied, and gone at the end', async () => {
  const scratch = await openScratch({ url: url ?? '', statementTimeout: 1000 })
  const [row] = await scratch.connection.query<{ name: string; collate: string }>(
    'SELECT datname AS name, datcollate AS collate FROM pg_database WHERE datname = current_database()',
  )
  expect(row).toMatchObject({ collate: 'C' })
  expect(row?.name).toMatch(/^sf_scratch_/)
  const role = `sf_test_${process.pid}`
  const results = await scratch.run([
    'CREATE TABLE a (b int)',
    'oops',
    'CREATE TABLE c (d int)',
    'SELECT pg_sleep(30)',
    `CREATE ROLE ${role}`,
    `COMMENT ON ROLE ${role} IS '${ROLE_MARK}'`,
    `ALTER TABLE a OWNER TO ${role}`,
  ])
  expect(results.map((error) => error?.code ?? null)).toEqual([null, '42601', null, '57014', null, null, null])
  await scratch.reset()
  expect(await scratch.connection.query(`SELECT to_regclass('a')::text AS a`)).toEqual([{ a: null }])
  await scratch.close()
  const maintenance = await connect(url ?? '')
  const left = await maintenance.query('SELECT datname FROM pg_database WHERE datname = $1', [row?.name])
  const roles = await maintenance.query('SELECT rolname FROM pg_roles WHERE rolname = $1', [role])
  await maintenance.close()
  expect({ left, roles }).toEqual({ left: [], roles: [] })
})
