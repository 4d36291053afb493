import type { Constraint as ConstraintNode } from 'libpg-query'
import { forColumn, type Alteration } from './alter-column.ts'
import type { ColumnDraft } from './draft.ts'
import { declareNotNull, dropNotNull, notNullColumn } from './not-null.ts'

// What ALTER TABLE does to NOT NULL constraints.

/** ADD NOT NULL column: heirs get it too, without its name. */
export function addNotNull(alteration: Alteration, node: ConstraintNode): void {
  const column = notNullColumn(alteration.table, node)
  const notNullNotValid = node.skip_validation === true
  declareNotNull(Object.assign(column, column.nullable ? { notNullNotValid } : {}), node)
  forNotNull(alteration, column, (each) => {
    if (each.nullable) Object.assign(each, { nullable: false, notNullNotValid })
  })
}

/** DROP CONSTRAINT of a NOT NULL, here and in the heirs that have it from here. */
export const dropNotNullConstraint = (alteration: Alteration, column: ColumnDraft): void => forNotNull(alteration, column, dropNotNull)

/** ALTER CONSTRAINT … [NO] INHERIT. Heirs that had it keep it as their own. */
export function setNotNullInheritance(alteration: Alteration, column: ColumnDraft, noInherit: boolean): void {
  column.notNullNoInherit = noInherit
  forNotNull(alteration, column, (each) => {
    each.nullable = false
  })
}

/** VALIDATE CONSTRAINT. */
export const validateNotNull = (alteration: Alteration, column: ColumnDraft): void =>
  forNotNull(alteration, column, (each) => {
    each.notNullNotValid = false
  })

/** Changes the column in the table and, unless its NOT NULL is not inherited, in all tables below it. */
function forNotNull(alteration: Alteration, { name, notNullNoInherit }: ColumnDraft, change: (column: ColumnDraft) => void): void {
  forColumn({ ...alteration, cmd: { ...alteration.cmd, name }, recurse: alteration.recurse && !notNullNoInherit }, change)
}
