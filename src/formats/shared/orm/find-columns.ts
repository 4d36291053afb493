import { nameKey } from '#core/schema/index.ts'
import type { Table, View } from '#core/schema/index.ts'
import type { Catalog } from './catalog.ts'
import { asViewColumns, viewColumns, type FindColumns, type ViewColumn } from './view-columns.ts'

/** Looks up the columns of tables and, through their queries, of views. */
export function columnFinder(catalog: Catalog): FindColumns {
  const relations = new Map<string, Table | View>(
    [...catalog.schema.views, ...catalog.partitions, ...catalog.foreignTables, ...catalog.tables].map((one) => [nameKey(one), one]),
  )
  const known = new Map<Table | View, readonly ViewColumn[] | undefined>()
  const find: FindColumns = (name) => {
    const relation = relations.get(nameKey(name))
    if (!relation) return undefined
    if ('constraints' in relation) return asViewColumns(relation.columns)
    if (!known.has(relation)) {
      // Set first: a view that reads itself finds nothing.
      known.set(relation, undefined)
      known.set(relation, viewColumns(relation, find))
    }
    return known.get(relation)
  }
  return find
}
