import { nameKey, type ObjectName } from '../schema/names.ts'
import { isEqual } from './equal.ts'
import { isUnresolved } from './references.ts'
import { rowKinds, type Draft, type Id, type ProjectView, type Row, type RowKind, type RowTypes } from './rows.ts'
import type { ProjectRows } from './store.ts'

/** `merge`: adds what is new and changes what differs. `replace`: also removes what the incoming rows do not have, and takes their order. */
export type MergeMode = 'merge' | 'replace'

/**
 * Brings rows into a project that know nothing of its ids. What has the same name is the same thing: it keeps its id, its place and its colour.
 * References that led nowhere, on either side, find what has come.
 */
export function mergeRows(draft: Draft, incoming: ProjectRows, mode: MergeMode): void {
  const ids = matchIds(draft, incoming)
  const kept = new Set<string>()
  for (const kind of rowKinds) {
    const rows = incoming[kind] ?? []
    const order = mode === 'replace' ? null : new OrderAfter(draft, kind)
    for (const row of rows) {
      const mapped = withIds(row, ids) as Row<typeof kind>
      kept.add(`${kind} ${mapped.id}`)
      const existing = draft.get(kind, mapped.id)
      if (existing) draft.update(kind, mapped.id, difference(existing, mapped, mode))
      else draft.insert(kind, order ? { ...mapped, order: order.next(mapped) } : mapped)
    }
  }
  if (mode === 'replace') {
    for (const kind of rowKinds.toReversed()) {
      for (const { id } of draft.all(kind)) if (!kept.has(`${kind} ${id}`)) draft.delete(kind, id)
    }
  }
  resolveAll(draft)
}

/** Which incoming id stands for which row of the project. */
function matchIds(draft: Draft, incoming: ProjectRows): ReadonlyMap<Id, Id> {
  const ids = new Map<Id, Id>()
  for (const kind of rowKinds) {
    const present = new Map<string, Row[]>()
    for (const row of draft.all(kind)) {
      const key = keyOf(kind, row)
      const alike = present.get(key)
      if (alike) alike.push(row)
      else present.set(key, [row])
    }
    if (present.size === 0) continue
    for (const row of incoming[kind] ?? []) {
      // Of several of the same name, each is matched once, in order.
      const match = present.get(keyOf(kind, withIds(row, ids)))?.shift()
      if (match) ids.set(row.id, match.id)
    }
  }
  return ids
}

/** What makes a row the same thing as another, given that its parents are matched already. */
function keyOf(kind: RowKind, row: Row): string {
  if (kind === 'constraint' && 'kind' in row && row.kind === 'primaryKey') return `primary key\u0000${hostOf(row)}`
  if ('sql' in row) return row.sql
  if (kind === 'routine') return `${qualified(row)}\u0000${inputTypes(row as RowTypes['routine'])}`
  if ('tableId' in row) return `${hostOf(row)}\u0000${'name' in row ? row.name : ''}`
  return qualified(row)
}

const hostOf = (row: Row): string => `${'tableId' in row ? (row.tableId ?? '') : ''}/${'viewId' in row ? (row.viewId ?? '') : ''}`
const inputTypes = ({ kind, arguments: all }: RowTypes['routine']): string =>
  `${kind === 'aggregate' ? 'aggregate' : ''}(${all.filter(({ mode }) => mode !== 'out' && mode !== 'table').map(({ type }) => type).join(', ')})`

function qualified(row: Row): string {
  const name = 'name' in row ? row.name : ''
  return 'namespace' in row && typeof row.namespace === 'string' ? nameKey({ namespace: row.namespace, name }) : name
}

/** A JSON value in which ids are replaced. */
function withIds<T>(value: T, ids: ReadonlyMap<Id, Id>): T {
  if (ids.size === 0) return value
  if (typeof value === 'string') return (ids.get(value) ?? value) as T
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: unknown) => withIds(item, ids)) as T
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIds<unknown>(item, ids)])) as T
}

const diagramFields = new Set(['id', 'positionX', 'positionY', 'color'])

function difference<K extends RowKind>(existing: Row<K>, incoming: Row<K>, mode: MergeMode): Partial<Row<K>> {
  const changed = Object.entries(incoming).filter(([key, value]) => {
    if (diagramFields.has(key) || (mode === 'merge' && key === 'order')) return false
    // What comes without a comment or owner says nothing about it.
    if (mode === 'merge' && value === null && (key === 'comment' || key === 'owner')) return false
    return !isEqual((existing as unknown as Readonly<Record<string, unknown>>)[key], value)
  })
  return Object.fromEntries(changed) as Partial<Row<K>>
}

