import { quoteName, quoteQualified } from '../../dialects/postgres-names.ts'
import type { Diagnostic } from '../../diagnostic.ts'
import { displayName, type ObjectName } from '../../schema/names.ts'
import type { ColumnRow, Draft, EnumRow, Id, TableRow } from '../rows.ts'
import { renameInExpression, renameQualifier, renameType } from './expression-rename.ts'
import { viewLabel, warnOfMentions } from './mentions.ts'
import { renameColumnInQuery, renameTableInQuery, type NamedTable } from './query-rename.ts'
import { renamePublishedColumn, rewriteFilters } from './published.ts'
import { renameReferences } from './references.ts'
import { descendantsOf, revise, rewriteTexts, statisticsOf } from './texts.ts'

/** Renames a column, and everything that names it in text, in its table and in the tables that inherit it. Checks nothing. */
export function renameColumn(draft: Draft, column: ColumnRow, to: string): readonly Diagnostic[] {
  const table = draft.get('table', column.tableId)
  if (!table || column.name === to) return []
  const warnings = renameOneColumn(draft, table, column, to)
  const heirs = descendantsOf(draft, table.id).flatMap((child) => {
    const inherited = draft.childrenOf('column', child.id).find(({ name, inherited: isInherited }) => isInherited && name === column.name)
    return inherited ? renameOneColumn(draft, child, inherited, to) : []
  })
  return [...warnings, ...heirs]
}

function renameOneColumn(draft: Draft, table: TableRow, column: ColumnRow, to: string): readonly Diagnostic[] {
  const from = column.name
  const rename = { table, from, to }
  const unsure = new Set<string>()
  draft.update('column', column.id, { name: to })
  rewriteTexts(draft, table, (sql, place) => {
    const options = place === 'rowVariables' ? { qualifiers: ['new', 'old'], bare: false } : {}
    const renamed = renameInExpression(sql, rename, options)
    if (renamed.unsure) unsure.add(`a policy or expression of "${displayName(table)}"`)
    return renamed.text
  })
  renamePublishedColumn(draft, rename, (sql) => renameInExpression(sql, rename).text)
  for (const view of draft.all('view')) {
    const renamed = renameColumnInQuery(view.definition, rename, view.searchPath, (other) => mayHaveColumn(draft, other, from))
    if (renamed.text !== view.definition) draft.update('view', view.id, { definition: renamed.text })
    if (renamed.text !== view.definition || renamed.unsure) unsure.add(viewLabel(view))
  }
  return warnOfMentions(draft, `"${displayName(table)}.${from}"`, [table.name, from], [...unsure])
}

/** Whether a table named in a query has this column, or may have it: what is not one of our tables is not known. */
function mayHaveColumn(draft: Draft, { namespace, name }: NamedTable, column: string): boolean {
  const tables = draft
    .named(name)
    .filter(({ kind, id }) => kind === 'table' && (namespace === null || draft.get('table', id)?.namespace === namespace))
  return tables.length === 0 || tables.some(({ id }) => draft.childrenOf('column', id).some((one) => one.name === column))
}

/** Gives a table another name or namespace, and everything that names it in text. Checks nothing. Generated names of others stay, as PostgreSQL keeps them. */
export function renameTable(draft: Draft, table: TableRow, to: ObjectName): readonly Diagnostic[] {
  const from = { namespace: table.namespace, name: table.name }
  if (from.namespace === to.namespace && from.name === to.name) return []
  const unsure = new Set<string>()
  for (const { id } of statisticsOf(draft, from)) draft.update('statistics', id, { table: { namespace: to.namespace, name: to.name } })
  draft.update('table', table.id, { namespace: to.namespace, name: to.name })
  rewriteTexts(draft, { ...table, ...to }, (sql) => renameQualifier(sql, from, to))
  renameTypeEverywhere(draft, from, to)
  renameReferences(draft, { what: 'relation', name: from }, to)
  rewriteFilters(draft, to, (sql) => renameQualifier(sql, from, to))
  for (const trigger of draft.all('trigger')) {
    const source = trigger.constraint?.from
    if (!trigger.constraint || source?.namespace !== from.namespace || source.name !== from.name) continue
    draft.update('trigger', trigger.id, { constraint: { ...trigger.constraint, from: { namespace: to.namespace, name: to.name } } })
  }
  for (const view of draft.all('view')) {
    const renamed = renameTableInQuery(view.definition, from, to, view.searchPath)
    if (renamed.text !== view.definition) draft.update('view', view.id, { definition: renamed.text })
    if (renamed.text !== view.definition || renamed.unsure) unsure.add(viewLabel(view))
  }
  if (from.namespace !== to.namespace) moveBelongings(draft, table, to.namespace)
  return warnOfMentions(draft, `"${displayName(from)}"`, [from.name], [...unsure])
}

