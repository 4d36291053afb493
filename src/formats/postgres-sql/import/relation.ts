import type { Namespace, ObjectName, Privilege } from '#core/schema/index.ts'
import type { ColumnDraft, ConstraintDraft, DomainDraft, IndexDraft, Item, TableDraft, ViewDraft } from './draft.ts'

/** What shares PostgreSQL's name space of relations: no two of them in one namespace have the same name. */
export type Relation =
  | { readonly kind: 'table'; readonly table: TableDraft }
  | { readonly kind: 'view'; readonly view: ViewDraft }
  | { readonly kind: 'sequence'; readonly sequence: Item<'sequences'> }
  /** The sequence behind an identity column. */
  | { readonly kind: 'identity'; readonly table: TableDraft; readonly column: ColumnDraft }
  | { readonly kind: 'index'; readonly owner: TableDraft | ViewDraft; readonly index: IndexDraft }
  | { readonly kind: 'constraintIndex'; readonly owner: TableDraft; readonly constraint: ConstraintDraft }
  | { readonly kind: 'composite'; readonly type: Item<'compositeTypes'> }
  /** Made by a statement that is kept verbatim: it exists, and that is all we know. */
  | { readonly kind: 'opaque'; readonly name: ObjectName }

/** Types that are not relations too. */
export type UserType =
  | { readonly kind: 'enum'; readonly type: Item<'enums'> }
  | { readonly kind: 'domain'; readonly type: DomainDraft }
  | { readonly kind: 'range'; readonly type: Item<'rangeTypes'> }
  | { readonly kind: 'base'; readonly type: Item<'baseTypes'> }
  | { readonly kind: 'opaque'; readonly name: ObjectName }

/** An index of an owner, whichever way it was made. */
export type AnyIndex = Extract<Relation, { kind: 'index' | 'constraintIndex' }>

export type Grantable = Privilege['objects'][number]

/** What privileges are on: the object itself where it is known, so that it may be renamed or dropped; else its name. */
export type Target =
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'routine'; readonly routine: Item<'routines'> }
  | { readonly kind: 'type'; readonly type: ObjectName; readonly of: object }
  | { readonly kind: 'namespace'; readonly namespace: Namespace }
  | { readonly kind: 'name'; readonly name: Grantable }

/** A GRANT, a REVOKE or default privileges, as it was said. */
export interface KeptPrivilege {
  readonly privilege: Privilege
  readonly targets: readonly Target[]
  /** How many objects had been made by then: default privileges concern those made later. */
  readonly made: number
}
