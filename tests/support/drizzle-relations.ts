import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createTableRelationsHelpers, extractTablesRelationalConfig, normalizeRelation } from 'drizzle-orm'

/** Loads a Drizzle schema as an application does, and tells the relations whose other end Drizzle cannot find. */
export async function brokenRelations(code: string): Promise<{ readonly count: number; readonly broken: readonly string[] }> {
  const base = path.resolve(import.meta.dirname, '../../.cache/drizzle')
  mkdirSync(base, { recursive: true })
  const dir = mkdtempSync(path.join(base, 'relations-'))
  try {
    const file = path.join(dir, 'schema.ts')
    writeFileSync(file, code)
    const schema = (await import(file)) as Record<string, unknown>
    const { tables, tableNamesMap } = extractTablesRelationalConfig(schema, createTableRelationsHelpers)
    const ends = Object.values(tables).flatMap(({ tsName, relations }) =>
      Object.entries(relations).map(([name, relation]) => ({ name: `${tsName}.${name}`, relation })),
    )
    const broken = ends.flatMap(({ name, relation }) => {
      try {
        normalizeRelation(tables, tableNamesMap, relation)
        return []
      } catch (error) {
        return [`${name}: ${error instanceof Error ? error.message : String(error)}`]
      }
    })
    return { count: ends.length, broken }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
