import type { Column, Constraint, Dialect, Index, IndexElement, Rule, Schema, Sequence, Table, Trigger, View } from '../schema/index.ts'
import { unreachable } from '../unreachable.ts'
import { plainKinds, type PlainList } from './plain-kinds.ts'
import { columnNameOf, tableNameOf } from './references.ts'
import type {
  ColumnRow,
  ConstraintRow,
  Id,
  IndexElementRow,
  IndexRow,
  ProjectView,
  RowTypes,
  SequenceRow,
  TableRow,
  TriggerRow,
  ViewRow,
} from './rows.ts'
import { without } from './without.ts'

/** The schema that a project's rows describe, in their order: what exporters, diffs and lint rules read. */
export function rowsToSchema(view: ProjectView, dialect: Dialect = 'postgres'): Schema {
  // The kind of row says what the list holds; the compiler cannot follow the pairs.
  const plain = Object.fromEntries(plainKinds.map(([kind, list]) => [list, view.all(kind).map(withoutPlace)])) as unknown as Pick<
    Schema,
    PlainList
  >
  const sequences = view.all('sequence').map((row) => sequenceOf(view, row))
  const tables = view.all('table').map((row) => tableOf(view, row))
  const views = view.all('view').map((row) => viewOf(view, row))
  return { dialect, ...plain, sequences, tables, views }
}

/** One table of a project as the model has it, with everything that hangs on it. */
export function tableOf(view: ProjectView, row: TableRow): Table {
  const { id, partitionBy, partitionOf, inherits } = row
  return {
    ...without(row, 'id', 'order', 'positionX', 'positionY', 'color'),
    columns: view.childrenOf('column', id).map(columnOf),
    constraints: view.childrenOf('constraint', id).map((constraint) => constraintOf(view, constraint)),
    indexes: view.childrenOf('index', id).map((index) => indexOf(view, index)),
    triggers: view.childrenOf('trigger', id).map((trigger) => triggerOf(view, trigger)),
    policies: view.childrenOf('policy', id).map((policy) => without(policy, 'id', 'order', 'tableId')),
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
      const own = without(row, 'id', 'order', 'tableId', 'columnIds', 'includeIds')
      return { ...own, columns: names(row.columnIds), include: names(row.includeIds) }
    }
    case 'unique': {
      const own = without(row, 'id', 'order', 'tableId', 'columnIds', 'includeIds')
      return { ...own, columns: names(row.columnIds), include: names(row.includeIds) }
    }
    case 'foreignKey': {
      const { columnIds, references, onDeleteColumnIds } = row
      const { namespace, name } = tableNameOf(view, references.tableId)
      return {
        ...without(row, 'id', 'order', 'tableId', 'columnIds', 'references', 'onDeleteColumnIds'),
        columns: names(columnIds),
        references: { namespace, table: name, columns: names(references.columnIds) },
        onDeleteColumns: names(onDeleteColumnIds),
      }
    }
    case 'check':
      return without(row, 'id', 'order', 'tableId')
    case 'exclusion':
      return {
        ...without(row, 'id', 'order', 'tableId', 'elements', 'includeIds'),
        elements: row.elements.map(({ element, operator }) => ({ element: elementOf(view, element), operator })),
        include: names(row.includeIds),
      }
    default:
      return unreachable(row)
  }
}

/** One index as the model has it: columns by name. */
export function indexOf(view: ProjectView, row: IndexRow): Index {
  return {
    ...without(row, 'id', 'order', 'tableId', 'viewId', 'elements', 'includeIds'),
    elements: row.elements.map(({ viewColumn, ...element }) => ({
      ...elementOf(view, element),
      ...(viewColumn === null ? {} : { column: viewColumn }),
    })),
    include: row.includeIds.map((column) => columnNameOf(view, column)),
  }
}

const columns = new WeakMap<ColumnRow, Column>()

/** A column as the model has it. Rows never change in place, so that each is translated once. */
export function columnOf(row: ColumnRow): Column {
  const known = columns.get(row)
  if (known) return known
  const column = without(row, 'id', 'order', 'tableId')
  columns.set(row, column)
  return column
}

function viewOf(view: ProjectView, row: ViewRow): View {
  const { id } = row
  return {
    ...without(row, 'id', 'order', 'positionX', 'positionY'),
    indexes: view.childrenOf('index', id).map((index) => indexOf(view, index)),
    triggers: view.childrenOf('trigger', id).map((trigger) => triggerOf(view, trigger)),
    rules: view.childrenOf('rule', id).map(ruleOf),
  }
}

function triggerOf(view: ProjectView, row: TriggerRow): Trigger {
  return {
    ...without(row, 'id', 'order', 'tableId', 'viewId', 'events'),
    events: row.events.map(({ kind, columnIds, viewColumns }) => ({
      kind,
      columns: [...columnIds.map((column) => columnNameOf(view, column)), ...viewColumns],
    })),
  }
}

function ruleOf(row: RowTypes['rule']): Rule {
  return without(row, 'id', 'order', 'tableId', 'viewId')
}

function sequenceOf(view: ProjectView, row: SequenceRow): Sequence {
  const { ownedBy } = row
  const own = without(row, 'id', 'order', 'ownedBy')
  if (!ownedBy) return { ...own, ownedBy: null }
  const { namespace, name } = tableNameOf(view, ownedBy.tableId)
  return { ...own, ownedBy: { namespace, table: name, column: columnNameOf(view, ownedBy.columnId) } }
}

function elementOf(view: ProjectView, { columnId, ...element }: IndexElementRow): IndexElement {
  return { ...element, column: columnId === null ? null : columnNameOf(view, columnId) }
}

const withoutPlace = <T extends { readonly id: Id; readonly order: number }>(row: T): Omit<T, 'id' | 'order'> => without(row, 'id', 'order')