/** What lives in the namespace of its table moves with it: owned sequences, with the defaults that draw from them, and attached indexes. */
function moveBelongings(draft: Draft, table: TableRow, namespace: string): void {
  for (const sequence of draft.all('sequence')) {
    if (sequence.ownedBy?.tableId !== table.id || sequence.namespace !== table.namespace) continue
    draft.update('sequence', sequence.id, { namespace })
    const moved = { namespace, name: sequence.name }
    rewriteTexts(draft, table, (sql) => renameInNextval(sql, sequence, moved))
  }
  const names = new Set([...draft.childrenOf('index', table.id), ...draft.childrenOf('constraint', table.id)].map(({ name }) => name))
  const isMoved = (attachedTo: ObjectName | null) =>
    attachedTo !== null && attachedTo.namespace === table.namespace && names.has(attachedTo.name)
  for (const { id, attachedTo } of draft.all('index')) {
    if (isMoved(attachedTo) && attachedTo) draft.update('index', id, { attachedTo: { namespace, name: attachedTo.name } })
  }
  for (const constraint of draft.all('constraint')) {
    if (!('attachedTo' in constraint) || !constraint.attachedTo || !isMoved(constraint.attachedTo)) continue
    draft.update('constraint', constraint.id, { attachedTo: { namespace, name: constraint.attachedTo.name } })
  }
}

/** `nextval('old'::regclass)` as it reads when the sequence has another name. Both spellings of the name are known. */
export function renameInNextval(sql: string, from: ObjectName, to: ObjectName): string {
  const spellings = [quoteQualified(from, { always: true }), ...(from.namespace === 'public' ? [quoteName(from.name)] : [])]
  return spellings.reduce((text, spelling) => {
    const before = `nextval('${spelling.replaceAll("'", "''")}'`
    return text.replaceAll(
      before,
      () => `nextval('${quoteQualified(to, { always: spelling !== quoteName(from.name) }).replaceAll("'", "''")}'`,
    )
  }, sql)
}

/** Gives an enum another name, and every type, cast and signature that names it. Checks nothing. */
export const renameEnum = (draft: Draft, type: EnumRow, to: ObjectName): readonly Diagnostic[] =>
  renameUserType(draft, 'enumType', type, to)

/** The same for any type of the project's own that is no table. */
export function renameUserType(
  draft: Draft,
  kind: 'enumType' | 'domain' | 'compositeType' | 'rangeType' | 'baseType',
  type: ObjectName & { readonly id: Id },
  to: ObjectName,
): readonly Diagnostic[] {
  const from = { namespace: type.namespace, name: type.name }
  if (from.namespace === to.namespace && from.name === to.name) return []
  draft.update(kind, type.id, { namespace: to.namespace, name: to.name })
  renameTypeEverywhere(draft, from, to)
  const inside = (sql: string) => renameType(sql, from, to)
  const views = draft.all('view').flatMap((view) => {
    const definition = inside(view.definition)
    if (definition === view.definition) return []
    draft.update('view', view.id, { definition })
    return [viewLabel(view)]
  })
  return warnOfMentions(draft, `The ${kind === 'enumType' ? 'enum' : 'type'} "${displayName(from)}"`, [from.name], views)
}

/** Every column, domain, type and signature of a type, and every cast to it, when it has another name. A table is a type too. */
function renameTypeEverywhere(draft: Draft, from: ObjectName, to: ObjectName): void {
  renameReferences(draft, { what: 'type', name: from }, to)
  const whole = (sql: string) => renameType(sql, from, to, { whole: true })
  const inside = (sql: string) => renameType(sql, from, to)
  for (const column of draft.all('column')) {
    if (whole(column.type) !== column.type) revise(draft, 'column', column.id, { type: whole(column.type) })
  }
  for (const table of draft.all('table')) rewriteTexts(draft, draft.get('table', table.id) ?? table, inside)
  for (const domain of draft.all('domain')) {
    const constraints = domain.constraints.map((constraint) => ({ ...constraint, expression: inside(constraint.expression) }))
    revise(draft, 'domain', domain.id, {
      type: whole(domain.type),
      default: domain.default === null ? null : inside(domain.default),
      constraints,
    })
  }
  for (const composite of draft.all('compositeType')) {
    revise(draft, 'compositeType', composite.id, { attributes: composite.attributes.map((one) => ({ ...one, type: whole(one.type) })) })
  }
  for (const range of draft.all('rangeType')) revise(draft, 'rangeType', range.id, { subtype: whole(range.subtype) })
  for (const routine of draft.all('routine')) {
    revise(draft, 'routine', routine.id, {
      arguments: routine.arguments.map((one) => ({
        ...one,
        type: whole(one.type),
        default: one.default === null ? null : inside(one.default),
      })),
      returns: routine.returns === null ? null : whole(routine.returns),
    })
  }
}
