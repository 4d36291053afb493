import { DEFAULT_NAMESPACE, nameKey, type Schema, type Table, type View } from '#core/schema/index.ts'
import type { Names } from '../shared/names.ts'
import { searchPathOf } from '../shared/orm/catalog.ts'
import { relationsIn, type NamedRelation } from '../shared/orm/relations-in.ts'

// drizzle-kit creates views in the order of their exported names, first the plain ones, then the materialized ones.

/** What a view reads: tables, partitions, foreign tables and other views, and what of its namespaces' the schema does not have. */
export interface ViewUse {
  readonly relations: readonly (Table | View)[]
  readonly unknown: readonly NamedRelation[]
}

/** What each view reads. */
export function viewUses(views: readonly View[], tables: readonly Table[], { namespaces, extensions }: Schema): ReadonlyMap<View, ViewUse> {
  const byName = new Map<string, Table | View>([...tables, ...views].map((one) => [nameKey(one), one]))
  const find = (view: View, { namespace, name }: NamedRelation): Table | View | undefined => {
    const path = namespace === null ? searchPathOf(view.searchPath) : [namespace]
    return path.map((candidate) => byName.get(nameKey({ namespace: candidate, name }))).find((one) => one !== undefined)
  }
  // What extensions bring is not in the schema.
  const brought = new Set(extensions.map(({ namespace }) => namespace ?? DEFAULT_NAMESPACE))
  const own = new Set(namespaces.map(({ name }) => name).filter((name) => !brought.has(name)))
  const useOf = (view: View): ViewUse => {
    const read = relationsIn(view.definition).map((named) => ({ named, found: find(view, named) }))
    const relations = read.flatMap(({ found }) => (found && found !== view ? [found] : []))
    const unknown = read.filter(({ named, found }) => !found && named.namespace !== null && own.has(named.namespace))
    return { relations, unknown: unknown.map(({ named }) => named) }
  }
  return new Map(views.map((view) => [view, useOf(view)]))
}

export const isView = (relation: Table | View): relation is View => 'definition' in relation

/**
 * Gives views that others read names that come before theirs, with underscores in front: `_orders` for `archive`. Tells which. Views of the two
 * sorts keep theirs, for they are created apart.
 */
export function moveViews(uses: ReadonlyMap<View, ViewUse>, ids: Map<object, string>, exported: Names): ReadonlySet<View> {
  const readers = new Map<View, View[]>([...uses.keys()].map((view) => [view, []]))
  for (const [view, { relations }] of uses)
    for (const other of relations) if (isView(other) && other.materialized === view.materialized) readers.get(other)?.push(view)
  const moved = new Set<View>()
  for (const view of readersFirst(readers)) {
    const others = (readers.get(view) ?? []).map((reader) => ids.get(reader) ?? '')
    const id = ids.get(view) ?? ''
    const isBefore = (name: string): boolean => others.every((other) => name < other)
    const found = isBefore(id)
      ? id
      : [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => '_'.repeat(n) + id).find((name) => isBefore(name) && !exported.has(name))
    if (found === undefined || found === id) continue
    ids.set(view, exported.take(found))
    moved.add(view)
  }
  return moved
}

/** The views, each after those that read it. Views that read each other come as they are. */
function readersFirst(readers: ReadonlyMap<View, readonly View[]>): readonly View[] {
  const order: View[] = []
  const seen = new Set<View>()
  for (const start of readers.keys()) {
    const stack = seen.has(start) ? [] : [{ view: start, next: 0 }]
    seen.add(start)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const reader = readers.get(top.view)?.[top.next]
      top.next += 1
      if (reader === undefined) {
        order.push(top.view)
        stack.pop()
      } else if (!seen.has(reader)) {
        seen.add(reader)
        stack.push({ view: reader, next: 0 })
      }
    }
  }
  return order
}
