import type { Constraint as ConstraintNode, CreateForeignTableStmt, CreateStmt, Node } from 'libpg-query'
import { passesNotNull, plainNotNull } from '#core/schema/index.ts'
import { all, as, strings } from './ast.ts'
import { makeColumnSequences, readColumn, readColumnConstraints, type ReadColumn } from './columns.ts'
import {
  checkKeyColumns,
  checkReferences,
  nameConstraint,
  type ReadConstraint,
  readConstraint,
  resolveReference,
  sameIndex,
} from './constraints.ts'
import { copy, newColumn, newTable, type TableDraft } from './draft.ts'
import { applyLikeAfter, likeColumns } from './like.ts'
import { becomePartition, boundText, inheritChecks, nameOf, partitionParent, readPartitionBy } from './partitions.ts'
import { repairInlineIndexes } from './inline-index.ts'
import { declareNotNulls } from './not-null.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { accessMethodNamed } from './session-settings.ts'
import { checkTypes } from './unknown-types.ts'
import { optionTexts } from './values.ts'

export function createTable(st: Statement, node: CreateStmt): Handled {
  const name = st.newName(node.relation)
  if (node.relation?.relpersistence === 't') {
    st.session.temporary.add(name.name)
    return 'ignored'
  }
  if (st.catalog.relation(name)) {
    if (node.if_not_exists) return undefined
    throw new Refusal('duplicate-object', `relation "${name.name}" already exists`, { location: node.relation?.location })
  }
  const table = newTable(name)
  const inline = repairInlineIndexes(st, node)
  const elements = inline?.rest ?? node.tableElts ?? []
  const tableConstraints = all(elements, 'Constraint')
  if (st.session.strict) {
    const beside = all(elements, 'ColumnDef').flatMap((def) => all(def.constraints, 'Constraint'))
    checkReferences(st, [...tableConstraints, ...beside], table)
  }
  table.unlogged = node.relation?.relpersistence === 'u'
  table.options = optionTexts(node.options)
  if (node.partspec) table.partitionBy = readPartitionBy(st, node.partspec)
  table.accessMethod = node.partspec ? accessMethodNamed(node.accessMethod) : st.accessMethod(node.accessMethod)
  table.tablespace = node.partbound ? (node.tablespacename ?? null) : st.tablespace(node.tablespacename)

  const parent = node.partbound ? partitionParent(st, as(node.inhRelations?.[0], 'RangeVar'), node.partbound) : undefined
  const parents = parent ? [] : inheritedTables(st, node)
  const own = parent || node.ofTypename ? overlayColumns(st, table, node, parent) : ownColumns(st, table, elements, parents)

  checkTypes(st)
  declareNotNulls(table, tableConstraints)
  const constraints = sourceOrder(st, own, tableConstraints, table)
  for (const { draft, node: at } of constraints) checkKeyColumns(table, draft, at.location)
  st.catalog.note(table)
  st.catalog.lastTable = table
  for (const read of own) makeColumnSequences(st, table, read)
  st.catalog.addRelation(table, { kind: 'table', table })
  addConstraints(st, table, constraints)
  for (const base of parents) {
    table.inherits.push(nameOf(base))
    st.catalog.addChild(base, table)
    inheritChecks(st, base, table)
  }
  applyLikeAfter(st, table, elements)
  if (parent) becomePartition(st, parent, table, boundText(st, node.partbound))
  table.searchPath = st.searchPath
  return inline?.apply(table)
}

export function createForeignTable(st: Statement, node: CreateForeignTableStmt): Handled {
  const handled = createTable(st, node.base ?? {})
  const name = st.find(node.base?.relation)
  const table = name && st.catalog.table(name)
  if (table) table.foreign ??= { server: node.servername ?? '', options: optionTexts(node.options) }
  return handled
}

/** Columns of their own, those copied by LIKE in their place, those of INHERITS parents before them. */
function ownColumns(st: Statement, table: TableDraft, elements: readonly Node[], parents: readonly TableDraft[]): readonly ReadColumn[] {
  const own: ReadColumn[] = []
  for (const element of elements) {
    const def = as(element, 'ColumnDef')
    const like = as(element, 'TableLikeClause')
    if (def) own.push(readColumn(st, def, table))
    if (like) own.push(...likeColumns(st, like, table))
  }
  const seen = new Set<string>()
  for (const { column } of own) {
    if (seen.has(column.name)) throw new Refusal('duplicate-column', `column "${column.name}" specified more than once`)
    seen.add(column.name)
  }
  if (parents.length === 0) {
    for (const { column } of own) table.columns.push(column)
    return own
  }
  for (const base of parents) for (const column of base.columns) mergeInherited(table, column)
  for (const { column } of own) {
    const at = table.columns.findIndex((other) => other.name === column.name)
    if (at < 0) table.columns.push(column)
    // Declared here and by a parent: one column, in the parent's place.
    else
      table.columns[at] = Object.assign(column, {
        nullable: column.nullable && table.columns[at]?.nullable !== false,
        default: column.default ?? table.columns[at]?.default ?? null,
      })
  }
  return own
}

function mergeInherited(table: TableDraft, column: TableDraft['columns'][number]): void {
  const other = table.columns.find(({ name }) => name === column.name)
  if (other) other.nullable &&= !passesNotNull(column)
  else table.columns.push(inheritedCopy(column))
}

