import { isEqual } from '#core/project/equal.ts'
import { aSchema, identityOf, nameKey, schemaLists, type Schema, type SchemaList } from '#core/schema/index.ts'

/** An object that is not the same in two schemas. `before` is missing for a new one, `after` for one that is gone. */
export interface Difference<L extends SchemaList = SchemaList> {
  readonly list: L
  readonly before: Schema[L][number] | undefined
  readonly after: Schema[L][number] | undefined
}

/** What is not the same, in the order of the lists; who may do what, and statements kept word for word, are left aside. */
export function differences(before: Schema, after: Schema): readonly Difference[] {
  return schemaLists
    .filter((list) => list !== 'privileges' && list !== 'opaque')
    .flatMap((list) => compare(list, before[list], after[list]))
}

function compare<L extends SchemaList>(
  list: L,
  before: readonly Schema[L][number][],
  after: readonly Schema[L][number][],
): readonly Difference[] {
  if (before === after) return []
  const known = new Map(before.map((item) => [identityOf(list, item), item]))
  const found: Difference[] = []
  for (const item of after) {
    const key = identityOf(list, item)
    const was = known.get(key)
    known.delete(key)
    if (!isEqual(was, item)) found.push({ list, before: was, after: item })
  }
  for (const gone of known.values()) found.push({ list, before: gone, after: undefined })
  return found
}

/** A schema of the objects that differ, as they are in `whole`, and of the sequences that belong to their columns. */
export function subset(whole: Schema, changed: readonly Difference[], side: 'before' | 'after'): Schema {
  const wanted = new Map<SchemaList, Set<string>>()
  for (const difference of changed) {
    const item = difference[side]
    if (item === undefined) continue
    const keys = wanted.get(difference.list) ?? new Set()
    wanted.set(difference.list, keys.add(identityOf(difference.list, item)))
  }
  const tables = pick('tables', whole.tables, wanted)
  const owners = new Set(tables.map(nameKey))
  const owned = whole.sequences.filter(
    ({ ownedBy }) => ownedBy && owners.has(nameKey({ namespace: ownedBy.namespace, name: ownedBy.table })),
  )
  const lists = Object.fromEntries(
    schemaLists.map((list) => [list, pick<SchemaList, Schema[SchemaList][number]>(list, whole[list], wanted)]),
  )
  const sequences = [...new Set([...pick('sequences', whole.sequences, wanted), ...owned])]
  return { ...aSchema({ dialect: whole.dialect }), ...lists, tables, sequences }
}

const pick = <L extends SchemaList, T extends Schema[L][number]>(
  list: L,
  items: readonly T[],
  wanted: ReadonlyMap<SchemaList, ReadonlySet<string>>,
): readonly T[] => items.filter((item) => wanted.get(list)?.has(identityOf(list, item)))
