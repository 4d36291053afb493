import { nameKey } from '#core/schema/index.ts'
import type { Table, View } from '#core/schema/index.ts'
import type { Catalog } from './catalog.ts'
import { asViewColumns, viewColumns, type FindColumns, type ViewColumn } from './view-columns.ts'
import type { ResultOf } from './view-values.ts'

/** Looks up the columns of tables and, through their queries, of views. */
export function columnFinder(catalog: Catalog): FindColumns {
  const relations = new Map<string, Table | View>(
    [...catalog.schema.views, ...catalog.partitions, ...catalog.foreignTables, ...catalog.tables].map((one) => [nameKey(one), one]),
  )
  const resultOf = resultFinder(catalog)
  const known = new Map<Table | View, readonly ViewColumn[] | undefined>()
  const find: FindColumns = (name) => {
    const relation = relations.get(nameKey(name))
    if (!relation) return undefined
    if ('constraints' in relation) return asViewColumns(relation.columns)
    if (!known.has(relation)) {
      // Set first: a view that reads itself finds nothing.
      known.set(relation, undefined)
      known.set(relation, viewColumns(relation, find, resultOf))
    }
    return known.get(relation)
  }
  return find
}

/** The types of the schema's functions, as far as their name alone tells. */
function resultFinder({ schema }: Catalog): ResultOf {
  const byName = new Map<string, { readonly namespace: string; readonly type: string | null }[]>()
  for (const { namespace, name, kind, returns, returnsSet } of schema.routines) {
    if (kind === 'procedure') continue
    const isOne = returns !== null && !returnsSet && !/^(?:setof |any|record$|void$)/i.test(returns)
    const result = { namespace, type: isOne ? returns : null }
    const known = byName.get(name)
    if (known) known.push(result)
    else byName.set(name, [result])
  }
  return (parts) => {
    const all = byName.get(parts.at(-1) ?? '')?.filter(({ namespace }) => parts.length < 2 || namespace === parts.at(-2)) ?? []
    return all.every(({ type }) => type === all[0]?.type) ? (all[0]?.type ?? null) : null
  }
}
