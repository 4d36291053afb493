import { expect, test } from 'vitest'
import { droppedFiles } from './dropped-files.ts'

// The parts of a drop that the browser gives; Node has File but no DataTransfer.
const file = (path: string) => ({
  isFile: true,
  isDirectory: false,
  name: path.split('/').at(-1),
  fullPath: path,
  file: (give: (file: File) => void) => give(new File([], path.split('/').at(-1) ?? '')),
})
const folder = (path: string, ...inside: unknown[]) => {
  const portions = [inside.slice(0, 1), inside.slice(1), []].filter((portion, at) => at === 2 || portion.length > 0)
  return {
    isFile: false,
    isDirectory: true,
    name: path.split('/').at(-1),
    fullPath: path,
    createReader: () => ({ readEntries: (give: (entries: unknown) => void) => give(portions.shift() ?? []) }),
  }
}
const drop = (...entries: unknown[]) =>
  ({ items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry })), files: [] }) as unknown as DataTransfer

test('a folder of migrations comes in name order, whatever order the browser has it in', async () => {
  const files = await droppedFiles(
    drop(folder('/db', file('/db/002_orders.sql'), folder('/db/later', file('/db/later/001.sql')), file('/db/001_init.sql'))),
  )
  expect(files.map((it) => it.webkitRelativePath)).toEqual(['db/001_init.sql', 'db/002_orders.sql', 'db/later/001.sql'])
})

test('hidden files in a folder are left out', async () => {
  const files = await droppedFiles(drop(folder('/db', file('/db/.DS_Store'), file('/db/a.sql'))))
  expect(files.map(({ name }) => name)).toEqual(['a.sql'])
})

test('a single file keeps its plain name', async () => {
  const [only] = await droppedFiles(drop(file('/dump.sql')))
  expect(only?.name).toBe('dump.sql')
  expect(only?.webkitRelativePath || '').toBe('')
})
