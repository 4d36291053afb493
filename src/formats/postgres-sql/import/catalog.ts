import { nameKey, type ObjectName } from '#core/schema/index.ts'
import type { ConstraintDraft, IndexDraft, Item, TableDraft, ViewDraft } from './draft.ts'
import { Kinds } from './kinds.ts'
import { firstFree } from './naming.ts'
import { ObjectMap } from './object-map.ts'
import type { KeptPrivilege, Relation, UserType } from './relation.ts'
import { ViewReads } from './view-reads.ts'

/** The database as far as the statements read so far have built it. Every look-up is a map; order of making is kept. */
export class Catalog {
  readonly namespaces = new Map<string, Item<'namespaces'>>()
  readonly extensions = new Map<string, Item<'extensions'>>()
  readonly relations = new Relations()
  readonly types = new ObjectMap<UserType>()
  /** By namespace and name: the overloads. */
  readonly routines = new ObjectMap<Item<'routines'>[]>()
  /** Bare names that types were named by, in columns, arguments and casts: a renamed type or table is looked for only when it is among them. */
  readonly typeUses = new Set<string>()
  /** Renames look into aggregates only when there are any. */
  hasAggregates = false
  readonly eventTriggers = new Map<string, Item<'eventTriggers'>>()
  readonly statistics = new Map<string, Item<'statistics'>>()
  readonly privileges: KeptPrivilege[] = []
  readonly opaque: Item<'opaque'>[] = []
  /** Relations that statements kept verbatim are about. */
  readonly opaqueAbout = new Map<object, Set<string>>()
  readonly kinds = new Kinds()
  /** Direct partitions and children by parent, in the order they came. */
  readonly children = new Map<string, TableDraft[]>()
  /** Relations that the query of a view reads. */
  readonly viewReads = new ViewReads()
  /** Columns of views that were renamed. */
  readonly viewColumns = new Map<ViewDraft, readonly { readonly name: string; readonly type: string | null }[]>()
  /** How many constraints of a namespace bear a name. */
  private readonly constraintNames = new Map<string, number>()
  private readonly referring = new Map<string, Set<TableDraft>>()
  private readonly made = new Map<object, number>()
  private lastNamespace = ''
  private lastName = ''
  private lastKey = nameKey({ namespace: '', name: '' })

  /** Remembers when an object came into being. Replacing keeps the old one's place. */
  note(object: object, like?: object): void {
    this.made.set(object, (like && this.made.get(like)) ?? this.made.size)
  }

  /** How many objects were made before this one; those that are not noted came first. */
  age(object: object): number {
    return this.made.get(object) ?? -1
  }

  get madeCount(): number {
    return this.made.size
  }

  /** The table made last. */
  lastTable: TableDraft | undefined

  inOrder<T extends object>(objects: Iterable<T>): T[] {
    return [...objects].sort((a, b) => (this.made.get(a) ?? 0) - (this.made.get(b) ?? 0))
  }

  /** `nameKey` of a name. One statement asks for the same name several times. */
  private keyOf(namespace: string, name: string): string {
    if (name !== this.lastName || namespace !== this.lastNamespace) {
      this.lastKey = nameKey({ namespace, name })
      this.lastNamespace = namespace
      this.lastName = name
    }
    return this.lastKey
  }

  relation({ namespace, name }: ObjectName): Relation | undefined {
    return this.relations.get(this.keyOf(namespace, name))
  }

  table(name: ObjectName): TableDraft | undefined {
    const found = this.relation(name)
    return found?.kind === 'table' ? found.table : undefined
  }

  addRelation({ namespace, name }: ObjectName, relation: Relation): void {
    this.relations.set(this.keyOf(namespace, name), relation)
  }

  hasNamespace(name: string): boolean {
    return name === 'public' || this.namespaces.has(name)
  }

  /** The relation a name stands for: in its namespace, or in the first of the path that has it. */
  resolve(path: readonly string[], namespace: string | undefined, name: string): ObjectName | undefined {
    if (namespace !== undefined) return this.relation({ namespace, name }) && { namespace, name }
    for (const candidate of path) if (this.relations.has(this.keyOf(candidate, name))) return { namespace: candidate, name }
    return undefined
  }

  /** The user type (or row type) a name stands for. */
  resolveType(path: readonly string[], namespace: string | undefined, name: string): ObjectName | undefined {
    for (const candidate of namespace === undefined ? path : [namespace]) {
      const key = this.keyOf(candidate, name)
      if (this.types.has(key)) return { namespace: candidate, name }
      const relation = this.relations.get(key)
      if (relation && relation.kind !== 'index' && relation.kind !== 'constraintIndex') return { namespace: candidate, name }
    }
    return undefined
  }

  /** A free relation name; for constraints also free among the namespace's constraints (ChooseRelationName). */
  chooseRelationName(
    namespace: string,
    [first, second, label]: readonly [string, string | null, string],
    { constraint = false } = {},
  ): string {
    return firstFree(first, second, label, (name) => {
      const key = this.keyOf(namespace, name)
      return this.relations.has(key) || (constraint && this.constraintNames.has(key))
    })
  }

