import { addHeirs } from '../project/edits/inheritance.ts'
import { addToPrimaryKey, addUnique, freeId, isReferable, lanes, nextOrder } from '../project/edits/keys.ts'
import { descendantsOf } from '../project/edits/texts.ts'
import { isComparable } from '../project/edits/types.ts'
import { derivedIds } from '../project/ids.ts'
import { freeName, freeVariant, isConstraintNameTaken, MAX_NAME_BYTES, relationNamed, typeNamed, utf8Length } from '../project/names.ts'
import { foreignKeysOf, primaryKeyOf } from '../project/relationships.ts'
import type { ColumnRow, Draft, ForeignKeyRow, Id, TableRow } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { aColumn, aForeignKey, displayName, type ReferentialAction } from '../schema/index.ts'
import { requireOwnColumns } from './column-fields.ts'
import type { MutationContext } from './mutation.ts'
import { insertTable } from './tables.ts'
import { existing, refuse, requireFreeId, requireGoodName } from './trouble.ts'

/** How a foreign key behaves. Left out = PostgreSQL's default. */
export interface ForeignKeyFields {
  readonly name?: string | undefined
  readonly onDelete?: ReferentialAction | undefined
  readonly onUpdate?: ReferentialAction | undefined
  readonly deferrable?: boolean | undefined
  readonly initiallyDeferred?: boolean | undefined
  readonly match?: ForeignKeyRow['match'] | undefined
  readonly validated?: boolean | undefined
  readonly enforced?: boolean | undefined
  /** Which of the columns SET NULL or SET DEFAULT changes; none = all. */
  readonly onDeleteColumnIds?: readonly Id[] | undefined
  readonly comment?: string | null | undefined
}
export interface Pair {
  readonly source: ColumnRow
  readonly target: ColumnRow
}

export interface NewForeignKey {
  readonly id: Id
  readonly child: TableRow
  readonly parent: TableRow
  readonly pairs: readonly Pair[]
}

/** Adds a foreign key from child columns to parent columns, after everything that PostgreSQL would object to has been looked at. */
export function addForeignKey(draft: Draft, { id, child, parent, pairs }: NewForeignKey, fields: ForeignKeyFields): ForeignKeyRow {
  requireFreeId(draft, 'constraint', id)
  const columnIds = pairs.map(({ source }) => source.id)
  const targetIds = pairs.map(({ target }) => target.id)
  requirePairs(draft, child, parent, pairs)
  const isSame = (one: ForeignKeyRow) =>
    one.references.tableId === parent.id &&
    one.columnIds.length === columnIds.length &&
    one.columnIds.every((columnId, at) => one.references.columnIds[at] === targetIds[columnIds.indexOf(columnId)])
  if (foreignKeysOf(draft, child.id).some(isSame)) {
    refuse('duplicate-relationship', `"${displayName(child)}" refers to these columns of "${displayName(parent)}" already.`)
  }
  const name = fields.name ?? generatedName(draft, child, pairs)
  requireFreeConstraintName(draft, child, name)
  const plain = aForeignKey({ name, columns: [], references: { namespace: '', table: '', columns: [] } })
  const row: ForeignKeyRow = {
    ...without(plain, 'columns', 'references', 'onDeleteColumns'),
    deferrable: (fields.deferrable ?? false) || (fields.initiallyDeferred ?? false),
    onDelete: fields.onDelete ?? 'noAction',
    onUpdate: fields.onUpdate ?? 'noAction',
    match: fields.match ?? plain.match,
    enforced: fields.enforced ?? true,
    validated: (fields.validated ?? true) && fields.enforced !== false,
    comment: fields.comment || null,
    initiallyDeferred: fields.initiallyDeferred ?? false,
    id,
    tableId: child.id,
    order: nextOrder(draft.childrenOf('constraint', child.id)),
    columnIds,
    references: { tableId: parent.id, columnIds: targetIds },
    onDeleteColumnIds: fields.onDeleteColumnIds ?? [],
  }
  requireDeleteColumns(row)
  requireNullable(draft, row)
  draft.insert('constraint', row)
  return row
}

