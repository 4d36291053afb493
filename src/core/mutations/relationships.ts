import { z } from 'zod'
import { brokenReferences, freeId, lanes, removeUnique } from '../project/edits/keys.ts'
import { isUniqueIn, relationTypes } from '../project/relationships.ts'
import type { Draft, ForeignKeyRow, Id } from '../project/rows.ts'
import { displayName, referentialActions } from '../schema/index.ts'
import { id, name, projectId, text } from './arguments.ts'
import {
  addForeignKey,
  addJunction,
  addReferringColumn,
  makeOneToOne,
  requireDeleteColumns,
  requireFreeConstraintName,
  requireNullable,
  type Pair,
} from './foreign-keys.ts'
import { mutation, type MutationContext } from './mutation.ts'
import { existing, refuse, requireFreeId } from './trouble.ts'

const action = z.enum(referentialActions).optional()
const behaviour = {
  onDelete: action,
  onUpdate: action,
  name: name.optional(),
  deferrable: z.boolean().optional(),
  initiallyDeferred: z.boolean().optional(),
  match: z.enum(['simple', 'full']).optional(),
  validated: z.boolean().optional(),
  enforced: z.boolean().optional(),
  onDeleteColumnIds: z.array(id).max(32).optional(),
  comment: text.nullable().optional(),
}

/**
 * `relationships.create`: a foreign key in the source (child) table to the target (parent) table. `columnPairs` instead of the two columns makes
 * a composite one. A source column of null is made, with the id `newColumnId`. One-to-one adds a unique constraint on the source columns.
 * Many-to-many makes a junction table between the two: then `id` is its foreign key to the source, and what is made besides has ids that
 * follow from `junctionTableId` and `id`.
 */
export const createRelationship = mutation({
  name: 'relationships.create',
  role: 'editor',
  args: z.strictObject({
    id,
    projectId,
    sourceTableId: id,
    sourceColumnId: id.nullable().optional(),
    targetTableId: id,
    targetColumnId: id.nullable().optional(),
    columnPairs: z
      .array(z.strictObject({ sourceColumnId: id, targetColumnId: id }))
      .min(1)
      .max(32)
      .optional(),
    relationType: z.enum(relationTypes).default('one-to-many'),
    newColumnId: id.optional(),
    newColumnName: name.optional(),
    junctionTableId: id.optional(),
    ...behaviour,
  }),
  apply(draft, args, context) {
    const child = existing(draft, 'table', args.sourceTableId)
    const parent = existing(draft, 'table', args.targetTableId)
    requireFreeId(draft, 'constraint', args.id)
    if (args.relationType === 'many-to-many') {
      const table = args.junctionTableId ?? freeId(draft, 'table', args.id, lanes.junction)
      addJunction(draft, { ends: [child.id, parent.id], ids: { table, foreignKey: args.id } }, args, context)
      return []
    }
    const pairs = pairsOf(draft, args, context)
    addForeignKey(draft, { id: args.id, child, parent, pairs }, args)
    if (args.relationType === 'one-to-one')
      makeOneToOne(
        draft,
        child,
        pairs.map(({ source }) => source.id),
      )
    return []
  },
})

interface PairArguments {
  readonly id: Id
  readonly sourceTableId: Id
  readonly sourceColumnId?: Id | null | undefined
  readonly targetColumnId?: Id | null | undefined
  readonly columnPairs?: readonly { readonly sourceColumnId: Id; readonly targetColumnId: Id }[] | undefined
  readonly newColumnId?: Id | undefined
  readonly newColumnName?: string | undefined
}

function pairsOf(draft: Draft, args: PairArguments, context: MutationContext): readonly Pair[] {
  if (args.columnPairs) {
    return args.columnPairs.map(({ sourceColumnId, targetColumnId }) => ({
      source: existing(draft, 'column', sourceColumnId),
      target: existing(draft, 'column', targetColumnId),
    }))
  }
  if (!args.targetColumnId) refuse('bad-arguments', 'Say which column is referred to: targetColumnId, or columnPairs.')
  const target = existing(draft, 'column', args.targetColumnId)
  if (args.sourceColumnId) return [{ source: existing(draft, 'column', args.sourceColumnId), target }]
  const columnId = args.newColumnId ?? freeId(draft, 'column', args.id, lanes.column)
  const wanted = { id: columnId, child: existing(draft, 'table', args.sourceTableId), target, wished: args.newColumnName }
  return [{ source: addReferringColumn(draft, wanted, context), target }]
}

