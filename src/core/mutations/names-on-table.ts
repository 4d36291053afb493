import { isConstraintNameTaken, relationNamed, typeNamed } from '../project/names.ts'
import type { Draft, Id, RowKind, TableRow } from '../project/rows.ts'
import { displayName, type ObjectName } from '../schema/index.ts'
import { existing, quoted, refuse, requireGoodName, wordFor } from './trouble.ts'

// Names of what hangs on tables and views.

/** What something hangs on: a table or a view. */
export interface Parent {
  readonly kind: 'table' | 'view'
  readonly id: Id
  readonly namespace: string
  readonly name: string
}

/** The table or view that something is to hang on, or the mutation ends. Exactly one is given. */
export function parentOf(
  draft: Draft,
  { tableId, viewId }: { readonly tableId?: Id | null | undefined; readonly viewId?: Id | null | undefined },
): Parent {
  if (typeof tableId === 'string' && typeof viewId === 'string') refuse('bad-arguments', 'Give a table or a view, not both.')
  if (typeof viewId === 'string') return { kind: 'view', ...nameOf(existing(draft, 'view', viewId)) }
  if (typeof tableId !== 'string') refuse('bad-arguments', 'Say which table or view it belongs to.')
  return { kind: 'table', ...nameOf(existing(draft, 'table', tableId)) }
}

const nameOf = ({ id, namespace, name }: ObjectName & { readonly id: Id }) => ({ id, namespace, name })

interface Own {
  readonly id: Id
  readonly name: string
}

/** Ends the mutation unless a trigger, policy or rule of this table or view may be called this. */
export function requireFreeChildName(draft: Draft, kind: 'trigger' | 'policy' | 'rule', parent: Parent, { id, name }: Own): void {
  requireGoodName(name, kind)
  if (draft.childrenOf(kind, parent.id).some((one) => one.name === name && one.id !== id))
    refuse('duplicate-name', `"${displayName(parent)}" has a ${kind} "${name}" already.`, 'Choose another name.')
}

/** Ends the mutation unless a constraint that owns an index, or an index, may be called this: they share their names with tables. */
export function requireFreeRelationName(draft: Draft, kind: RowKind, wanted: ObjectName, except?: Id): void {
  requireGoodName(wanted.name, kind)
  // A composite type is a relation, too.
  const type = typeNamed(draft, wanted)
  const rival = relationNamed(draft, wanted) ?? (type?.kind === 'compositeType' ? type : undefined)
  if (rival && rival.id !== except)
    refuse('duplicate-name', `There is a ${wordFor(rival.kind)} ${quoted(wanted)} already.`, 'Choose another name.')
}

/** Whether a generated name of a constraint is taken in the table's namespace. */
export const takenBeside = (draft: Draft, { namespace }: Pick<TableRow, 'namespace'>): ((name: string) => boolean) =>
  isConstraintNameTaken(draft, namespace)

/** Ends the mutation unless these are columns of the table, each named once. */
export function requireColumns(draft: Draft, table: ObjectName & { readonly id: Id }, columnIds: readonly Id[]): void {
  const seen = new Set<Id>()
  for (const columnId of columnIds) {
    const column = existing(draft, 'column', columnId)
    if (column.tableId !== table.id) refuse('other-table', `The column "${column.name}" is not one of "${displayName(table)}".`)
    if (seen.has(columnId)) refuse('duplicate-column', `The column "${column.name}" is named twice.`)
    seen.add(columnId)
  }
}
