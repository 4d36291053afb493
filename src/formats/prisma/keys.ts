import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { Index, IndexElement, Table } from '#core/schema/index.ts'
import { prismaString } from '../shared/code/literals.ts'
import { columnOf, pathOf } from '../shared/orm/catalog.ts'
import { indexLosses } from '../shared/orm/common-losses.ts'
import { byteLength } from '../shared/orm/defaults.ts'
import { qualify } from '../shared/orm/qualify.ts'
import { Tokens } from '../shared/sql/tokens.ts'
import { target, type Context } from './context.ts'
import { columnTypes, textLoss } from './defaults.ts'
import { printExpression } from './expressions/print.ts'
import type { Model, UniqueKey } from './model.ts'
import { isOpclassLost, lacksOpclass, opclassArg } from './opclasses.ts'

/** `@id`, `@unique` on a field, where the key is this one column's. */
export function fieldKeys(model: Model, column: string): readonly string[] {
  const { table, primaryKey } = model
  const isId = primaryKey?.columns.length === 1 && primaryKey.columns[0] === column
  const unique = fieldUnique(model, column)
  return [
    ...(isId && primaryKey ? [`@id${args([mapOf(primaryKey.name, [table.name, 'pkey'])])}`] : []),
    ...(unique ? [`@unique${args([sortOf(unique), mapOf(unique.name, [table.name, column, 'key'])])}`] : []),
  ]
}

/** `@@id`, `@@unique` and `@@index` lines. */
export function keyLines(context: Context, model: Model): readonly string[] {
  const { table, primaryKey } = model
  const list = (columns: readonly string[]): string => columns.map((column) => context.field(table, column)).join(', ')
  const id =
    primaryKey && primaryKey.columns.length > 1
      ? [`@@id([${list(primaryKey.columns)}]${more([mapOf(primaryKey.name, [table.name, 'pkey'])])})`]
      : []
  const uniques = model.uniques
    .filter((key) => fieldUnique(model, key.columns[0] ?? '') !== key)
    .map((key) => {
      const fields = key.columns.map((column, at) => context.field(table, column) + args([sortOf(key, at)])).join(', ')
      return `@@unique([${fields}]${more([mapOf(key.name, [table.name, ...key.columns, 'key'])])})`
    })
  for (const key of model.uniques) uniqueLosses(context, table, key)
  const indexes = table.indexes.flatMap((index) =>
    model.uniques.some(({ source }) => source === index) ? [] : indexLine(context, model, index),
  )
  const isUnique = (line: string): boolean => line.startsWith('@@unique')
  return [...id, ...uniques, ...indexes.filter(isUnique), ...indexes.filter((line) => !isUnique(line))]
}

/** The unique key that is written on its field: the first one of this column alone. */
const fieldUnique = (model: Model, column: string): UniqueKey | undefined =>
  model.uniques.find(({ columns }) => columns.length === 1 && columns[0] === column)

/** What Prisma calls a key or index when it is not told: names of another kind need `map`. It cuts the front of what is longer than 63 bytes. */
export function mapOf(name: string, parts: readonly string[]): string {
  const [front, end] = [parts.slice(0, -1).join('_'), `_${parts.at(-1)}`]
  const isAscii = /^[\u0000-\u007f]*$/.test(front)
  const byDefault = isAscii ? front.slice(0, 63 - end.length) + end : front + end
  return name === byDefault && byteLength(byDefault) <= 63 ? '' : `map: ${prismaString(name)}`
}

const sortOf = ({ source }: UniqueKey, at = 0): string =>
  'elements' in source && source.elements[at]?.order === 'desc' ? 'sort: Desc' : ''

const args = (items: readonly string[]): string => {
  const given = items.filter(Boolean)
  return given.length === 0 ? '' : `(${given.join(', ')})`
}
const more = (items: readonly string[]): string =>
  items
    .filter(Boolean)
    .map((item) => `, ${item}`)
    .join('')

function uniqueLosses(context: Context, table: Table, { name, source }: UniqueKey): void {
  if ('elements' in source) commonIndexLosses(context, table, source)
  else if (source.nullsNotDistinct)
    context.losses.add('nulls-not-distinct', 'unique', pathOf(table, name), `${target.name} cannot say NULLS NOT DISTINCT.`)
}

