import { shortType } from '#core/dialects/postgres-types.ts'
import type { Id, ProjectView } from '#core/project/rows.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import type { Findable } from './search.ts'

/** A table, view or column to go to. */
export interface PlaceToGo extends Findable {
  readonly kind: 'table' | 'view' | 'column'
  /** Empty for the default namespace. */
  readonly namespace: string
  readonly table: string
  readonly tableId: Id
  readonly column: string | null
  readonly columnId: Id | null
  readonly type: string | null
}

/** Everything on the canvas that has a name: tables, then views, then columns. */
export function collectPlaces(view: ProjectView): readonly PlaceToGo[] {
  const prefixOf = (namespace: string) => (namespace === DEFAULT_NAMESPACE ? '' : namespace)
  const place = (
    kind: 'table' | 'view',
    { id, namespace, name }: { readonly id: Id; readonly namespace: string; readonly name: string },
  ): PlaceToGo => {
    const prefix = prefixOf(namespace)
    return {
      id,
      kind,
      namespace: prefix,
      table: name,
      tableId: id,
      column: null,
      columnId: null,
      type: null,
      path: prefix ? `${prefix}.${name}` : name,
      bonus: 12,
    }
  }
  const tables = view.all('table')
  const columns = tables.flatMap((table) => {
    const prefix = prefixOf(table.namespace)
    return view.childrenOf('column', table.id).map((column): PlaceToGo => ({
      id: column.id,
      kind: 'column',
      namespace: prefix,
      table: table.name,
      tableId: table.id,
      column: column.name,
      columnId: column.id,
      type: shortType(column.type),
      path: `${prefix ? `${prefix}.` : ''}${table.name}.${column.name}`,
    }))
  })
  return [...tables.map((table) => place('table', table)), ...view.all('view').map((one) => place('view', one)), ...columns]
}
