import { fieldOf, isEqual } from '../equal.ts'
import type { Draft, Id, IndexElementRow, Row, RowKind, TableRow } from '../rows.ts'

/** `expression`: columns of the table may stand unqualified. `rowVariables`: only as NEW.x and OLD.x. */
export type TextPlace = 'expression' | 'rowVariables'
/** Gives a text as it should be; the same text when nothing is to be done. */
export type Rewrite = (sql: string, place: TextPlace) => string

/** Rewrites every expression that belongs to a table: of its columns, constraints, indexes, policies, triggers, rules, keys and statistics. */
export function rewriteTexts(draft: Draft, table: TableRow, rewrite: Rewrite): void {
  const { id } = table
  const maybe = (sql: string | null) => (sql === null ? null : rewrite(sql, 'expression'))
  const variables = (sql: string | null) => (sql === null ? null : rewrite(sql, 'rowVariables'))
  const element = <T extends IndexElementRow>(key: T): T => ({ ...key, expression: maybe(key.expression) })
  for (const column of draft.childrenOf('column', id)) {
    const before = [column.default, column.generated?.expression ?? null]
    const [value = null, expression = null] = before.map(maybe)
    if (value === before[0] && expression === before[1]) continue
    const generated = column.generated && expression !== null ? { ...column.generated, expression } : column.generated
    revise(draft, 'column', column.id, { default: value, generated })
  }
  for (const constraint of draft.childrenOf('constraint', id)) {
    if (constraint.kind === 'check')
      revise(draft, 'constraint', constraint.id, { expression: rewrite(constraint.expression, 'expression') })
    if (constraint.kind === 'exclusion') {
      const elements = constraint.elements.map((item) => ({ ...item, element: element(item.element) }))
      revise(draft, 'constraint', constraint.id, { elements, predicate: maybe(constraint.predicate) })
    }
  }
  for (const index of draft.childrenOf('index', id)) {
    const hasText = index.predicate !== null || index.elements.some(({ expression }) => expression !== null)
    if (hasText) revise(draft, 'index', index.id, { elements: index.elements.map(element), predicate: maybe(index.predicate) })
  }
  for (const policy of draft.childrenOf('policy', id))
    revise(draft, 'policy', policy.id, { using: maybe(policy.using), check: maybe(policy.check) })
  for (const trigger of draft.childrenOf('trigger', id)) revise(draft, 'trigger', trigger.id, { when: variables(trigger.when) })
  for (const rule of draft.childrenOf('rule', id)) {
    revise(draft, 'rule', rule.id, { where: variables(rule.where), commands: rewrite(rule.commands, 'rowVariables') })
  }
  if (table.partitionBy) revise(draft, 'table', id, { partitionBy: { ...table.partitionBy, keys: table.partitionBy.keys.map(element) } })
  for (const statistics of statisticsOf(draft, table)) {
    revise(draft, 'statistics', statistics.id, { elements: statistics.elements.map((sql) => rewrite(sql, 'expression')) })
  }
}

/** Updates a row only where it differs, so that rows which stay the same stay the same objects. */
export function revise<K extends RowKind>(draft: Draft, kind: K, id: Id, patch: Partial<Row<K>>): void {
  const row = draft.get(kind, id)
  if (row && Object.entries(patch).some(([key, value]) => !isEqual(fieldOf(row, key), value))) draft.update(kind, id, patch)
}

/** Statistics objects about a table. They know it by name. */
export const statisticsOf = (draft: Draft, { namespace, name }: Pick<TableRow, 'namespace' | 'name'>): readonly Row<'statistics'>[] =>
  draft.all('statistics').filter(({ table }) => table.namespace === namespace && table.name === name)

/** Tables that take their columns from this one: partitions and heirs, and theirs. */
export function descendantsOf(draft: Draft, tableId: Id): readonly TableRow[] {
  const children = draft.all('table').filter(({ partitionOf, inherits }) => partitionOf?.parentId === tableId || inherits.includes(tableId))
  return children.flatMap((child) => (child.id === tableId ? [] : [child, ...descendantsOf(draft, child.id)]))
}
