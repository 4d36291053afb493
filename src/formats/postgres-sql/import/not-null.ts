import type { Constraint as ConstraintNode } from 'libpg-query'
import { plainNotNull } from '#core/schema/index.ts'
import { strings } from './ast.ts'
import type { ColumnDraft, TableDraft } from './draft.ts'
import { makeObjectName, storedName } from './naming.ts'
import { Refusal } from './statement.ts'

// NOT NULL is a constraint with a name, which may be not inherited and not validated (PostgreSQL 18; older ones know the plain words only).

/** NOT NULL as it is written beside a column or in CREATE TABLE, where NOT VALID says nothing: there are no rows yet. */
export function declareNotNull(column: ColumnDraft, { conname, is_no_inherit }: ConstraintNode): void {
  column.nullable = false
  if (conname) column.notNullName = storedName(conname)
  column.notNullNoInherit = is_no_inherit === true
}

/** NOT NULL among the constraints of CREATE TABLE. */
export function declareNotNulls(table: TableDraft, nodes: readonly ConstraintNode[]): void {
  for (const node of nodes) if (node.contype === 'CONSTR_NOTNULL') declareNotNull(notNullColumn(table, node), node)
}

export function dropNotNull(column: ColumnDraft): void {
  Object.assign(column, { nullable: true, ...plainNotNull })
}

/** The column that a NOT NULL is written for. */
export function notNullColumn(table: TableDraft, { keys, location }: ConstraintNode): ColumnDraft {
  const [name = ''] = strings(keys).map(storedName)
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column) return column
  const candidates = table.columns.map((candidate) => candidate.name)
  throw new Refusal('unknown-column', `column "${name}" of relation "${table.name}" does not exist`, { location, candidates })
}

/** The column whose NOT NULL constraint has a name. */
export function notNullNamed(table: TableDraft, name: string | undefined): ColumnDraft | undefined {
  const nameOf = (column: ColumnDraft) => column.notNullName ?? makeObjectName(table.name, column.name, 'not_null')
  return table.columns.find((column) => !column.nullable && nameOf(column) === name)
}
