import type { Column } from '#core/schema/index.ts'
import { nameKey } from '#core/schema/index.ts'
import type { Exporter, ExportResult } from '../format.ts'
import { prismaString } from '../shared/code/literals.ts'
import { CodeWriter } from '../shared/code/writer.ts'
import { isNullable, pathOf } from '../shared/orm/catalog.ts'
import { constraintLosses, lostComment, tableLosses } from '../shared/orm/common-losses.ts'
import { schemaLosses } from '../shared/orm/schema-losses.ts'
import { comment, field, gap, writeBlock, writeComment, type Row } from './block.ts'
import { contextOf, mapLine, schemaLine, target, type Context } from './context.ts'
import { autoincrementSequences, defaultAttribute } from './defaults.ts'
import { writeEnum } from './enums.ts'
import { header } from './header.ts'
import { fieldKeys, keyLines } from './keys.ts'
import { prismaLosses } from './losses.ts'
import { modelOf, type Model } from './model.ts'
import { relationFields } from './relations.ts'
import { writeViews } from './views.ts'

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
  sequenceLosses(context)
  const text = body.toString()
  const head = header(context) + (text === '' ? '' : '\n')
  return {
    files: [{ path: 'schema.prisma', text: head + text }],
    losses: context.losses.list,
    places: places.map((place) => ({ ...place, start: place.start + head.length, end: place.end + head.length })),
  }
}

/** Sequences that no `autoincrement()` stands for, and what is said about those that one stands for. */
function sequenceLosses(context: Context): void {
  const made = autoincrementSequences(context, (table, column) => context.autoincremented.has(`${nameKey(table)}\u0000${column.name}`))
  for (const sequence of context.catalog.schema.sequences) {
    const path = pathOf(sequence)
    if (!made.has(sequence)) {
      context.losses.add('sequence', 'sequence', path, `${target.name} has no sequences of their own.`, 'Create it in a SQL migration.')
    } else if (sequence.comment !== null) lostComment(context.losses, 'sequence', path, target.name)
  }
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
