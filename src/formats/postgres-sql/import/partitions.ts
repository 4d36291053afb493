import { displayName, type ObjectName } from '#core/schema/index.ts'
import type { PartitionBoundSpec, PartitionSpec, RangeVar } from 'libpg-query'
import { copy, type ConstraintDraft, type TableDraft } from './draft.ts'
import { inheritIndexes } from './indexes.ts'
import { partitionKeys } from './index-elements.ts'
import { Refusal, type Statement } from './statement.ts'

/** `PARTITION BY strategy (keys)`. */
export function readPartitionBy(st: Statement, spec: PartitionSpec): TableDraft['partitionBy'] {
  const open = st.tokens.find('(', st.token(spec.location))
  const strategy = spec.strategy === 'PARTITION_STRATEGY_LIST' ? 'list' : spec.strategy === 'PARTITION_STRATEGY_HASH' ? 'hash' : 'range'
  return { strategy, keys: partitionKeys(st, spec.partParams, open).map(copy) }
}

/** `FOR VALUES …` or `DEFAULT`, as it is written. */
export function boundText(st: Statement, bound: PartitionBoundSpec | undefined): string {
  const { tokens } = st
  if (bound?.is_default) return 'DEFAULT'
  // The location is that of the word after VALUES, or of FOR: begin at FOR either way.
  let from = st.token(bound?.location)
  while (from > 0 && tokens.word(from) !== 'for') from -= 1
  // FROM (…) TO (…), IN (…) or WITH (…). Another WITH behind it is about storage.
  let to = tokens.close(tokens.find('(', from)) + 1
  if (tokens.word(to) === 'to') to = tokens.close(tokens.find('(', to)) + 1
  return st.text(from, to)
}

/** The partitioned table a partition belongs to. Refuses a parent that is not partitioned, with the remedy. */
export function partitionParent(st: Statement, parent: RangeVar | undefined, bound: PartitionBoundSpec | undefined): TableDraft {
  const name = st.find(parent)
  const relation = name && st.catalog.relation(name)
  const location = parent?.location
  if (relation?.kind !== 'table') throw new Refusal('unknown-table', `relation "${parent?.relname ?? ''}" does not exist`, { location })
  if (relation.table.partitionBy) return relation.table
  throw new UnpartitionedParent(relation.table, bound?.strategy ?? 'r', location)
}

/** PARTITION OF a table that is not partitioned: what is missing is said at the parent. */
export class UnpartitionedParent extends Refusal {
  readonly table: TableDraft
  constructor(table: TableDraft, strategy: string, location: number | undefined) {
    const word = strategy === 'l' ? 'LIST' : strategy === 'h' ? 'HASH' : 'RANGE'
    const column = guessKey(table, word)
    super('partition-of-unpartitioned', `"${displayName(table)}" is not partitioned, so it cannot have partitions`, {
      location,
      hint: `Add PARTITION BY ${word} (${column ?? 'column'}) at the end of its CREATE TABLE.`,
    })
    this.table = table
    this.clause = ` PARTITION BY ${word} (${column ?? 'column'})`
  }
  readonly clause: string
}

/** The column a table is most likely partitioned by: of a fitting type, in the primary key if possible. */
function guessKey(table: TableDraft, strategy: string): string | undefined {
  const key = table.constraints.find((constraint) => constraint.kind === 'primaryKey')
  const keyed = new Set(key?.kind === 'primaryKey' ? key.columns : [])
  const timely = table.columns.filter((column) => strategy === 'RANGE' && /^(timestamp|date)/.test(column.type))
  const created = timely.find((column) => /^creat|_at$|date$/.test(column.name))
  return (
    timely.find((column) => keyed.has(column.name)) ??
    created ??
    timely[0] ??
    table.columns.find((column) => keyed.has(column.name)) ??
    table.columns[0]
  )?.name
}

/** Makes a table a partition: parent's checks and indexes come along, everything it has in common is inherited. */
export function becomePartition(st: Statement, parent: TableDraft, child: TableDraft, bound: string): void {
  child.partitionOf = { parent: nameOf(parent), bound }
  st.catalog.addChild(parent, child)
  for (const column of child.columns) column.inherited = true
  inheritChecks(st, parent, child)
  dropSharedForeignKeys(st, parent, child)
  inheritIndexes(st, parent, child)
}

/** The parent's checks are the child's too. */
export function inheritChecks(st: Statement, parent: TableDraft, child: TableDraft): void {
  for (const check of parent.constraints) if (check.kind === 'check' && !check.noInherit) inheritCheck(st, child, check)
}

export function inheritCheck(st: Statement, child: TableDraft, check: ConstraintDraft): void {
  const own = child.constraints.find((constraint) => constraint.kind === 'check' && constraint.name === check.name)
  if (own?.kind === 'check') {
    // A partition's check that its parent has too is the parent's; an ordinary child keeps it as its own.
    if (child.partitionOf) own.inherited = true
    return
  }
  st.catalog.addConstraint(child, Object.assign(copy(check), { inherited: true, comment: null }))
}

/** A foreign key that the parent has too is the parent's from now on. */
export function dropSharedForeignKeys(st: Statement, parent: TableDraft, child: TableDraft): void {
  const gist = (constraint: ConstraintDraft) => JSON.stringify({ ...constraint, name: '', comment: null, only: false })
  const shared = new Set(parent.constraints.filter((constraint) => constraint.kind === 'foreignKey').map(gist))
  for (const constraint of child.constraints)
    if (constraint.kind === 'foreignKey' && shared.has(gist(constraint))) st.catalog.removeConstraint(child, constraint)
}

export const nameOf = ({ namespace, name }: ObjectName): ObjectName => ({ namespace, name })

/** A table and all tables below it, parents first. */
export function* family(st: Statement, table: TableDraft): Generator<TableDraft> {
  yield table
  for (const child of st.catalog.childrenOf(table)) yield* family(st, child)
}
