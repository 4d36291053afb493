import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { Column, Constraint, Index, Schema, Table, View } from '#core/schema/index.ts'
import { pathOf, type Catalog } from './catalog.ts'
import type { Losses } from './losses.ts'

/** What a target is called, and where it keeps comments. */
export interface Target {
  readonly name: string
  /** `a doc comment`: where the comments of tables and columns stand in the output. */
  readonly commentsAs: string
  /** It creates extensions itself. */
  readonly extensions: boolean
}

const SQL_HINT = 'Keep it in a SQL migration beside the generated ones.'

/** Objects of the schema that no object-relational mapper creates. */
export function schemaLosses({ schema, partitions }: Catalog, { name: target, commentsAs, extensions }: Target, losses: Losses): void {
  for (const { name, comment } of schema.extensions) {
    if (extensions && comment !== null) lostComment(losses, 'extension', name, target)
    if (!extensions)
      losses.add(
        'extension',
        'extension',
        name,
        `${target} does not create extensions.`,
        `Run CREATE EXTENSION "${name}" before the first migration.`,
      )
  }
  for (const type of schema.compositeTypes) {
    losses.add(
      'composite-type',
      'compositeType',
      pathOf(type),
      `${target} does not create composite types.`,
      'Create it before the first migration.',
    )
  }
  for (const type of schema.rangeTypes) {
    losses.add('range-type', 'rangeType', pathOf(type), `${target} does not create range types.`, 'Create it before the first migration.')
  }
  for (const routine of schema.routines) {
    losses.add('routine', routine.kind, pathOf(routine), `${target} has no ${routine.kind}s.`, SQL_HINT)
  }
  for (const trigger of schema.eventTriggers)
    losses.add('event-trigger', 'eventTrigger', trigger.name, `${target} has no event triggers.`, SQL_HINT)
  for (const statistics of schema.statistics) {
    losses.add('statistics', 'statistics', pathOf(statistics), `${target} has no extended statistics.`, SQL_HINT)
  }
  for (const { reason, sql } of schema.opaque) losses.add('opaque', 'opaque', reason, `${target} cannot hold: ${firstLine(sql)}`, SQL_HINT)
  if (schema.privileges.length > 0)
    losses.add('privileges', 'privilege', 'privileges', `${target} has no grants (${schema.privileges.length} statements).`, SQL_HINT)
  for (const table of partitions) {
    const parent = table.partitionOf ? pathOf(table.partitionOf.parent) : ''
    losses.add('partition', 'table', pathOf(table), `${target} has no partitions: rows are read and written through ${parent}.`, SQL_HINT)
  }
  for (const { comment, name } of schema.namespaces) if (comment !== null) lostComment(losses, 'namespace', name, target)
  for (const type of schema.enums) if (type.comment !== null) keptComment(losses, 'enum', pathOf(type), { name: target, commentsAs })
  ownerLosses(schema, target, losses)
}

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
  add('collation', column.collation, `COLLATE ${column.collation}`)
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

function keptComment(losses: Losses, kind: string, object: string, { name, commentsAs }: Pick<Target, 'name' | 'commentsAs'>): void {
  losses.add('comment', kind, object, `The comment is kept as ${commentsAs}; ${name} does not write it to the database.`, SQL_HINT)
}

function lostComment(losses: Losses, kind: string, object: string, target: string): void {
  losses.add('comment', kind, object, `${target} has no comments on ${kind === 'index' ? 'indexes' : `${kind}s`}.`, SQL_HINT)
}

/** Owners are in the schema only when they were asked for. */
function ownerLosses(schema: Schema, target: string, losses: Losses): void {
  const owned = [...schema.tables, ...schema.views, ...schema.routines, ...schema.enums, ...schema.domains, ...schema.sequences]
  const count = owned.filter(({ owner }) => owner !== null).length
  if (count > 0) losses.add('owner', 'privilege', 'owners', `${target} has no owners (${count} objects).`, SQL_HINT)
}

const optionList = (options: Readonly<Record<string, string>>): string =>
  Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')

const firstLine = (sql: string): string => {
  const line = sql.trim().split('\n')[0] ?? ''
  return line.length > 100 ? `${line.slice(0, 100)}…` : line
}
