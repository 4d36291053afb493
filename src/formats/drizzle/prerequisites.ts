import type { Schema } from '#core/schema/index.ts'
import { lineComment } from '../shared/code/literals.ts'
import { sqlOf } from '../shared/orm/prerequisites.ts'

/** What must be in the database before drizzle-kit's tables, as a comment with the SQL that makes it. */
export function prerequisiteLines(needed: Schema): readonly string[] {
  const sql = sqlOf(needed).trim()
  if (sql === '') return []
  const head = ['drizzle-kit does not create the following: put it into the first migration, before its tables.', '']
  return [...head, ...sql.split('\n')].flatMap((text) => lineComment('//', text))
}