/**
 * `relationships.update`: type, actions, name, deferrability. To one-to-one adds a unique constraint, to one-to-many removes it; to many-to-many
 * puts a junction table in the foreign key's place (the old column stays).
 */
export const updateRelationship = mutation({
  name: 'relationships.update',
  role: 'editor',
  args: z.strictObject({ id, projectId, relationType: z.enum(relationTypes).optional(), junctionTableId: id.optional(), ...behaviour }),
  apply(draft, args, context) {
    const row = existingForeignKey(draft, args.id)
    const child = existing(draft, 'table', row.tableId)
    if (args.name !== undefined && args.name !== row.name && args.relationType !== 'many-to-many') {
      requireFreeConstraintName(draft, child, args.name, row.id)
    }
    if (args.relationType === 'many-to-many') {
      draft.delete('constraint', row.id)
      const seed = args.junctionTableId ?? freeId(draft, 'table', row.id, lanes.junction)
      const foreignKey = freeId(draft, 'constraint', seed, lanes.foreignKey)
      addJunction(draft, { ends: [row.tableId, row.references.tableId], ids: { table: seed, foreignKey } }, args, context)
      return []
    }
    const initiallyDeferred = args.deferrable === false ? false : (args.initiallyDeferred ?? row.initiallyDeferred)
    const patch = {
      name: args.name ?? row.name,
      onDelete: args.onDelete ?? row.onDelete,
      onUpdate: args.onUpdate ?? row.onUpdate,
      initiallyDeferred,
      deferrable: initiallyDeferred || (args.deferrable ?? row.deferrable),
      match: args.match ?? row.match,
      enforced: args.enforced ?? row.enforced,
      validated: (args.enforced ?? row.enforced) && (args.validated ?? (args.enforced === true || row.validated)),
      comment: args.comment === undefined ? row.comment : args.comment || null,
      // What another action changes is said anew.
      onDeleteColumnIds:
        args.onDeleteColumnIds ?? (args.onDelete === undefined || args.onDelete === row.onDelete ? row.onDeleteColumnIds : []),
    }
    if (args.onDeleteColumnIds) requireDeleteColumns({ ...row, ...patch })
    if (args.onDelete !== undefined || args.onUpdate !== undefined || args.onDeleteColumnIds) requireNullable(draft, { ...row, ...patch })
    draft.update('constraint', row.id, patch)
    if (args.relationType === 'one-to-one') makeOneToOne(draft, child, row.columnIds)
    if (args.relationType === 'one-to-many') makeOneToMany(draft, row)
    return []
  },
})

/** `relationships.delete`: the foreign key goes, its columns stay. */
export const deleteRelationship = mutation({
  name: 'relationships.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, args) {
    const row = existingForeignKey(draft, args.id)
    draft.delete('constraint', row.id)
    return []
  },
})

function makeOneToMany(draft: Draft, row: ForeignKeyRow): void {
  const table = existing(draft, 'table', row.tableId)
  const brokenBefore = brokenReferences(draft, table.id)
  removeUnique(draft, table.id, row.columnIds)
  if (isUniqueIn(draft, table.id, row.columnIds) || brokenReferences(draft, table.id).length > brokenBefore.length) {
    refuse(
      'key-in-use',
      `The columns of "${row.name}" are a key of "${displayName(table)}", so there can be only one row for each.`,
      'Change that key first.',
    )
  }
}

function existingForeignKey(draft: Draft, wanted: Id): ForeignKeyRow {
  const row = existing(draft, 'constraint', wanted)
  return row.kind === 'foreignKey' ? row : refuse('not-found', `"${row.name}" is not a foreign key.`)
}
