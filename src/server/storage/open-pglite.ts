import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PGlite, Transaction } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import type { Database, Sql } from './database.ts'
import { openDurablePGlite } from './durable-pglite.ts'
import { syncFolder, unpackFolder } from './folder-archive.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate } from './migrate.ts'
import * as tables from './tables.ts'

export interface PGliteOptions {
  /** The data folder; the database lives in `pglite` inside it. */
  readonly folder: string
  /** A prepared data folder (see build-seed.ts): spares the first start the making of a new one. */
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
  await unpackFolder(await readFile(seedFile), draft)
  rmSync(path, { recursive: true, force: true })
  renameSync(draft, path)
  await syncFolder(dirname(path))
}

const isEmpty = (path: string): boolean => !existsSync(path) || readdirSync(path).length === 0

/** The common face of a PGlite; also used for in-memory ones in tests. */
export function wrap(db: PGlite, onClose: () => void = () => undefined): Database {
  let closing: Promise<void> | null = null
  return {
    engine: 'pglite',
    orm: drizzle({ client: db, schema: tables }),
    sql: runOn(db),
    prepared: prepareOn(db),
    transaction: (work) => db.transaction((transaction) => work(runOn(transaction))),
    close: () => (closing ??= db.close().finally(onClose)),
  }
}

const runOn =
  (client: Pick<PGlite | Transaction, 'query'>): Sql =>
  async <Row>(text: string, params: readonly unknown[] = []) =>
    (await client.query<Row>(text, [...params])).rows

/** More statements than this are not kept ready. */
const PREPARED = 100

/** PGlite has no prepared statements of its own; SQL's PREPARE and EXECUTE halve the time of a commit. */
function prepareOn(db: PGlite): Sql {
  const ready = new Map<string, Promise<string>>()
  const prepare = async (text: string, name: string) => {
    await db.exec(`PREPARE ${name} AS ${text}`)
    return name
  }
  return async <Row>(text: string, params: readonly unknown[] = []) => {
    const name = ready.get(text) ?? (ready.size < PREPARED ? prepare(text, `prepared_${ready.size}`) : null)
    if (!name) return runOn(db)<Row>(text, params)
    ready.set(text, name)
    name.catch(() => ready.delete(text))
    const [result] = await db.exec(`EXECUTE ${await name}(${params.map(literal).join(', ')})`)
    return (result?.rows ?? []) as Row[]
  }
}

/** A value as SQL writes it. Quotes are doubled; a backslash means nothing (standard_conforming_strings, PostgreSQL's default). */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `'${value}'`
  const text = Array.isArray(value) ? `{${value.map((item) => JSON.stringify(String(item))).join(',')}}` : String(value)
  if (text.includes('\0')) throw new Error('a text with a NUL character cannot be sent')
  return `'${text.replaceAll("'", "''")}'`
}
