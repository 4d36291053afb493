import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { FolderInUseError, lockFolder } from './folder-lock.ts'

const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'schemaflow-lock-'))
  folders.push(folder)
  return folder
}
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))
const holder = (pid: number, started: string | null, host = hostname()) => JSON.stringify({ pid, started, host })

test('a locked folder is refused, with who has it and what to do', async () => {
  const folder = newFolder()
  const lock = await lockFolder(folder)
  const refusal: unknown = await lockFolder(folder).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(FolderInUseError)
  expect(String(refusal)).toMatch(new RegExp(`in use by process ${process.pid}.*SCHEMAFLOW_DATA`))
  lock.release()
})

test('a released folder is free, and no lock file stays behind', async () => {
  const folder = newFolder()
  ;(await lockFolder(folder)).release()
  expect(existsSync(join(folder, 'lock'))).toBe(false)
  ;(await lockFolder(folder)).release()
})

test('the lock of a process that ended is taken over', async () => {
  const folder = newFolder()
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((done) => child.once('close', done))
  writeFileSync(join(folder, 'lock'), holder(child.pid ?? 0, '1'))
  const lock = await lockFolder(folder)
  lock.release()
})

test('a later process with the same number does not keep the folder locked', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'lock'), holder(process.pid, 'another time'))
  ;(await lockFolder(folder)).release()
})

test('a lock file that was cut off while it was written is taken over', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'lock'), '{"pid":')
  ;(await lockFolder(folder)).release()
})

test('a holder on another machine counts as gone when it leaves no heartbeat', { timeout: 30_000 }, async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'lock'), holder(1, '1', 'another-machine'))
  ;(await lockFolder(folder)).release()
})
