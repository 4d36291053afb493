import type { Index, IndexElement, Table } from '#core/schema/index.ts'
import { quoteName } from '#core/dialects/postgres.ts'
import { call, chain, object, type Code } from '../shared/code/layout.ts'
import { tsKey, tsString } from '../shared/code/literals.ts'
import { columnOf, pathOf } from '../shared/orm/catalog.ts'
import { indexLosses } from '../shared/orm/common-losses.ts'
import { sameMembers } from '../shared/orm/relationships.ts'
import { loseWhole, target, type Context } from './context.ts'
import { sqlCode } from './defaults.ts'
import { canKey, canPack, packable } from './kit.ts'

/** A table's indexes, one entry each. */
export function indexEntries(context: Context, table: Table): readonly Code[] {
  return table.indexes.flatMap((index) => {
    const path = pathOf(table, index.name)
    indexLosses(path, index, target, context.losses)
    const forbidden = index.elements
      .flatMap(({ expression }) => expression ?? [])
      .concat(index.predicate ?? [])
      .map(context.forbids)
    const reason = forbidden.find((one) => one !== undefined)
    const code = reason ? undefined : (asConstraint(context, table, index) ?? indexCode(context, table, index))
    if (code === undefined) loseWhole(context, 'index', path, reason)
    return code ?? []
  })
}

/**
 * Some unique indexes only work as unique constraints: those with NULLS NOT DISTINCT, which drizzle-kit forgets on indexes, and those that
 * foreign keys refer to, because drizzle-kit creates indexes after foreign keys.
 */
function asConstraint(context: Context, table: Table, index: Index): Code | undefined {
  const columns = index.elements.map(({ column }) => column).filter((column) => column !== null)
  const isPlain = columns.length === index.elements.length && index.predicate === null && index.method === 'btree'
  const hasOrder = index.elements.some(
    ({ order, nulls, opclass, collation }) => order === 'desc' || nulls === 'first' || opclass !== null || collation !== null,
  )
  const isWanted = index.nullsNotDistinct || isReferenced(context, table, columns)
  if (!index.unique || !isWanted) return undefined
  const path = pathOf(table, index.name)
  if (!isPlain || hasOrder || !canKey(index.name) || !columns.every(canPack) || !columns.every((name) => columnOf(table, name))) {
    if (index.nullsNotDistinct)
      context.losses.add(
        'nulls-not-distinct',
        'index',
        path,
        'drizzle-kit forgets NULLS NOT DISTINCT on indexes.',
        'Add it in the generated migration.',
      )
    return undefined
  }
  const why = index.nullsNotDistinct ? 'drizzle-kit forgets NULLS NOT DISTINCT on indexes' : 'a foreign key refers to it'
  context.losses.add('index-as-constraint', 'index', path, `The unique index is declared as a unique constraint: ${why}.`)
  const on = call('.on', ...columns.map((column) => `table.${context.field(table, column)}`))
  return chain(call(context.imports.use('unique'), tsString(index.name)), index.nullsNotDistinct ? [on, call('.nullsNotDistinct')] : [on])
}

const isReferenced = (context: Context, table: Table, columns: readonly string[]): boolean =>
  context.isReferenced(table, columns) &&
  !table.constraints.some((one) => (one.kind === 'primaryKey' || one.kind === 'unique') && sameMembers(one.columns, columns))

function indexCode(context: Context, table: Table, index: Index): Code | undefined {
  const known = index.elements.every(({ column }) => column === null || (columnOf(table, column) && canPack(column)))
  if (!known || !canPack(index.name)) return undefined
  const elements = index.elements
    .map((element) => elementCode(context, table, element, index.searchPath ?? table.searchPath))
    .filter((element) => element !== undefined)
  const predicate = index.predicate === null ? '' : packable(index.predicate, [';'])
  if (predicate === undefined || elements.length < index.elements.length) return undefined
  const options = Object.fromEntries(Object.entries(index.options).map(([name, value]) => [tsKey(name), optionCode(value)]))
  return chain(call(context.imports.use(index.unique ? 'uniqueIndex' : 'index'), tsString(index.name)), [
    index.method === 'btree' ? call('.on', ...elements) : call('.using', tsString(index.method), ...elements),
    ...(index.predicate === null ? [] : [call('.where', sqlCode(context, predicate, index.searchPath ?? table.searchPath))]),
    ...(Object.keys(options).length === 0 ? [] : [call('.with', object(options))]),
  ])
}

const optionCode = (value: string): string => (/^\d{1,9}$/.test(value) && String(Number(value)) === value ? value : tsString(value))

/** A column with its order and operator class, or SQL where drizzle-kit would drop one of them. */
function elementCode(
  context: Context,
  table: Table,
  { column, expression, opclass, order, nulls, collation }: IndexElement,
  searchPath: string | null,
): string | undefined {
  const isDescending = order === 'desc'
  // Written out: what is not the default of the direction.
  const nullsSql = nulls !== null && (nulls === 'first') !== isDescending ? ` NULLS ${nulls.toUpperCase()}` : ''
  const field = column === null ? null : `table.${context.field(table, column)}`
  const needsSql = field === null || collation !== null || (opclass !== null && (isDescending || nullsSql !== ''))
  if (!needsSql && field !== null)
    return field + orderCode({ order, nulls, opclass }) + (opclass === null ? '' : `.op(${tsString(opclass)})`)
  const operand = expression === null ? quoteName(column ?? '') : withParentheses(expression)
  const sql = [operand, collation && ` COLLATE ${collation}`, opclass && ` ${opclass}`, isDescending && ' DESC', nullsSql]
    .filter(Boolean)
    .join('')
  const text = packable(sql, [';', ',,', '--'])
  return text === undefined ? undefined : sqlCode(context, text, searchPath)
}

function orderCode({ order, nulls, opclass }: Pick<IndexElement, 'order' | 'nulls' | 'opclass'>): string {
  if (opclass !== null) return ''
  // PostgreSQL puts NULLs first when descending; drizzle-kit puts them last unless told.
  if (order === 'desc') return nulls === 'last' ? '.desc().nullsLast()' : '.desc().nullsFirst()'
  return nulls === 'first' ? '.asc().nullsFirst()' : ''
}

/** `lower(email)` may stand alone, everything else needs brackets. */
function withParentheses(expression: string): string {
  return /^[\w."]+\([^()]*\)$/.test(expression) && !/^(?:case|cast|coalesce|extract|position|substring|trim|overlay)\b/i.test(expression)
    ? expression
    : `(${expression})`
}