/** Hands out places after everything that is there, per parent where rows have one. */
class OrderAfter {
  readonly #draft: Draft
  readonly #kind: RowKind
  readonly #last = new Map<string, number>()

  constructor(draft: Draft, kind: RowKind) {
    this.#draft = draft
    this.#kind = kind
  }

  next(row: Row): number {
    const host = 'tableId' in row ? hostOf(row) : ''
    const last = this.#last.get(host) ?? this.#lastOf(row)
    this.#last.set(host, last + 1)
    return last + 1
  }

  #lastOf(row: Row): number {
    const kind = this.#kind
    const parentId = 'viewId' in row && row.viewId !== null ? row.viewId : 'tableId' in row ? row.tableId : null
    const isChild = kind === 'column' || kind === 'constraint' || kind === 'index' || kind === 'trigger' || kind === 'rule' || kind === 'policy'
    const siblings: readonly Row[] = isChild && parentId !== null ? this.#draft.childrenOf(kind, parentId) : this.#draft.all(kind)
    return Math.floor(siblings.at(-1)?.order ?? -1)
  }
}

/** Lets references that led nowhere find what is there now. */
function resolveAll(draft: Draft): void {
  const find = finder(draft)
  for (const table of draft.all('table')) {
    const { partitionOf, inherits } = table
    const isOpen = (partitionOf && isUnresolved(partitionOf.parentId)) || inherits.some(isUnresolved)
    if (!isOpen) continue
    draft.update('table', table.id, {
      partitionOf: partitionOf && { ...partitionOf, parentId: find.table(partitionOf.parentId) },
      inherits: inherits.map(find.table),
    })
  }
  for (const { id, ownedBy } of draft.all('sequence')) {
    if (!ownedBy || !(isUnresolved(ownedBy.tableId) || isUnresolved(ownedBy.columnId))) continue
    const tableId = find.table(ownedBy.tableId)
    draft.update('sequence', id, { ownedBy: { tableId, columnId: find.column(tableId)(ownedBy.columnId) } })
  }
  for (const constraint of draft.all('constraint')) resolveConstraint(draft, constraint, find)
  for (const index of draft.all('index')) {
    if (index.tableId === null) continue
    const column = find.column(index.tableId)
    const isOpen = index.includeIds.some(isUnresolved) || index.elements.some(({ columnId }) => columnId !== null && isUnresolved(columnId))
    if (!isOpen) continue
    const elements = index.elements.map((element) => ({ ...element, columnId: element.columnId && column(element.columnId) }))
    draft.update('index', index.id, { elements, includeIds: index.includeIds.map(column) })
  }
}

interface Finder {
  readonly table: (id: Id) => Id
  readonly column: (tableId: Id) => (id: Id) => Id
}

function resolveConstraint(draft: Draft, constraint: Row<'constraint'>, find: Finder): void {
  const column = find.column(constraint.tableId)
  if (constraint.kind === 'foreignKey') {
    const { references, columnIds, onDeleteColumnIds } = constraint
    if (![references.tableId, ...references.columnIds, ...columnIds, ...onDeleteColumnIds].some(isUnresolved)) return
    const tableId = find.table(references.tableId)
    draft.update('constraint', constraint.id, {
      columnIds: columnIds.map(column),
      onDeleteColumnIds: onDeleteColumnIds.map(column),
      references: { tableId, columnIds: references.columnIds.map(find.column(tableId)) },
    })
  } else if ((constraint.kind === 'primaryKey' || constraint.kind === 'unique') && [...constraint.columnIds, ...constraint.includeIds].some(isUnresolved)) {
    draft.update('constraint', constraint.id, { columnIds: constraint.columnIds.map(column), includeIds: constraint.includeIds.map(column) })
  }
}

function finder(view: ProjectView & Pick<Draft, 'named'>): Finder {
  const tableNamed = ({ namespace, name }: ObjectName): Id | undefined =>
    view.named(name).find(({ kind, id }) => kind === 'table' && view.get('table', id)?.namespace === namespace)?.id
  return {
    table: (id) => {
      if (!isUnresolved(id)) return id
      const [namespace, name]: unknown[] = JSON.parse(id.slice(1))
      return typeof namespace === 'string' && typeof name === 'string' ? (tableNamed({ namespace, name }) ?? id) : id
    },
    column: (tableId) => (id) => {
      if (!isUnresolved(id)) return id
      return view.childrenOf('column', tableId).find(({ name }) => name === id.slice(1))?.id ?? id
    },
  }
}
