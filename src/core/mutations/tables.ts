import { z } from 'zod'
import type { Diagnostic } from '../diagnostic.ts'
import { deleteTable } from '../project/edits/deleting.ts'
import { freeId, lanes, nextOrder } from '../project/edits/keys.ts'
import { renameTable } from '../project/edits/renaming.ts'
import { relationNamed, typeNamed } from '../project/names.ts'
import type { Draft, Id, TableRow } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { aNamespace, aTable, DEFAULT_NAMESPACE, type ObjectName } from '../schema/index.ts'
import { color, coordinate, id, name, namedAndPlaced, projectId, text } from './arguments.ts'
import { addColumn, newColumn } from './column-fields.ts'
import { mutation, type MutationContext } from './mutation.ts'
import { existing, quoted, refuse, requireFreeId, requireGoodName, wordFor } from './trouble.ts'
import { requireUnusedRowTypes } from './type-users.ts'

/** `tables.create`: a new table, empty or with columns. */
export const createTable = mutation({
  name: 'tables.create',
  role: 'editor',
  args: z.strictObject({
    id,
    projectId,
    name,
    namespace: name.default(DEFAULT_NAMESPACE),
    positionX: coordinate,
    positionY: coordinate,
    color: color.default(null),
    comment: text.nullable().default(null),
    /** Columns to begin with, as `columns.create` takes them. */
    columns: z.array(newColumn).max(1_600).default([]),
  }),
  apply(draft, { columns, ...wanted }, context) {
    const table = insertTable(draft, wanted, context)
    return columns.flatMap((column) => addColumn(draft, table, column, context))
  },
})

interface NewTable extends ObjectName {
  readonly id: Id
  readonly positionX: number
  readonly positionY: number
  readonly color?: string | null
  readonly comment?: string | null
}

/** Adds a table without columns, after everything that PostgreSQL would object to has been looked at. */
export function insertTable(draft: Draft, wanted: NewTable, { limits }: MutationContext): TableRow {
  requireFreeId(draft, 'table', wanted.id)
  requireFreeTableName(draft, wanted)
  const tables = draft.all('table')
  if (tables.length >= limits.tablesPerProject) {
    refuse('too-many-tables', `This project has ${tables.length} tables; ${limits.tablesPerProject} are allowed.`)
  }
  ensureNamespace(draft, wanted.namespace, wanted.id)
  const row: TableRow = {
    ...without(aTable({ name: wanted.name }), 'columns', 'constraints', 'indexes', 'triggers', 'policies', 'rules'),
    comment: wanted.comment ?? null,
    namespace: wanted.namespace,
    id: wanted.id,
    order: nextOrder(tables),
    positionX: wanted.positionX,
    positionY: wanted.positionY,
    color: wanted.color ?? null,
    partitionBy: null,
    partitionOf: null,
    inherits: [],
  }
  draft.insert('table', row)
  return row
}

/** `tables.update`: name, namespace, place, colour, comment. What names the table in text follows. */
export const updateTable = mutation({
  name: 'tables.update',
  role: 'editor',
  args: z.strictObject({
    ...namedAndPlaced,
    color: color.optional(),
  }),
  apply(draft, wanted) {
    const table = existing(draft, 'table', wanted.id)
    const to = { namespace: wanted.namespace ?? table.namespace, name: wanted.name ?? table.name }
    let warnings: readonly Diagnostic[] = []
    if (to.name !== table.name || to.namespace !== table.namespace) {
      requireFreeTableName(draft, to, table.id)
      if (to.namespace !== table.namespace) requireRoomInNamespace(draft, table.id, to)
      ensureNamespace(draft, to.namespace, table.id)
      warnings = renameTable(draft, table, to)
    }
    draft.update('table', table.id, {
      positionX: wanted.positionX ?? table.positionX,
      positionY: wanted.positionY ?? table.positionY,
      ...(wanted.color === undefined ? {} : { color: wanted.color }),
      ...(wanted.comment === undefined ? {} : { comment: wanted.comment || null }),
    })
    return warnings
  },
})