/** SET NULL on columns that can never be null would fail at the first delete. */
export function requireNullable(
  draft: Draft,
  { columnIds, onDelete, onUpdate, onDeleteColumnIds }: Pick<ForeignKeyRow, 'columnIds' | 'onDelete' | 'onUpdate' | 'onDeleteColumnIds'>,
): void {
  if (onDelete !== 'setNull' && onUpdate !== 'setNull') return
  const changed = onUpdate === 'setNull' || onDeleteColumnIds.length === 0 ? columnIds : onDeleteColumnIds
  const fixed = changed.map((columnId) => draft.get('column', columnId)).find((column) => column && !column.nullable)
  if (fixed)
    refuse(
      'set-null-not-null',
      `SET NULL is not possible: "${fixed.name}" is NOT NULL.`,
      'Make the column nullable, or choose another action.',
    )
}

/** Only SET NULL and SET DEFAULT have a list of columns, and only of the key's own. */
export function requireDeleteColumns({ columnIds, onDelete, onDeleteColumnIds }: ForeignKeyRow): void {
  if (onDeleteColumnIds.length === 0) return
  if (onDelete !== 'setNull' && onDelete !== 'setDefault')
    refuse('bad-option', 'Only ON DELETE SET NULL and SET DEFAULT say which columns they change.')
  if (onDeleteColumnIds.some((id, at) => !columnIds.includes(id) || onDeleteColumnIds.indexOf(id) !== at))
    refuse('bad-option', 'ON DELETE changes columns of the foreign key, each once.', 'Choose from the columns that refer.')
}

/** Ends the mutation unless a constraint of this table may be called this. */
export function requireFreeConstraintName(draft: Draft, table: TableRow, name: string, except?: Id): void {
  requireGoodName(name, 'constraint')
  const rival = draft.childrenOf('constraint', table.id).find((one) => one.name === name && one.id !== except)
  if (rival) refuse('duplicate-name', `"${displayName(table)}" has a constraint "${name}" already.`, 'Choose another name.')
}

export interface ReferringColumn {
  readonly id: Id
  readonly child: TableRow
  readonly target: ColumnRow
  /** Its name, when it is to have one of its own. */
  readonly wished?: string | undefined
}

/** Adds a column to the child that refers to the parent's column: `user_id` for `users.id`, of the same type. */
export function addReferringColumn(draft: Draft, { id, child, target, wished }: ReferringColumn, { limits }: MutationContext): ColumnRow {
  requireOwnColumns(child)
  requireFreeId(draft, 'column', id)
  const siblings = draft.childrenOf('column', child.id)
  if (siblings.length >= limits.columnsPerTable) {
    refuse('too-many-columns', `"${displayName(child)}" has ${siblings.length} columns; ${limits.columnsPerTable} are allowed.`)
  }
  const parent = existing(draft, 'table', target.tableId)
  const isTaken = (name: string) => siblings.some((column) => column.name === name)
  const name = wished ?? freeVariant(isTaken, referringName(parent.name, target.name))
  requireGoodName(name, 'column')
  if (isTaken(name)) refuse('duplicate-column', `"${displayName(child)}" has a column "${name}" already.`, 'Choose another name.')
  const column: ColumnRow = {
    ...aColumn({ name, type: target.type, collation: target.collation }),
    id,
    tableId: child.id,
    order: nextOrder(siblings),
  }
  draft.insert('column', column)
  addHeirs(draft, descendantsOf(draft, child.id), column)
  return column
}

export interface NewJunction {
  /** The two tables. */
  readonly ends: readonly [Id, Id]
  readonly ids: { readonly table: Id; readonly foreignKey: Id }
}

