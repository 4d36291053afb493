import { plainNotNull } from '../../schema/column.ts'
import { primaryKeyOf } from '../relationships.ts'
import type { ColumnRow, Draft } from '../rows.ts'
import { descendantsOf } from './texts.ts'

/** Says whether a column may be null, there and in the tables that inherit it, as ALTER COLUMN … NOT NULL does in PostgreSQL. */
export function setNullable(draft: Draft, column: ColumnRow, nullable: boolean): void {
  draft.update('column', column.id, nullable ? { nullable, ...plainNotNull } : { nullable })
  if (column.notNullNoInherit) return
  for (const heir of descendantsOf(draft, column.tableId)) {
    const own = draft.childrenOf('column', heir.id).find(({ name, inherited }) => inherited && name === column.name)
    if (!own || (nullable && primaryKeyOf(draft, heir.id)?.columnIds.includes(own.id))) continue
    draft.update('column', own.id, nullable ? { nullable, ...plainNotNull } : { nullable })
  }
}

/** The NOT NULL of a primary key's column: it is inherited, and holds for all rows. */
export function requireForKey(draft: Draft, column: ColumnRow): void {
  const { notNullNoInherit, notNullNotValid, nullable } = column
  if (notNullNoInherit || notNullNotValid) draft.update('column', column.id, { notNullNoInherit: false, notNullNotValid: false })
  if (nullable || notNullNoInherit) setNullable(draft, { ...column, notNullNoInherit: false }, false)
}
