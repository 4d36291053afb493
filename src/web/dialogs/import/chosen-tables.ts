import { count } from '../../panels/count.ts'
import type { DatabaseContents } from '#sync/database-messages.ts'

type Namespace = DatabaseContents['namespaces'][number]

/** What is left out, by namespace: `null` = the whole namespace, else these tables. Everything else is chosen. */
export type LeftOut = ReadonlyMap<string, ReadonlySet<string> | null>

/** Whether all, some or none of a namespace are chosen. */
export function chosenOf({ name, tables }: Namespace, left: LeftOut): 'all' | 'some' | 'none' {
  const out = left.get(name)
  if (out === undefined || (out !== null && out.size === 0)) return 'all'
  return out === null || out.size === tables.length ? 'none' : 'some'
}

/** Takes a whole namespace, or leaves it out. */
export const toggleNamespace = (namespace: Namespace, left: LeftOut): LeftOut => {
  const next = new Map(left)
  if (chosenOf(namespace, left) === 'none') next.delete(namespace.name)
  else next.set(namespace.name, null)
  return next
}

/** Takes a table, or leaves it out. */
export function toggleTable({ name, tables }: Namespace, table: string, left: LeftOut): LeftOut {
  const before = left.get(name)
  const out = new Set(before === null ? tables.map((each) => each.name) : before)
  if (!out.delete(table)) out.add(table)
  return new Map(left).set(name, out)
}

export const isChosen = (namespace: string, table: string, left: LeftOut): boolean => {
  const out = left.get(namespace)
  return out === undefined || (out !== null && !out.has(table))
}

/** How many tables and views are chosen. */
export const countChosen = ({ namespaces }: DatabaseContents, left: LeftOut): number =>
  namespaces.reduce((sum, { name, tables }) => sum + tables.filter((table) => isChosen(name, table.name, left)).length, 0)

/** How many are chosen, in words: `375 tables and 6 views`. */
export function countTables({ namespaces }: DatabaseContents, left: LeftOut): string {
  const chosen = namespaces.flatMap(({ name, tables }) => tables.filter((table) => isChosen(name, table.name, left)))
  const views = chosen.filter(({ kind }) => kind === 'view').length
  const tables = chosen.length - views
  return [tables > 0 || views === 0 ? count(tables, 'table') : '', views > 0 ? count(views, 'view') : ''].filter(Boolean).join(' and ')
}

/** What the server is asked for: nothing said when all is chosen, whole namespaces where that does, tables by name else. */
export function requestOf(
  { namespaces }: DatabaseContents,
  left: LeftOut,
): { readonly namespaces?: string[]; readonly tables?: { readonly namespace: string; readonly name: string }[] } {
  const kinds = namespaces.map((namespace) => chosenOf(namespace, left))
  if (kinds.every((kind) => kind === 'all')) return {}
  if (kinds.every((kind) => kind !== 'some'))
    return { namespaces: namespaces.filter((_, at) => kinds[at] === 'all').map(({ name }) => name) }
  return {
    tables: namespaces.flatMap(({ name: namespace, tables }) =>
      tables.filter(({ name }) => isChosen(namespace, name, left)).map(({ name }) => ({ namespace, name })),
    ),
  }
}
