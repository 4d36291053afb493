import { z } from 'zod'
import type { Draft, Id, IndexElementRow, IndexRow } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { anIndexElement } from '../schema/index.ts'
import { id, name, text } from './arguments.ts'
import { requireColumns, type Parent } from './names-on-table.ts'
import { requireExpression } from './sql-texts.ts'
import { refuse } from './trouble.ts'

/** One key of an index as people give it: a column (of a view: by name) or an expression, one of them. */
export const indexKey = z.strictObject({
  columnId: id.nullable().optional(),
  viewColumn: name.nullable().optional(),
  expression: text.nullable().optional(),
  /** As SQL writes them, quoted where needed. */
  collation: name.nullable().default(null),
  opclass: name.nullable().default(null),
  order: z.enum(['asc', 'desc']).nullable().default(null),
  nulls: z.enum(['first', 'last']).nullable().default(null),
})
export type IndexKey = z.output<typeof indexKey>

/** The key as it is stored, or the mutation ends. */
export function indexKeyRow(draft: Draft, parent: Parent, key: IndexKey): IndexRow['elements'][number] {
  const { columnId = null, viewColumn = null, expression = null } = key
  if ([columnId, viewColumn, expression].filter((one) => one !== null).length !== 1)
    refuse('bad-arguments', 'Each key of an index is either a column or an expression.')
  if (columnId !== null) requireColumns(draft, parent, [columnId])
  if (viewColumn !== null && parent.kind === 'table') refuse('bad-arguments', 'Columns of a table are given by their ids.')
  if ((key.order !== null || key.nulls !== null) && key.nulls === defaultNulls(key.order)) key = { ...key, nulls: null }
  return {
    ...without(anIndexElement(without(key, 'columnId', 'viewColumn', 'expression')), 'column'),
    expression: expression === null ? null : requireExpression('The expression', expression),
    columnId,
    viewColumn,
  }
}

/** The same for a key of a table, where columns of views cannot be. */
export function tableKeyRow(draft: Draft, table: Parent, key: IndexKey): IndexElementRow {
  return without(indexKeyRow(draft, table, key), 'viewColumn')
}

const defaultNulls = (order: 'asc' | 'desc' | null): 'first' | 'last' => (order === 'desc' ? 'first' : 'last')

/** What methods can do, for those that PostgreSQL brings (`amcanorder` and its like). Methods of extensions may do anything. */
export const indexMethods: ReadonlyMap<
  string,
  { readonly unique: boolean; readonly many: boolean; readonly include: boolean; readonly ordered: boolean }
> = new Map([
  ['btree', { unique: true, many: true, include: true, ordered: true }],
  ['hash', { unique: false, many: false, include: false, ordered: false }],
  ['gin', { unique: false, many: true, include: false, ordered: false }],
  ['gist', { unique: false, many: true, include: true, ordered: false }],
  ['spgist', { unique: false, many: false, include: true, ordered: false }],
  ['brin', { unique: false, many: true, include: false, ordered: false }],
])

/** Ends the mutation when an index of this method cannot be like that. */
export function requirePossible(
  method: string,
  {
    unique,
    elements,
    includeIds,
  }: { readonly unique: boolean; readonly elements: readonly IndexElementRow[]; readonly includeIds: readonly Id[] },
): void {
  const can = indexMethods.get(method)
  if (!can) return
  const of = `An index of method ${method}`
  if (unique && !can.unique) refuse('not-unique', `${of} cannot be unique.`, 'Choose btree.')
  if (elements.length > 1 && !can.many) refuse('bad-option', `${of} has one key.`, 'Choose btree, or take the others out.')
  if (includeIds.length > 0 && !can.include) refuse('bad-option', `${of} cannot include other columns.`, 'Choose btree.')
  if (!can.ordered && elements.some(({ order, nulls }) => order !== null || nulls !== null))
    refuse('bad-option', `${of} has no order.`, 'Leave out ASC, DESC and NULLS.')
}
