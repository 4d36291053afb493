import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** The exclusive right to a data folder. */
export interface FolderLock {
  release(): void
}

/** Another server has the folder. The message says which and what to do. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

interface Holder {
  readonly pid: number
  /** When the process started, as the operating system says it; null = unknown. Tells a process from a later one with the same number. */
  readonly started: string | null
  readonly host: string
}

const HEARTBEAT_MS = 3_000
const FOREIGN_PATIENCE_MS = 10_000
const SETTLE_MS = 60
/** How long a holder on this machine may take to end, when one server is to follow another. */
const LOCAL_PATIENCE_MS = 2_000

/**
 * Takes the lock file of a folder, or throws `FolderInUseError`. The lock of a process that no longer runs is taken over. When the holder ran on
 * another machine (or container) its life is judged by the heartbeat it leaves on the file, watched for ten seconds.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock')
  const self: Holder = { pid: process.pid, started: startTimeOf(process.pid), host: hostname() }
  const mine = JSON.stringify(self)
  if (!createExclusively(path, mine)) {
    const found = read(path)
    const holder = parseHolder(found)
    if (holder && (await outlives(holder, path))) throw new FolderInUseError(inUseMessage(folder, holder))
    if (read(path) === null && createExclusively(path, mine)) return hold(path, mine)
    if (read(path) !== found) throw new FolderInUseError(inUseMessage(folder, parseHolder(read(path))))
    replace(path, mine)
    // Two servers may find the same stale lock at once: the last to replace it has it, the other sees that and gives way.
    await wait(SETTLE_MS)
    if (read(path) !== mine) throw new FolderInUseError(inUseMessage(folder, parseHolder(read(path))))
  }
  return hold(path, mine)
}

function hold(path: string, mine: string): FolderLock {
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS)
  heartbeat.unref()
  return {
    release() {
      clearInterval(heartbeat)
      if (read(path) === mine) rmSync(path, { force: true })
    },
  }
}

/** Whether the holder is there and stays. */
async function outlives(holder: Holder, path: string): Promise<boolean> {
  if (holder.host !== hostname()) return hasHeartbeat(path)
  for (let waited = 0; isAlive(holder); waited += 50) {
    if (waited >= LOCAL_PATIENCE_MS || read(path) === null) return read(path) !== null
    await wait(50)
  }
  return false
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return holder.started === startTimeOf(process.pid)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const started = startTimeOf(holder.pid)
  return started === null || holder.started === null || started === holder.started
}

async function hasHeartbeat(path: string): Promise<boolean> {
  const first = modifiedAt(path)
  for (let waited = 0; waited < FOREIGN_PATIENCE_MS; waited += 500) {
    await wait(500)
    if (modifiedAt(path) !== first) return true
  }
  return false
}

/**
 * Linux tells it in /proc (field 22 of stat, in clock ticks since boot); elsewhere `ps` does. A process that has ended but whose parent has not
 * noticed yet (a zombie: field 3 is Z or X) has a start time that no process has.
 */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? null)
  } catch {
    try {
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null
      )
    } catch {
      return null
    }
  }
}

function createExclusively(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function replace(path: string, content: string): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, content, { mode: 0o600 })
  renameSync(draft, path)
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** null for a file that was cut off while it was written: nobody holds such a lock. */
function parseHolder(text: string | null): Holder | null {
  try {
    const value = JSON.parse(text ?? '') as Partial<Holder>
    return typeof value.pid === 'number' && typeof value.host === 'string'
      ? { pid: value.pid, host: value.host, started: value.started ?? null }
      : null
  } catch {
    return null
  }
}

function touch(path: string): void {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // The folder is gone: nothing left to guard.
  }
}

function modifiedAt(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function inUseMessage(folder: string, holder: Holder | null): string {
  const who = holder ? `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}` : 'another process'
  return (
    `The data folder ${folder} is in use by ${who}. Two servers on one folder would lose data, so this one does not start. ` +
    'Stop the other one, or give this one a folder of its own with SCHEMAFLOW_DATA.'
  )
}
