import { canonicalType } from '#core/dialects/postgres.ts'
import type { ReferentialAction } from '#core/schema/constraint.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/names.ts'
import type { RelationType } from '#core/project/relationships.ts'
import type { Id } from '#core/project/rows.ts'
import type { Point } from '#web/state/camera.ts'
import { confirm } from '#web/dialogs/confirm/confirm.tsx'
import type { Editor } from '#web/state/editor.tsx'
import { newId } from '#web/state/new-id.ts'
import type { LinkProposal } from './propose-link.ts'
import { quickColumn } from './quick-column.ts'

// Every edit the canvas makes, one function per wish of the person. Refusals are told by `editor.edit`.

/** Tables that have just been made and whose name is being typed for the first time. */
const unnamed = new Set<Id>()

/** A new table, its name in edit at once. `at` is where its top left corner goes. Tells its id. */
export function addTable(editor: Editor, at: Point): Id | null {
  if (!editor.canEdit) return null
  const id = newId()
  const name = freeName('new_table', new Set(editor.replica.view.all('table').map((table) => table.name)))
  const place = { positionX: Math.round(at.x), positionY: Math.round(at.y) }
  void editor.edit('tables.create', { id, name, namespace: usualNamespace(editor), ...place })
  if (!editor.replica.view.get('table', id)) return null
  unnamed.add(id)
  editor.selection.tables([id])
  editor.ui.patch({ tool: 'select', editing: { kind: 'tableName', tableId: id } })
  return id
}

/** After a new table has got its name: an id column. Not before, because the name of its key follows from the table's. */
export function finishTable(editor: Editor, tableId: Id): void {
  if (!unnamed.delete(tableId) || !editor.replica.view.get('table', tableId)) return
  void editor.edit('columns.create', { id: newId(), tableId, name: 'id', dataType: 'bigint', isPrimaryKey: true, identity: 'always' })
}

export function renameTable(editor: Editor, id: Id, name: string): void {
  void editor.edit(editor.replica.view.get('view', id) ? 'views.update' : 'tables.update', { id, name })
}

/** Moves tables and views in one mutation. */
export function moveTables(editor: Editor, places: ReadonlyMap<Id, Point>): void {
  if (!editor.canEdit || places.size === 0) return
  const moves = [...places].map(([id, { x, y }]) => ({ id, positionX: Math.round(x), positionY: Math.round(y) }))
  void editor.edit('tables.move', { moves })
}

export function setTableColor(editor: Editor, id: Id, color: string | null): void {
  void editor.edit('tables.update', { id, color })
}

/** Deletes what is selected: a column, a relationship, or tables. */
export function deleteSelected(editor: Editor): void {
  if (!editor.canEdit) return
  const { tableIds, columnId, relationshipId } = editor.selection.get()
  if (relationshipId) void editor.edit('relationships.delete', { id: relationshipId })
  else if (columnId) deleteColumn(editor, columnId)
  else if (tableIds.size > 0) void deleteTables(editor, [...tableIds])
}

/** Deletes tables and views after asking: until there is undo, this cannot be taken back. */
async function deleteTables({ replica: { view }, edit }: Editor, ids: readonly Id[]): Promise<void> {
  const tables = ids.filter((id) => view.get('table', id))
  const views = ids.filter((id) => view.get('view', id))
  const names = ids.flatMap((id) => (view.get('table', id) ?? view.get('view', id))?.name ?? [])
  const what = ids.length === 1 ? `“${names[0] ?? ''}”` : `${ids.length} objects`
  const isSure = await confirm({
    title: `Delete ${what}?`,
    text:
      ids.length === 1
        ? 'Its columns, keys, indexes and triggers go with it, and so do relationships to it.'
        : `${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}: with their columns, keys, indexes, triggers, and relationships to them.`,
    action: ids.length === 1 ? 'Delete' : `Delete ${ids.length}`,
  })
  if (!isSure) return
  if (tables.length > 0) void edit('tables.delete', { ids: tables })
  for (const id of views) void edit('views.delete', { id })
}

/** Copies the selected tables a little to the lower right and selects the copies. */
export function duplicateSelected(editor: Editor): void {
  duplicateTables(editor, editor.selection.get().tableIds, 40)
}

/** Copies tables, moved by `offset` to the lower right, and selects the copies. False when there was nothing to copy. */
export function duplicateTables(editor: Editor, ids: Iterable<Id>, offset: number): boolean {
  if (!editor.canEdit) return false
  const copies = [...ids].flatMap((id) => {
    if (!editor.replica.view.get('table', id)) return []
    const copy = newId()
    void editor.edit('tables.duplicate', { id, newId: copy, offsetX: offset, offsetY: offset })
    return [copy]
  })
  if (copies.length > 0) editor.selection.tables(copies.filter((id) => editor.replica.view.get('table', id)))
  return copies.length > 0
}

