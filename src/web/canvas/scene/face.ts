import { shortType } from '#core/dialects/postgres.ts'
import type { ColumnRow, ConstraintRow, Id, IndexRow, ProjectView, TableRow, ViewRow } from '#core/project/rows.ts'
import { footText, viewFoot, type TableFace } from '../geometry/table-size.ts'

/** The sign in front of a column. The word is also what screen readers say. */
export type KeySign = 'primary' | 'foreign' | 'unique' | 'primaryForeign' | 'foreignUnique'

export interface RowFace {
  readonly id: Id
  readonly name: string
  /** The short spelling. */
  readonly type: string
  readonly nullable: boolean
  readonly key: KeySign | null
  /** What does not fit the row: default, comment; null when there is neither. */
  readonly about: string | null
}

/** What is drawn of a table or view, apart from where. Equal faces look the same. */
export interface Face extends TableFace {
  readonly kind: 'table' | 'view'
  /** A name of the palette, e.g. `blue`; null = by namespace. */
  readonly color: string | null
  readonly rows: readonly RowFace[]
}

export function tableFace(view: ProjectView, table: TableRow): Face {
  const constraints = view.childrenOf('constraint', table.id)
  const indexes = view.childrenOf('index', table.id)
  const keyOf = keySigns(constraints, indexes)
  return {
    kind: 'table',
    namespace: table.namespace,
    name: table.name,
    color: table.color,
    rows: view.childrenOf('column', table.id).map((column) => ({
      id: column.id,
      name: column.name,
      type: shortType(column.type),
      nullable: column.nullable,
      key: keyOf(column.id),
      about: aboutColumn(column),
    })),
    foot: footText({
      indexes: indexes.length,
      uniques: constraints.filter((constraint) => constraint.kind === 'unique' && constraint.columnIds.length > 1).length,
      checks: countOf(constraints, 'check'),
      exclusions: countOf(constraints, 'exclusion'),
      triggers: view.childrenOf('trigger', table.id).length,
      policies: view.childrenOf('policy', table.id).length,
      rules: view.childrenOf('rule', table.id).length,
      partitionBy: table.partitionBy?.strategy ?? null,
      isPartition: table.partitionOf !== null,
      isForeign: table.foreign !== null,
      inherits: table.inherits.length,
    }),
  }
}

function aboutColumn({ default: value, identity, generated, comment }: ColumnRow): string | null {
  const origin = generated ? `generated: ${generated.expression}` : identity ? 'identity' : value === null ? null : `default ${value}`
  const parts = [origin, comment].filter((part) => part !== null)
  return parts.length > 0 ? parts.join('\n') : null
}

export function viewFace(view: ViewRow): Face {
  return { kind: 'view', namespace: view.namespace, name: view.name, color: null, rows: [], foot: viewFoot(view.materialized) }
}

/** Which sign each column gets: being a key of its own outweighs pointing elsewhere. */
function keySigns(constraints: readonly ConstraintRow[], indexes: readonly IndexRow[]): (columnId: Id) => KeySign | null {
  const primary = new Set<Id>()
  const foreign = new Set<Id>()
  const unique = new Set<Id>()
  for (const constraint of constraints) {
    if (constraint.kind === 'primaryKey') for (const id of constraint.columnIds) primary.add(id)
    if (constraint.kind === 'foreignKey') for (const id of constraint.columnIds) foreign.add(id)
    if (constraint.kind === 'unique' && constraint.columnIds.length === 1) for (const id of constraint.columnIds) unique.add(id)
  }
  for (const index of indexes) {
    const [element] = index.elements
    if (index.unique && index.predicate === null && index.elements.length === 1 && element?.columnId) unique.add(element.columnId)
  }
  return (id) => {
    if (primary.has(id)) return foreign.has(id) ? 'primaryForeign' : 'primary'
    if (foreign.has(id)) return unique.has(id) ? 'foreignUnique' : 'foreign'
    return unique.has(id) ? 'unique' : null
  }
}

const countOf = (constraints: readonly ConstraintRow[], kind: ConstraintRow['kind']): number =>
  constraints.filter((constraint) => constraint.kind === kind).length
