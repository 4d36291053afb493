import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packFolder, unpackFolder } from './folder-archive.ts'

const base = mkdtempSync(join(tmpdir(), 'schemaflow-archive-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

test('a packed folder unpacks to the same files, empty folders and permissions included', async () => {
  const [from, to] = [join(base, 'from'), join(base, 'to')]
  mkdirSync(join(from, 'deep', 'empty'), { recursive: true })
  writeFileSync(join(from, 'deep', 'data'), Buffer.from([0, 1, 2, 255]))
  writeFileSync(join(from, 'nothing'), '')
  chmodSync(join(from, 'nothing'), 0o600)
  for (let index = 0; index < 150; index += 1) writeFileSync(join(from, `file ${index}`), 'x'.repeat(index))

  await unpackFolder(await packFolder(from), to)

  const list = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort()
  expect(list(to)).toEqual(list(from))
  for (const path of list(from).filter((name) => statSync(join(from, name)).isFile()))
    expect(readFileSync(join(to, path))).toEqual(readFileSync(join(from, path)))
  expect(statSync(join(to, 'nothing')).mode & 0o777).toBe(0o600)
})
