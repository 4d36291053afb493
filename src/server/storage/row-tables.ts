import { doublePrecision, foreignKey, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { AnyPgColumn, PgColumnBuilderBase } from 'drizzle-orm/pg-core'
import { projects } from './project-tables.ts'

// One SQL table per kind of row. What is queried or joined has a column of its own; the rest of the row is `data`.
// Every key is (project_id, id): no query can reach another project's rows by guessing an id.

export const namespaces = rowTable('namespaces', { name: text().notNull() })
export const extensions = rowTable('extensions', { name: text().notNull() })
export const enumTypes = rowTable('enum_types', { namespace: text().notNull(), name: text().notNull() })
export const domains = rowTable('domains', { namespace: text().notNull(), name: text().notNull() })
export const compositeTypes = rowTable('composite_types', { namespace: text().notNull(), name: text().notNull() })
export const rangeTypes = rowTable('range_types', { namespace: text().notNull(), name: text().notNull() })
export const baseTypes = rowTable('base_types', { namespace: text().notNull(), name: text().notNull() })
export const collations = rowTable('collations', { namespace: text().notNull(), name: text().notNull() })
export const routines = rowTable('routines', { namespace: text().notNull(), name: text().notNull() })
export const tables = rowTable('tables', {
  namespace: text().notNull(),
  name: text().notNull(),
  positionX: doublePrecision('position_x').notNull(),
  positionY: doublePrecision('position_y').notNull(),
})
export const columns = rowTable('columns', { tableId: uuid('table_id').notNull(), name: text().notNull() }, { tableId: tables })
export const sequences = rowTable('sequences', { namespace: text().notNull(), name: text().notNull() })
export const constraints = rowTable(
  'constraints',
  {
    tableId: uuid('table_id').notNull(),
    kind: text().notNull(),
    name: text().notNull(),
    /** Foreign keys: a copy of `references.tableId`, so that the database itself refuses a dangling one. */
    referencesTableId: uuid('references_table_id'),
  },
  { tableId: tables, referencesTableId: tables },
)
export const views = rowTable('views', {
  namespace: text().notNull(),
  name: text().notNull(),
  positionX: doublePrecision('position_x').notNull(),
  positionY: doublePrecision('position_y').notNull(),
})
export const indexes = rowTable(
  'indexes',
  { tableId: uuid('table_id'), viewId: uuid('view_id'), name: text().notNull() },
  { tableId: tables, viewId: views },
)
export const triggers = rowTable(
  'triggers',
  { tableId: uuid('table_id'), viewId: uuid('view_id'), name: text().notNull() },
  { tableId: tables, viewId: views },
)
export const rules = rowTable(
  'rules',
  { tableId: uuid('table_id'), viewId: uuid('view_id'), name: text().notNull() },
  { tableId: tables, viewId: views },
)
export const policies = rowTable('policies', { tableId: uuid('table_id').notNull(), name: text().notNull() }, { tableId: tables })
export const eventTriggers = rowTable('event_triggers', { name: text().notNull() })
export const statistics = rowTable('statistics', { namespace: text().notNull(), name: text().notNull() })
export const operators = rowTable('operators', { namespace: text().notNull(), name: text().notNull() })
export const operatorFamilies = rowTable('operator_families', { namespace: text().notNull(), name: text().notNull() })
export const operatorClasses = rowTable('operator_classes', { namespace: text().notNull(), name: text().notNull() })
export const casts = rowTable('casts', { source: text().notNull(), target: text().notNull() })
export const textSearchObjects = rowTable('text_search_objects', { namespace: text().notNull(), name: text().notNull() })
export const languages = rowTable('languages', { name: text().notNull() })
export const transforms = rowTable('transforms', { type: text().notNull(), language: text().notNull() })
export const conversions = rowTable('conversions', { namespace: text().notNull(), name: text().notNull() })
export const accessMethods = rowTable('access_methods', { name: text().notNull() })
export const foreignDataWrappers = rowTable('foreign_data_wrappers', { name: text().notNull() })
export const foreignServers = rowTable('foreign_servers', { name: text().notNull() })
export const userMappings = rowTable('user_mappings', { server: text().notNull() })
export const publications = rowTable('publications', { name: text().notNull() })
export const privileges = rowTable('privileges', {})
export const opaqueStatements = rowTable('opaque_statements', {})

function keyColumns() {
  return {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    id: uuid().notNull(),
    order: doublePrecision().notNull(),
    data: jsonb().notNull(),
  }
}
type KeyColumns = ReturnType<typeof keyColumns>
type KeyedTable = { readonly projectId: AnyPgColumn; readonly id: AnyPgColumn }

/** Declares a row table: the common key and `data`, its own columns, and a composite foreign key (with index) per parent. */
function rowTable<C extends Record<string, PgColumnBuilderBase>>(
  name: string,
  own: C,
  parents: Partial<Record<keyof C & string, KeyedTable>> = {},
) {
  return pgTable(name, { ...keyColumns(), ...own } as KeyColumns & C, (self) => {
    const column = self as unknown as Record<string, AnyPgColumn> & KeyedTable
    const links = Object.entries<KeyedTable | undefined>(parents).flatMap(([field, parent]) => {
      const own = column[field]
      if (!parent || !own) return []
      return [
        foreignKey({ columns: [column.projectId, own], foreignColumns: [parent.projectId, parent.id] }),
        index().on(column.projectId, own),
      ]
    })
    return [primaryKey({ columns: [column.projectId, column.id] }), ...links]
  })
}
