import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Schema } from '#core/schema/index.ts'
import type { Connection } from '../connection.ts'
import { connectPGlite } from '../connect/connect-pglite.ts'
import { expectedValues, values } from '../connect/testing.ts'
import { introspect } from './introspect.ts'
import { comparable, readAgain, withDatabase } from './testing.ts'

// PGlite is PostgreSQL 18: what 16 to 18 brought is tested with it. Two instances: one to read, one to write to.

const server = process.env['SCHEMAFLOW_TEST_PG'] ?? ''
const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.sql`, import.meta.url), 'utf8')

let one: Connection
let two: Connection
beforeAll(async () => {
  const first = await PGlite.create({ extensions: { btree_gist, pg_trgm } })
  const second = (await first.clone()) as PGlite
  one = await connectPGlite(first, { owned: true })
  two = await connectPGlite(second, { owned: true })
}, 120_000)
afterAll(async () => {
  await one.close()
  await two.close()
})

let schema: Schema

test('a session of PGlite gives the same values as one of a server, and says where a statement fails', async () => {
  expect(await one.query(values)).toEqual([expectedValues])
  await expect(one.query("SELECT '🐘', nowhere")).rejects.toMatchObject({ name: 'DatabaseError', code: '42703', position: 13 })
})

test('PGlite is read like a server, and knows itself by its version', async () => {
  expect(one.server).toMatchObject({ engine: 'pglite' })
  expect(one.server.number).toBeGreaterThanOrEqual(180_000)
  await one.exec(fixture('everything'))
  const read = await introspect(one)
  expect(read.diagnostics).toEqual([])
  schema = read.schema
  await one.exec(fixture('since-15').replaceAll('public.child', 'public.child2'))
  await one.exec(fixture('since-18'))
  const all = await introspect(one)
  const { again } = await readAgain(all, two)
  expect(comparable(again)).toEqual(comparable(all.schema))
})

test('PostgreSQL 18 is understood: virtual columns, temporal keys, what is not enforced, names of NOT NULL', async () => {
  const { tables, collations, publications } = (await introspect(one)).schema
  const table = (name: string) => tables.find((each) => each.namespace === 'public' && each.name === name)
  const virtual = table('virtual')
  expect(virtual?.columns.map(({ generated }) => generated?.stored ?? null)).toEqual([null, false, null, true])
  expect(virtual?.columns.map(({ notNullName }) => notNullName)).toEqual(['must', null, null, null])
  expect(table('room')?.constraints).toEqual([
    expect.objectContaining({ kind: 'primaryKey', withoutOverlaps: true }),
    expect.objectContaining({ kind: 'unique', withoutOverlaps: true }),
  ])
  expect(table('booking')?.constraints).toContainEqual(expect.objectContaining({ kind: 'foreignKey', period: true }))
  expect(table('lax')?.constraints).toEqual([
    expect.objectContaining({ kind: 'check', enforced: false }),
    expect.objectContaining({ kind: 'foreignKey', enforced: false }),
  ])
  expect(table('numbered')?.columns[0]?.identity).not.toBeNull()
  expect(table('numbered_1')?.columns[0]?.identity).toBeNull()
  const notNulls = (name: string) =>
    table(name)?.columns.map((column) =>
      [column.nullable ? 'null' : 'not null', column.notNullNoInherit && 'here', column.notNullNotValid && 'not valid']
        .filter((word) => word !== false)
        .join(' '),
    )
  expect(notNulls('strict')).toEqual(['not null here', 'not null not valid', 'not null', 'not null here'])
  expect(notNulls('strict_old')).toEqual(['null', 'not null not valid', 'not null', 'null'])
  expect(notNulls('strict_new')).toEqual(['null', 'not null', 'not null', 'null'])
  expect(table('strict')?.columns.map(({ notNullComment }) => notNullComment)).toEqual(['heirs may', "it's new", 'all must', null])
  expect(collations).toContainEqual(expect.objectContaining({ name: 'builtin', provider: 'builtin', locale: 'C.UTF-8' }))
  expect(collations).toContainEqual(expect.objectContaining({ name: 'ruled', rules: '&V << w <<< W' }))
  expect(publications).toContainEqual(expect.objectContaining({ name: 'generated', options: { publish_generated_columns: 'stored' } }))
})

test.skipIf(!server)('PGlite and a server of another version tell the same of the same database, but for the text of views', async () => {
  await withDatabase(server, async (connection) => {
    await connection.exec(fixture('everything'))
    const read = await introspect(connection)
    // Newer versions leave out what is not needed in the queries of views.
    const plain = (of: Schema) => comparable({ ...of, views: of.views.map((view) => ({ ...view, definition: '' })) })
    expect(plain(schema)).toEqual(plain(read.schema))
  })
})
