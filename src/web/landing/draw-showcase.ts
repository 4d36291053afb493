import type { ConstraintRow, ForeignKeyRow, ProjectView, TableRow } from '#core/project/rows.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import { shopPlaces } from './shop.ts'
import type { ShowcaseColumn, ShowcaseLink, ShowcaseTable } from './showcase.ts'

/** The tables as the page draws them. */
export const drawnTables = (view: ProjectView): ShowcaseTable[] =>
  view.all('table').flatMap((table) => {
    const place = shopPlaces[table.name]
    const namespace = table.namespace === DEFAULT_NAMESPACE ? null : table.namespace
    return place ? [{ name: table.name, namespace, ...place, columns: drawnColumns(view, table), foot: foot(view, table) }] : []
  })

/** A line for each foreign key. */
export const drawnLinks = (view: ProjectView): ShowcaseLink[] =>
  view.all('constraint').flatMap((key) => {
    if (key.kind !== 'foreignKey') return []
    const table = view.get('table', key.tableId)
    const parent = view.get('table', key.references.tableId)
    return table && parent ? [drawnLink(view, key, { table, parent })] : []
  })

function drawnLink(
  view: ProjectView,
  key: ForeignKeyRow,
  { table, parent }: { readonly table: TableRow; readonly parent: TableRow },
): ShowcaseLink {
  const [columnId = ''] = key.columnIds
  const unique = view
    .childrenOf('constraint', table.id)
    .some((it) => isKey(it) && it.columnIds.length === 1 && it.columnIds[0] === columnId)
  return {
    table: table.name,
    column: columnId,
    toTable: parent.name,
    toColumn: key.references.columnIds[0] ?? '',
    many: !unique,
    optional: drawnColumns(view, table).some((column) => column.id === columnId && column.nullable),
  }
}

function drawnColumns(view: ProjectView, table: TableRow): ShowcaseColumn[] {
  const constraints = view.childrenOf('constraint', table.id)
  const has = (kind: ConstraintRow['kind'], id: string) =>
    constraints.some((it) => it.kind === kind && 'columnIds' in it && it.columnIds.includes(id))
  return view.childrenOf('column', table.id).map(({ id, name, type, nullable }) => ({
    id,
    name,
    type: shortType(type),
    nullable: nullable && !has('primaryKey', id),
    primary: has('primaryKey', id),
    foreign: has('foreignKey', id),
    unique: has('unique', id),
  }))
}

const isKey = (row: ConstraintRow) => row.kind === 'primaryKey' || row.kind === 'unique'

/** As people write it: `timestamptz`, not `timestamp with time zone`. */
const shortType = (type: string): string =>
  type.replace('timestamp with time zone', 'timestamptz').replace('character varying', 'varchar').replace(`${DEFAULT_NAMESPACE}.`, '')

function foot(view: ProjectView, table: TableRow): string {
  const count = (number: number, one: string, many: string) => (number === 0 ? [] : [`${number} ${number === 1 ? one : many}`])
  const of = (kind: ConstraintRow['kind']) => view.childrenOf('constraint', table.id).filter((it) => it.kind === kind).length
  const indexes = view.childrenOf('index', table.id).length
  return [
    ...count(indexes, 'index', 'indexes'),
    ...count(of('check'), 'check', 'checks'),
    ...count(of('exclusion'), 'exclusion', 'exclusions'),
  ].join(' · ')
}
