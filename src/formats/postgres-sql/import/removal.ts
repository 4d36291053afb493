import { unreachable } from '#core/unreachable.ts'
import { nameKey, type ObjectName } from '#core/schema/index.ts'
import type { AnyIndex } from './relation.ts'
import type { ConstraintDraft, IndexDraft, TableDraft, ViewDraft } from './draft.ts'
import { forgetVerbatim } from './opaque.ts'
import { mentions } from './rewrite.ts'
import { ownedSequences } from './sequences.ts'
import type { Statement } from './statement.ts'

// Taking objects out of the catalog, with what PostgreSQL takes out with them.

export function dropTable(st: Statement, table: TableDraft, cascade: boolean): void {
  const { catalog } = st
  for (const child of [...catalog.childrenOf(table)]) {
    if (child.partitionOf || cascade) dropTable(st, child, cascade)
  }
  for (const index of [...table.indexes]) catalog.removeIndex(table, index)
  if (cascade) for (const constraint of table.constraints) dropReferencing(st, table, constraint)
  for (const constraint of [...table.constraints]) catalog.removeConstraint(table, constraint)
  for (const column of table.columns)
    if (column.identity?.sequenceName != null)
      catalog.relations.delete(nameKey({ namespace: table.namespace, name: column.identity.sequenceName }))
  for (const sequence of ownedSequences(st, table)) catalog.relations.delete(nameKey(sequence))
  const key = nameKey(table)
  forgetPublished(st, key)
  forgetVerbatim(st, key)
  catalog.relations.delete(key)
  catalog.children.delete(key)
  for (const parent of [...table.inherits, ...(table.partitionOf ? [table.partitionOf.parent] : [])]) catalog.removeChild(parent, table)
  for (const [name, statistics] of catalog.statistics) if (nameKey(statistics.table) === key) catalog.statistics.delete(name)
  if (cascade) dropReaders(st, key)
}

/** Publications lose the table. */
function forgetPublished(st: Statement, key: string): void {
  for (const publication of st.catalog.kinds.all('publications'))
    publication.tables = publication.tables.filter(({ table }) => nameKey(table) !== key)
}

export function dropView(st: Statement, view: ViewDraft): void {
  const { catalog } = st
  for (const index of [...view.indexes]) catalog.removeIndex(view, index)
  forgetVerbatim(st, nameKey(view))
  catalog.relations.delete(nameKey(view))
  catalog.viewReads.delete(view)
  dropReaders(st, nameKey(view))
}

/** Views that read a relation go with it. */
function dropReaders(st: Statement, key: string): void {
  for (const view of st.catalog.viewReads.readersOf(key)) if (st.catalog.viewReads.has(view)) dropView(st, view)
}

/** An index with the indexes of partitions that are attached to it. */
export function dropIndexTree(st: Statement, index: AnyIndex): void {
  const name = index.kind === 'index' ? index.index.name : index.constraint.name
  const { owner } = index
  if ('partitionBy' in owner) {
    for (const child of st.catalog.childrenOf(owner)) {
      const attached = (to: ObjectName | null | undefined) => to?.name === name && to.namespace === owner.namespace
      for (const own of child.indexes) if (attached(own.attachedTo)) dropIndexTree(st, { kind: 'index', owner: child, index: own })
      for (const own of child.constraints)
        if ('attachedTo' in own && attached(own.attachedTo)) dropIndexTree(st, { kind: 'constraintIndex', owner: child, constraint: own })
    }
    if (owner.replicaIdentity?.index === name) owner.replicaIdentity = null
    if (owner.clusteredOn === name) owner.clusteredOn = null
  }
  if (index.kind === 'index') st.catalog.removeIndex(owner, index.index)
  else st.catalog.removeConstraint(index.owner, index.constraint)
}

/** Foreign keys that rest on a key, or on a unique index, go with it. */
export function dropReferencing(st: Statement, table: TableDraft, key: ConstraintDraft | IndexDraft): void {
  const columns = keyColumns(key)?.sort().join('\u0000')
  if (columns === undefined) return
  for (const other of st.catalog.tables()) {
    for (const constraint of other.constraints) {
      if (constraint.kind !== 'foreignKey') continue
      const { references } = constraint
      if (references.table !== table.name || references.namespace !== table.namespace) continue
      if ([...references.columns].sort().join('\u0000') === columns) st.catalog.removeConstraint(other, constraint)
    }
  }
}

function keyColumns(key: ConstraintDraft | IndexDraft): string[] | undefined {
  if ('elements' in key) return 'unique' in key && key.unique ? key.elements.map(({ column }) => column ?? '') : undefined
  return key.kind === 'primaryKey' || key.kind === 'unique' ? [...key.columns] : undefined
}

/** Drops a column with everything PostgreSQL drops with it: its indexes, its constraints, its sequence; with CASCADE also what refers to it. */
export function dropColumn(st: Statement, table: TableDraft, name: string, cascade: boolean): void {
  const { catalog } = st
  const column = table.columns.find((candidate) => candidate.name === name)
  table.columns = table.columns.filter((candidate) => candidate !== column)
  if (column?.identity?.sequenceName != null)
    catalog.relations.delete(nameKey({ namespace: table.namespace, name: column.identity.sequenceName }))
  for (const sequence of ownedSequences(st, table, name)) catalog.relations.delete(nameKey(sequence))
  for (const index of table.indexes) if (indexUses(index, name)) catalog.removeIndex(table, index)
  for (const constraint of table.constraints) if (constraintUses(constraint, name)) catalog.removeConstraint(table, constraint)
  table.policies = table.policies.filter((policy) => !cascade || !mentions(`${policy.using ?? ''} ${policy.check ?? ''}`, name))
  if (cascade) {
    for (const other of catalog.tables()) {
      for (const constraint of other.constraints) {
        if (
          constraint.kind !== 'foreignKey' ||
          constraint.references.table !== table.name ||
          constraint.references.namespace !== table.namespace
        )
          continue
        if (constraint.references.columns.includes(name)) catalog.removeConstraint(other, constraint)
      }
    }
    const key = nameKey(table)
    for (const view of [...catalog.views()])
      if (catalog.viewReads.get(view)?.has(key) && mentions(view.definition, name)) dropView(st, view)
  }
  for (const [key, statistics] of catalog.statistics) {
    if (
      statistics.table.name === table.name &&
      statistics.table.namespace === table.namespace &&
      statistics.elements.some((element) => mentions(element, name))
    )
      catalog.statistics.delete(key)
  }
}

export function indexUses(index: IndexDraft, column: string): boolean {
  return (
    index.include.includes(column) ||
    index.elements.some((element) => element.column === column || (element.expression !== null && mentions(element.expression, column))) ||
    (index.predicate !== null && mentions(index.predicate, column))
  )
}

function constraintUses(constraint: ConstraintDraft, column: string): boolean {
  switch (constraint.kind) {
    case 'primaryKey':
    case 'unique':
      return constraint.columns.includes(column) || constraint.include.includes(column)
    case 'foreignKey':
      return constraint.columns.includes(column)
    case 'check':
      return mentions(constraint.expression, column)
    case 'exclusion':
      return (
        constraint.elements.some(
          ({ element }) => element.column === column || (element.expression !== null && mentions(element.expression, column)),
        ) ||
        (constraint.predicate !== null && mentions(constraint.predicate, column))
      )
    default:
      return unreachable(constraint)
  }
}
