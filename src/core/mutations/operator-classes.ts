import type { Diagnostic } from '../diagnostic.ts'
import { hasDefaultOperatorClass, quoteQualified, shortType } from '../dialects/postgres.ts'
import { typeCategory, typeParts, userTypeCategories } from '../dialects/postgres-types.ts'
import type { Change, ColumnRow, Draft, Id } from '../project/rows.ts'
import { displayName } from '../schema/names.ts'
import { warning } from './trouble.ts'

/** A column that an index, key or exclusion is on, with the default operator class of its method. */
interface Use {
  readonly what: string
  readonly method: string
  readonly tableId: Id
  readonly columnId: Id
  readonly isExclusion: boolean
}

/** Warns of indexes and keys of changed columns, and of changed indexes and keys, whose method knows nothing of a column's type. */
export function warnOfOperatorClasses(draft: Draft, changes: readonly Change[]): readonly Diagnostic[] {
  const uses = changes.flatMap((change) => usesTouched(draft, change))
  if (uses.length === 0) return []
  const types = userTypeCategories({ enums: draft.all('enumType'), domains: draft.all('domain'), rangeTypes: draft.all('rangeType') })
  const bases = new Map(draft.all('domain').flatMap((domain) => spellings(domain).map((name) => [name, domain.type] as const)))
  return uses.flatMap(({ what, method, tableId, columnId, isExclusion }) => {
    const column = draft.get('column', columnId)
    const table = draft.get('table', tableId)
    if (!column || !table) return []
    // An operator of any enum, array or range is not found for a domain of one.
    const base = baseOf(column.type, bases)
    const isDomain = base !== column.type && polymorphic.has(typeCategory(base, types))
    if (hasDefaultOperatorClass(method, base, types) !== false && !(isExclusion && isDomain)) return []
    const message = `${what} of "${displayName(table)}" cannot hold "${column.name}": ${method} has no default operator class for ${shortType(column.type)}.`
    return [warning('no-operator-class', message, 'Choose another method, or name an operator class.')]
  })
}

/** What a domain is made of in the end; other types are themselves. */
function baseOf(type: string, bases: ReadonlyMap<string, string>): string {
  const seen = new Set<string>()
  let base = type
  // A file may hold a domain that is made of itself.
  for (let next = bases.get(base); next !== undefined && !seen.has(base); next = bases.get(base)) {
    seen.add(base)
    base = next
  }
  return base
}

const polymorphic: ReadonlySet<string> = new Set(['enum', 'array', 'range'])
const spellings = (type: { readonly namespace: string; readonly name: string }): readonly string[] => [
  quoteQualified(type),
  quoteQualified(type, { always: true }),
]

/** What a change may make impossible: uses of a column with another type or of a domain with another base, and those that are changed themselves. */
function usesTouched(draft: Draft, { kind, id, before, after }: Change): readonly Use[] {
  if (!after) return []
  if ((kind === 'column' || kind === 'domain') && before && 'type' in after) {
    const names = kind === 'domain' ? new Set(spellings(draft.get('domain', id) ?? { namespace: '', name: '' })) : new Set()
    const isMeant = (column: ColumnRow) => column.id === id || names.has(typeParts(column.type).name)
    const columns = kind === 'column' ? [draft.get('column', id)] : draft.all('column').filter(isMeant)
    return columns.flatMap((column) => (column ? usesOf(draft, column.tableId).filter(({ columnId }) => columnId === column.id) : []))
  }
  if (kind !== 'index' && kind !== 'constraint') return []
  if (before && !['elements', 'method', 'columnIds'].some((key) => key in after)) return []
  const tableId = draft.get(kind, id)?.tableId
  return tableId ? usesOf(draft, tableId, id) : []
}

function usesOf(draft: Draft, tableId: Id, only?: Id): readonly Use[] {
  const isAsked = ({ id }: { readonly id: Id }) => only === undefined || id === only
  const indexes = draft
    .childrenOf('index', tableId)
    .filter(isAsked)
    .flatMap(({ name, method, elements }) =>
      elements.flatMap(({ columnId, opclass }) =>
        columnId === null || opclass !== null ? [] : [{ what: `The index "${name}"`, method, tableId, columnId, isExclusion: false }],
      ),
    )
  const keys = draft
    .childrenOf('constraint', tableId)
    .filter(isAsked)
    .flatMap((key): readonly Use[] => {
      if (key.kind === 'primaryKey' || key.kind === 'unique')
        return key.columnIds.map((columnId) => ({ what: `The key "${key.name}"`, method: 'btree', tableId, columnId, isExclusion: false }))
      if (key.kind !== 'exclusion') return []
      const shared = { what: `The exclusion "${key.name}"`, method: key.method ?? 'btree', tableId, isExclusion: true }
      return key.elements.flatMap(({ element: { columnId, opclass } }) =>
        columnId === null || opclass !== null ? [] : [{ ...shared, columnId }],
      )
    })
  return [...indexes, ...keys]
}