/** `tables.move`: the end of a drag, or a whole layout, in one edit. Tables and views that are gone meanwhile are passed over. */
export const moveTables = mutation({
  name: 'tables.move',
  role: 'editor',
  args: z.strictObject({
    projectId,
    moves: z
      .array(z.strictObject({ id, positionX: coordinate, positionY: coordinate }))
      .min(1)
      .max(20_000),
  }),
  apply(draft, { moves }) {
    for (const { id: moved, positionX, positionY } of moves) {
      if (draft.get('table', moved)) draft.update('table', moved, { positionX, positionY })
      else if (draft.get('view', moved)) draft.update('view', moved, { positionX, positionY })
    }
    return []
  },
})

/** `tables.delete`: one table (`id`) or several (`ids`), with the foreign keys that point at them. */
export const deleteTables = mutation({
  name: 'tables.delete',
  role: 'editor',
  args: z
    .strictObject({ id: id.optional(), ids: z.array(id).min(1).max(20_000).optional(), projectId })
    .refine((args) => (args.id === undefined) !== (args.ids === undefined), 'give either id or ids'),
  apply(draft, args) {
    const warnings: Diagnostic[] = []
    const gone: ObjectName[] = []
    for (const one of args.ids ?? [args.id ?? '']) {
      // A partition may have gone with its parent.
      const table = args.ids ? draft.get('table', one) : existing(draft, 'table', one)
      if (table) warnings.push(...deleteTable(draft, table))
      if (table) gone.push(table)
    }
    requireUnusedRowTypes(draft, gone)
    return warnings.filter(({ message }, at) => warnings.findIndex((other) => other.message === message) === at)
  },
})

/** Ends the mutation unless a table or view may be called this. They share their names with each other, sequences, indexes and types. */
export function requireFreeTableName(draft: Draft, wanted: ObjectName, except?: Id, kind: 'table' | 'view' = 'table'): void {
  requireGoodName(wanted.name, kind)
  const rival = [relationNamed(draft, wanted), typeNamed(draft, wanted)].find((found) => found && found.id !== except)
  if (rival) refuse('duplicate-name', `There is a ${wordFor(rival.kind)} ${quoted(wanted)} already.`, 'Choose another name.')
}

/** Makes the namespace when it is the first time that something lives there. */
export function ensureNamespace(draft: Draft, namespace: string, seed: Id): void {
  if (namespace === DEFAULT_NAMESPACE || draft.named(namespace).some(({ kind }) => kind === 'namespace')) return
  requireGoodName(namespace, 'namespace')
  if (namespace.startsWith('pg_'))
    refuse('reserved-name', `PostgreSQL keeps schema names that begin with "pg_" for itself.`, 'Choose another name.')
  const order = nextOrder(draft.all('namespace'))
  draft.insert('namespace', { ...aNamespace({ name: namespace }), id: freeId(draft, 'namespace', seed, lanes.namespace), order })
}

/** A table or view takes its indexes, keys and sequences along to another namespace: their names must be free there, its own new one included. */
export function requireRoomInNamespace(draft: Draft, movedId: Id, to: ObjectName): void {
  const owned = draft.all('sequence').filter(({ ownedBy }) => ownedBy?.tableId === movedId)
  const keys = draft.childrenOf('constraint', movedId).filter(({ kind }) => kind !== 'check' && kind !== 'foreignKey')
  for (const { name: taken } of [...draft.childrenOf('index', movedId), ...keys, ...owned]) {
    const rival = relationNamed(draft, { namespace: to.namespace, name: taken })
    const what = rival ? wordFor(rival.kind) : taken === to.name ? 'table' : undefined
    if (what) refuse('duplicate-name', `There is a ${what} "${taken}" in "${to.namespace}" already.`, 'Rename one of the two.')
  }
}
