import type { ObjectName } from '../schema/names.ts'
import type { Id, ProjectView } from './rows.ts'

// A schema may name what it does not contain: a foreign key to a table that was left out of a dump, an index on a column of a parent table.
// Rows refer by id; what cannot be found is kept in place of an id as `?` and its name. No real id looks like that, so whoever looks it up
// finds nothing, and nothing is lost.

/** Stands in for the id of a column that is not there. */
export const unresolvedColumn = (name: string): Id => `?${name}`
/** Stands in for the id of a table that is not there. */
export const unresolvedTable = ({ namespace, name }: ObjectName): Id => `?${JSON.stringify([namespace, name])}`

/** Whether this stands for something that the project does not contain. */
export const isUnresolved = (id: Id): boolean => id.startsWith('?')

/** The name of a column that a row refers to, there or not. */
export const columnNameOf = (view: ProjectView, id: Id): string => view.get('column', id)?.name ?? (isUnresolved(id) ? id.slice(1) : id)

/** The name of a table that a row refers to, there or not. */
export function tableNameOf(view: ProjectView, id: Id): ObjectName {
  const table = view.get('table', id)
  if (table) return { namespace: table.namespace, name: table.name }
  if (isUnresolved(id)) {
    const [namespace, name]: unknown[] = JSON.parse(id.slice(1))
    if (typeof namespace === 'string' && typeof name === 'string') return { namespace, name }
  }
  return { namespace: 'public', name: id }
}
