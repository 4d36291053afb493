import type { ObjectName } from '#core/schema/index.ts'
import type { Strength } from './order.ts'
import type { Target, TextKind } from './scan.ts'

/** A part of the output that stays together: an object's statement and what is said about it right after. */
export interface Piece {
  /** Who it is, where others name it in `needs`. */
  readonly key?: PieceKey
  /** Without their final semicolons. */
  readonly statements: readonly string[]
  /** The search path its texts are to be read under; null = the default. */
  readonly searchPath?: string | null
  /** Pieces that must come first, by key. Keys that nobody has are ignored. */
  readonly needs?: readonly (readonly [key: PieceKey, strength: Strength])[]
  /** Texts whose names may be of objects that must come first. */
  readonly uses?: readonly (readonly [text: string, kind: TextKind])[]
  /** Loading it runs the functions it calls, so that what their bodies name must be there too. */
  readonly runs?: boolean
  /** Names by which other texts know what it makes. */
  readonly makes?: readonly (readonly [target: Target, name: ObjectName])[]
  /** Which items of the model's lists it makes: their order is kept where dependencies allow. */
  readonly lists?: readonly (readonly [list: string, index: number])[]
  /** Set when the first statement makes a table. */
  readonly table?: ObjectName
}

export type KeyKind =
  | 'namespace'
  | 'type'
  | 'shell'
  | 'relation'
  | 'index'
  | 'constraint'
  | 'opfamily'
  | 'opclass'
  | 'collation'
  | 'textSearch'
  | 'language'
  | 'transform'
  | 'accessMethod'
  | 'wrapper'
  | 'server'

/** Taken apart, because one text of it all would be made, and read through, tens of thousands of times. */
export interface PieceKey {
  readonly kind: KeyKind
  readonly namespace: string
  readonly name: string
  readonly part: string
}

/** The key of an object's piece. */
export const keyOf = (kind: KeyKind, { namespace, name }: ObjectName, part = ''): PieceKey => ({ kind, namespace, name, part })

/** The key of the piece of something that is in no namespace. */
export const keyOfNamed = (kind: KeyKind, name: string, part = ''): PieceKey => ({ kind, namespace: '', name, part })