/** Opens the line below a table where its next column is typed. */
export function typeNewColumn(editor: Editor, tableId: Id): void {
  if (!editor.canEdit) return
  editor.selection.tables([tableId])
  editor.ui.patch({ editing: { kind: 'newColumn', tableId } })
}

/** Adds a column at the end from what was typed: `email`, or `email varchar(80)`. */
export function addColumn(editor: Editor, tableId: Id, text: string): void {
  const { name, type } = quickColumn(text, userTypes(editor))
  void editor.edit('columns.create', { id: newId(), tableId, name, dataType: type ?? 'text' })
}

/** Takes a new name; `email varchar(80)` says the type as well. */
export function renameColumn(editor: Editor, id: Id, text: string): void {
  const { name, type } = quickColumn(text, userTypes(editor))
  void editor.edit('columns.update', type ? { id, name, dataType: type } : { id, name })
}

export function setColumnType(editor: Editor, id: Id, type: string): void {
  void editor.edit('columns.update', { id, dataType: canonicalType(type) })
}

/** What the details of a column may change. */
export interface ColumnPatch {
  readonly isPrimaryKey?: boolean
  readonly isNullable?: boolean
  readonly isUnique?: boolean
  /** null = no default. */
  readonly defaultValue?: string | null
  readonly comment?: string | null
}
export function updateColumn(editor: Editor, id: Id, patch: ColumnPatch): void {
  void editor.edit('columns.update', { id, ...patch })
}

export function deleteColumn(editor: Editor, id: Id): void {
  const column = editor.replica.view.get('column', id)
  if (!editor.canEdit || !column) return
  const siblings = editor.replica.view.childrenOf('column', column.tableId)
  const at = siblings.findIndex((sibling) => sibling.id === id)
  const next = siblings[at + 1] ?? siblings[at - 1]
  editor.ui.patch({ editing: null })
  void editor.edit('columns.delete', { id })
  if (next) editor.selection.column(column.tableId, next.id)
}

/** Moves a column to a place among its siblings, counted before the move: 0 = first, length = last. */
export function moveColumn(editor: Editor, tableId: Id, columnId: Id, toIndex: number): void {
  const before = editor.replica.view.childrenOf('column', tableId).map((column) => column.id)
  const from = before.indexOf(columnId)
  if (!editor.canEdit || from < 0) return
  const rest = before.filter((id) => id !== columnId)
  const columnIds = rest.toSpliced(toIndex > from ? toIndex - 1 : toIndex, 0, columnId)
  if (columnIds.every((id, index) => id === before[index])) return
  void editor.edit('columns.reorder', { tableId, columnIds })
}

export interface NewRelationship {
  readonly proposal: LinkProposal
  readonly relationType: RelationType
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
}

/** Makes a foreign key (and the column it needs), or a junction table for many to many, and selects what was made. */
export function addRelationship(editor: Editor, { proposal: { child, parent }, ...rest }: NewRelationship): void {
  const id = newId()
  const newColumn = child.columnId ? {} : { newColumnId: newId(), newColumnName: child.newColumn }
  void editor.edit('relationships.create', {
    id,
    sourceTableId: child.tableId,
    sourceColumnId: child.columnId,
    targetTableId: parent.tableId,
    targetColumnId: parent.columnId,
    ...(rest.relationType === 'many-to-many' ? { junctionTableId: newId() } : newColumn),
    ...rest,
  })
  if (editor.replica.view.get('constraint', id)) editor.selection.relationship(id)
}

export interface RelationshipPatch {
  readonly relationType?: RelationType
  readonly onDelete?: ReferentialAction
  readonly onUpdate?: ReferentialAction
}
export function updateRelationship(editor: Editor, id: Id, patch: RelationshipPatch): void {
  void editor.edit('relationships.update', { id, ...patch })
}

/** Where a new table belongs: beside the selected one, else where all tables are, else the default namespace. */
function usualNamespace({ selection, replica: { view } }: Editor): string {
  const [selected] = selection.get().tableIds
  const beside = selected ? view.get('table', selected)?.namespace : undefined
  const namespaces = new Set(view.all('table').map((table) => table.namespace))
  const [only] = namespaces
  return beside ?? (namespaces.size === 1 && only ? only : DEFAULT_NAMESPACE)
}

/** Names of the project's own types, as a column's type would spell them. */
export function userTypes(editor: Editor): Set<string> {
  const { view } = editor.replica
  const named = (['enumType', 'domain', 'compositeType', 'rangeType', 'baseType'] as const).flatMap((kind) => view.all(kind))
  return new Set(named.flatMap(({ namespace, name }) => [name, `${namespace}.${name}`]))
}

function freeName(base: string, taken: ReadonlySet<string>): string {
  let name = base
  for (let number = 2; taken.has(name); number++) name = `${base}_${number}`
  return name
}
