import type { Diagnostic } from '../diagnostic.ts'
import { hasDefaultOperatorClass, shortType } from '../dialects/postgres.ts'
import { userTypeCategories } from '../dialects/postgres-types.ts'
import type { Change, Draft, Id } from '../project/rows.ts'
import { displayName } from '../schema/names.ts'
import { warning } from './trouble.ts'

/** A column that an index or key is on, with the default operator class of its method. */
interface Use {
  readonly what: string
  readonly method: string
  readonly tableId: Id
  readonly columnId: Id
}

/** Warns of indexes and keys of changed columns, and of changed indexes and keys, whose method knows nothing of a column's type. */
export function warnOfOperatorClasses(draft: Draft, changes: readonly Change[]): readonly Diagnostic[] {
  const uses = changes.flatMap(({ kind, id, before, after }): readonly Use[] => {
    if (kind === 'column' && before && after && 'type' in after) {
      const column = draft.get('column', id)
      return column ? usesOf(draft, column.tableId).filter(({ columnId }) => columnId === id) : []
    }
    if (
      (kind !== 'index' && kind !== 'constraint') ||
      !after ||
      (before && !['elements', 'method', 'columnIds'].some((key) => key in after))
    )
      return []
    const tableId = draft.get(kind, id)?.tableId
    return tableId ? usesOf(draft, tableId, id) : []
  })
  if (uses.length === 0) return []
  const types = userTypeCategories({ enums: draft.all('enumType'), domains: draft.all('domain'), rangeTypes: draft.all('rangeType') })
  return uses.flatMap(({ what, method, tableId, columnId }) => {
    const column = draft.get('column', columnId)
    const table = draft.get('table', tableId)
    if (!column || !table || hasDefaultOperatorClass(method, column.type, types) !== false) return []
    const message = `${what} of "${displayName(table)}" cannot hold "${column.name}": ${method} has no default operator class for ${shortType(column.type)}.`
    return [warning('no-operator-class', message, 'Choose another method, or name an operator class.')]
  })
}

function usesOf(draft: Draft, tableId: Id, only?: Id): readonly Use[] {
  const indexes = draft
    .childrenOf('index', tableId)
    .flatMap(({ id, name, method, elements }) =>
      elements.flatMap(({ columnId, opclass }) =>
        columnId === null || opclass !== null ? [] : [{ id, what: `The index "${name}"`, method, tableId, columnId }],
      ),
    )
  const keys = draft
    .childrenOf('constraint', tableId)
    .flatMap((key) =>
      key.kind === 'primaryKey' || key.kind === 'unique'
        ? key.columnIds.map((columnId) => ({ id: key.id, what: `The key "${key.name}"`, method: 'btree', tableId, columnId }))
        : [],
    )
  return [...indexes, ...keys].filter(({ id }) => only === undefined || id === only)
}
