import { z } from 'zod'
import type { Diagnostic } from '../diagnostic.ts'
import { nextOrder } from '../project/edits/keys.ts'
import { relationNamed, typeNamed } from '../project/names.ts'
import { plainLists, type PlainKind } from '../project/plain-kinds.ts'
import type { Draft, Id, Row } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { identityOf, type ObjectName, type Schema } from '../schema/index.ts'
import { id, projectId } from './arguments.ts'
import { mutation, type Mutation } from './mutation.ts'
import { patchIn, patchOf, wholeOf, type AnyShape } from './shape-arguments.ts'
import { ensureNamespace } from './tables.ts'
import { existing, quoted, refuse, requireFreeId, requireGoodName, wordFor } from './trouble.ts'

/** What one kind of plain row asks for besides what all do. Each part may be left out. */
export interface PlainRules<K extends PlainKind> {
  /** The row as it is stored, or the mutation ends: what PostgreSQL would refuse is refused here. */
  readonly sound?: (draft: Draft, row: Row<K>, before: Row<K> | undefined) => Row<K>
  /** Lets what names the object follow its new name, after the row has it. */
  readonly renamed?: (draft: Draft, before: Row<K>, after: Row<K>) => readonly Diagnostic[]
  /** What other objects have to say to a change, after it. */
  readonly changed?: (draft: Draft, before: Row<K>, after: Row<K>) => readonly Diagnostic[]
  /** Looks at the object in its place, new or changed. */
  readonly settled?: (draft: Draft, row: Row<K>) => readonly Diagnostic[]
  /** Ends the mutation while something needs the object; lets go what goes with it. Before the row is deleted. */
  readonly deleting?: (draft: Draft, row: Row<K>) => readonly Diagnostic[]
}

/** `<noun>.create`, `<noun>.update` and `<noun>.delete` of a plain kind: arguments are the fields of its shape. */
export function plainMutations<K extends PlainKind, N extends string>(
  noun: N,
  kind: K,
  shape: AnyShape,
  rules: PlainRules<K> = {},
): readonly [Mutation<`${N}.create`>, Mutation<`${N}.update`>, Mutation<`${N}.delete`>] {
  // The arguments are the shape's fields, and those are the row's: the compiler cannot know that kind and shape belong together.
  const create = mutation({
    name: `${noun}.create` as const,
    role: 'editor',
    args: wholeOf(shape),
    apply: (draft, args) => createPlain(draft, { kind, rules }, args.id, patchIn(args) as unknown as Item<K>),
  })
  const update = mutation({
    name: `${noun}.update` as const,
    role: 'editor',
    args: patchOf(shape),
    apply: (draft, args) => updatePlain(draft, { kind, rules }, args.id, patchIn(args) as unknown as Partial<Row<K>>),
  })
  const remove = mutation({
    name: `${noun}.delete` as const,
    role: 'editor',
    args: z.strictObject({ id, projectId }),
    apply: (draft, args) => deletePlain(draft, { kind, rules }, args.id),
  })
  return [create, update, remove] as unknown as ReturnType<typeof plainMutations<K, N>>
}

/** A kind, and what it asks for. */
export interface Plain<K extends PlainKind> {
  readonly kind: K
  readonly rules: PlainRules<K>
}

/** An entry of the list that a plain kind belongs to. */
export type Item<K extends PlainKind> = Schema[(typeof plainLists)[K]][number]

export function createPlain<K extends PlainKind>(draft: Draft, { kind, rules }: Plain<K>, newId: Id, item: Item<K>): readonly Diagnostic[] {
  const { sound = same } = rules
  requireFreeId(draft, kind, newId)
  const wanted = { ...item, id: newId, order: nextOrder(draft.all(kind)) } as unknown as Row<K>
  const row = sound(draft, wanted, undefined)
  requireOwnName(draft, kind, row)
  draft.insert(kind, row)
  return rules.settled?.(draft, row) ?? []
}

export function updatePlain<K extends PlainKind>(
  draft: Draft,
  { kind, rules: { sound = same, renamed, changed, settled } }: Plain<K>,
  rowId: Id,
  patch: Partial<Row<K>>,
): readonly Diagnostic[] {
  const before = existing(draft, kind, rowId)
  const after = sound(draft, { ...before, ...patch }, before)
  const isRenamed = nameOf(before) !== nameOf(after)
  if (isRenamed || identity(kind, before) !== identity(kind, after)) requireOwnName(draft, kind, after)
  draft.update(kind, rowId, without(after, 'id', 'order') as Partial<Row<K>>)
  return [
    ...(isRenamed ? (renamed?.(draft, before, after) ?? []) : []),
    ...(changed?.(draft, before, after) ?? []),
    ...(settled?.(draft, existing(draft, kind, rowId)) ?? []),
  ]
}

export function deletePlain<K extends PlainKind>(draft: Draft, { kind, rules: { deleting } }: Plain<K>, rowId: Id): readonly Diagnostic[] {
  const row = existing(draft, kind, rowId)
  const diagnostics = deleting?.(draft, row) ?? []
  draft.delete(kind, rowId)
  return diagnostics
}

const same = <K extends PlainKind>(_draft: Draft, row: Row<K>): Row<K> => row
const identity = <K extends PlainKind>(kind: K, row: Row<K>): string => identityOf(plainLists[kind], row as unknown as Item<K>)
const nameOf = (row: object): string =>
  JSON.stringify(['namespace', 'name'].map((key) => (Object.hasOwn(row, key) ? Reflect.get(row, key) : null)))

const types: readonly PlainKind[] = ['enumType', 'domain', 'compositeType', 'rangeType', 'baseType']

/** Ends the mutation unless the object may be called this: a good name, a namespace that can be, and nothing of the same identity. */
function requireOwnName<K extends PlainKind>(draft: Draft, kind: K, row: Row<K>): void {
  const own = identity(kind, row)
  const rival = draft.all(kind).find((other) => other.id !== row.id && identity(kind, other) === own)
  if (rival) refuse('duplicate-name', `There is this ${wordFor(kind)} already.`, 'Choose another name, or change the one that is there.')
  if ('name' in row) requireGoodName(row.name, kind)
  if (!('namespace' in row) || row.namespace === null) return
  const { namespace } = row
  requireGoodName(namespace, 'namespace')
  if (types.includes(kind) && 'name' in row) requireFreeTypeName(draft, kind, { namespace, name: row.name }, row.id)
  ensureNamespace(draft, namespace, row.id)
}

/** Types share their names with each other and with tables and views. */
function requireFreeTypeName(draft: Draft, kind: PlainKind, wanted: ObjectName, except: Id): void {
  const isRelation = kind === 'compositeType'
  const rival = [typeNamed(draft, wanted), relationNamed(draft, wanted)].find(
    (found) =>
      found &&
      found.id !== except &&
      (isRelation || ['table', 'view', 'sequence'].includes(found.kind) || types.some((one) => one === found.kind)),
  )
  if (rival) refuse('duplicate-name', `There is a ${wordFor(rival.kind)} ${quoted(wanted)} already.`, 'Choose another name.')
}
