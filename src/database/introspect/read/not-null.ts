import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import { makeObjectName } from '#formats/postgres-sql/import/naming.ts'
import { fullName } from '../names.ts'
import { keep, type Reading } from '../reading.ts'
import type { ColumnRows } from './columns.ts'
import type { ConstraintRow } from './constraint-rows.ts'
import { columnName } from './column-name.ts'

/**
 * NOT NULL constraints, which PostgreSQL 18 keeps as rows with names. Gives the names that it would not have chosen, by relation and column number;
 * what else can be said of them goes to comments and diagnostics.
 */
export function notNullNames(
  reading: Reading,
  rows: readonly ConstraintRow[],
  columns: ColumnRows,
): ReadonlyMap<number, ReadonlyMap<number, string>> {
  const constraints = rows.flatMap((row) => {
    const table = row.kind === 'n' ? reading.relations.get(row.relation) : undefined
    const number = row.columns?.[0] ?? 0
    return table ? [{ ...row, table, number, column: columnName(columns.get(row.relation) ?? [], number) }] : []
  })
  // What a child inherits has its parent's name.
  const declared = new Set(constraints.filter(({ isLocal }) => isLocal).map(({ column, name }) => `${column}\u0000${name}`))
  const names = new Map<number, Map<number, string>>()
  for (const { oid, relation, table, column, number, name, isLocal, noInherit, validated } of constraints) {
    const isOwn = isLocal || !declared.has(`${column}\u0000${name}`)
    if (isOwn && name !== makeObjectName(table.name, column, 'not_null')) {
      const ofTable = names.get(relation) ?? new Map<number, string>()
      names.set(relation, ofTable.set(number, name))
    }
    const comment = reading.comments('pg_constraint', oid)
    if (comment !== null)
      keep(reading, `COMMENT ON CONSTRAINT ${quoteName(name)} ON ${fullName(table)} IS ${quoteLiteral(comment)}`, 'COMMENT')
    if (noInherit || !validated)
      reading.diagnostics.push({
        code: 'detail-not-read',
        severity: 'warning',
        message: `NOT NULL of ${table.name}.${column} is ${noInherit ? 'NO INHERIT' : 'NOT VALID'}, which a schema cannot say.`,
      })
  }
  return names
}
