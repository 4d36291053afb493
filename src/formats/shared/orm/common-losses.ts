import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { Column, Constraint, Index, SchemaList, Table, View } from '#core/schema/index.ts'
import { pathOf } from './catalog.ts'
import type { Losses } from './losses.ts'

/** What a target is called, and where it keeps comments. */
export interface Target {
  readonly name: string
  /** `a doc comment`: where the comments of tables and columns stand in the output. */
  readonly commentsAs: string
  /** The lists of the model that it writes, or reports object by object itself. All others are reported whole. */
  readonly writes: readonly SchemaList[]
  /** Whether it can say a column's COLLATE. No by default. */
  readonly collates?: (column: Column) => boolean
}

const SQL_HINT = 'Keep it in a SQL migration beside the generated ones.'

/** What a table says beyond columns, keys and indexes. */
export function tableLosses(table: Table, target: Target, losses: Losses): void {
  const path = pathOf(table)
  const add = (code: DiagnosticCode, lost: boolean, what: string): void => {
    if (lost) losses.add(code, 'table', path, `${target.name} cannot say ${what}.`, SQL_HINT)
  }
  const parents = table.inherits.map((parent) => pathOf(parent)).join(', ')
  if (table.partitionBy)
    losses.add(
      'partitioning',
      'table',
      path,
      `${target.name} cannot say that the table is partitioned by ${table.partitionBy.strategy}: it is declared as a plain table.`,
      SQL_HINT,
    )
  if (parents)
    losses.add('inheritance', 'table', path, `${target.name} has no inheritance: the columns from ${parents} are repeated.`, SQL_HINT)
  if (table.ofType)
    losses.add('typed-table', 'table', path, `${target.name} has no typed tables: the columns of ${pathOf(table.ofType)} are repeated.`)
  add('unlogged', table.unlogged, 'UNLOGGED')
  add('force-row-security', table.forceRowSecurity, 'FORCE ROW LEVEL SECURITY')
  add('replica-identity', table.replicaIdentity !== null, 'REPLICA IDENTITY')
  add('clustered-on', table.clusteredOn !== null, `CLUSTER ON ${table.clusteredOn}`)
  add('storage-options', Object.keys(table.options).length > 0, `WITH (${optionList(table.options)})`)
  add('access-method', table.accessMethod !== null, `USING ${table.accessMethod}`)
  add('tablespace', table.tablespace !== null, `TABLESPACE ${table.tablespace}`)
  for (const { name } of table.triggers) losses.add('trigger', 'trigger', pathOf(table, name), `${target.name} has no triggers.`, SQL_HINT)
  for (const { name } of table.rules) losses.add('rule', 'rule', pathOf(table, name), `${target.name} has no rules.`, SQL_HINT)
  if (table.comment !== null) keptComment(losses, 'table', path, target)
  for (const column of table.columns) columnLosses(table, column, target, losses)
}

function columnLosses(table: Table, column: Column, target: Target, losses: Losses): void {
  const path = pathOf(table, column.name)
  const add = (code: DiagnosticCode, value: unknown, what: string): void => {
    if (value !== null) losses.add(code, 'column', path, `${target.name} cannot say ${what}.`, SQL_HINT)
  }
  if (!target.collates?.(column)) add('collation', column.collation, `COLLATE ${column.collation}`)
  add('column-storage', column.storage, `STORAGE ${column.storage?.toUpperCase()}`)
  add('column-compression', column.compression, `COMPRESSION ${column.compression}`)
  add('column-statistics', column.statistics, `SET STATISTICS ${column.statistics}`)
  add('column-options', Object.keys(column.options).length > 0 ? true : null, `SET (${optionList(column.options)})`)
  if (column.comment !== null) keptComment(losses, 'column', path, target)
}

