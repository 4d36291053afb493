import {
  nameKey,
  type Column,
  type Constraint,
  type Index,
  type IndexElement,
  type ObjectName,
  type Rule,
  type Schema,
  type Table,
  type Trigger,
} from '../schema/index.ts'
import { unreachable } from '../unreachable.ts'
import { unresolvedColumn, unresolvedTable } from './references.ts'
import { plainKinds, type PlainKind } from './plain-kinds.ts'
import {
  rowKinds,
  type ConstraintRow,
  type Id,
  type IndexElementRow,
  type IndexRow,
  type Row,
  type RowKind,
  type TableRow,
  type TriggerRow,
} from './rows.ts'
import type { ProjectRows } from './store.ts'

export interface Place {
  readonly x: number
  readonly y: number
}
/** Where a table or view goes on the diagram; the origin when not said. */
export type Placing = (name: ObjectName) => Place | undefined

/** Everything a table refers to by name, as ids. */
interface Names {
  readonly table: (name: ObjectName) => Id
  /** A column of a table, by the table's id. */
  readonly column: (tableId: Id, name: string) => Id
}
/** What hangs on a table or a view. */
interface Host {
  readonly tableId: Id | null
  readonly viewId: Id | null
}
type Rows = { [K in RowKind]: Row<K>[] }

/**
 * A schema as rows. `makeId` is called once per row, always in the same order for the same schema. `rowsToSchema` gives the schema back:
 * names that lead nowhere stay as unresolved references (see `references.ts`).
 */
export function schemaToRows(schema: Schema, makeId: () => Id, place?: Placing): ProjectRows {
  const rows = emptyRows()
  const withId = <T>(item: T, order: number) => ({ ...item, id: makeId(), order })
  for (const [kind, list] of plainKinds) addPlain(rows, kind, schema[list].map(withId))
  const tableIds = schema.tables.map((table) => addColumns(rows, table, makeId))
  const names = namesOf(schema.tables, tableIds, rows)
  schema.tables.forEach((table, order) => {
    const id = tableIds[order]
    if (id !== undefined) addTable(rows, table, { id, order, names, makeId, place })
  })
  for (const [order, { ownedBy, ...sequence }] of schema.sequences.entries()) {
    const owner = ownedBy && names.table({ namespace: ownedBy.namespace, name: ownedBy.table })
    rows.sequence.push({
      ...withId(sequence, order),
      ownedBy: owner === null || !ownedBy ? null : { tableId: owner, columnId: names.column(owner, ownedBy.column) },
    })
  }
  for (const [order, { indexes, triggers, rules, ...view }] of schema.views.entries()) {
    const { x, y } = place?.(view) ?? { x: 0, y: 0 }
    const row = { ...withId(view, order), positionX: x, positionY: y }
    rows.view.push(row)
    addHanging(rows, { indexes, triggers, rules }, { tableId: null, viewId: row.id }, { names, makeId })
  }
  return rows
}

/** The kind of row says what the list holds; the compiler cannot follow the pair. */
const addPlain = (rows: Rows, kind: PlainKind, list: readonly unknown[]): void => void (rows[kind] as unknown[]).push(...list)

function emptyRows(): Rows {
  // Every kind gets its list; the compiler cannot follow the keys.
  return Object.fromEntries(rowKinds.map((kind) => [kind, []])) as unknown as Rows
}

function addColumns(rows: Rows, table: Table, makeId: () => Id): Id {
  const tableId = makeId()
  rows.column.push(...table.columns.map((column: Column, order) => ({ ...column, id: makeId(), order, tableId })))
  return tableId
}

/** Of things of the same name, the first is meant. */
function namesOf(tables: readonly Table[], tableIds: readonly Id[], rows: Rows): Names {
  const byName = new Map<string, Id>()
  tables.forEach((table, index) => {
    const id = tableIds[index]
    if (id !== undefined && !byName.has(nameKey(table))) byName.set(nameKey(table), id)
  })
  const columns = new Map<Id, Map<string, Id>>(tableIds.map((id) => [id, new Map()]))
  for (const { id, tableId, name } of rows.column) {
    const ofTable = columns.get(tableId)
    if (ofTable && !ofTable.has(name)) ofTable.set(name, id)
  }
  return {
    table: (name) => byName.get(nameKey(name)) ?? unresolvedTable(name),
    column: (tableId, name) => columns.get(tableId)?.get(name) ?? unresolvedColumn(name),
  }
}

