import type {
  Check,
  Column,
  Constraint,
  Exclusion,
  ForeignKey,
  Index,
  IndexElement,
  Policy,
  PrimaryKey,
  Rule,
  Schema,
  Sequence,
  Table,
  Trigger,
  Unique,
  View,
} from '../schema/index.ts'
import { plainLists, type PlainKind } from './plain-kinds.ts'

/** A client-made UUIDv7. */
export type Id = string

interface Base {
  readonly id: Id
  /** Place among its siblings: lists keep their order. Not necessarily dense. */
  readonly order: number
}
type Own<T, K extends keyof T> = Base & Omit<T, K>

/** An index key that knows its column by id, so that renames need no rewriting. */
export type IndexElementRow = Omit<IndexElement, 'column'> & { readonly columnId: Id | null }

/** A table with its place on the diagram. Canvas coordinates, in CSS pixels at zoom 1. */
export type TableRow = Own<
  Table,
  'columns' | 'constraints' | 'indexes' | 'triggers' | 'policies' | 'rules' | 'partitionBy' | 'partitionOf' | 'inherits'
> & {
  readonly positionX: number
  readonly positionY: number
  /** One of the palette's names (`blue`, `green` …); null = by namespace. */
  readonly color: string | null
  readonly partitionBy: { readonly strategy: 'range' | 'list' | 'hash'; readonly keys: readonly IndexElementRow[] } | null
  readonly partitionOf: { readonly parentId: Id; readonly bound: string } | null
  readonly inherits: readonly Id[]
}
export type EnumRow = PlainRows['enumType']
export type ColumnRow = Base & Column & { readonly tableId: Id }

type ConstraintOf<C extends Constraint, K extends keyof C> = Own<C, K> & { readonly tableId: Id }
export type PrimaryKeyRow = ConstraintOf<PrimaryKey, 'columns' | 'include'> & {
  readonly columnIds: readonly Id[]
  readonly includeIds: readonly Id[]
}
export type UniqueRow = ConstraintOf<Unique, 'columns' | 'include'> & {
  readonly columnIds: readonly Id[]
  readonly includeIds: readonly Id[]
}
export type ForeignKeyRow = ConstraintOf<ForeignKey, 'columns' | 'references' | 'onDeleteColumns'> & {
  readonly columnIds: readonly Id[]
  /** Pairwise with `columnIds`. */
  readonly references: { readonly tableId: Id; readonly columnIds: readonly Id[] }
  readonly onDeleteColumnIds: readonly Id[]
}
export type CheckRow = ConstraintOf<Check, never>
export type ExclusionRow = ConstraintOf<Exclusion, 'elements' | 'include'> & {
  readonly elements: readonly { readonly element: IndexElementRow; readonly operator: string }[]
  readonly includeIds: readonly Id[]
}
export type ConstraintRow = PrimaryKeyRow | UniqueRow | ForeignKeyRow | CheckRow | ExclusionRow

/** Indexes, triggers and rules hang on a table or a view; exactly one of `tableId` and `viewId` is set. Columns of views are kept by name. */
interface Hanging {
  readonly tableId: Id | null
  readonly viewId: Id | null
}
export type IndexRow = Own<Index, 'elements' | 'include'> &
  Hanging & {
    readonly elements: readonly (IndexElementRow & { /** A view's column, by name. */ readonly viewColumn: string | null })[]
    readonly includeIds: readonly Id[]
  }
export type TriggerRow = Own<Trigger, 'events'> &
  Hanging & {
    readonly events: readonly {
      readonly kind: 'insert' | 'update' | 'delete' | 'truncate'
      readonly columnIds: readonly Id[]
      readonly viewColumns: readonly string[]
    }[]
  }
export type RuleRow = Base & Rule & Hanging
export type PolicyRow = Base & Policy & { readonly tableId: Id }
export type SequenceRow = Own<Sequence, 'ownedBy'> & { readonly ownedBy: { readonly tableId: Id; readonly columnId: Id } | null }
export type ViewRow = Own<View, 'indexes' | 'triggers' | 'rules'> & { readonly positionX: number; readonly positionY: number }

/** Rows that are an entry of the schema and nothing else. */
type PlainRows = { readonly [K in PlainKind]: Base & Schema[(typeof plainLists)[K]][number] }

/** Every kind of row a project is made of. */
export interface RowTypes extends PlainRows {
  readonly table: TableRow
  readonly column: ColumnRow
  readonly sequence: SequenceRow
  readonly constraint: ConstraintRow
  readonly view: ViewRow
  readonly index: IndexRow
  readonly trigger: TriggerRow
  readonly rule: RuleRow
  readonly policy: PolicyRow
}
// Plain rows hang on nothing, so their order does not matter; they come first. The keys are those of the table.
const plainRowKinds = Object.keys(plainLists) as readonly PlainKind[]
/** Parents first: inserting in this order never meets a missing parent. */
export const rowKinds: readonly (keyof RowTypes)[] = [
  ...plainRowKinds,
  'table',
  'column',
  'sequence',
  'constraint',
  'view',
  'index',
  'trigger',
  'rule',
  'policy',
]
export type RowKind = keyof RowTypes
export type Row<K extends RowKind = RowKind> = RowTypes[K]

/**
 * One row's difference, reversible by swapping `before` and `after`. Insert: `before` is null and `after` the whole row; delete: the other
 * way round; update: both hold just the fields that differ.
 */
export interface Change<K extends RowKind = RowKind> {
  readonly kind: K
  readonly id: Id
  readonly before: Partial<Row<K>> | null
  readonly after: Partial<Row<K>> | null
}

/** A project as code reads it: by id, by parent, in order. */
export interface ProjectView {
  get<K extends RowKind>(kind: K, id: Id): Row<K> | undefined
  /** All rows of a kind, in order. */
  all<K extends RowKind>(kind: K): readonly Row<K>[]
  /** The rows of a kind that hang on a table or view, in order. */
  childrenOf<K extends 'column' | 'constraint' | 'index' | 'trigger' | 'rule' | 'policy'>(kind: K, parentId: Id): readonly Row<K>[]
  /** Foreign keys that point at a table. */
  foreignKeysTo(tableId: Id): readonly ForeignKeyRow[]
}

/** A project as a mutation edits it. Every edit is recorded, so that it can be undone, logged and sent. */
export interface Draft extends ProjectView {
  insert<K extends RowKind>(kind: K, row: Row<K>): void
  /** Fields that are given replace the row's. Unknown ids are our own bug. */
  update<K extends RowKind>(kind: K, id: Id, patch: Partial<Row<K>>): void
  delete(kind: RowKind, id: Id): void
  /** Relations, types, constraints and namespaces of this name, in any namespace, in a fixed order. Costs the same however large the project. */
  named(name: string): readonly Named[]
}

/** A row found by its name. */
export interface Named {
  readonly kind: RowKind
  readonly id: Id
}
