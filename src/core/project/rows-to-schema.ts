import type { Column, Constraint, Dialect, Index, IndexElement, Rule, Schema, Sequence, Table, Trigger, View } from '../schema/index.ts'
import { unreachable } from '../unreachable.ts'
import { columnNameOf, tableNameOf } from './references.ts'
import type { ColumnRow, ConstraintRow, Id, IndexElementRow, IndexRow, ProjectView, RowTypes, SequenceRow, TableRow, TriggerRow, ViewRow } from './rows.ts'

/** The schema that a project's rows describe, in their order: what exporters, diffs and lint rules read. */
export function rowsToSchema(view: ProjectView, dialect: Dialect = 'postgres'): Schema {
  return {
    dialect,
    namespaces: view.all('namespace').map(withoutPlace),
    extensions: view.all('extension').map(withoutPlace),
    enums: view.all('enumType').map(withoutPlace),
    domains: view.all('domain').map(withoutPlace),
    compositeTypes: view.all('compositeType').map(withoutPlace),
    rangeTypes: view.all('rangeType').map(withoutPlace),
    sequences: view.all('sequence').map((row) => sequenceOf(view, row)),
    tables: view.all('table').map((row) => tableOf(view, row)),
    views: view.all('view').map((row) => viewOf(view, row)),
    routines: view.all('routine').map(withoutPlace),
    eventTriggers: view.all('eventTrigger').map(withoutPlace),
    statistics: view.all('statistics').map(withoutPlace),
    privileges: view.all('privilege').map(withoutPlace),
    opaque: view.all('opaque').map(withoutPlace),
  }
}

/** One table of a project as the model has it, with everything that hangs on it. */
export function tableOf(view: ProjectView, row: TableRow): Table {
  const { id, order: _order, positionX: _x, positionY: _y, color: _color, partitionBy, partitionOf, inherits, ...own } = row
  return {
    ...own,
    columns: view.childrenOf('column', id).map(columnOf),
    constraints: view.childrenOf('constraint', id).map((constraint) => constraintOf(view, constraint)),
    indexes: view.childrenOf('index', id).map((index) => indexOf(view, index)),
    triggers: view.childrenOf('trigger', id).map((trigger) => triggerOf(view, trigger)),
    policies: view.childrenOf('policy', id).map(({ id: _, order, tableId, ...policy }) => policy),
    rules: view.childrenOf('rule', id).map(ruleOf),
    partitionBy: partitionBy && { strategy: partitionBy.strategy, keys: partitionBy.keys.map((key) => elementOf(view, key)) },
    partitionOf: partitionOf && { parent: tableNameOf(view, partitionOf.parentId), bound: partitionOf.bound },
    inherits: inherits.map((parent) => tableNameOf(view, parent)),
  }
}

/** One constraint as the model has it: columns by name. */
export function constraintOf(view: ProjectView, row: ConstraintRow): Constraint {
  const names = (ids: readonly Id[]) => ids.map((column) => columnNameOf(view, column))
  switch (row.kind) {
    case 'primaryKey': {
      const { id: _, order, tableId, columnIds, includeIds, ...own } = row
      return { ...own, columns: names(columnIds), include: names(includeIds) }
    }
    case 'unique': {
      const { id: _, order, tableId, columnIds, includeIds, ...own } = row
      return { ...own, columns: names(columnIds), include: names(includeIds) }
    }
    case 'foreignKey': {
      const { id: _, order, tableId, columnIds, references, onDeleteColumnIds, ...own } = row
      const { namespace, name } = tableNameOf(view, references.tableId)
      return {
        ...own,
        columns: names(columnIds),
        references: { namespace, table: name, columns: names(references.columnIds) },
        onDeleteColumns: names(onDeleteColumnIds),
      }
    }
    case 'check': {
      const { id: _, order, tableId, ...own } = row
      return own
    }
    case 'exclusion': {
      const { id: _, order, tableId, elements, includeIds, ...own } = row
      return {
        ...own,
        elements: elements.map(({ element, operator }) => ({ element: elementOf(view, element), operator })),
        include: names(includeIds),
      }
    }
    default:
      return unreachable(row)
  }
}

/** One index as the model has it: columns by name. */
export function indexOf(view: ProjectView, row: IndexRow): Index {
  const { id: _, order, tableId, viewId, elements, includeIds, ...own } = row
  return {
    ...own,
    elements: elements.map(({ viewColumn, ...element }) => ({ ...elementOf(view, element), ...(viewColumn === null ? {} : { column: viewColumn }) })),
    include: includeIds.map((column) => columnNameOf(view, column)),
  }
}

const columns = new WeakMap<ColumnRow, Column>()

/** A column as the model has it. Rows never change in place, so that each is translated once. */
export function columnOf(row: ColumnRow): Column {
  const known = columns.get(row)
  if (known) return known
  const { id: _, order, tableId, ...column } = row
  columns.set(row, column)
  return column
}

function viewOf(view: ProjectView, row: ViewRow): View {
  const { id, order: _order, positionX: _x, positionY: _y, ...own } = row
  return {
    ...own,
    indexes: view.childrenOf('index', id).map((index) => indexOf(view, index)),
    triggers: view.childrenOf('trigger', id).map((trigger) => triggerOf(view, trigger)),
    rules: view.childrenOf('rule', id).map(ruleOf),
  }
}

function triggerOf(view: ProjectView, row: TriggerRow): Trigger {
  const { id: _, order, tableId, viewId, events, ...own } = row
  return {
    ...own,
    events: events.map(({ kind, columnIds, viewColumns }) => ({
      kind,
      columns: [...columnIds.map((column) => columnNameOf(view, column)), ...viewColumns],
    })),
  }
}

function ruleOf({ id: _, order, tableId, viewId, ...rule }: RowTypes['rule']): Rule {
  return rule
}

function sequenceOf(view: ProjectView, row: SequenceRow): Sequence {
  const { id: _, order, ownedBy, ...own } = row
  if (!ownedBy) return { ...own, ownedBy: null }
  const { namespace, name } = tableNameOf(view, ownedBy.tableId)
  return { ...own, ownedBy: { namespace, table: name, column: columnNameOf(view, ownedBy.columnId) } }
}

function elementOf(view: ProjectView, { columnId, ...element }: IndexElementRow): IndexElement {
  return { ...element, column: columnId === null ? null : columnNameOf(view, columnId) }
}

function withoutPlace<T extends { readonly id: Id; readonly order: number }>({ id: _, order, ...own }: T): Omit<T, 'id' | 'order'> {
  return own
}