  chooseStatisticsName(namespace: string, first: string, second: string): string {
    return firstFree(first, second, 'stat', (name) => this.statistics.has(nameKey({ namespace, name })))
  }

  addStatistics(statistics: Item<'statistics'>): void {
    this.note(statistics)
    this.statistics.set(nameKey(statistics), statistics)
  }

  /** A free constraint name (ChooseConstraintName). */
  chooseConstraintName(namespace: string, first: string, second: string | null, label: string): string {
    return firstFree(first, second, label, (name) => this.constraintNames.has(this.keyOf(namespace, name)))
  }

  countConstraintName(namespace: string, name: string, by: 1 | -1): void {
    const key = this.keyOf(namespace, name)
    const count = (this.constraintNames.get(key) ?? 0) + by
    if (count > 0) this.constraintNames.set(key, count)
    else this.constraintNames.delete(key)
  }

  /** Remembers that a table refers to another. */
  noteReference(table: TableDraft, target: ObjectName): void {
    const key = this.keyOf(target.namespace, target.name)
    const tables = this.referring.get(key)
    if (tables) tables.add(table)
    else this.referring.set(key, new Set([table]))
  }

  /** Tables with foreign keys to another one; some of them may have had them only. */
  referringTo(target: ObjectName): readonly TableDraft[] {
    return [...(this.referring.get(nameKey(target)) ?? [])]
  }

  /** Who refers to a table refers to it by its new name. */
  moveReferences(from: ObjectName, to: ObjectName): void {
    for (const table of this.referringTo(from)) this.noteReference(table, to)
  }

  addConstraint(table: TableDraft, constraint: ConstraintDraft): void {
    table.constraints.push(constraint)
    if (constraint.kind === 'foreignKey')
      this.noteReference(table, { namespace: constraint.references.namespace, name: constraint.references.table })
    this.countConstraintName(table.namespace, constraint.name, 1)
    if (ownsIndex(constraint))
      this.addRelation({ namespace: table.namespace, name: constraint.name }, { kind: 'constraintIndex', owner: table, constraint })
  }

  removeConstraint(table: TableDraft, constraint: ConstraintDraft): void {
    table.constraints = table.constraints.filter((other) => other !== constraint)
    this.countConstraintName(table.namespace, constraint.name, -1)
    if (ownsIndex(constraint)) this.relations.delete(nameKey({ namespace: table.namespace, name: constraint.name }))
  }

  addIndex(owner: TableDraft | ViewDraft, index: IndexDraft): void {
    owner.indexes.push(index)
    this.addRelation({ namespace: owner.namespace, name: index.name }, { kind: 'index', owner, index })
  }

  removeIndex(owner: TableDraft | ViewDraft, index: IndexDraft): void {
    owner.indexes = owner.indexes.filter((other) => other !== index)
    this.relations.delete(nameKey({ namespace: owner.namespace, name: index.name }))
  }

  addChild(parent: ObjectName, child: TableDraft): void {
    const key = nameKey(parent)
    const children = this.children.get(key)
    if (children) children.push(child)
    else this.children.set(key, [child])
  }

  removeChild(parent: ObjectName, child: TableDraft): void {
    const key = nameKey(parent)
    this.children.set(
      key,
      (this.children.get(key) ?? []).filter((other) => other !== child),
    )
  }

  childrenOf(parent: ObjectName): readonly TableDraft[] {
    return this.children.get(nameKey(parent)) ?? []
  }

  /** A copy of the list, so that what is found may be dropped. */
  tables(): TableDraft[] {
    return [...this.relations.tables]
  }

  views(): ViewDraft[] {
    return [...this.relations.views]
  }

  sequences(): Item<'sequences'>[] {
    return [...this.relations.sequences]
  }
}

/** Relations by name, and those of a kind apart: many things concern tables only, and there are several indexes to each. */
class Relations extends ObjectMap<Relation> {
  // Fields are made before the first `set`: the map begins empty.
  readonly tables = new Set<TableDraft>()
  readonly views = new Set<ViewDraft>()
  readonly sequences = new Set<Item<'sequences'>>()
  /** Some relation is, or was, kept verbatim. */
  hasOpaque = false

  override set(key: string, relation: Relation): this {
    if (relation.kind === 'table') this.tables.add(relation.table)
    else if (relation.kind === 'view') this.views.add(relation.view)
    else if (relation.kind === 'sequence') this.sequences.add(relation.sequence)
    else if (relation.kind === 'opaque') this.hasOpaque = true
    return super.set(key, relation)
  }

  override delete(key: string): boolean {
    const relation = this.get(key)
    if (relation?.kind === 'table') this.tables.delete(relation.table)
    else if (relation?.kind === 'view') this.views.delete(relation.view)
    else if (relation?.kind === 'sequence') this.sequences.delete(relation.sequence)
    return super.delete(key)
  }
}

/** Primary keys, unique and exclusion constraints have an index of the same name. */
export const ownsIndex = (constraint: ConstraintDraft): boolean =>
  constraint.kind === 'primaryKey' || constraint.kind === 'unique' || constraint.kind === 'exclusion'
