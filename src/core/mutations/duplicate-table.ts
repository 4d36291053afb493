import { z } from 'zod'
import { lanes, nextOrder } from '../project/edits/keys.ts'
import { renameInNextval } from '../project/edits/renaming.ts'
import { rewriteTexts } from '../project/edits/texts.ts'
import { renameQualifier } from '../project/edits/expression-rename.ts'
import { derivedIds } from '../project/ids.ts'
import { freeName, freeVariant, isConstraintNameTaken, relationNamed, typeNamed } from '../project/names.ts'
import type { ConstraintRow, Draft, Id, IndexElementRow, TableRow } from '../project/rows.ts'
import type { ObjectName } from '../schema/index.ts'
import { coordinate, id, projectId } from './arguments.ts'
import { mutation } from './mutation.ts'
import { existing, refuse, requireFreeId } from './trouble.ts'

/**
 * `tables.duplicate`: a copy with columns, keys, constraints, indexes, triggers, policies and owned sequences under names of its own. The ids of
 * what is copied follow from `newId`. A partition becomes a plain table.
 */
export const duplicateTable = mutation({
  name: 'tables.duplicate',
  role: 'editor',
  args: z.strictObject({ id, newId: id, projectId, offsetX: coordinate, offsetY: coordinate }),
  apply(draft, { id: from, newId, offsetX, offsetY }, { limits }) {
    const source = existing(draft, 'table', from)
    requireFreeId(draft, 'table', newId)
    const tables = draft.all('table')
    if (tables.length >= limits.tablesPerProject) {
      refuse('too-many-tables', `This project has ${tables.length} tables; ${limits.tablesPerProject} are allowed.`)
    }
    const { namespace } = source
    const isTaken = (name: string) => Boolean(relationNamed(draft, { namespace, name }) ?? typeNamed(draft, { namespace, name }))
    const name = freeVariant(isTaken, `${source.name}_copy`)
    new TableCopy(draft, source, { ...source, id: newId, name }).copy({
      positionX: source.positionX + offsetX,
      positionY: source.positionY + offsetY,
      order: nextOrder(tables),
    })
    return []
  },
})

/** One duplication: the ids and names of the original and what became of them. */
class TableCopy {
  readonly #draft: Draft
  readonly #source: TableRow
  readonly #target: TableRow
  readonly #nextId: () => Id
  readonly #columns = new Map<Id, Id>()
  /** Names of keys and indexes, which some fields refer to. */
  readonly #names = new Map<string, string>()

  constructor(draft: Draft, source: TableRow, target: TableRow) {
    this.#draft = draft
    this.#source = source
    this.#target = target
    this.#nextId = derivedIds(target.id, lanes.copy)
  }