function commonIndexLosses(context: Context, table: Table, index: Index): void {
  const path = pathOf(table, index.name)
  const add = (code: DiagnosticCode, lost: boolean, what: string): void => {
    if (lost) context.losses.add(code, 'index', path, `${target.name} cannot say ${what}.`, 'Keep the index in a SQL migration.')
  }
  indexLosses(path, index, target, context.losses)
  add('nulls-not-distinct', index.nullsNotDistinct, 'NULLS NOT DISTINCT')
  add('storage-options', Object.keys(index.options).length > 0, 'WITH (…) on indexes')
  add(
    'collation',
    index.elements.some(({ collation }) => collation !== null),
    'COLLATE on indexes',
  )
  const opclasses = index.elements.flatMap((element) => (isOpclassLost(index, element) ? [element.opclass] : []))
  add('index-opclass', opclasses.length > 0, `the operator class ${opclasses.join(', ')}`)
  const hasNulls = index.elements.some(({ order, nulls }) => nulls !== null && (nulls === 'first') !== (order === 'desc'))
  add('nulls-order', hasNulls, 'NULLS FIRST or LAST')
}

const methods: Readonly<Record<string, string | null>> = {
  btree: null,
  hash: 'Hash',
  gin: 'Gin',
  gist: 'Gist',
  spgist: 'SpGist',
  brin: 'Brin',
}

function indexLine(context: Context, model: Model, index: Index): readonly string[] {
  const { table } = model
  const why = whyNot(model, index)
  if (why !== undefined) {
    const message = `${target.name} has no indexes ${why}.`
    context.losses.add(
      why === 'on expressions' ? 'expression-index' : 'index',
      'index',
      pathOf(table, index.name),
      message,
      'Keep the index in a SQL migration.',
    )
    return []
  }
  commonIndexLosses(context, table, index)
  if (index.predicate !== null) context.previews.add('partialIndexes')
  const columns = index.elements.map(({ column }) => column ?? '')
  const fields = index.elements.map((element) => context.field(table, element.column ?? '') + args(elementArgs(model, index, element)))
  const kind = index.unique ? '@@unique' : '@@index'
  const type = methods[index.method] ?? null
  const options = [
    type === null ? '' : `type: ${type}`,
    index.predicate === null ? '' : `where: raw(${prismaString(predicateText(context, table, index, index.predicate))})`,
    mapOf(index.name, [table.name, ...columns, index.unique ? 'key' : 'idx']),
  ]
  return [`${kind}([${fields.join(', ')}]${more(options)})`]
}

function whyNot(model: Model, index: Index): string | undefined {
  const { table } = model
  if (index.elements.some(({ column }) => column === null)) return 'on expressions'
  if (!Object.hasOwn(methods, index.method)) return `of the method ${index.method}`
  if (index.elements.some(({ column }) => column === null || !columnOf(table, column))) return 'on columns that are not there'
  const bare = index.elements.some((element) => lacksOpclass(model, index, element, columnOf(table, element.column ?? '')))
  return bare ? `of the method ${index.method} on columns of such a type` : undefined
}

function elementArgs(model: Model, index: Index, element: IndexElement): readonly string[] {
  return [
    index.unique ? '' : opclassArg(model, index, element, columnOf(model.table, element.column ?? '')),
    element.order === 'desc' && index.method === 'btree' ? 'sort: Desc' : '',
  ]
}

/** The predicate as PostgreSQL prints it, because Prisma compares texts. */
function predicateText(context: Context, table: Table, index: Index, predicate: string): string {
  const sql = qualify(context.catalog, predicate, index.searchPath ?? table.searchPath)
  const printed = printExpression(sql, columnTypes(context, table))
  if (printed === undefined) textLoss(context, 'index', pathOf(table, index.name), 'predicate')
  return withoutBrackets(printed ?? sql)
}

/** The brackets around the whole say nothing. */
function withoutBrackets(sql: string): string {
  const tokens = new Tokens(sql)
  return tokens.word(0) === '(' && tokens.close(0) === tokens.length - 1 ? tokens.slice(1, tokens.length - 1) : sql
}
