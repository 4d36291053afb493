import type { Column, Enum, Table, View } from '#core/schema/index.ts'
import { nameKey } from '#core/schema/index.ts'
import type { Exporter, ExportResult } from '../format.ts'
import { camelCase } from '../shared/names.ts'
import { prismaString } from '../shared/code/literals.ts'
import { CodeWriter } from '../shared/code/writer.ts'
import { isNullable, pathOf } from '../shared/orm/catalog.ts'
import { constraintLosses, tableLosses, viewLosses } from '../shared/orm/common-losses.ts'
import { schemaLosses } from '../shared/orm/schema-losses.ts'
import { columnFinder } from '../shared/orm/find-columns.ts'
import { asViewColumns, viewColumns, type ViewColumn } from '../shared/orm/view-columns.ts'
import { comment, field, gap, writeBlock, type Row } from './block.ts'
import { contextOf, fieldNames, mapLine, schemaLine, target, type Context } from './context.ts'
import { autoincrementSequences, defaultAttribute } from './defaults.ts'
import { fieldKeys, keyLines } from './keys.ts'
import { prismaLosses } from './losses.ts'
import { modelOf, type Model } from './model.ts'
import { relationFields } from './relations.ts'
import { prismaType } from './types.ts'

type Place = NonNullable<ExportResult['places']>[number]

/** Writes one `schema.prisma` for Prisma 7, formatted as `prisma format` does. What Prisma has no words for is in the losses. */
export const exportPrisma: Exporter = (schema) => {
  const context = contextOf(schema)
  schemaLosses(context.catalog, target, context.losses)
  prismaLosses(context)
  const body = new CodeWriter()
  const models = new Map(context.catalog.tables.map((table) => [nameKey(table), modelOf(context, table)]))
  const relations = relationFields(context, models)
  const places = [...models.values()].map((model) => writeModel(context, body, model, relations(model.table)))
  writeViews(context, body)
  for (const type of schema.enums) writeEnum(context, body, type)
  const made = autoincrementSequences(context, (table, column) => context.autoincremented.has(`${nameKey(table)}\u0000${column.name}`))
  for (const sequence of schema.sequences.filter((one) => !made.has(one))) {
    context.losses.add(
      'sequence',
      'sequence',
      pathOf(sequence),
      `${target.name} has no sequences of their own.`,
      'Create it in a SQL migration.',
    )
  }
  const text = body.toString()
  const head = header(context) + (text === '' ? '' : '\n')
  return {
    files: [{ path: 'schema.prisma', text: head + text }],
    losses: context.losses.list,
    places: places.map((place) => ({ ...place, start: place.start + head.length, end: place.end + head.length })),
  }
}

/** The generator and the datasource. Their database's address belongs to `prisma.config.ts` since Prisma 7. */
function header(context: Context): string {
  const code = new CodeWriter()
  const { extensions } = context.catalog.schema
  const wanted = extensions.filter(({ name }) => name !== 'plpgsql')
  if (wanted.length > 0) context.previews.add('postgresqlExtensions')
  const previews = [...context.previews].sort().map(prismaString)
  const property = (name: string, value: string, width: number): string => `${name.padEnd(width)} = ${value}`
  const width = previews.length > 0 ? 'previewFeatures'.length : 'provider'.length
  code.line('generator client {').indented(() => {
    code.line(property('provider', '"prisma-client"', width), property('output', '"../generated/prisma"', width))
    if (previews.length > 0) code.line(property('previewFeatures', `[${previews.join(', ')}]`, width))
  })
  code.line('}').gap()
  const rows: (readonly [string, string])[] = [['provider', '"postgresql"']]
  if (wanted.length > 0) rows.push(['extensions', `[${wanted.map(extensionCode).join(', ')}]`])
  if (context.namespaces.length > 0) rows.push(['schemas', `[${context.namespaces.map(prismaString).join(', ')}]`])
  const widest = Math.max(...rows.map(([name]) => name.length))
  code.line('datasource db {').indented(() => code.line(...rows.map(([name, value]) => property(name, value, widest))))
  return code.line('}').toString()
}

function extensionCode({ name, namespace, version }: Context['catalog']['schema']['extensions'][number]): string {
  const id = camelCase(name, { unicode: false, prefix: 'extension' })
  const options = [
    id === name ? '' : `map: ${prismaString(name)}`,
    namespace === null || namespace === 'public' || namespace === 'pg_catalog' ? '' : `schema: ${prismaString(namespace)}`,
    version === null ? '' : `version: ${prismaString(version)}`,
  ].filter(Boolean)
  return options.length === 0 ? id : `${id}(${options.join(', ')})`
}