/** Makes a table that joins two others: the keys of both as its primary key and as two foreign keys. Its ids follow from the first foreign key's. */
export function addJunction(draft: Draft, { ends, ids }: NewJunction, fields: ForeignKeyFields, context: MutationContext): TableRow {
  const [first, second] = [existing(draft, 'table', ends[0]), existing(draft, 'table', ends[1])]
  const keys = [keyOf(draft, first), keyOf(draft, second)] as const
  const { namespace } = first
  const isTaken = (name: string) => Boolean(relationNamed(draft, { namespace, name }) ?? typeNamed(draft, { namespace, name }))
  const table = insertTable(
    draft,
    {
      id: ids.table,
      namespace,
      name: freeVariant(isTaken, fields.name ?? `${first.name}_${second.name}`),
      positionX: Math.round((first.positionX + second.positionX) / 2),
      positionY: Math.round((first.positionY + second.positionY) / 2) + (first.id === second.id ? 200 : 0),
    },
    context,
  )
  const nextColumnId = derivedIds(ids.table, lanes.column)
  const pairs = keys.map((key) =>
    key.map((target) => ({ source: addReferringColumn(draft, { id: nextColumnId(), child: table, target }, context), target })),
  )
  const columnIds = pairs.flat().map(({ source }) => source.id)
  for (const columnId of columnIds) addToPrimaryKey(draft, table, existing(draft, 'column', columnId))
  const actions = { onDelete: fields.onDelete ?? 'cascade', onUpdate: fields.onUpdate } as const
  addForeignKey(draft, { id: ids.foreignKey, child: table, parent: first, pairs: pairs[0] ?? [] }, actions)
  const secondId = freeId(draft, 'constraint', ids.foreignKey, lanes.foreignKey)
  addForeignKey(draft, { id: secondId, child: table, parent: second, pairs: pairs[1] ?? [] }, actions)
  return table
}

/** Makes the child's columns unique, so that each parent has at most one child. */
export function makeOneToOne(draft: Draft, child: TableRow, columnIds: readonly Id[]): void {
  addUnique(
    draft,
    child,
    columnIds.flatMap((columnId) => draft.get('column', columnId) ?? []),
  )
}

function requirePairs(draft: Draft, child: TableRow, parent: TableRow, pairs: readonly Pair[]): void {
  const seen = new Set<Id>()
  for (const { source, target } of pairs) {
    if (source.tableId !== child.id) refuse('other-table', `The column "${source.name}" is not one of "${displayName(child)}".`)
    if (target.tableId !== parent.id) refuse('other-table', `The column "${target.name}" is not one of "${displayName(parent)}".`)
    if (seen.has(source.id)) refuse('duplicate-column', `The column "${source.name}" is named twice.`)
    seen.add(source.id)
    if (isComparable(draft, source.type, target.type)) continue
    refuse(
      'incompatible-types',
      `"${child.name}.${source.name}" is ${source.type}, but "${parent.name}.${target.name}" is ${target.type}: PostgreSQL will not compare them.`,
      `Change the type of "${child.name}.${source.name}" to ${target.type}.`,
    )
  }
  if (
    isReferable(
      draft,
      parent.id,
      pairs.map(({ target }) => target.id),
    )
  )
    return
  const names = pairs.map(({ target }) => `"${target.name}"`).join(', ')
  refuse(
    'no-unique-key',
    `${names} of "${displayName(parent)}" ${pairs.length > 1 ? 'are' : 'is'} not unique, so nothing can refer to ${pairs.length > 1 ? 'them' : 'it'}.`,
    pairs.length > 1 ? 'Make a key of just these columns.' : 'Make it the primary key, or unique.',
  )
}

function keyOf(draft: Draft, table: TableRow): readonly ColumnRow[] {
  const key = primaryKeyOf(draft, table.id)?.columnIds.flatMap((columnId) => draft.get('column', columnId) ?? []) ?? []
  if (key.length === 0) refuse('no-primary-key', `"${displayName(table)}" has no primary key to join by.`, 'Choose its primary key first.')
  return key
}

function generatedName(draft: Draft, child: TableRow, pairs: readonly Pair[]): string {
  return freeName(isConstraintNameTaken(draft, child.namespace), child.name, pairs.map(({ source }) => source.name).join('_'), 'fkey')
}

/** `users` and `id` give `user_id`; a column that names its table already keeps its name. */
function referringName(table: string, column: string): string {
  const one = singular(table)
  const name = column === one || column.startsWith(`${one}_`) ? column : `${one}_${column}`
  return utf8Length(name) > MAX_NAME_BYTES ? column : name
}

function singular(plural: string): string {
  if (/ies$/i.test(plural) && plural.length > 4) return `${plural.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh|zz)es$/i.test(plural)) return plural.slice(0, -2)
  return /(?:[^sui]|ou)s$/i.test(plural) ? plural.slice(0, -1) : plural
}
