import { nameKey, type ObjectName, type Schema } from '#core/schema/index.ts'
import { tableSize, viewSize } from '../../canvas/geometry/table-size.ts'
import { layoutTables } from '../../workers/layout/index.ts'

/** Where a table or view goes, by name: an import knows no ids yet. */
export interface NamedPlace extends ObjectName {
  readonly x: number
  readonly y: number
}

/** Free space between what is there and what comes, in CSS pixels at zoom 1. */
const APART = 160

/** Lays out new tables and views in the worker, to the right of what is on the canvas. */
export async function placeNewcomers(
  { tables, views }: Pick<Schema, 'tables' | 'views'>,
  occupied: { readonly right: number; readonly top: number } | null,
  signal: AbortSignal,
): Promise<readonly NamedPlace[]> {
  const named = new Map<string, ObjectName>()
  for (const { namespace, name } of [...tables, ...views]) named.set(nameKey({ namespace, name }), { namespace, name })
  const nodes = [
    ...tables.map((table) => ({ id: nameKey(table), ...tableSize(table) })),
    ...views.map((view) => ({ id: nameKey(view), ...viewSize(view) })),
  ]
  const links = tables.flatMap((table) => [...targetsOf(table)].filter((to) => named.has(to)).map((to) => ({ from: nameKey(table), to })))
  const positions = await layoutTables(nodes, links, { signal })
  const left = Math.min(...[...positions.values()].map(({ x }) => x))
  const top = Math.min(...[...positions.values()].map(({ y }) => y))
  const shift = occupied && positions.size > 0 ? { x: occupied.right + APART - left, y: occupied.top - top } : { x: 0, y: 0 }
  return [...positions].flatMap(([key, { x, y }]) => {
    const name = named.get(key)
    return name ? [{ ...name, x: Math.round(x + shift.x), y: Math.round(y + shift.y) }] : []
  })
}

/** What a table should stand near to: what it references, its parent when it is a partition, the tables it inherits from. */
function targetsOf({ namespace, name, constraints, partitionOf, inherits }: Schema['tables'][number]): ReadonlySet<string> {
  const targets = new Set<string>()
  for (const constraint of constraints) {
    if (constraint.kind === 'foreignKey')
      targets.add(nameKey({ namespace: constraint.references.namespace, name: constraint.references.table }))
  }
  if (partitionOf) targets.add(nameKey(partitionOf.parent))
  for (const parent of inherits) targets.add(nameKey(parent))
  targets.delete(nameKey({ namespace, name }))
  return targets
}
