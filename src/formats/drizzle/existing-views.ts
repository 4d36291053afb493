import type { View } from '#core/schema/index.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import type { Context } from './context.ts'
import { isView } from './view-order.ts'

/** The views that drizzle-kit could not create, with the reason: they need a later view, or something that is not created. */
export function viewsThatMustExist(context: Context): ReadonlyMap<View, string> {
  const absent = new Set<object>([...context.catalog.partitions, ...context.foreignTables])
  const rank = new Map<object, number>(creationOrder(context).map((view, at) => [view, at]))
  const found = new Map<View, string>()
  for (const view of context.views) {
    const { relations: used = [], unknown = [] } = context.viewUses.get(view) ?? {}
    const missing = used.find((other) => absent.has(other))
    const later = used.filter(isView).find((other) => (rank.get(other) ?? 0) > (rank.get(view) ?? 0))
    const reason = context.forbids(view.definition)
    if (reason) found.set(view, reason.why)
    else if (missing) found.set(view, `it reads ${pathOf(missing)}, which drizzle-kit does not create`)
    else if (unknown[0]) found.set(view, `it reads ${unknown[0].namespace}.${unknown[0].name}, which is not in the schema`)
    else if (later?.materialized && !view.materialized)
      found.set(view, `drizzle-kit creates materialized views last, and it reads ${pathOf(later)}`)
    else if (later) found.set(view, `drizzle-kit creates views by their exported names, and ${pathOf(later)} comes later`)
  }
  return withReaders(context, found)
}

/** What reads a view that is not there cannot be there either. */
function withReaders({ views, viewUses: uses }: Context, found: Map<View, string>): ReadonlyMap<View, string> {
  const readers = new Map<View, View[]>(views.map((view) => [view, []]))
  for (const [view, { relations }] of uses) for (const other of relations) if (isView(other)) readers.get(other)?.push(view)
  const open = [...found.keys()]
  for (let base = open.pop(); base; base = open.pop()) {
    for (const reader of readers.get(base) ?? []) {
      if (found.has(reader)) continue
      found.set(reader, `it reads ${pathOf(base)}, which is not created either`)
      open.push(reader)
    }
  }
  return found
}

function creationOrder(context: Context): readonly View[] {
  const rank = (view: View): string => `${view.materialized ? 1 : 0}${context.id(view)}`
  return [...context.views].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}