function writeModel(context: Context, code: CodeWriter, model: Model, relations: readonly Row[]): Place {
  const { table } = model
  tableLosses(table, target, context.losses)
  for (const constraint of table.constraints) constraintLosses(table, constraint, target, context.losses)
  if (model.isIgnored) {
    const message = `${target.name}'s client needs a key whose fields are all required: the model is marked @@ignore.`
    context.losses.add('ignored-model', 'table', pathOf(table), message, 'Give the table a primary key.')
  }
  const rows: readonly Row[] = [
    ...table.columns.flatMap((column) => columnRows(context, model, column)),
    gap,
    ...relations,
    gap,
    ...[
      ...keyLines(context, model),
      ...mapLine(context.id(table), table.name),
      ...(model.isIgnored ? ['@@ignore'] : []),
      ...schemaLine(context, table.namespace),
    ].map((text): Row => ({ kind: 'line', text })),
  ]
  code.gap()
  const start = code.offset
  if (table.comment !== null) writeComment(code, table.comment)
  writeBlock(code, `model ${context.id(table)}`, rows)
  return { namespace: table.namespace, name: table.name, start, end: code.offset }
}

function columnRows(context: Context, model: Model, column: Column): readonly Row[] {
  const { table, types } = model
  const type = types.get(column.name)
  if (!type) return []
  const path = pathOf(table, column.name)
  if (type.lost) context.losses.add(type.lost.code, 'column', path, `${target.name} cannot say ${type.lost.what}.`)
  const isRequired = !isNullable(table, column)
  if (type.isList && isRequired && !table.constraints.some((one) => one.kind === 'primaryKey' && one.columns.includes(column.name))) {
    context.losses.add('list-not-null', 'column', path, `${target.name} has no NOT NULL on lists.`, 'Keep NOT NULL in a SQL migration.')
  }
  const id = context.field(table, column.name)
  const value = defaultAttribute(context, table, column, type)
  if (value.includes('autoincrement()')) context.autoincremented.add(`${nameKey(table)}\u0000${column.name}`)
  const attributes = [...fieldKeys(model, column.name), value, id === column.name ? '' : `@map(${prismaString(column.name)})`, type.native]
  const suffix = type.isList ? '[]' : isRequired ? '' : '?'
  return [...comment(column.comment), field(id, type.name + suffix, attributes.filter(Boolean).join(' '))]
}

/** Views, and foreign tables as views: the client reads them, migrations leave them alone. */
function writeViews(context: Context, code: CodeWriter): void {
  const find = columnFinder(context.catalog)
  for (const table of context.catalog.foreignTables) {
    context.losses.add('foreign-table', 'table', pathOf(table), `${target.name} has no foreign tables: it is declared as a view.`)
    writeView(context, code, table, asViewColumns(table.columns))
  }
  for (const view of context.catalog.schema.views) {
    viewLosses(view, target, context.losses)
    context.losses.add(
      'view-query',
      'view',
      pathOf(view),
      `${target.name} declares ${view.materialized ? 'materialized views' : 'views'} without their query.`,
      'Create it in a SQL migration.',
    )
    const columns = viewColumns(view, find)
    if (columns) writeView(context, code, view, columns)
    else
      context.losses.add(
        'view-columns',
        'view',
        pathOf(view),
        'Its columns cannot be told from its query, so it is left out.',
        'Declare the view by hand.',
      )
  }
}

function writeView(context: Context, code: CodeWriter, view: View | Table, columns: readonly ViewColumn[]): void {
  context.previews.add('views')
  const names = fieldNames(columns.map(({ name }) => name))
  const rows = columns.map((column): Row => {
    const type = column.type === null ? undefined : prismaType(context, context.catalog.type(column.type, view.searchPath))
    const id = names.get(column.name) ?? ''
    const base = type?.name ?? 'Unsupported("unknown")'
    const suffix = type?.isList ? '[]' : column.nullable ? '?' : ''
    return field(
      id,
      base + suffix,
      [id === column.name ? '' : `@map(${prismaString(column.name)})`, type?.native ?? ''].filter(Boolean).join(' '),
    )
  })
  const lines = [...mapLine(context.id(view), view.name), ...schemaLine(context, view.namespace)].map((text): Row => ({
    kind: 'line',
    text,
  }))
  code.gap()
  if (view.comment !== null) writeComment(code, view.comment)
  writeBlock(code, `view ${context.id(view)}`, [...rows, gap, ...lines])
}

function writeEnum(context: Context, code: CodeWriter, type: Enum): void {
  if (type.values.length === 0) {
    context.losses.add('empty-enum', 'enum', pathOf(type), `${target.name} has no enums without values.`)
    return
  }
  const values = type.values.map((value) => {
    const id = context.enumValue(type, value) ?? ''
    return field(id, id === value ? '' : `@map(${prismaString(value)})`)
  })
  const lines = [...mapLine(context.id(type), type.name), ...schemaLine(context, type.namespace)].map((text): Row => ({
    kind: 'line',
    text,
  }))
  code.gap()
  if (type.comment !== null) writeComment(code, type.comment)
  writeBlock(code, `enum ${context.id(type)}`, [...values, gap, ...lines])
}

function writeComment(code: CodeWriter, text: string): void {
  for (const row of comment(text))
    if (row.kind === 'comment') code.line(...row.text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `/// ${line}`.trimEnd()))
}
