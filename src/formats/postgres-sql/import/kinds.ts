import { nameKey } from '#core/schema/index.ts'
import type { Item } from './draft.ts'

/** Kinds whose objects are neither relations nor types nor routines, nor part of one. */
export const plainLists = [
  'collations',
  'operators',
  'operatorFamilies',
  'operatorClasses',
  'casts',
  'textSearch',
  'languages',
  'transforms',
  'conversions',
  'accessMethods',
  'foreignDataWrappers',
  'foreignServers',
  'userMappings',
  'publications',
] as const
export type PlainList = (typeof plainLists)[number]

/** The objects of these kinds, found by name: several may share one (operators, operator classes of several methods). */
export class Kinds {
  private readonly lists = new Map<PlainList, Map<string, object[]>>(plainLists.map((list) => [list, new Map()]))

  /** Those of a name (`nameKey` of it where the kind has namespaces). Casts go by their source, transforms by their type, user mappings by server. */
  named<L extends PlainList>(list: L, key: string): readonly (Item<L> & object)[] {
    return this.of(list).get(key) ?? []
  }

  all<L extends PlainList>(list: L): readonly (Item<L> & object)[] {
    return [...this.of(list).values()].flat()
  }

  add<L extends PlainList>(list: L, item: Item<L> & object): void {
    const map = this.of(list)
    const key = keyOf(item)
    const others = map.get(key)
    if (others) others.push(item)
    else map.set(key, [item])
  }

  remove<L extends PlainList>(list: L, item: Item<L> & object): void {
    const map = this.of(list)
    const key = keyOf(item)
    const rest = (map.get(key) ?? []).filter((other) => other !== item)
    if (rest.length > 0) map.set(key, rest)
    else map.delete(key)
  }

  /** Gives an object another name or namespace. */
  move<L extends PlainList>(list: L, item: Item<L> & object, to: { readonly namespace?: string; readonly name?: string }): void {
    this.remove(list, item)
    Object.assign(item, to)
    this.add(list, item)
  }

  /** Types in keys got other names. */
  rekey(list: 'casts' | 'transforms'): void {
    const items = this.all(list)
    this.of(list).clear()
    for (const item of items) this.add(list, item)
  }

  get isEmpty(): boolean {
    return [...this.lists.values()].every((map) => map.size === 0)
  }

  // The one cast: a list's map holds items of that list only.
  private of<L extends PlainList>(list: L): Map<string, (Item<L> & object)[]> {
    return (this.lists.get(list) ?? new Map()) as Map<string, (Item<L> & object)[]>
  }
}

/** `namespace` and `name`, where an object has them; for user mappings the server, for casts the source, for transforms the type. */
function keyOf(item: object): string {
  const { namespace, name, server, source, type } = item as Partial<Record<'namespace' | 'name' | 'server' | 'source' | 'type', string>>
  return namespace !== undefined && name !== undefined ? nameKey({ namespace, name }) : (name ?? server ?? source ?? type ?? '')
}
