import { nameKey, type ObjectName, type Schema } from '#core/schema/index.ts'

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
}

const listKeys = [
  'extensions', 'enums', 'domains', 'compositeTypes', 'rangeTypes', 'sequences', 'tables', 'views', 'routines', 'eventTriggers', 'statistics', 'opaque',
] as const satisfies readonly (keyof Schema)[]

/** Compares what comes with what is there, by name. */
export function planImport(incoming: Schema, present: Pick<Schema, 'tables'>): Plan {
  const known = new Map(present.tables.map((table) => [nameKey(table), table]))
  let newTables = 0
  let changedTables = 0
  for (const table of incoming.tables) {
    const before = known.get(nameKey(table))
    if (!before) newTables++
    else if (!isEqual(before, table)) changedTables++
  }
  return {
    tables: incoming.tables.length,
    newTables,
    changedTables,
    sameTables: incoming.tables.length - newTables - changedTables,
    objects: listKeys.reduce((sum, key) => sum + incoming[key].length, 0),
  }
}

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
