import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { rowKinds, type RowKind } from '#core/project/rows.ts'
import * as rows from './row-tables.ts'

/** How one kind of row is kept: which of its fields have a column of their own. The other fields are in `data`. */
export interface RowStorage {
  readonly kind: RowKind
  /** The SQL table, quoted. */
  readonly table: string
  readonly columns: readonly StoredColumn[]
}
export interface StoredColumn {
  /** The field of the row that the column is filled from. */
  readonly field: string
  /** Quoted. */
  readonly name: string
  readonly type: string
  /** Only for copies of a part of a field: the field itself stays in `data`, and reading ignores the column. */
  readonly copy?: (value: unknown) => unknown
}

const tableOf: Readonly<Record<RowKind, PgTable>> = {
  namespace: rows.namespaces,
  extension: rows.extensions,
  enumType: rows.enumTypes,
  domain: rows.domains,
  compositeType: rows.compositeTypes,
  rangeType: rows.rangeTypes,
  baseType: rows.baseTypes,
  collation: rows.collations,
  routine: rows.routines,
  table: rows.tables,
  column: rows.columns,
  sequence: rows.sequences,
  constraint: rows.constraints,
  view: rows.views,
  index: rows.indexes,
  trigger: rows.triggers,
  rule: rows.rules,
  policy: rows.policies,
  eventTrigger: rows.eventTriggers,
  statistics: rows.statistics,
  operator: rows.operators,
  operatorFamily: rows.operatorFamilies,
  operatorClass: rows.operatorClasses,
  cast: rows.casts,
  textSearch: rows.textSearchObjects,
  language: rows.languages,
  transform: rows.transforms,
  conversion: rows.conversions,
  accessMethod: rows.accessMethods,
  foreignDataWrapper: rows.foreignDataWrappers,
  foreignServer: rows.foreignServers,
  userMapping: rows.userMappings,
  publication: rows.publications,
  privilege: rows.privileges,
  opaque: rows.opaqueStatements,
}

const copies: Readonly<Record<string, Pick<StoredColumn, 'field' | 'copy'>>> = {
  referencesTableId: { field: 'references', copy: (value) => (isObject(value) ? value['tableId'] : null) },
}

/** Every kind's storage, parents first (the order of `rowKinds`). */
export const rowStorages: readonly RowStorage[] = rowKinds.map((kind) => ({
  kind,
  table: `"${getTableName(tableOf[kind])}"`,
  columns: Object.entries(getTableColumns(tableOf[kind]))
    .filter(([field]) => !['projectId', 'id', 'data'].includes(field))
    .map(([field, column]) => ({ field, name: `"${column.name}"`, type: column.getSQLType(), ...copies[field] })),
}))

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