/** What a child gets of a parent's column. Identity and comments stay with the parent. */
export function inheritedCopy(column: TableDraft['columns'][number]): TableDraft['columns'][number] {
  const nullable = !passesNotNull(column)
  return Object.assign(copy(column), {
    inherited: true,
    identity: null,
    comment: null,
    statistics: null,
    options: {},
    nullable,
    ...plainNotNull,
  })
}

/** PARTITION OF and OF type: columns come from elsewhere, what is written here adds to them. */
function overlayColumns(st: Statement, table: TableDraft, node: CreateStmt, parent: TableDraft | undefined): readonly ReadColumn[] {
  if (parent) table.columns = parent.columns.map(inheritedCopy)
  else typedColumns(st, table, node)
  return all(node.tableElts, 'ColumnDef').flatMap((def) => {
    const column = table.columns.find(({ name }) => name === def.colname)
    if (!column) return []
    const constraints = readColumnConstraints(st, column, def, table)
    return [{ column, constraints, serial: false }]
  })
}

function typedColumns(st: Statement, table: TableDraft, node: CreateStmt): void {
  const names = strings(node.ofTypename?.names)
  const name = st.findOf(names)
  const relation = name && st.catalog.relation(name)
  if (relation?.kind !== 'composite')
    throw new Refusal('unknown-type', `type "${names.join('.')}" does not exist`, { location: node.ofTypename?.location })
  table.ofType = nameOf(relation.type)
  table.columns = relation.type.attributes.map((attribute) =>
    Object.assign(newColumn(attribute.name, attribute.type), { collation: attribute.collation, inherited: true }),
  )
}

function inheritedTables(st: Statement, node: CreateStmt): readonly TableDraft[] {
  return all(node.inhRelations, 'RangeVar').map((parent) => {
    const name = st.find(parent)
    const table = name && st.catalog.table(name)
    if (!table) throw new Refusal('unknown-table', `relation "${parent.relname ?? ''}" does not exist`, { location: parent.location })
    return table
  })
}

/** Constraints of columns and of the table in the order they are written. */
function sourceOrder(
  st: Statement,
  own: readonly ReadColumn[],
  nodes: readonly ConstraintNode[],
  table: TableDraft,
): readonly ReadConstraint[] {
  const read: ReadConstraint[] = []
  for (const { constraints } of own) for (const constraint of constraints) read.push(constraint)
  for (const node of nodes) {
    const constraint = readConstraint(st, node, table)
    if (constraint) read.push(constraint)
  }
  return read.length > 1 ? read.sort((a, b) => (a.node.location ?? 0) - (b.node.location ?? 0)) : read
}

/** The order in which constraints are named. */
const ranks: Readonly<Record<ReadConstraint['draft']['kind'], number>> = { check: 0, primaryKey: 1, unique: 2, exclusion: 2, foreignKey: 3 }

/** Adds constraints, named in PostgreSQL's own order: checks, primary key, other index constraints, foreign keys. */
export function addConstraints(st: Statement, table: TableDraft, constraints: readonly ReadConstraint[]): void {
  if (constraints.length === 0) return
  const dropped = doubles(constraints)
  const kept = dropped.size === 0 ? constraints : constraints.filter((read) => !dropped.has(read))
  const names = new Set<string>()
  for (const read of [...kept].sort((a, b) => ranks[a.draft.kind] - ranks[b.draft.kind])) {
    if (read.draft.name !== '' && (names.has(read.draft.name) || table.constraints.some(({ name }) => name === read.draft.name))) {
      throw new Refusal('duplicate-object', `constraint "${read.draft.name}" already exists on "${table.name}"`, {
        location: read.node.location,
      })
    }
    names.add(read.draft.name)
    // The name is taken at once, so that the next one is another.
    nameConstraint(st, table, read)
    st.catalog.addConstraint(table, read.draft)
    if (read.draft.kind === 'primaryKey')
      for (const column of table.columns) if (read.draft.columns.includes(column.name)) column.nullable = false
  }
  for (const read of kept) resolveReference(st, table, read)
  if (table.constraints.length < 2) return
  const order = new Map<object, number>()
  for (const [n, { draft }] of kept.entries()) order.set(draft, n)
  table.constraints.sort((a, b) => (order.get(a) ?? -1) - (order.get(b) ?? -1))
}

const none: ReadonlySet<ReadConstraint> = new Set()

/** `id integer PRIMARY KEY UNIQUE` has one index, not two; a name given to the second goes to the first. */
function doubles(constraints: readonly ReadConstraint[]): ReadonlySet<ReadConstraint> {
  if (constraints.length < 2) return none
  const dropped = new Set<ReadConstraint>()
  const keyed = constraints
    .filter(({ draft }) => draft.kind === 'primaryKey' || draft.kind === 'unique' || draft.kind === 'exclusion')
    .sort((a) => (a.draft.kind === 'primaryKey' ? -1 : 0))
  for (const [n, read] of keyed.entries()) {
    const prior = keyed.slice(0, n).find((other) => !dropped.has(other) && sameIndex(other.draft, read.draft))
    if (!prior) continue
    if (prior.draft.name === '') prior.draft.name = read.draft.name
    dropped.add(read)
  }
  return dropped
}
