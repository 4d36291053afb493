import { z } from 'zod'
import type { Diagnostic } from '../diagnostic.ts'
import type { Draft, TableRow } from '../project/rows.ts'
import { displayName, tableShape } from '../schema/index.ts'
import { canCluster, canIdentify } from './aftercare.ts'
import { id } from './arguments.ts'
import { indexKey } from './index-keys.ts'
import { mutation } from './mutation.ts'
import { requirePartitionable, setParents, setPartition, storedPartitionKeys } from './partitions.ts'
import { patchIn, patchOf } from './shape-arguments.ts'
import { existing, refuse, warning } from './trouble.ts'

const own = [
  ...(['namespace', 'name', 'comment', 'columns', 'constraints', 'indexes', 'triggers', 'policies', 'rules'] as const),
  ...(['partitionBy', 'partitionOf', 'inherits', 'ofType', 'searchPath'] as const),
]

/**
 * `tables.configure`: row-level security, storage, replica identity, partitioning and inheritance of a table. To become a partition or heir,
 * a table must have its parent's columns (an heir gets those it lacks).
 */
export const configureTable = mutation({
  name: 'tables.configure',
  role: 'editor',
  args: patchOf(tableShape, {
    omit: own,
    more: {
      partitionBy: z.strictObject({ strategy: z.enum(['range', 'list', 'hash']), keys: z.array(indexKey).min(1).max(32) }).nullable(),
      partitionOf: z.strictObject({ parentId: id, bound: z.string().max(10_000) }).nullable(),
      inherits: z.array(id).max(32),
    },
  }),
  apply(draft, { partitionBy, partitionOf, inherits, ...args }) {
    const before = existing(draft, 'table', args.id)
    const patch = patchIn(args)
    draft.update('table', before.id, patch)
    if (partitionBy !== undefined)
      draft.update('table', before.id, {
        partitionBy: partitionBy && { strategy: partitionBy.strategy, keys: storedPartitionKeys(draft, before, partitionBy.keys) },
      })
    const after = existing(draft, 'table', before.id)
    requireSound(draft, before, after)
    if (partitionBy !== undefined || patch.unlogged !== undefined || patch.options !== undefined) requirePartitionable(draft, before, after)
    if (inherits !== undefined) setParents(draft, after, inherits)
    if (partitionOf !== undefined) setPartition(draft, existing(draft, 'table', before.id), partitionOf)
    return optionWarnings(before, after)
  },
})

function requireSound(draft: Draft, before: TableRow, after: TableRow): void {
  const name = displayName(after)
  const { replicaIdentity, clusteredOn } = after
  if (replicaIdentity && replicaIdentity !== before.replicaIdentity) {
    if ((replicaIdentity.kind === 'index') !== (replicaIdentity.index !== null))
      refuse('bad-option', 'A replica identity by index names its index, and no other does.')
    if (replicaIdentity.index !== null && !canIdentify(draft, after, replicaIdentity.index))
      refuse(
        'bad-option',
        `"${replicaIdentity.index}" cannot be the replica identity of "${name}".`,
        'It has to be a unique index of the table, for all rows, on columns that are NOT NULL.',
      )
  }
  if (clusteredOn !== null && clusteredOn !== before.clusteredOn && !canCluster(draft, after, clusteredOn))
    refuse('bad-option', `"${name}" cannot be clustered on "${clusteredOn}".`, 'Choose a btree or gist index of the table, for all rows.')
  if (after.unlogged && (after.foreign || after.partitionBy))
    refuse('bad-option', `"${name}" holds no rows itself, so it cannot be unlogged.`)
  if (after.foreign === null && before.foreign !== null)
    refuse('bad-option', `"${name}" is a foreign table and stays one.`, 'Make a new table.')
  if (after.foreign !== null && before.foreign === null) refuse('bad-option', `"${name}" is a table and stays one.`, 'Make a new table.')
  for (const key of Object.keys(after.options))
    if (!/^(?:\w+\.)?\w+$/.test(key)) refuse('bad-option', `"${key}" cannot be the name of a storage option.`)
}

/** Storage options that PostgreSQL has for tables (reloptions.c). Those for TOAST tables are spelt `toast.name`. */
const knownOptions =
  /^(?:toast\.)?(?:fillfactor|toast_tuple_target|parallel_workers|user_catalog_table|vacuum_index_cleanup|vacuum_truncate|vacuum_max_eager_freeze_failure_rate|log_autovacuum_min_duration|log_autoanalyze_min_duration|autovacuum_\w+)$/

function optionWarnings(before: TableRow, { options, accessMethod }: TableRow): readonly Diagnostic[] {
  if (options === before.options || accessMethod !== null) return []
  return Object.keys(options)
    .filter((key) => !knownOptions.test(key) && !Object.hasOwn(before.options, key))
    .map((key) => warning('unknown-option', `PostgreSQL has no storage option "${key}".`, 'If an extension brings it, all is well.'))
}
