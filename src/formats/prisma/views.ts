import type { Table, View } from '#core/schema/index.ts'
import { prismaString } from '../shared/code/literals.ts'
import type { CodeWriter } from '../shared/code/writer.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import { viewLosses } from '../shared/orm/common-losses.ts'
import { columnFinder } from '../shared/orm/find-columns.ts'
import { asViewColumns, viewColumns, type ViewColumn } from '../shared/orm/view-columns.ts'
import { comment, field, gap, writeBlock, writeComment, type Row } from './block.ts'
import { fieldNames, mapLine, schemaLine, target, type Context } from './context.ts'
import { prismaType } from './types.ts'

/** Views, and foreign tables as views: the client reads them, migrations leave them alone. */
export function writeViews(context: Context, code: CodeWriter): void {
  const find = columnFinder(context.catalog)
  for (const table of context.catalog.foreignTables) {
    context.losses.add('foreign-table', 'table', pathOf(table), `${target.name} has no foreign tables: it is declared as a view.`)
    writeView(context, code, table, asViewColumns(table.columns), table.columns)
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
    if (columns) writeView(context, code, view, columns, view.columns)
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

/** Every field is optional, as in Prisma's own introspection: PostgreSQL does not promise more of a view. */
function writeView(
  context: Context,
  code: CodeWriter,
  view: View | Table,
  ...[columns, details]: readonly [readonly ViewColumn[], readonly { readonly name: string; readonly comment: string | null }[]]
): void {
  context.previews.add('views')
  const names = fieldNames(columns.map(({ name }) => name))
  const comments = new Map(details.map((column) => [column.name, column.comment]))
  const rows = columns.flatMap((column): readonly Row[] => {
    const type = column.type === null ? undefined : prismaType(context, context.catalog.type(column.type, view.searchPath))
    if (!type) {
      const message = 'Its type cannot be told from the query of the view.'
      context.losses.add('view-columns', 'column', pathOf(view, column.name), message, 'Write the type by hand.')
    }
    const id = names.get(column.name) ?? ''
    const suffix = type?.isList ? '[]' : '?'
    const attributes = [id === column.name ? '' : `@map(${prismaString(column.name)})`, type?.native ?? '']
    const written = field(id, (type?.name ?? 'Unsupported("unknown")') + suffix, attributes.filter(Boolean).join(' '))
    return [...comment(comments.get(column.name) ?? null), written]
  })
  const lines = [...mapLine(context.id(view), view.name), ...schemaLine(context, view.namespace)].map((text): Row => ({
    kind: 'line',
    text,
  }))
  code.gap()
  if (view.comment !== null) writeComment(code, view.comment)
  writeBlock(code, `view ${context.id(view)}`, [...rows, gap, ...lines])
}
