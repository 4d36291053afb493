import { z } from 'zod'
import { nextOrder } from '../project/edits/keys.ts'
import { renameInNextval } from '../project/edits/renaming.ts'
import { relationNamed, typeNamed } from '../project/names.ts'
import type { Draft, Id, SequenceRow } from '../project/rows.ts'
import { sequenceShape, type ObjectName } from '../schema/index.ts'
import { id, projectId } from './arguments.ts'
import { mutation } from './mutation.ts'
import { renameSequence } from './rename-sequence.ts'
import { patchIn, patchOf, wholeOf } from './shape-arguments.ts'
import { ensureNamespace } from './tables.ts'
import { existing, quoted, refuse, requireFreeId, requireGoodName, wordFor } from './trouble.ts'

const ownedBy = z.strictObject({ tableId: id, columnId: id }).nullable().default(null)

/** `sequences.create`. */
export const createSequence = mutation({
  name: 'sequences.create',
  role: 'editor',
  args: wholeOf(sequenceShape, { omit: ['ownedBy'], more: { ownedBy } }),
  apply(draft, args) {
    requireFreeId(draft, 'sequence', args.id)
    requireFreeSequenceName(draft, args)
    ensureNamespace(draft, args.namespace, args.id)
    const row = { ...patchIn(args), id: args.id, order: nextOrder(draft.all('sequence')) }
    requireSound(draft, row)
    draft.insert('sequence', row)
    return []
  },
})

/** `sequences.update`: defaults that draw from it follow a new name. */
export const updateSequence = mutation({
  name: 'sequences.update',
  role: 'editor',
  args: patchOf(sequenceShape, { omit: ['ownedBy'], more: { ownedBy } }),
  apply(draft, args) {
    const before = existing(draft, 'sequence', args.id)
    const after = { ...before, ...patchIn(args) }
    if (after.name !== before.name || after.namespace !== before.namespace) {
      requireFreeSequenceName(draft, after, before.id)
      ensureNamespace(draft, after.namespace, before.id)
      renameSequence(draft, before, after)
    }
    requireSound(draft, after)
    draft.update('sequence', before.id, after)
    return []
  },
})

/** `sequences.delete`: refused while a column's default draws from it. */
export const deleteSequence = mutation({
  name: 'sequences.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, args) {
    const row = existing(draft, 'sequence', args.id)
    const moved = { namespace: row.namespace, name: `${row.name} ` }
    const user = draft.all('column').find(({ default: sql }) => sql !== null && renameInNextval(sql, row, moved) !== sql)
    if (user) {
      const table = draft.get('table', user.tableId)
      const where = table ? `${table.name}.${user.name}` : user.name
      refuse('object-in-use', `The default of "${where}" draws from the sequence ${quoted(row)}.`, 'Change that default first.')
    }
    draft.delete('sequence', row.id)
    return []
  },
})

function requireFreeSequenceName(draft: Draft, wanted: ObjectName, except?: Id): void {
  requireGoodName(wanted.name, 'sequence')
  const rival = [relationNamed(draft, wanted), typeNamed(draft, wanted)].find((found) => found && found.id !== except)
  if (rival) refuse('duplicate-name', `There is a ${wordFor(rival.kind)} ${quoted(wanted)} already.`, 'Choose another name.')
}

const bits = new Map([
  ['smallint', 16n],
  ['integer', 32n],
  ['bigint', 64n],
])

/** What PostgreSQL asks of a sequence's numbers (`init_params` in sequence.c). */
function requireSound(draft: Draft, row: SequenceRow): void {
  const width = bits.get(row.type)
  if (width === undefined) refuse('bad-sequence', `A sequence is smallint, integer or bigint, not ${row.type}.`)
  const [lowest, highest] = [-(2n ** (width - 1n)), 2n ** (width - 1n) - 1n]
  const number = (field: 'start' | 'increment' | 'min' | 'max' | 'cache', fallback: bigint): bigint => {
    const text = row[field]
    if (text === null) return fallback
    if (!/^[+-]?\d{1,19}$/.test(text)) refuse('bad-sequence', `"${text}" is not a whole number.`, `Correct the ${field} of ${quoted(row)}.`)
    const value = BigInt(text)
    if (field !== 'cache' && (value < lowest || value > highest))
      refuse('bad-sequence', `${text} does not fit into ${row.type}.`, `Choose another ${field}, or a larger type.`)
    return value
  }
  const increment = number('increment', 1n)
  if (increment === 0n) refuse('bad-sequence', `The sequence ${quoted(row)} must not stand still: its step is 0.`)
  const [min, max] = [number('min', increment > 0n ? 1n : lowest), number('max', increment > 0n ? highest : -1n)]
  if (min >= max) refuse('bad-sequence', `The least number of ${quoted(row)} (${min}) is not below its greatest (${max}).`)
  const start = number('start', increment > 0n ? min : max)
  if (start < min || start > max) refuse('bad-sequence', `The sequence ${quoted(row)} starts at ${start}, outside of ${min} to ${max}.`)
  if (number('cache', 1n) < 1n) refuse('bad-sequence', `The cache of ${quoted(row)} holds at least one number.`)
  if (row.ownedBy) requireOwner(draft, row, row.ownedBy)
}

function requireOwner(draft: Draft, row: SequenceRow, { tableId, columnId }: { readonly tableId: Id; readonly columnId: Id }): void {
  const table = existing(draft, 'table', tableId)
  if (existing(draft, 'column', columnId).tableId !== tableId) refuse('other-table', `That column is not one of "${table.name}".`)
  if (table.namespace === row.namespace) return
  refuse('bad-sequence', `A sequence lives in the schema of the table that owns it, "${table.namespace}".`, 'Move one of the two.')
}
