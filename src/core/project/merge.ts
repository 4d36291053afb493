import type { Diagnostic } from '../diagnostic.ts'
import { identityOf } from '../schema/identity.ts'
import { displayName, nameKey, type ObjectName } from '../schema/names.ts'
import { agreeWithParents } from './edits/inheritance.ts'
import { isEqual } from './equal.ts'
import { freeVariant, namespaceOf } from './names.ts'
import { isPlain, plainLists } from './plain-kinds.ts'
import { isUnresolved } from './references.ts'
import { rowKinds, type Draft, type Id, type Named, type ProjectView, type Row, type RowKind } from './rows.ts'
import type { ProjectRows } from './store.ts'

/** `merge`: adds what is new and changes what differs. `replace`: also removes what the incoming rows do not have, and takes their order. */
export type MergeMode = 'merge' | 'replace'

/**
 * Brings rows into a project that know nothing of its ids. What has the same name is the same thing: it keeps its id, its place and its colour.
 * References that led nowhere, on either side, find what has come. A diagnostic of severity `error` means that it must not be kept.
 */
export function mergeRows(draft: Draft, incoming: ProjectRows, mode: MergeMode): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const arrived = new Set<string>()
  const merge: Merge = { diagnostics, present: ({ kind, id }) => !arrived.has(`${kind} ${id}`) }
  const ids = matchIds(draft, incoming)
  const kept = new Set<string>()
  const changed = new Set<Id>()
  for (const kind of rowKinds) {
    const rows = incoming[kind] ?? []
    const order = mode === 'replace' ? null : new OrderAfter(draft, kind)
    for (const row of rows) {
      const wanted = withIds(row, ids) as Row<typeof kind>
      const mapped = mode === 'replace' ? wanted : withFreeName(draft, kind, wanted, merge)
      kept.add(`${kind} ${mapped.id}`)
      const existing = draft.get(kind, mapped.id)
      const changes = existing && difference(existing, mapped, mode)
      if (!changes || Object.keys(changes).length > 0) changed.add(tableOf(mapped))
      if (changes) draft.update(kind, mapped.id, changes)
      else {
        arrived.add(`${kind} ${mapped.id}`)
        draft.insert(kind, order ? { ...mapped, order: order.next(mapped) } : mapped)
      }
    }
  }
  if (mode === 'replace') {
    for (const kind of rowKinds.toReversed()) {
      for (const { id } of draft.all(kind)) if (!kept.has(`${kind} ${id}`)) draft.delete(kind, id)
    }
  }
  resolveAll(draft)
  if (mode === 'replace') return diagnostics
  const arrivals = { isNew: (id: Id) => arrived.has(`table ${id}`), isChanged: (id: Id) => changed.has(id) }
  return [...diagnostics, ...agreeWithParents(draft, arrivals)]
}

/**
 * A row under a name that nothing in the project has. Keys and indexes give way; anything else that is called like something of another kind
 * stands in the way of the merge (a diagnostic of severity `error`). What came along with the row is not looked at: it is as its source has it.
 */
function withFreeName<K extends RowKind>(draft: Draft, kind: K, row: Row<K>, { present, diagnostics }: Merge): Row<K> {
  if (!('name' in row)) return row
  const existing = draft.get(kind, row.id)
  const keepsName = existing && 'name' in existing && existing.name === row.name
  const namespace = keepsName ? undefined : namespaceOfNew(draft, row)
  if (namespace === undefined) return row
  const rivalOf = (name: string, isRival: (kind: RowKind, constraint: string | undefined) => boolean) =>
    draft.named(name).find((found) => {
      if (found.id === row.id || !present(found) || namespaceOf(draft, found) !== namespace) return false
      return isRival(found.kind, found.kind === 'constraint' ? draft.get('constraint', found.id)?.kind : undefined)
    })
  if (kind === 'index' || kind === 'constraint') {
    const siblings = kind === 'constraint' && 'tableId' in row && row.tableId !== null ? draft.childrenOf('constraint', row.tableId) : []
    const isSibling = (wanted: string) =>
      siblings.some((one) => one.name === wanted && one.id !== row.id && present({ kind: 'constraint', id: one.id }))
    const isOfNamespace = kind === 'index' || ('kind' in row && ownIndex.has(row.kind))
    const isTaken = (wanted: string) => isSibling(wanted) || (isOfNamespace && rivalOf(wanted, isRelation) !== undefined)
    const name = freeVariant(isTaken, row.name)
    if (name === row.name) return row
    const message = `"${row.name}" is called "${name}" here, because the name is taken.`
    diagnostics.push({ code: 'renamed', severity: 'warning', message })
    return { ...row, name }
  }
  const rival = rivalOf(row.name, (other, constraint) => {
    if (other === kind) return false
    return (relationKinds.has(kind) && isRelation(other, constraint)) || (typeKinds.has(kind) && typeKinds.has(other))
  })
  if (rival) {
    const message = `The schema brings a ${kind} "${displayName({ namespace, name: row.name })}", but that is the name of a ${rival.kind} here.`
    diagnostics.push({ code: 'duplicate-name', severity: 'error', message, hint: 'Rename one of the two.' })
  }
  return row
}

const ownIndex: ReadonlySet<string> = new Set(['primaryKey', 'unique', 'exclusion'])
const relationKinds: ReadonlySet<RowKind> = new Set(['table', 'view', 'sequence'])
const typeKinds: ReadonlySet<RowKind> = new Set(['enumType', 'domain', 'compositeType', 'rangeType', 'baseType', 'table', 'view'])
const isRelation = (kind: RowKind, constraint: string | undefined): boolean =>
  kind === 'index' || relationKinds.has(kind) || (constraint !== undefined && ownIndex.has(constraint))

/** What a merge keeps in mind. */
interface Merge {
  /** Whether a row was in the project before. */
  readonly present: (row: Named) => boolean
  readonly diagnostics: Diagnostic[]
}

function namespaceOfNew(draft: Draft, row: Row): string | undefined {
  if ('namespace' in row) return row.namespace ?? undefined
  return 'tableId' in row && row.tableId !== null ? draft.get('table', row.tableId)?.namespace : undefined
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
  if (kind === 'constraint' && 'kind' in row && 'name' in row)
    return `${hostOf(row)} ${row.kind}\u0000${row.kind === 'primaryKey' ? '' : row.name}`
  if (isPlain(kind)) return identityOf(plainLists[kind], row as Row<typeof kind>)
  if ('tableId' in row) return `${hostOf(row)}\u0000${'name' in row ? row.name : ''}`
  return qualified(row)
}

/** The table that a row belongs to, or is. */
const tableOf = (row: Row): Id => ('tableId' in row && row.tableId !== null ? row.tableId : row.id)

const hostOf = (row: Row): string => `${'tableId' in row ? (row.tableId ?? '') : ''}/${'viewId' in row ? (row.viewId ?? '') : ''}`

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
    const isChild =
      kind === 'column' || kind === 'constraint' || kind === 'index' || kind === 'trigger' || kind === 'rule' || kind === 'policy'
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
  } else if (
    (constraint.kind === 'primaryKey' || constraint.kind === 'unique') &&
    [...constraint.columnIds, ...constraint.includeIds].some(isUnresolved)
  ) {
    draft.update('constraint', constraint.id, {
      columnIds: constraint.columnIds.map(column),
      includeIds: constraint.includeIds.map(column),
    })
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