  copy(place: Pick<TableRow, 'positionX' | 'positionY' | 'order'>): void {
    const draft = this.#draft
    const { id: tableId } = this.#target
    for (const column of draft.childrenOf('column', this.#source.id)) this.#columns.set(column.id, this.#nextId())
    draft.insert('table', {
      ...this.#target,
      ...place,
      partitionOf: null,
      clusteredOn: null,
      replicaIdentity: null,
      partitionBy: this.#partitionBy(),
    })
    for (const column of draft.childrenOf('column', this.#source.id)) {
      const identity = column.identity && { ...column.identity, sequenceName: null }
      // What a partition has from its parent is its own now; what an heir has stays inherited.
      const inherited = column.inherited && this.#source.partitionOf === null
      draft.insert('column', { ...column, id: this.#column(column.id), tableId, identity, inherited })
    }
    for (const constraint of draft.childrenOf('constraint', this.#source.id)) draft.insert('constraint', this.#constraint(constraint))
    for (const index of draft.childrenOf('index', this.#source.id)) {
      const elements = index.elements.map((element) => this.#element(element))
      const ids = { id: this.#nextId(), tableId, includeIds: index.includeIds.map((column) => this.#column(column)) }
      draft.insert('index', { ...index, ...ids, name: this.#newName(index.name), elements, attachedTo: null })
    }
    for (const trigger of draft.childrenOf('trigger', this.#source.id)) {
      const events = trigger.events.map((event) => ({ ...event, columnIds: event.columnIds.map((column) => this.#column(column)) }))
      draft.insert('trigger', { ...trigger, id: this.#nextId(), tableId, events })
    }
    for (const policy of draft.childrenOf('policy', this.#source.id)) draft.insert('policy', { ...policy, id: this.#nextId(), tableId })
    for (const rule of draft.childrenOf('rule', this.#source.id)) draft.insert('rule', { ...rule, id: this.#nextId(), tableId })
    this.#copySequences()
    const table = draft.get('table', tableId)
    if (table) rewriteTexts(draft, table, (sql) => renameQualifier(sql, this.#source, this.#target))
    this.#copyIndexReferences()
  }

  #copySequences(): void {
    const { namespace } = this.#target
    for (const sequence of this.#draft.all('sequence')) {
      if (sequence.ownedBy?.tableId !== this.#source.id) continue
      const column = this.#draft.get('column', sequence.ownedBy.columnId)
      const isTaken = (wanted: string) => relationNamed(this.#draft, { namespace, name: wanted }) !== undefined
      const copy: ObjectName = { namespace, name: freeName(isTaken, this.#target.name, column?.name ?? null, 'seq') }
      const ownedBy = { tableId: this.#target.id, columnId: this.#column(sequence.ownedBy.columnId) }
      this.#draft.insert('sequence', { ...sequence, ...copy, ownedBy, id: this.#nextId(), order: nextOrder(this.#draft.all('sequence')) })
      const table = this.#draft.get('table', this.#target.id)
      if (table) rewriteTexts(this.#draft, table, (sql) => renameInNextval(sql, sequence, copy))
    }
  }

  #copyIndexReferences(): void {
    const { clusteredOn, replicaIdentity } = this.#source
    this.#draft.update('table', this.#target.id, {
      clusteredOn: clusteredOn && (this.#names.get(clusteredOn) ?? null),
      replicaIdentity: replicaIdentity && {
        ...replicaIdentity,
        index: replicaIdentity.index && (this.#names.get(replicaIdentity.index) ?? null),
      },
    })
  }

  #constraint(constraint: ConstraintRow): ConstraintRow {
    const base = { id: this.#nextId(), tableId: this.#target.id, name: this.#newName(constraint.name) }
    const columns = (ids: readonly Id[]) => ids.map((column) => this.#column(column))
    if (constraint.kind === 'check') return { ...constraint, ...base }
    if (constraint.kind === 'foreignKey') {
      const { tableId, columnIds } = constraint.references
      const isSelf = tableId === this.#source.id
      return {
        ...constraint,
        ...base,
        columnIds: columns(constraint.columnIds),
        onDeleteColumnIds: columns(constraint.onDeleteColumnIds),
        references: isSelf ? { tableId: this.#target.id, columnIds: columns(columnIds) } : constraint.references,
      }
    }
    const own = { ...base, includeIds: columns(constraint.includeIds), attachedTo: null }
    if (constraint.kind !== 'exclusion') return { ...constraint, ...own, columnIds: columns(constraint.columnIds) }
    return { ...constraint, ...own, elements: constraint.elements.map((item) => ({ ...item, element: this.#element(item.element) })) }
  }

  /** `orders_pkey` becomes `orders_copy_pkey`; other names get a number. */
  #newName(name: string): string {
    const isTaken = isConstraintNameTaken(this.#draft, this.#target.namespace)
    const prefix = `${this.#source.name}_`
    const copy = freeVariant(isTaken, name.startsWith(prefix) ? `${this.#target.name}_${name.slice(prefix.length)}` : name)
    this.#names.set(name, copy)
    return copy
  }

  #partitionBy(): TableRow['partitionBy'] {
    const { partitionBy } = this.#source
    return partitionBy && { ...partitionBy, keys: partitionBy.keys.map((key) => this.#element(key)) }
  }

  #element<T extends IndexElementRow>(element: T): T {
    return { ...element, columnId: element.columnId && this.#column(element.columnId) }
  }

  #column(columnId: Id): Id {
    return this.#columns.get(columnId) ?? columnId
  }
}
