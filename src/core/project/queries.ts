import { quoteQualified } from '../dialects/postgres-names.ts'
import { canonicalType, typeCategory, typeParts, userTypeCategories } from '../dialects/postgres-types.ts'
import { isUniqueIn, primaryKeyOf, relationshipsOf, type RelationType } from './relationships.ts'
import type { ColumnRow, Id, ProjectView } from './rows.ts'

// The queries of the sources (S0 §4.2) about what is in a project: `tables.listByProject` and its like, in their shapes (S0 §3.2). They leave
// out what those shapes have no place for; the whole truth is in the rows. Times belong to the server and are added there.

export interface TableSummary {
  readonly id: Id
  readonly projectId: Id
  readonly namespace: string
  readonly name: string
  readonly positionX: number
  readonly positionY: number
  readonly color: string | null
  readonly comment: string | null
}

export const columnCategories = ['numeric', 'text', 'boolean', 'datetime', 'json', 'uuid', 'array', 'enum', 'other'] as const
export type ColumnCategory = (typeof columnCategories)[number]

export interface ColumnSummary {
  readonly id: Id
  readonly tableId: Id
  readonly name: string
  readonly dataType: string
  readonly typeCategory: ColumnCategory
  readonly isPrimaryKey: boolean
  readonly isNullable: boolean
  readonly isUnique: boolean
  readonly defaultValue: string | null
  /** For arrays: the type of their items. */
  readonly arrayBaseType: string | null
  /** For enums of the project: which one. */
  readonly enumTypeId: Id | null
  readonly order: number
  readonly comment: string | null
}

export interface RelationshipSummary {
  readonly id: Id
  readonly projectId: Id
  readonly name: string
  readonly sourceTableId: Id
  readonly sourceColumnId: Id
  readonly targetTableId: Id
  readonly targetColumnId: Id
  readonly columnPairs: readonly { readonly sourceColumnId: Id; readonly targetColumnId: Id }[]
  readonly relationType: RelationType
  readonly junctionTableId: Id | null
}

export interface EnumTypeSummary {
  readonly id: Id
  readonly projectId: Id
  readonly namespace: string
  readonly name: string
  readonly values: readonly string[]
}

/** `tables.listByProject`. */
export function listTables(view: ProjectView, projectId: Id): readonly TableSummary[] {
  return view.all('table').map(({ id, namespace, name, positionX, positionY, color, comment }) => {
    return { id, projectId, namespace, name, positionX, positionY, color, comment }
  })
}

/** `columns.listByTable`; empty for a table that is not there. */
export function listColumns(view: ProjectView, tableId: Id): readonly ColumnSummary[] {
  const keys = new Set(primaryKeyOf(view, tableId)?.columnIds ?? [])
  const categories = userTypeCategories({ enums: view.all('enumType'), domains: view.all('domain'), rangeTypes: view.all('rangeType') })
  return view.childrenOf('column', tableId).map((column) => {
    const category = typeCategory(canonicalType(column.type), categories)
    return {
      id: column.id,
      tableId,
      name: column.name,
      dataType: column.type,
      typeCategory: columnCategories.find((known) => known === category) ?? 'other',
      isPrimaryKey: keys.has(column.id),
      isNullable: column.nullable && !keys.has(column.id),
      isUnique: isUniqueIn(view, tableId, [column.id]),
      defaultValue: column.default,
      arrayBaseType: category === 'array' ? typeWithoutDimensions(column.type) : null,
      enumTypeId: enumTypeOf(view, column),
      order: column.order,
      comment: column.comment,
    }
  })
}

/** `relationships.listByProject`. Foreign keys whose target is not in the project are left out. */
export function listRelationships(view: ProjectView, projectId: Id): readonly RelationshipSummary[] {
  return relationshipsOf(view).flatMap(({ id, name, source, target, relationType, junctionTableId }) => {
    const columnPairs = source.columnIds.map((sourceColumnId, index) => ({ sourceColumnId, targetColumnId: target.columnIds[index] ?? '' }))
    const [first] = columnPairs
    if (!first) return []
    return [
      {
        id,
        projectId,
        name,
        sourceTableId: source.tableId,
        targetTableId: target.tableId,
        ...first,
        columnPairs,
        relationType,
        junctionTableId,
      },
    ]
  })
}

/** `enumTypes.listByProject`. */
export function listEnumTypes(view: ProjectView, projectId: Id): readonly EnumTypeSummary[] {
  return view.all('enumType').map(({ id, namespace, name, values }) => ({ id, projectId, namespace, name, values }))
}

function enumTypeOf(view: ProjectView, { type }: ColumnRow): Id | null {
  const { name } = typeParts(type)
  return view.all('enumType').find((row) => name === quoteQualified(row) || name === quoteQualified(row, { always: true }))?.id ?? null
}

const typeWithoutDimensions = (type: string): string => type.replace(/(\s*\[\s*\d*\s*\])+$/, '')
