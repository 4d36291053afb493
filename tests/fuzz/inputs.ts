import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const folders = ['tests/fixtures', '../shared/corpus/postgres-dump', '../shared/corpus/postgres-hand', '../shared/reference/files']

/** What is broken: the corpus when it is there, and our own fixtures always. */
export function inputs(): readonly string[] {
  return folders.flatMap((folder) => {
    const full = path.join(root, folder)
    if (!existsSync(full)) return []
    const names = readdirSync(full).filter((name) => name.endsWith('.sql'))
    return names.map((name) => readFileSync(path.join(full, name), 'utf8'))
  })
}
