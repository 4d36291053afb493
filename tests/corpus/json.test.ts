import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { importJson } from '#formats/json/importer.ts'
import { exportPostgresSql } from '#formats/postgres-sql/export/exporter.ts'
import { importer } from '#formats/postgres-sql/import/importer.ts'
import { documentOf } from '../support/documents.ts'

// What a file says is said by JSON, by the SQL written from it, and by the JSON read from that: the same document.

const root = path.resolve(import.meta.dirname, '../..')
const shared = path.resolve(root, '../shared')

const files = (dir: string): readonly string[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((file) => file.endsWith('.sql'))
        .map((file) => path.join(dir, file))
    : []

describe('SQL to JSON, to SQL, to JSON: the same document', () => {
  const own = [...files(path.join(root, 'tests/fixtures')), ...files(path.join(root, 'src/formats/postgres-sql/export/fixtures'))]
  const others = ['corpus/postgres-dump', 'corpus/postgres-hand', 'acceptance/import-cases', 'reference/files'].flatMap((dir) =>
    files(path.join(shared, dir)),
  )
  test.each([...own, ...others].map((file) => [path.basename(file), file]))('GEN-1 %s', async (_name, file) => {
    const text = readFileSync(file, 'utf8')
    const first = documentOf((await importer([{ file, text }], { privileges: true })).schema)
    const { schema, diagnostics } = await importJson([{ file: 'a.json', text: first }])
    expect(diagnostics).toEqual([])
    const sql = exportPostgresSql(schema, { privileges: true }).files[0]?.text ?? ''
    const second = documentOf((await importer([{ file: 'b.sql', text: sql }], { privileges: true })).schema)
    expect(second).toBe(first)
  })
})
