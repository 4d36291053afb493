import type { Table } from '#core/schema/index.ts'

/** Works something out once per table. Tables never change, so what was found stays true as long as the table is around. */
export function perTable<T>(find: (table: Table) => T): (table: Table) => T {
  const known = new WeakMap<Table, { readonly value: T }>()
  return (table) => {
    const before = known.get(table)
    if (before) return before.value
    const value = find(table)
    known.set(table, { value })
    return value
  }
}
