import { DEFAULT_NAMESPACE, type Table, type View } from '#core/schema/index.ts'
import { camelCase, allocateNames } from '../shared/names.ts'
import { call, chain, layOut, object, tallObject, type Call, type Code } from '../shared/code/layout.ts'
import { docComment, tsString } from '../shared/code/literals.ts'
import type { CodeWriter } from '../shared/code/writer.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import { viewLosses } from '../shared/orm/common-losses.ts'
import { columnFinder } from '../shared/orm/find-columns.ts'
import { asViewColumns, withColumnNames, type ViewColumn } from '../shared/orm/view-columns.ts'
import { builderCode } from './columns.ts'
import { target, type Context } from './context.ts'
import { unknownType } from './custom-types.ts'
import { sqlCode } from './defaults.ts'
import { withoutComments } from './kit.ts'
import { alphabet, reservedFields } from './naming.ts'
import { typeCode } from './types.ts'
import { viewsThatMustExist } from './existing-views.ts'

/** Views and materialized views; foreign tables as views that exist already. */
export function writeViews(context: Context, code: CodeWriter): void {
  const find = columnFinder(context.catalog)
  const existing = viewsThatMustExist(context)
  for (const table of context.foreignTables) {
    context.losses.add(
      'foreign-table',
      'table',
      pathOf(table),
      `${target.name} has no foreign tables: it is declared as a view that exists already.`,
    )
    code.gap()
    if (table.comment !== null) code.line(...docComment(table.comment))
    writeView(context, code, table, { columns: asViewColumns(table.columns), body: existingCode })
  }
  for (const view of context.views) {
    viewLosses(view, target, context.losses)
    const columns = find(view)
    if (!columns) {
      const message = 'The types of its columns cannot be told from its query: it is declared without them.'
      context.losses.add('view-columns', 'view', pathOf(view), message, 'Add the columns that you query by hand.')
    }
    const why = existing.get(view)
    if (why !== undefined)
      context.losses.add(
        'view-existing',
        'view',
        pathOf(view),
        `It is declared as existing and not created: ${why}.`,
        'Create it in a SQL migration.',
      )
    code.gap()
    if (view.comment !== null) code.line(...docComment(view.comment))
    if (context.movedViews.has(view))
      code.line('// drizzle-kit creates views by the names of their exports: the underscore puts it before those that read it.')
    writeView(context, code, view, { columns: columns ?? [], body: why === undefined ? bodyCode(context, view) : existingCode })
  }
}

interface ViewParts {
  readonly columns: readonly ViewColumn[]
  readonly body: readonly Call[]
}

const existingCode = [call('.existing')]

function writeView(context: Context, code: CodeWriter, view: View | Table, { columns, body }: ViewParts): void {
  const fields = allocateNames(
    columns.map(({ name }) => name),
    { toIdentifier: (name) => camelCase(name, alphabet), reserved: reservedFields },
  )
  const shape = tallObject(
    columns.map((column, at) => ({ key: `${fields[at]}:`, value: columnCode(context, view, column, fields[at] ?? '') })),
  )
  const args = [tsString(view.name), shape]
  const isMaterialized = 'materialized' in view && view.materialized
  const isOwn = view.namespace === DEFAULT_NAMESPACE
  const names = isMaterialized ? (['pgMaterializedView', '.materializedView'] as const) : (['pgView', '.view'] as const)
  const value = isOwn
    ? chain(call(context.imports.use(names[0]), ...args), body)
    : chain(context.namespaceId(view.namespace), [call(names[1], ...args), ...body])
  code.line(layOut(`export const ${context.id(view)} = `, value, ';'))
}

function columnCode(context: Context, view: View | Table, { name, type, nullable }: ViewColumn, field: string): Code {
  if (type === null) return call(unknownType(context), ...(field === name ? [] : [tsString(name)]))
  const [head, arrays] = builderCode(typeCode(context, context.catalog.type(type, view.searchPath)), field, name)
  return chain(head, nullable ? arrays : [...arrays, call('.notNull')])
}

function bodyCode(context: Context, view: View): readonly Call[] {
  if (view.materialized && Object.keys(view.options).length > 0) {
    context.losses.add('storage-options', 'view', pathOf(view), `${target.name} cannot say the options of the materialized view.`)
  }
  return [
    ...(view.materialized ? [] : withCode(context, view)),
    ...(view.materialized && view.accessMethod !== null ? [call('.using', tsString(view.accessMethod))] : []),
    ...(view.materialized && view.tablespace !== null ? [call('.tablespace', tsString(view.tablespace))] : []),
    ...(view.materialized && !view.withData ? [call('.withNoData')] : []),
    call('.as', sqlCode(context, definitionOf(view), view.searchPath)),
  ]
}

/** A view's query with its column list and recursion, which Drizzle has no place for, said inside it. */
function definitionOf(view: View): string {
  if (view.columnNames.length === 0) return view.definition
  const names = view.columnNames.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ')
  const own = `"${view.name.replaceAll('"', '""')}"`
  if (view.recursive) return `WITH RECURSIVE ${own} (${names}) AS (\n${view.definition}\n) SELECT ${names} FROM ${own}`
  const named = withColumnNames(view)
  if (named !== undefined) return named
  return `SELECT * FROM (\n${withoutComments(view.definition)}\n) AS ${own} (${names})`
}

const viewOptions: Readonly<Record<string, string>> = { security_barrier: 'securityBarrier', security_invoker: 'securityInvoker' }

function withCode(context: Context, view: View): readonly Call[] {
  const entries = Object.entries(view.options).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    const option = Object.hasOwn(viewOptions, name) ? viewOptions[name] : undefined
    if (option && /^(?:true|on|1|yes)$/i.test(value)) return [[option, 'true']]
    if (option && /^(?:false|off|0|no)$/i.test(value)) return [[option, 'false']]
    if (name !== 'check_option')
      context.losses.add('view-option', 'view', pathOf(view), `${target.name} cannot say WITH (${name}=${value}).`)
    return []
  })
  const check = view.checkOption ?? view.options.check_option?.toLowerCase()
  const all = check === 'local' || check === 'cascaded' ? [...entries, ['checkOption', tsString(check)] as const] : entries
  return all.length === 0 ? [] : [call('.with', object(Object.fromEntries(all)))]
}
