import { makeObjectName } from '#formats/postgres-sql/import/naming.ts'
import type { Reading } from '../reading.ts'
import { columnName } from './column-name.ts'
import type { ColumnRows, NotNull, NotNulls } from './columns.ts'
import type { ConstraintRow } from './constraint-rows.ts'

/** NOT NULL constraints, which PostgreSQL 18 keeps as rows. Names that it would choose itself are left out. */
export function readNotNulls(reading: Reading, rows: readonly ConstraintRow[], columns: ColumnRows): NotNulls {
  const constraints = rows.flatMap((row) => {
    const table = row.kind === 'n' ? reading.relations.get(row.relation) : undefined
    const number = row.columns?.[0] ?? 0
    return table ? [{ ...row, table, number, column: columnName(columns.get(row.relation) ?? [], number) }] : []
  })
  // What a child inherits has its parent's name.
  const declared = new Set(constraints.filter(({ isLocal }) => isLocal).map(({ column, name }) => `${column}\u0000${name}`))
  const found = new Map<number, Map<number, NotNull>>()
  for (const { oid, relation, table, column, number, name, isLocal, noInherit, validated } of constraints) {
    const isOwn = isLocal || !declared.has(`${column}\u0000${name}`)
    const notNullName = isOwn && name !== makeObjectName(table.name, column, 'not_null') ? name : null
    const notNullComment = reading.comments('pg_constraint', oid)
    if (notNullName === null && notNullComment === null && !noInherit && validated) continue
    const ofTable = found.get(relation) ?? new Map<number, NotNull>()
    const notNull = { notNullName, notNullNoInherit: noInherit, notNullNotValid: !validated, notNullComment }
    found.set(relation, ofTable.set(number, notNull))
  }
  return found
}