interface TablePlace {
  readonly id: Id
  readonly order: number
  readonly names: Names
  readonly makeId: () => Id
  readonly place: Placing | undefined
}

function addTable(rows: Rows, table: Table, { id, order, names, makeId, place }: TablePlace): void {
  const { columns: _, constraints, indexes, triggers, policies, rules, partitionBy, partitionOf, inherits, ...own } = table
  const { x, y } = place?.(table) ?? { x: 0, y: 0 }
  const row: TableRow = {
    ...own,
    id,
    order,
    positionX: x,
    positionY: y,
    color: null,
    partitionBy: partitionBy && { strategy: partitionBy.strategy, keys: partitionBy.keys.map((key) => elementRow(key, id, names)) },
    partitionOf: partitionOf && { parentId: names.table(partitionOf.parent), bound: partitionOf.bound },
    inherits: inherits.map((parent) => names.table(parent)),
  }
  rows.table.push(row)
  rows.constraint.push(...constraints.map((constraint, at) => constraintRow(constraint, { id: makeId(), order: at, tableId: id }, names)))
  addHanging(rows, { indexes, triggers, rules }, { tableId: id, viewId: null }, { names, makeId })
  rows.policy.push(...policies.map((policy, at) => ({ ...policy, id: makeId(), order: at, tableId: id })))
}

interface Hangings {
  readonly indexes: readonly Index[]
  readonly triggers: readonly Trigger[]
  readonly rules: readonly Rule[]
}

function addHanging(
  rows: Rows,
  { indexes, triggers, rules }: Hangings,
  host: Host,
  { names, makeId }: Pick<TablePlace, 'names' | 'makeId'>,
): void {
  rows.index.push(...indexes.map((index, order) => indexRow(index, { id: makeId(), order, ...host }, names)))
  rows.trigger.push(...triggers.map((trigger, order) => triggerRow(trigger, { id: makeId(), order, ...host }, names)))
  rows.rule.push(...rules.map((rule, order) => ({ ...rule, id: makeId(), order, ...host })))
}

function elementRow({ column, ...element }: IndexElement, tableId: Id, names: Names): IndexElementRow {
  return { ...element, columnId: column === null ? null : names.column(tableId, column) }
}

type Base = { readonly id: Id; readonly order: number }

function indexRow({ elements, include, ...index }: Index, base: Base & Host, names: Names): IndexRow {
  const { tableId } = base
  return {
    ...index,
    ...base,
    elements: elements.map(({ column, ...element }) => ({
      ...element,
      columnId: tableId === null || column === null ? null : names.column(tableId, column),
      viewColumn: tableId === null ? column : null,
    })),
    includeIds: include.map((name) => (tableId === null ? unresolvedColumn(name) : names.column(tableId, name))),
  }
}

function triggerRow({ events, ...trigger }: Trigger, base: Base & Host, names: Names): TriggerRow {
  const { tableId } = base
  return {
    ...trigger,
    ...base,
    events: events.map(({ kind, columns }) => ({
      kind,
      columnIds: tableId === null ? [] : columns.map((name) => names.column(tableId, name)),
      viewColumns: tableId === null ? columns : [],
    })),
  }
}

function constraintRow(constraint: Constraint, base: Base & { readonly tableId: Id }, names: Names): ConstraintRow {
  const ids = (columns: readonly string[]) => columns.map((name) => names.column(base.tableId, name))
  switch (constraint.kind) {
    case 'primaryKey': {
      const { columns, include, ...own } = constraint
      return { ...own, ...base, columnIds: ids(columns), includeIds: ids(include) }
    }
    case 'unique': {
      const { columns, include, ...own } = constraint
      return { ...own, ...base, columnIds: ids(columns), includeIds: ids(include) }
    }
    case 'foreignKey': {
      const { columns, references, onDeleteColumns, ...own } = constraint
      const target = names.table({ namespace: references.namespace, name: references.table })
      return {
        ...own,
        ...base,
        columnIds: ids(columns),
        references: { tableId: target, columnIds: references.columns.map((name) => names.column(target, name)) },
        onDeleteColumnIds: ids(onDeleteColumns),
      }
    }
    case 'check':
      return { ...constraint, ...base }
    case 'exclusion': {
      const { elements, include, ...own } = constraint
      return {
        ...own,
        ...base,
        elements: elements.map(({ element, operator }) => ({ element: elementRow(element, base.tableId, names), operator })),
        includeIds: ids(include),
      }
    }
    default:
      return unreachable(constraint)
  }
}
