import type { Diagnostic } from '../../diagnostic.ts'
import { passesNotNull, plainNotNull } from '../../schema/column.ts'
import { displayName } from '../../schema/names.ts'
import { isUnresolved } from '../references.ts'
import type { CheckRow, ColumnRow, Draft, Id, TableRow } from '../rows.ts'
import { freeId, lanes, nextOrder } from './keys.ts'
import { descendantsOf } from './texts.ts'

// What tables have from the tables that they inherit from, or are partitions of: columns and checks.

/** What a table had from its parents becomes its own, as NO INHERIT and DETACH PARTITION leave it. A typed table has its columns from its type. */
export function letGo(draft: Draft, table: TableRow): void {
  if (table.ofType) return
  for (const column of draft.childrenOf('column', table.id)) if (column.inherited) draft.update('column', column.id, { inherited: false })
  for (const check of draft.childrenOf('constraint', table.id))
    if (check.kind === 'check' && check.inherited) draft.update('constraint', check.id, { inherited: false })
}

/** The column for tables that inherit it, where they lack it. */
export function addHeirs(draft: Draft, heirs: readonly TableRow[], column: ColumnRow): void {
  for (const heir of heirs) {
    if (draft.childrenOf('column', heir.id).some(({ name }) => name === column.name)) continue
    draft.insert('column', {
      ...column,
      id: freeId(draft, 'column', column.id, lanes.heir),
      order: nextOrder(draft.childrenOf('column', heir.id)),
      tableId: heir.id,
      inherited: true,
      identity: null,
      statistics: null,
      options: {},
      nullable: !passesNotNull(column),
      ...plainNotNull,
      comment: null,
    })
  }
}

/** The check for a table that inherits it. */
export function addHeirCheck(draft: Draft, table: TableRow, check: CheckRow): void {
  const id = freeId(draft, 'constraint', check.id, lanes.heir)
  const order = nextOrder(draft.childrenOf('constraint', table.id))
  draft.insert('constraint', { ...check, id, order, tableId: table.id, inherited: true, comment: null })
}

/** Which tables came from elsewhere, and which got rows or settings from there. */
export interface Arrivals {
  readonly isNew: (tableId: Id) => boolean
  readonly isChanged: (tableId: Id) => boolean
}

/**
 * After rows came from elsewhere: what a table has from its parents is what they have now. Columns and checks that it lacks are added, the types
 * of inherited columns follow, and what no parent has any more is the table's own. Tables that came together with all their parents agree already.
 * A diagnostic of severity `error` means that the tables cannot be kept like this.
 */
export function agreeWithParents(draft: Draft, { isNew, isChanged }: Arrivals): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  /** Whether something came to a table or to one that it descends from. */
  const met = new Map<Id, boolean>()
  const visit = (table: TableRow, path: readonly Id[]): boolean => {
    const known = met.get(table.id)
    if (known !== undefined) return known
    if (path.includes(table.id)) {
      if (!path.some((id) => isChanged(id) && !isNew(id))) return false
      const message = `"${displayName(table)}" would inherit from itself.`
      diagnostics.push({ code: 'made-of-itself', severity: 'error', message, hint: 'Take one of the two out of the other.' })
      return false
    }
    const parentIds = parentsOf(table)
    const parents = parentIds.flatMap((id) => draft.get('table', id) ?? [])
    const above = parents.map((parent) => visit(parent, [...path, table.id]))
    const isMet = isChanged(table.id) || above.includes(true)
    met.set(table.id, isMet)
    const isWhole = isNew(table.id) && parentIds.every(isNew)
    // A typed table has its columns from its type, not from a table.
    if (isMet && !isWhole && table.ofType === null && !parentIds.some(isUnresolved)) diagnostics.push(...agree(draft, table, parents))
    return isMet
  }
  for (const table of draft.all('table')) visit(table, [])
  return diagnostics
}

const parentsOf = ({ partitionOf, inherits }: TableRow): readonly Id[] => (partitionOf ? [partitionOf.parentId] : inherits)

function agree(draft: Draft, table: TableRow, parents: readonly TableRow[]): readonly Diagnostic[] {
  const columns = new Map<string, ColumnRow>()
  const checks = new Map<string, CheckRow>()
  for (const parent of parents) {
    for (const column of draft.childrenOf('column', parent.id)) if (!columns.has(column.name)) columns.set(column.name, column)
    for (const check of draft.childrenOf('constraint', parent.id))
      if (check.kind === 'check' && !check.noInherit && !checks.has(check.name)) checks.set(check.name, check)
  }
  const disputes: Diagnostic[] = []
  for (const own of draft.childrenOf('column', table.id)) {
    const above = columns.get(own.name)
    columns.delete(own.name)
    const inherited = above !== undefined && (own.inherited || table.partitionOf !== null)
    if (inherited !== own.inherited) draft.update('column', own.id, { inherited })
    if (!above) continue
    if (own.type !== above.type && inherited) draft.update('column', own.id, { type: above.type })
    else if (own.type !== above.type) disputes.push(disputed(table, `The column "${own.name}"`))
    if (own.nullable && passesNotNull(above)) draft.update('column', own.id, { nullable: false })
  }
  for (const own of draft.childrenOf('constraint', table.id)) {
    const above = checks.get(own.name)
    checks.delete(own.name)
    if (own.kind !== 'check') continue
    if (own.inherited && !above) draft.update('constraint', own.id, { inherited: false })
    if (!above || own.expression === above.expression) continue
    if (own.inherited) draft.update('constraint', own.id, { expression: above.expression })
    else disputes.push(disputed(table, `The check "${own.name}"`))
  }
  for (const column of columns.values()) addHeirs(draft, [table, ...descendantsOf(draft, table.id)], column)
  for (const check of checks.values()) addHeirCheck(draft, table, check)
  return [...disputes, ...strangersOf(draft, table, parents[0])]
}

/** Something that a table says of its own, and otherwise than a table it inherits from: PostgreSQL refuses it, and nothing here is changed for it. */
const disputed = (table: TableRow, what: string): Diagnostic => ({
  code: 'incompatible-types',
  severity: 'warning',
  message: `${what} of "${displayName(table)}" is not what a table that it inherits from says: PostgreSQL refuses it.`,
  hint: 'Make both the same, or give one another name.',
})

/** A partition with columns that its parent lacks: PostgreSQL refuses it, and nothing here is thrown away for it. */
function strangersOf(draft: Draft, table: TableRow, parent: TableRow | undefined): readonly Diagnostic[] {
  if (!table.partitionOf || !parent) return []
  return draft
    .childrenOf('column', table.id)
    .filter(({ inherited }) => !inherited)
    .map(({ name }) => ({
      code: 'bad-partition',
      severity: 'warning',
      message: `The partition "${displayName(table)}" has the column "${name}", which "${displayName(parent)}" lacks: PostgreSQL refuses it.`,
      hint: 'Add the column to the parent, or take it out of the partition.',
    }))
}
