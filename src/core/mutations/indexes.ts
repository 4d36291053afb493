import { z } from 'zod'
import { nextOrder, brokenReferences } from '../project/edits/keys.ts'
import { storedExpression } from '../project/edits/types.ts'
import { freeName, relationNamed } from '../project/names.ts'
import type { Draft, Id, IndexRow } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { anIndex, anIndexElement, displayName, type ObjectName } from '../schema/index.ts'
import { id, name, projectId, text } from './arguments.ts'
import { mutation } from './mutation.ts'
import { existing, quoted, refuse, requireFreeId, requireGoodName, wordFor } from './trouble.ts'

const element = z.strictObject({
  /** A column, or an expression: one of the two. */
  columnId: id.optional(),
  expression: text.optional(),
  order: z.enum(['asc', 'desc']).nullable().default(null),
  nulls: z.enum(['first', 'last']).nullable().default(null),
})

/** `indexes.create`: an index on columns or expressions. Without a name it gets the one that PostgreSQL would give. */
export const createIndex = mutation({
  name: 'indexes.create',
  role: 'editor',
  args: z.strictObject({
    id,
    projectId,
    tableId: id,
    name: name.optional(),
    elements: z.array(element).min(1).max(32),
    includeIds: z.array(id).max(32).default([]),
    unique: z.boolean().default(false),
    method: z.enum(['btree', 'hash', 'gin', 'gist', 'spgist', 'brin']).default('btree'),
    /** `WHERE …`: a partial index. */
    predicate: text.nullable().default(null),
  }),
  apply(draft, wanted) {
    requireFreeId(draft, 'index', wanted.id)
    const table = existing(draft, 'table', wanted.tableId)
    const elements = wanted.elements.map((one) => elementRow(draft, table.id, one))
    for (const columnId of wanted.includeIds) requireColumnOf(draft, table.id, columnId)
    const parts = elements.map(({ columnId }) => (columnId === null ? 'expr' : existing(draft, 'column', columnId).name))
    const isTaken = (candidate: string) => relationNamed(draft, { namespace: table.namespace, name: candidate }) !== undefined
    const indexName = wanted.name ?? freeName(isTaken, table.name, parts.join('_'), 'idx')
    requireFreeIndexName(draft, { namespace: table.namespace, name: indexName })
    if (wanted.unique && wanted.method !== 'btree')
      refuse('not-unique', `An index of method ${wanted.method} cannot be unique.`, 'Choose btree.')
    const { unique, method } = wanted
    draft.insert('index', {
      ...without(anIndex({ name: indexName, unique, method, elements: [] }), 'elements', 'include'),
      predicate: wanted.predicate === null ? null : requireExpression(wanted.predicate),
      id: wanted.id,
      order: nextOrder(draft.childrenOf('index', table.id)),
      tableId: table.id,
      viewId: null,
      elements,
      includeIds: wanted.includeIds,
    })
    return []
  },
})

/** `indexes.delete`: refused while a foreign key relies on its uniqueness. */
export const deleteIndex = mutation({
  name: 'indexes.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, wanted) {
    const index = existing(draft, 'index', wanted.id)
    const before = index.tableId === null ? [] : brokenReferences(draft, index.tableId)
    draft.delete('index', index.id)
    const broken = index.tableId === null ? undefined : brokenReferences(draft, index.tableId).find((key) => !before.includes(key))
    if (broken) refuse('key-in-use', `The foreign key "${broken.name}" needs the index "${index.name}".`, 'Delete that relationship first.')
    return []
  },
})

function elementRow(
  draft: Draft,
  tableId: Id,
  { columnId, expression, order, nulls }: z.output<typeof element>,
): IndexRow['elements'][number] {
  if ((columnId === undefined) === (expression === undefined))
    refuse('bad-arguments', 'Each key of an index is either a column or an expression.')
  if (columnId !== undefined) requireColumnOf(draft, tableId, columnId)
  const own = without(anIndexElement({ order, nulls }), 'column')
  return {
    ...own,
    expression: expression === undefined ? null : requireExpression(expression),
    columnId: columnId ?? null,
    viewColumn: null,
  }
}

function requireColumnOf(draft: Draft, tableId: Id, columnId: Id): void {
  const column = existing(draft, 'column', columnId)
  if (column.tableId === tableId) return
  const table = draft.get('table', tableId)
  refuse('other-table', `The column "${column.name}" is not one of "${table ? displayName(table) : ''}".`)
}

function requireExpression(sql: string): string {
  return (
    storedExpression(sql) ??
    refuse('bad-expression', `The expression is not complete: ${sql.slice(0, 80)}`, 'Close its quotes and brackets.')
  )
}

function requireFreeIndexName(draft: Draft, wanted: ObjectName): void {
  requireGoodName(wanted.name, 'index')
  const rival = relationNamed(draft, wanted)
  if (rival) refuse('duplicate-name', `There is a ${wordFor(rival.kind)} ${quoted(wanted)} already.`, 'Choose another name.')
}
