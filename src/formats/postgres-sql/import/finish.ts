import { aSchema, DEFAULT_NAMESPACE, type Schema } from '#core/schema/index.ts'
import type { Catalog } from './catalog.ts'
import { finishPrivileges } from './kept-privileges.ts'
import { plainLists, type PlainList } from './kinds.ts'
import { makeObjectName } from './naming.ts'

/** The catalog as a schema: every kind in the order its objects were made. */
export function finish(catalog: Catalog): Schema {
  // Before names that say nothing are left out.
  const privileges = finishPrivileges(catalog)
  const relations = [...catalog.relations.values()]
  const tables = catalog.inOrder(relations.flatMap((relation) => (relation.kind === 'table' ? [relation.table] : [])))
  for (const table of tables) {
    for (const { name, identity } of table.columns) {
      // The name PostgreSQL would choose anyway says nothing.
      if (identity?.sequenceName === makeObjectName(table.name, name, 'seq')) identity.sequenceName = null
    }
  }
  const types = [...catalog.types.values()]
  markParents(catalog)
  return aSchema({
    namespaces: catalog
      .inOrder(catalog.namespaces.values())
      .filter(({ name, owner, comment }) => name !== DEFAULT_NAMESPACE || owner !== null || comment !== null),
    extensions: catalog.inOrder(catalog.extensions.values()),
    enums: catalog.inOrder(types.flatMap((type) => (type.kind === 'enum' ? [type.type] : []))),
    domains: catalog.inOrder(types.flatMap((type) => (type.kind === 'domain' ? [type.type] : []))),
    rangeTypes: catalog.inOrder(types.flatMap((type) => (type.kind === 'range' ? [type.type] : []))),
    baseTypes: catalog.inOrder(types.flatMap((type) => (type.kind === 'base' ? [type.type] : []))),
    compositeTypes: catalog.inOrder(relations.flatMap((relation) => (relation.kind === 'composite' ? [relation.type] : []))),
    sequences: catalog.inOrder(relations.flatMap((relation) => (relation.kind === 'sequence' ? [relation.sequence] : []))),
    tables,
    views: catalog.inOrder(relations.flatMap((relation) => (relation.kind === 'view' ? [relation.view] : []))),
    routines: catalog.inOrder([...catalog.routines.values()].flat()),
    eventTriggers: catalog.inOrder(catalog.eventTriggers.values()),
    statistics: catalog.inOrder(catalog.statistics.values()),
    ...plainKinds(catalog),
    privileges,
    opaque: catalog.opaque,
  })
}

const plainKinds = (catalog: Catalog): Pick<Schema, PlainList> =>
  // Each list holds the items of its own kind.
  Object.fromEntries(plainLists.map((list) => [list, catalog.inOrder(catalog.kinds.all(list))])) as unknown as Pick<Schema, PlainList>

/** A publication lists the children of a parent by themselves: the parent is meant alone. */
function markParents(catalog: Catalog): void {
  for (const { tables } of catalog.kinds.all('publications'))
    for (const entry of tables) entry.only = catalog.childrenOf(entry.table).some(({ partitionOf }) => !partitionOf)
}
