import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, expect, test } from 'vitest'
import { openDurablePGlite, proveDurable } from './durable-pglite.ts'
import { wrap } from './open-pglite.ts'

const folder = mkdtempSync(join(tmpdir(), 'schemaflow-durable-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every committed transaction is forced to the disk', async () => {
  const { db, fsyncs } = await openDurablePGlite(join(folder, 'a'))
  await db.exec('CREATE TABLE notes (text text)')
  const before = fsyncs()
  for (let index = 0; index < 100; index += 1) await db.query('INSERT INTO notes VALUES ($1)', [`note ${index}`])
  expect(fsyncs() - before).toBeGreaterThanOrEqual(100)
  const { prepared, transaction } = wrap(db)
  const between = fsyncs()
  for (let index = 0; index < 50; index += 1) await prepared('INSERT INTO notes VALUES ($1)', [`it's note \\ ${index}`])
  for (let index = 0; index < 50; index += 1) await transaction((sql) => sql('INSERT INTO notes VALUES ($1)', ['a note']))
  expect(fsyncs() - between).toBeGreaterThanOrEqual(100)
  expect((await db.query(`SELECT FROM notes WHERE text = 'it''s note \\ 49'`)).rows).toHaveLength(1)
  await db.close()
})

test('a database that does not force its commits to the disk is refused', async () => {
  const db = await PGlite.create(join(folder, 'b'))
  await expect(proveDurable({ db, fsyncs: () => 0 })).rejects.toThrow(/does not force its commits to the disk.*DATABASE_URL/s)
  await db.close()
})
