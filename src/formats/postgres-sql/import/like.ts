import type { Node, TableLikeClause } from 'libpg-query'
import { plainNotNull } from '#core/schema/index.ts'
import { all } from './ast.ts'
import type { ReadColumn } from './columns.ts'
import { copy, type TableDraft } from './draft.ts'
import { joinColumnNames, indexColumnNames } from './naming.ts'
import { Refusal, type Statement } from './statement.ts'

/** Bits of TableLikeOption. */
const COMMENTS = 1
const COMPRESSION = 2
const CONSTRAINTS = 4
const DEFAULTS = 8
const GENERATED = 16
const IDENTITY = 32
const INDEXES = 64
const STATISTICS = 128
const STORAGE = 256

function source(st: Statement, like: TableLikeClause): TableDraft {
  const name = st.find(like.relation)
  const table = name && st.catalog.table(name)
  if (!table)
    throw new Refusal('unknown-table', `relation "${like.relation?.relname ?? ''}" does not exist`, { location: like.relation?.location })
  return table
}

/** The columns that `LIKE table` copies, with what its options ask for. */
export function likeColumns(st: Statement, like: TableLikeClause, _table: TableDraft): readonly ReadColumn[] {
  const has = (bit: number) => ((like.options ?? 0) & bit) !== 0
  return source(st, like).columns.map((original) => {
    const column = copy(original)
    Object.assign(column, {
      inherited: false,
      statistics: null,
      options: {},
      ...plainNotNull,
      notNullNoInherit: original.notNullNoInherit,
      foreignOptions: {},
    })
    if (!has(DEFAULTS) || column.generated) column.default = null
    if (!has(GENERATED)) column.generated = null
    if (!has(IDENTITY)) column.identity = null
    else if (column.identity) column.identity.sequenceName = null
    if (!has(STORAGE)) column.storage = null
    if (!has(COMPRESSION)) column.compression = null
    if (!has(COMMENTS)) column.comment = null
    return { column, constraints: [], serial: false }
  })
}

/** What LIKE copies once the table is there: checks, keys, indexes and statistics, with names made for the new table. */
export function applyLikeAfter(st: Statement, table: TableDraft, elements: readonly Node[]): void {
  for (const like of all(elements, 'TableLikeClause')) {
    const options = like.options ?? 0
    const original = source(st, like)
    if (options & CONSTRAINTS) copyChecks(st, table, original, (options & COMMENTS) !== 0)
    if (options & INDEXES) copyIndexes(st, table, original, (options & COMMENTS) !== 0)
    if (options & STATISTICS) copyStatistics(st, table, original)
  }
}

function copyChecks(st: Statement, table: TableDraft, original: TableDraft, comments: boolean): void {
  for (const check of original.constraints) {
    if (check.kind !== 'check' || table.constraints.some(({ name }) => name === check.name)) continue
    st.catalog.addConstraint(table, Object.assign(copy(check), { inherited: false, comment: comments ? check.comment : null }))
  }
}

function copyIndexes(st: Statement, table: TableDraft, original: TableDraft, comments: boolean): void {
  const { catalog } = st
  const gone = { only: false, attachedTo: null }
  for (const constraint of original.constraints) {
    if (constraint.kind !== 'primaryKey' && constraint.kind !== 'unique' && constraint.kind !== 'exclusion') continue
    const columns =
      constraint.kind === 'exclusion'
        ? constraint.elements.map(({ element }) => element.column)
        : [...constraint.columns, ...constraint.include]
    const label = constraint.kind === 'primaryKey' ? 'pkey' : constraint.kind === 'unique' ? 'key' : 'excl'
    const second = label === 'pkey' ? null : joinColumnNames(indexColumnNames(columns))
    const name = catalog.chooseRelationName(table.namespace, [table.name, second, label], { constraint: true })
    catalog.addConstraint(table, Object.assign(copy(constraint), gone, { name, comment: comments ? constraint.comment : null }))
    if (constraint.kind === 'primaryKey')
      for (const column of table.columns) if (constraint.columns.includes(column.name)) column.nullable = false
  }
  for (const index of original.indexes) {
    const columns = joinColumnNames(indexColumnNames([...index.elements.map((element) => element.column), ...index.include]))
    const name = catalog.chooseRelationName(table.namespace, [table.name, columns, 'idx'])
    catalog.addIndex(table, Object.assign(copy(index), gone, { name, comment: comments ? index.comment : null }))
  }
}

function copyStatistics(st: Statement, table: TableDraft, original: TableDraft): void {
  for (const statistics of [...st.catalog.statistics.values()]) {
    if (statistics.table.namespace !== original.namespace || statistics.table.name !== original.name) continue
    const copied = copy(statistics)
    copied.name = st.catalog.chooseStatisticsName(table.namespace, table.name, joinColumnNames(copied.elements))
    copied.table = { namespace: table.namespace, name: table.name }
    copied.namespace = table.namespace
    st.catalog.addStatistics(copied)
  }
}
