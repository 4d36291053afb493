import { fsyncSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** An embedded PostgreSQL whose commits are on the disk when they return. */
export interface DurablePGlite {
  readonly db: PGlite
  /** How many times a file was forced to the disk so far. */
  readonly fsyncs: () => number
}

/**
 * Opens (or creates) a PGlite data folder with real durability. PGlite as shipped starts PostgreSQL with fsync off and gives it a file system
 * that ignores fsync; both are put right here, and a write proves it before anything else happens: without durability this throws.
 * The caller holds the folder's lock (see folder-lock.ts): PGlite itself lets two processes write to one folder, which loses data.
 */
export async function openDurablePGlite(folder: string): Promise<DurablePGlite> {
  const fs = new SyncingNodeFS(folder)
  const db = await PGlite.create({ fs, startParams: durableStartParams() })
  const opened = { db, fsyncs: () => fs.fsyncs }
  try {
    await proveDurable(opened)
  } catch (error) {
    await db.close()
    throw error
  }
  return opened
}

/** PGlite's own parameters without `-F` (fsync off). `fdatasync`, the usual method, never reaches the file system in WASM; `fsync` does. */
const durableStartParams = (): string[] => [...PGlite.defaultStartParams.filter((param) => param !== '-F'), '-c', 'wal_sync_method=fsync']

interface EmscriptenModule {
  readonly NODEFS?: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } }
}

class SyncingNodeFS extends NodeFS {
  fsyncs = 0

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args)
    const addFsync = (module: unknown) => {
      const operations = (module as EmscriptenModule).NODEFS?.stream_ops
      if (!operations) throw new Error('PGlite has no NODEFS.stream_ops any more: durability cannot be switched on')
      operations.fsync = ({ nfd }) => {
        fsyncSync(nfd)
        this.fsyncs += 1
        return 0
      }
    }
    const before = emscriptenOpts.preRun
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(Array.isArray(before) ? before : before ? [before] : []), addFsync] } }
  }
}

/** Throws unless a write reaches the disk. */
export async function proveDurable({ db, fsyncs }: DurablePGlite): Promise<void> {
  const { rows } = await db.query<Record<string, string>>(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages`,
  )
  const [settings] = rows
  const before = fsyncs()
  await db.exec(
    'CREATE TABLE IF NOT EXISTS durability_check (at timestamptz NOT NULL); DELETE FROM durability_check; INSERT INTO durability_check VALUES (now())',
  )
  if (settings?.fsync === 'on' && settings.commit === 'on' && settings.pages === 'on' && fsyncs() > before) return
  throw new Error(
    `The embedded database does not force its commits to the disk (${JSON.stringify(settings)}, ${fsyncs() - before} fsyncs for a write). ` +
      'SchemaFlow does not start on it: work could be lost. Set DATABASE_URL to use a PostgreSQL server.',
  )
}