/** What a constraint says beyond its kind, columns and actions. Exclusion constraints are lost whole. */
export function constraintLosses(table: Table, constraint: Constraint, { name: target }: Target, losses: Losses): void {
  const path = pathOf(table, constraint.name)
  const add = (code: DiagnosticCode, lost: boolean, what: string): void => {
    if (lost) losses.add(code, constraint.kind, path, `${target} cannot say ${what}.`, SQL_HINT)
  }
  if (constraint.kind === 'exclusion')
    return losses.add('exclusion-constraint', 'exclusion', path, `${target} has no exclusion constraints.`, SQL_HINT)
  if (constraint.comment !== null) lostComment(losses, constraint.kind, path, target)
  add('deferrable', constraint.deferrable, constraint.initiallyDeferred ? 'DEFERRABLE INITIALLY DEFERRED' : 'DEFERRABLE')
  if (constraint.kind === 'primaryKey' || constraint.kind === 'unique') {
    add('constraint-include', constraint.include.length > 0, `INCLUDE (${constraint.include.join(', ')})`)
    add('without-overlaps', constraint.withoutOverlaps, 'WITHOUT OVERLAPS')
    add('storage-options', Object.keys(constraint.options).length > 0, `WITH (${optionList(constraint.options)})`)
    add('tablespace', constraint.tablespace !== null, `USING INDEX TABLESPACE ${constraint.tablespace}`)
  }
  if (constraint.kind === 'foreignKey') {
    add('match', constraint.match !== 'simple', `MATCH ${constraint.match.toUpperCase()}`)
    add('delete-columns', constraint.onDeleteColumns.length > 0, `the columns of ON DELETE: ${constraint.onDeleteColumns.join(', ')}`)
    add('period', constraint.period, 'PERIOD')
  }
  if (constraint.kind === 'foreignKey' || constraint.kind === 'check') {
    add('not-valid', !constraint.validated, 'NOT VALID')
    add('not-enforced', !constraint.enforced, 'NOT ENFORCED')
  }
}

/** What an index says that neither mapper can. */
export function indexLosses(path: string, index: Index, { name: target }: Target, losses: Losses): void {
  const add = (code: DiagnosticCode, lost: boolean, what: string): void => {
    if (lost) losses.add(code, 'index', path, `${target} cannot say ${what}.`, SQL_HINT)
  }
  add('index-include', index.include.length > 0, `INCLUDE (${index.include.join(', ')})`)
  add('tablespace', index.tablespace !== null, `TABLESPACE ${index.tablespace}`)
  add('index-statistics', Object.keys(index.statistics).length > 0, 'ALTER INDEX … SET STATISTICS')
  if (index.comment !== null) lostComment(losses, 'index', path, target)
}

/** What a view says beyond its query. */
export function viewLosses(view: View, target: Target, losses: Losses): void {
  const path = pathOf(view)
  for (const { name } of view.triggers) losses.add('trigger', 'trigger', pathOf(view, name), `${target.name} has no triggers.`, SQL_HINT)
  for (const { name } of view.rules) losses.add('rule', 'rule', pathOf(view, name), `${target.name} has no rules.`, SQL_HINT)
  for (const { name } of view.indexes) {
    losses.add('view-index', 'index', pathOf(view, name), `${target.name} has no indexes on materialized views.`, SQL_HINT)
  }
  if (view.clusteredOn !== null)
    losses.add('clustered-on', 'view', path, `${target.name} cannot say CLUSTER ON ${view.clusteredOn}.`, SQL_HINT)
  if (view.comment !== null) keptComment(losses, 'view', path, target)
  for (const column of view.columns) {
    if (column.default !== null)
      losses.add('view-column-default', 'column', pathOf(view, column.name), `${target.name} has no defaults on views.`, SQL_HINT)
    if (column.comment !== null) keptComment(losses, 'column', pathOf(view, column.name), target)
  }
}

/** A comment that stands in the code, where the target's own tools do not look. */
export function keptComment(losses: Losses, kind: string, object: string, { name, commentsAs }: Pick<Target, 'name' | 'commentsAs'>): void {
  losses.add('comment', kind, object, `The comment is kept as ${commentsAs}; ${name} does not write it to the database.`, SQL_HINT)
}

/** A comment that has no place at all. */
export function lostComment(losses: Losses, kind: string, object: string, target: string): void {
  losses.add('comment', kind, object, `${target} has no comments on ${kind === 'index' ? 'indexes' : `${kind}s`}.`, SQL_HINT)
}

const optionList = (options: Readonly<Record<string, string>>): string =>
  Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
