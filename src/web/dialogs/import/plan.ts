import { displayName, nameKey, schemaLists, type ObjectName, type Schema } from '#core/schema/index.ts'

/** What an import will do to the project, as it is told before it happens. */
export interface Plan {
  /** Tables that the source brings. */
  readonly tables: number
  readonly newTables: number
  /** Tables that are in the project already and differ in the source. */
  readonly changedTables: number
  /** Tables that are in the project already, just so. */
  readonly sameTables: number
  /** Everything that the source brings: tables, views, types, routines and so on. */
  readonly objects: number
  /** The namespace that all tables are in, or null: then names say theirs. */
  readonly namespace: string | null
  /** The tables by name, those that change first. */
  readonly names: readonly { readonly name: string; readonly fate: Fate }[]
}
/** What becomes of a table that the source brings. */
export type Fate = 'changed' | 'new' | 'same'

/** What is counted as an object: all but who may do what, and the places names live in. */
const listKeys = schemaLists.filter((list) => list !== 'namespaces' && list !== 'privileges')

/** Compares what comes with what is there, by name. */
export function planImport(incoming: Schema, present: Pick<Schema, 'tables'>): Plan {
  const known = new Map(present.tables.map((table) => [nameKey(table), table]))
  const [namespace, ...others] = new Set(incoming.tables.map((table) => table.namespace))
  const isAlone = namespace !== undefined && others.length === 0
  const names = incoming.tables.map((table) => {
    const before = known.get(nameKey(table))
    const fate: Fate = !before ? 'new' : isEqual(before, table) ? 'same' : 'changed'
    return { name: isAlone ? table.name : displayName(table), fate }
  })
  const countOf = (fate: Fate) => names.filter((one) => one.fate === fate).length
  return {
    namespace: isAlone ? namespace : null,
    tables: names.length,
    newTables: countOf('new'),
    changedTables: countOf('changed'),
    sameTables: countOf('same'),
    objects: listKeys.reduce((sum, key) => sum + incoming[key].length, 0),
    names: names.toSorted((a, b) => order[a.fate] - order[b.fate] || a.name.localeCompare(b.name, 'en', { numeric: true })),
  }
}

const order: Readonly<Record<Fate, number>> = { changed: 0, new: 1, same: 2 }

/** Names of tables and views that are not in the project yet: those that need a place. */
export function newcomers(incoming: Schema, present: readonly ObjectName[]): Pick<Schema, 'tables' | 'views'> {
  const known = new Set(present.map(nameKey))
  const isNew = (name: ObjectName) => !known.has(nameKey(name))
  return { tables: incoming.tables.filter(isNew), views: incoming.views.filter(isNew) }
}

/** Deep equality of plain data. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)]
  return keysA.length === keysB.length && keysA.every((key) => Object.hasOwn(b, key) && isEqual(Reflect.get(a, key), Reflect.get(b, key)))
}
