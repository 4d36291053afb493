import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PGlite, Transaction } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import type { Database, Sql } from './database.ts'
import { openDurablePGlite } from './durable-pglite.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate } from './migrate.ts'
import * as tables from './tables.ts'

export interface PGliteOptions {
  /** The data folder; the database lives in `pglite` inside it. */
  readonly folder: string
  /** A prepared data folder as `.tar.gz` (see build-seed.ts): spares the first start the making of a new one. */
  readonly seedFile?: string | undefined
}

/** Opens the embedded database of a data folder and keeps every other server out of it until `close`. */
export async function openPGlite({ folder, seedFile }: PGliteOptions): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(folder)
  try {
    const path = join(folder, 'pglite')
    if (seedFile && existsSync(seedFile) && isEmpty(path)) await plantSeed(path, seedFile)
    const { db } = await openDurablePGlite(path)
    const database = wrap(db, () => lock.release())
    await migrate(database)
    return database
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Unpacks beside the real place and moves the whole into it, so that an interrupted first start leaves nothing half made. */
async function plantSeed(path: string, seedFile: string): Promise<void> {
  const draft = `${path}.new`
  rmSync(draft, { recursive: true, force: true })
  const { db } = await openDurablePGlite(draft, new Blob([await readFile(seedFile)]))
  await db.close()
  rmSync(path, { recursive: true, force: true })
  renameSync(draft, path)
}

const isEmpty = (path: string): boolean => !existsSync(path) || readdirSync(path).length === 0

/** The common face of a PGlite; also used for in-memory ones in tests. */
export function wrap(db: PGlite, onClose: () => void = () => undefined): Database {
  let closing: Promise<void> | null = null
  return {
    engine: 'pglite',
    orm: drizzle({ client: db, schema: tables }),
    sql: runOn(db),
    transaction: (work) => db.transaction((transaction) => work(runOn(transaction))),
    close: () => (closing ??= db.close().finally(onClose)),
  }
}

const runOn =
  (client: Pick<PGlite | Transaction, 'query'>): Sql =>
  async <Row>(text: string, params: readonly unknown[] = []) =>
    (await client.query<Row>(text, [...params])).rows
