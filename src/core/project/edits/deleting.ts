import type { Diagnostic } from '../../diagnostic.ts'
import { displayName } from '../../schema/names.ts'
import type { ColumnRow, ConstraintRow, Draft, Id, IndexElementRow, TableRow } from '../rows.ts'
import { mentionsName } from './expression-rename.ts'
import { letGo } from './inheritance.ts'
import { viewsNaming, warnOfLeftovers } from './mentions.ts'
import { unpublish, unpublishColumn } from './published.ts'
import { usersOf } from './references.ts'
import { descendantsOf, statisticsOf } from './texts.ts'

const childKinds = ['policy', 'rule', 'trigger', 'index', 'constraint', 'column'] as const

/** Deletes a table with all that hangs on it, its partitions, and the foreign keys that point at it. Tables that inherit from it go on without it. */
export function deleteTable(draft: Draft, table: TableRow): readonly Diagnostic[] {
  const warnings: Diagnostic[] = []
  for (const child of draft.all('table')) {
    if (child.partitionOf?.parentId === table.id) warnings.push(...deleteTable(draft, child))
    else if (child.inherits.includes(table.id)) warnings.push(...disinherit(draft, child, table))
  }
  for (const foreignKey of draft.foreignKeysTo(table.id)) draft.delete('constraint', foreignKey.id)
  for (const sequence of draft.all('sequence')) if (sequence.ownedBy?.tableId === table.id) draft.delete('sequence', sequence.id)
  for (const statistics of statisticsOf(draft, table)) draft.delete('statistics', statistics.id)
  unpublish(draft, table)
  for (const kind of childKinds) for (const { id } of draft.childrenOf(kind, table.id)) draft.delete(kind, id)
  draft.delete('table', table.id)
  const views = viewsNaming(draft, table.name).map(({ label }) => label)
  const users = usersOf(draft, { what: 'type', name: table })
  return [...warnings, ...warnOfLeftovers(draft, `The deleted table "${displayName(table)}"`, [table.name], [...views, ...users])]
}

function disinherit(draft: Draft, child: TableRow, parent: TableRow): readonly Diagnostic[] {
  draft.update('table', child.id, { inherits: child.inherits.filter((id) => id !== parent.id) })
  if (child.inherits.length === 1) letGo(draft, child)
  return [
    {
      code: 'no-longer-inherits',
      severity: 'warning',
      message: `"${displayName(child)}" inherited from "${displayName(parent)}" and now stands on its own.`,
    },
  ]
}

/**
 * Deletes a column with the keys, constraints, indexes and statistics that use it, in its table and in those that inherit it, and the foreign
 * keys that point at it, as DROP COLUMN … CASCADE would. The caller has made sure that no partition key or generated column needs it.
 */
export function deleteColumn(draft: Draft, column: ColumnRow): readonly Diagnostic[] {
  const table = draft.get('table', column.tableId)
  if (!table) return []
  const own = withoutColumn(draft, table, column)
  const heirs = descendantsOf(draft, table.id).flatMap((child) => {
    const isKept = child.inherits.some((id) => draft.childrenOf('column', id).some(({ name }) => name === column.name))
    const inherited = draft.childrenOf('column', child.id).find(({ name, inherited: isInherited }) => isInherited && name === column.name)
    return inherited && !isKept ? withoutColumn(draft, child, inherited) : []
  })
  return [...own, ...heirs]
}

function withoutColumn(draft: Draft, table: TableRow, column: ColumnRow): readonly Diagnostic[] {
  const unsure = deleteOneColumn(draft, table, column)
  const views = viewsNaming(draft, table.name).flatMap(({ id, label }) =>
    mentionsName(draft.get('view', id)?.definition ?? '', column.name) ? [label] : [],
  )
  const what = `The deleted column "${displayName(table)}.${column.name}"`
  return warnOfLeftovers(draft, what, [table.name, column.name], [...unsure, ...views])
}

