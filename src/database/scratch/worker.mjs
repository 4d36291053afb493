// @ts-check
// The thread in which a PGlite lives. Plain JavaScript, because Node starts it directly: from the sources in tests, from dist/ (where the build
// copies it) in the product. It does as it is told (protocol.ts) and decides nothing.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { gunzipSync, gzipSync } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'

/** @import { WireError, WorkerRequest, WorkerSetup, WorkerTask } from './protocol.ts' */

const setup = /** @type {WorkerSetup} */ (workerData)
const progress = new Int32Array(setup.progress)
const files = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'))

// Nothing in here outlives the process: no write-ahead log worth its name. DO blocks may make thousands of objects: room for their locks.
const settings = {
  wal_level: 'minimal',
  max_wal_senders: '0',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_wal_size: '10GB',
  max_locks_per_transaction: '512',
}
const startParams = [...PGlite.defaultStartParams, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]

/** Extensions that PGlite ships and that do something without being loaded when the server starts. */
const withoutUse = /^(?:auto_explain|passwordcheck|pg_overexplain|pg_logicalinspect|spi)$/

/** @type {PGlite | undefined} */
let db
/** The data folder that every database of this thread begins with. @type {Blob | undefined} */
let folder
// Node has it; its types for this library do not name it.
const wasm = /** @type {{ WebAssembly: { Module: new (code: Uint8Array) => object } }} */ (/** @type {unknown} */ (globalThis)).WebAssembly
/** What is loaded once for all databases of this thread. */
const shared = {
  startParams,
  pgliteWasmModule: new wasm.Module(readFileSync(join(files, 'pglite.wasm'))),
  fsBundle: new Blob([readFileSync(join(files, 'pglite.data'))]),
  extensions: Object.fromEntries(
    readdirSync(files)
      .filter((file) => file.endsWith('.tar.gz') && !withoutUse.test(file.slice(0, -7)))
      .map((file) => [file.slice(0, -7).replaceAll('-', '_'), pathToFileURL(join(files, file))]),
  ),
}

parentPort?.on('message', (/** @type {WorkerRequest} */ { id, task }) => {
  perform(task).then(
    (value) => parentPort?.postMessage({ id, ok: true, value }),
    (error) => parentPort?.postMessage({ id, ok: false, error: wireError(error) }),
  )
})

/**
 * @param {WorkerTask} task
 * @returns {Promise<unknown>}
 */
async function perform(task) {
  switch (task.kind) {
    case 'open':
      return open()
    case 'query':
      return query(task.sql, task.params)
    case 'exec':
      await opened().exec(task.sql)
      return null
    case 'run':
      return run(task.statements)
    case 'pack':
      return gzipSync(Buffer.from(await (await opened().dumpDataDir('none')).arrayBuffer()), { level: 9 })
  }
}

function opened() {
  if (!db) throw new Error('the database is not open')
  return db
}

async function open() {
  await db?.close()
  db = undefined
  folder ??= readArchive()
  try {
    if (folder) db = await PGlite.create({ ...shared, loadDataDir: folder })
  } catch {
    // Made by another version, or damaged: initdb is slower, and always works.
  }
  if (!db) {
    await initialise()
    folder = await opened().dumpDataDir('none')
  }
  return null
}

function readArchive() {
  try {
    return setup.archive === null ? undefined : new Blob([gunzipSync(readFileSync(setup.archive))])
  } catch {
    // Not built yet.
    return undefined
  }
}

/** A new data folder, as small as it can be: it is copied whenever a database is opened. */
async function initialise() {
  db = await PGlite.create({ ...shared, initDbStartParams: ['--wal-segsize=1'] })
  // One by one: several statements in one are one transaction, and most of these refuse that.
  await db.exec('UPDATE pg_database SET datistemplate = false')
  await db.exec('DROP DATABASE template0')
  await db.exec('DROP DATABASE template1')
  await db.exec('VACUUM (FULL, FREEZE)')
  await db.exec('VACUUM (FREEZE)')
  await db.exec('CHECKPOINT')
}

/**
 * @param {string} sql
 * @param {readonly unknown[]} params
 */
async function query(sql, params) {
  const pg = opened()
  // Every type is text here; whoever asked reads it.
  const parsers = Object.fromEntries(Object.keys(pg.parsers).map((type) => [type, (/** @type {string} */ value) => value]))
  const { rows, fields } = await pg.query(sql, [...params], { parsers })
  return { rows, types: Object.fromEntries(fields.map(({ name, dataTypeID }) => [name, dataTypeID])) }
}

/**
 * Every statement by itself.
 * @param {readonly string[]} statements
 */
async function run(statements) {
  const results = []
  Atomics.store(progress, 0, 0)
  for (const sql of statements) {
    results.push(startsProgram.test(sql) ? noProgram : await attempt(sql))
    Atomics.add(progress, 0, 1)
  }
  const proof = await attempt('SELECT 1/0')
  if (proof?.code !== '22012') throw new Error('it does not report errors any more')
  return results
}

/** PGlite has no programs to start, and says that everything went well from then on. */
const startsProgram = /^(?!\s*create\b)[^]*\bcopy\b[^;]{0,1000}\b(?:to|from)\s+program\b/i
/** @type {WireError} */
const noProgram = { message: 'programs cannot be started here', code: '0A000', detail: null, hint: null, position: null }

/**
 * @param {string} sql
 * @returns {Promise<WireError | null>} null = it ran
 */
async function attempt(sql) {
  const pg = opened()
  try {
    await pg.exec(sql)
    return null
  } catch (error) {
    const wire = wireError(error)
    if (wire.code === null) throw error
    return wire
  } finally {
    // A statement that opened a transaction has nothing to do with the next one.
    if (pg.isInTransaction()) await pg.exec('ROLLBACK')
  }
}

/**
 * @param {unknown} error
 * @returns {WireError}
 */
function wireError(error) {
  const fields = /** @type {Readonly<Record<string, unknown>>} */ (error)
  const text = (/** @type {string} */ name) => (typeof fields[name] === 'string' ? fields[name] : null)
  const position = Number(fields['position'])
  return {
    message: error instanceof Error ? error.message : String(error),
    // FATAL and PANIC end a backend; this one would go on, broken.
    code: /^(?:FATAL|PANIC)$/.test(text('severity') ?? 'FATAL') ? null : text('code'),
    detail: text('detail'),
    hint: text('hint'),
    position: position > 0 ? position : null,
  }
}
