import { quoteName, quoteNames } from '#core/dialects/postgres.ts'
import type { View } from '#core/schema/index.ts'
import { relationSql, toldSql, type Context } from './context.ts'
import { indexMakers, indexPiece } from './index-sql.ts'
import { strength } from './order.ts'
import { keyOf, keyOfNamed, type Piece } from './piece.ts'
import { closed, commentSql, optionsSql } from './sql.ts'

/** The pieces of a view or materialized view but for its triggers and rules. */
export function viewPieces(context: Context, view: View, place: number): readonly Piece[] {
  const kind = view.materialized ? 'MATERIALIZED VIEW' : 'VIEW'
  const name = relationSql(view)
  const main: Piece = {
    key: keyOf('relation', view),
    searchPath: view.searchPath,
    statements: [
      view.materialized ? materializedSql(view, name) : viewSql(view, name),
      ...toldSql(context, kind, name, view),
      ...view.columns.flatMap((column) => [
        ...(column.default === null
          ? []
          : [`ALTER VIEW ${name} ALTER COLUMN ${quoteName(column.name)} SET DEFAULT ${closed(column.default)}`]),
        ...commentSql(`COLUMN ${name}.${quoteName(column.name)}`, column.comment),
      ]),
    ],
    makes: [
      ['relation', view],
      ['rowType', view],
    ],
    lists: [['views', place]],
    needs: view.accessMethod === null ? [] : [[keyOfNamed('accessMethod', view.accessMethod), strength.certain]],
    runs: view.materialized && view.withData,
    uses: [
      [view.definition, 'query'],
      ...view.columns.flatMap((column) => (column.default === null ? [] : [[column.default, 'expression'] as const])),
    ],
  }
  const cluster: readonly Piece[] =
    view.clusteredOn === null
      ? []
      : [
          {
            searchPath: view.searchPath,
            statements: [`ALTER MATERIALIZED VIEW ${name} CLUSTER ON ${quoteName(view.clusteredOn)}`],
            needs: [[keyOf('relation', view), strength.certain], ...indexMakers(view, view.clusteredOn)],
          },
        ]
  return [main, ...view.indexes.map((index) => indexPiece(context, view, index)), ...cluster]
}

function viewSql(view: View, name: string): string {
  const options = optionsSql(view.options)
  const head = [
    `CREATE ${view.recursive ? 'RECURSIVE ' : ''}VIEW ${name}`,
    view.columnNames.length > 0 && `(${quoteNames(view.columnNames)})`,
    options !== '' && `WITH ${options}`,
    'AS',
  ]
  const check = view.checkOption === null ? '' : `\n  WITH ${view.checkOption.toUpperCase()} CHECK OPTION`
  return `${head.filter(Boolean).join(' ')}\n${closed(indented(view.definition))}${check}`
}

function materializedSql(view: View, name: string): string {
  const options = optionsSql(view.options)
  const head = [
    `CREATE MATERIALIZED VIEW ${name}`,
    view.columnNames.length > 0 && `(${quoteNames(view.columnNames)})`,
    view.accessMethod !== null && `USING ${quoteName(view.accessMethod)}`,
    options !== '' && `WITH ${options}`,
    view.tablespace !== null && `TABLESPACE ${quoteName(view.tablespace)}`,
    'AS',
  ]
  return `${head.filter(Boolean).join(' ')}\n${closed(indented(view.definition))}${view.withData ? '' : '\n  WITH NO DATA'}`
}

/** A query begins on its own line, two spaces in; the rest of its text stays as it is. */
const indented = (query: string): string => `  ${query.trimStart()}`