/** What needs a column, there or in a table that inherits it, so much that it cannot be deleted alone: said for people; null = nothing does. */
export function needsColumn(draft: Draft, table: TableRow, column: ColumnRow): string | null {
  if (table.partitionBy?.keys.some((key) => elementUses(key, column))) return 'it is part of the partition key'
  for (const heir of [table, ...descendantsOf(draft, table.id)]) {
    const generated = draft
      .childrenOf('column', heir.id)
      .find(({ name, generated: formula }) => name !== column.name && formula && mentionsName(formula.expression, column.name))
    const where = heir === table ? '' : `${displayName(heir)}.`
    if (generated) return `the generated column "${where}${generated.name}" is computed from it`
  }
  return null
}

function deleteOneColumn(draft: Draft, table: TableRow, column: ColumnRow): readonly string[] {
  const unsure: string[] = []
  for (const foreignKey of draft.foreignKeysTo(table.id)) {
    if (foreignKey.references.columnIds.includes(column.id)) draft.delete('constraint', foreignKey.id)
  }
  for (const constraint of draft.childrenOf('constraint', table.id)) {
    if (constraintUses(constraint, column)) draft.delete('constraint', constraint.id)
  }
  for (const index of draft.childrenOf('index', table.id)) {
    const isUsed = index.elements.some((key) => elementUses(key, column)) || index.includeIds.includes(column.id)
    if (isUsed || (index.predicate !== null && mentionsName(index.predicate, column.name))) draft.delete('index', index.id)
  }
  for (const trigger of draft.childrenOf('trigger', table.id)) {
    const events = trigger.events.map((event) => ({ ...event, columnIds: event.columnIds.filter((id) => id !== column.id) }))
    const lostAll = events.every(({ columnIds }, at) => columnIds.length === 0 && (trigger.events[at]?.columnIds.length ?? 0) > 0)
    if (lostAll) draft.delete('trigger', trigger.id)
    else if (events.some(({ columnIds }, at) => columnIds.length !== trigger.events[at]?.columnIds.length)) {
      const kept = events.filter(({ columnIds }, at) => columnIds.length > 0 || trigger.events[at]?.columnIds.length === 0)
      draft.update('trigger', trigger.id, { events: kept })
    }
    if (!lostAll && trigger.when !== null && mentionsName(trigger.when, column.name)) unsure.push(`the trigger "${trigger.name}"`)
  }
  for (const policy of draft.childrenOf('policy', table.id)) {
    if ([policy.using, policy.check].some((sql) => sql !== null && mentionsName(sql, column.name)))
      unsure.push(`the policy "${policy.name}"`)
  }
  for (const statistics of statisticsOf(draft, table)) {
    if (statistics.elements.some((sql) => mentionsName(sql, column.name))) draft.delete('statistics', statistics.id)
  }
  for (const sequence of draft.all('sequence')) if (sequence.ownedBy?.columnId === column.id) draft.delete('sequence', sequence.id)
  unsure.push(...unpublishColumn(draft, table, column.name))
  draft.delete('column', column.id)
  return unsure
}

function constraintUses(constraint: ConstraintRow, column: ColumnRow): boolean {
  const has = (ids: readonly Id[]) => ids.includes(column.id)
  if (constraint.kind === 'check') return mentionsName(constraint.expression, column.name)
  if (constraint.kind === 'foreignKey') return has(constraint.columnIds) || has(constraint.onDeleteColumnIds)
  if (constraint.kind !== 'exclusion') return has(constraint.columnIds) || has(constraint.includeIds)
  const isInPredicate = constraint.predicate !== null && mentionsName(constraint.predicate, column.name)
  return isInPredicate || has(constraint.includeIds) || constraint.elements.some(({ element }) => elementUses(element, column))
}

const elementUses = ({ columnId, expression }: IndexElementRow, { id, name }: ColumnRow): boolean =>
  columnId === id || (expression !== null && mentionsName(expression, name))
