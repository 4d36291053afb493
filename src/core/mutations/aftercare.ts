import type { Diagnostic } from '../diagnostic.ts'
import { foreignKeysOf } from '../project/relationships.ts'
import type { Change, Draft, Id, IndexRow, PrimaryKeyRow, TableRow, UniqueRow } from '../project/rows.ts'
import { displayName } from '../schema/index.ts'
import { warnOfOperatorClasses } from './operator-classes.ts'
import { refuse } from './trouble.ts'

// What several mutations could break in settings of the same table, looked at once after each edit, in the tables it touched.

/** Mends settings that name an index, and refuses keys and relationships that partitioning or storage does not allow. */
export function aftercare(draft: Draft, changes: readonly Change[]): readonly Diagnostic[] {
  const touched = new Set(changes.flatMap((change) => tablesOf(draft, change)))
  if (touched.size === 0) return warnOfOperatorClasses(draft, changes)
  followNames(draft, changes)
  const told = [...touched].flatMap((tableId) => {
    const table = draft.get('table', tableId)
    if (!table) return []
    requirePartitionKeys(draft, table)
    requireStorage(draft, table)
    return mendIndexSettings(draft, table)
  })
  return [...told, ...warnOfOperatorClasses(draft, changes)]
}

const passedOver = new Set(['positionX', 'positionY', 'color', 'comment', 'order', 'name', 'namespace', 'default'])

/** The tables whose settings a change may concern. A new table has none yet. */
function tablesOf(draft: Draft, { kind, id, before, after }: Change): readonly Id[] {
  if (kind !== 'table' && kind !== 'column' && kind !== 'constraint' && kind !== 'index') return []
  if (
    before !== null &&
    after !== null &&
    Object.keys(after).every((key) => passedOver.has(key)) &&
    kind !== 'index' &&
    kind !== 'constraint'
  )
    return []
  if (kind === 'table') return before === null ? [] : [id]
  for (const row of [draft.get(kind, id), before]) if (row && 'tableId' in row && typeof row.tableId === 'string') return [row.tableId]
  return []
}

/** An index or key that is called otherwise keeps what its table says about it. */
function followNames(draft: Draft, changes: readonly Change[]): void {
  for (const { kind, id, before, after } of changes) {
    if ((kind !== 'index' && kind !== 'constraint') || !before || !after || !('name' in before) || !('name' in after)) continue
    const row = draft.get(kind, id)
    const table = row?.tableId ? draft.get('table', row.tableId) : undefined
    if (!table || before.name === undefined || after.name === undefined) continue
    if (table.clusteredOn === before.name) draft.update('table', table.id, { clusteredOn: after.name })
    if (table.replicaIdentity?.index === before.name)
      draft.update('table', table.id, { replicaIdentity: { ...table.replicaIdentity, index: after.name } })
  }
}

/** REPLICA IDENTITY and CLUSTER ON fall back to their defaults when their index cannot serve any more, as PostgreSQL's do. */
function mendIndexSettings(draft: Draft, table: TableRow): readonly Diagnostic[] {
  const { replicaIdentity, clusteredOn } = draft.get('table', table.id) ?? table
  const told: Diagnostic[] = []
  const tell = (setting: string, index: string) =>
    told.push({
      code: 'option-reset',
      severity: 'info',
      message: `${setting} of "${displayName(table)}" is the default again: the index "${index}" cannot serve it any more.`,
    })
  if (replicaIdentity?.kind === 'index' && replicaIdentity.index !== null && !canIdentify(draft, table, replicaIdentity.index)) {
    draft.update('table', table.id, { replicaIdentity: null })
    tell('REPLICA IDENTITY', replicaIdentity.index)
  }
  if (clusteredOn !== null && !canCluster(draft, table, clusteredOn)) {
    draft.update('table', table.id, { clusteredOn: null })
    tell('CLUSTER ON', clusteredOn)
  }
  return told
}

type Key = IndexRow | PrimaryKeyRow | UniqueRow
const keyNamed = (draft: Draft, table: TableRow, name: string): Key | undefined =>
  draft.childrenOf('index', table.id).find((index) => index.name === name) ??
  draft
    .childrenOf('constraint', table.id)
    .find((one): one is PrimaryKeyRow | UniqueRow => one.name === name && (one.kind === 'primaryKey' || one.kind === 'unique'))

/** Whether an index can be the replica identity: unique, for all rows, at once, on columns that are never null. */
export function canIdentify(draft: Draft, table: TableRow, name: string): boolean {
  const key = keyNamed(draft, table, name)
  if (!key) return false
  const isIndex = 'elements' in key
  if (isIndex ? !key.unique || key.predicate !== null : key.deferrable) return false
  const ids = isIndex ? key.elements.map(({ columnId }) => columnId) : key.columnIds
  return ids.every((columnId) => columnId !== null && draft.get('column', columnId)?.nullable === false)
}

/** Whether a table can be clustered on an index: for all rows, of a method that has an order. Partitioned tables cannot. */
export function canCluster(draft: Draft, table: TableRow, name: string): boolean {
  const key = keyNamed(draft, table, name)
  if (!key || table.partitionBy) {
    const isExclusion = draft.childrenOf('constraint', table.id).some((one) => one.kind === 'exclusion' && one.name === name)
    return !table.partitionBy && isExclusion
  }
  return !('elements' in key) || (key.predicate === null && !['hash', 'gin', 'brin', 'spgist'].includes(key.method))
}

/** Keys of a partitioned table hold all columns that it is partitioned by. */
function requirePartitionKeys(draft: Draft, table: TableRow): void {
  if (!table.partitionBy) return
  const { keys } = table.partitionBy
  const uniques: readonly (readonly [string, readonly (Id | null)[]])[] = [
    ...draft
      .childrenOf('constraint', table.id)
      .flatMap((one) => (one.kind === 'primaryKey' || one.kind === 'unique' ? [[one.name, one.columnIds] as const] : [])),
    ...draft
      .childrenOf('index', table.id)
      .flatMap((one) => (one.unique ? [[one.name, one.elements.map(({ columnId }) => columnId)] as const] : [])),
  ]
  for (const [name, ids] of uniques) {
    if (keys.every(({ columnId }) => columnId !== null && ids.includes(columnId))) continue
    refuse(
      'bad-partition',
      `"${name}" of "${displayName(table)}" does not hold all that the table is partitioned by.`,
      'PostgreSQL keeps each partition unique for itself: add the columns of the partition key.',
    )
  }
}

/** What is kept for good cannot refer to what a crash empties. */
function requireStorage(draft: Draft, table: TableRow): void {
  const pairs = [
    ...foreignKeysOf(draft, table.id).map((key) => [key, table, draft.get('table', key.references.tableId)] as const),
    ...draft.foreignKeysTo(table.id).map((key) => [key, draft.get('table', key.tableId), table] as const),
  ]
  const bad = pairs.find(([, child, parent]) => child && parent && !child.unlogged && parent.unlogged)
  if (!bad) return
  refuse(
    'bad-option',
    `The foreign key "${bad[0].name}" of a logged table cannot refer to an unlogged one.`,
    'Make both logged, or both unlogged.',
  )
}
