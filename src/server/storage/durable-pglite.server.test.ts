import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, expect, test } from 'vitest'
import { openDurablePGlite, proveDurable } from './durable-pglite.ts'

const folder = mkdtempSync(join(tmpdir(), 'schemaflow-durable-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every committed transaction is forced to the disk', async () => {
  const { db, fsyncs } = await openDurablePGlite(join(folder, 'a'))
  await db.exec('CREATE TABLE notes (text text)')
  const before = fsyncs()
  for (let index = 0; index < 100; index += 1) await db.query('INSERT INTO notes VALUES ($1)', [`note ${index}`])
  expect(fsyncs() - before).toBeGreaterThanOrEqual(100)
  await db.close()
})

test('a database that does not force its commits to the disk is refused', async () => {
  const db = await PGlite.create(join(folder, 'b'))
  await expect(proveDurable({ db, fsyncs: () => 0 })).rejects.toThrow(/does not force its commits to the disk.*DATABASE_URL/s)
  await db.close()
})
