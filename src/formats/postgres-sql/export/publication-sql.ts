import { quoteName, quoteNames } from '#core/dialects/postgres.ts'
import type { Publication } from '#core/schema/index.ts'
import { toldSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOf, keyOfNamed, type Piece } from './piece.ts'
import { inBrackets, nameSql, optionsSql } from './sql.ts'

/** What logical replication publishes. */
export function publicationPiece(context: Context, publication: Publication, index: number): Piece {
  const { allTables, tables, namespaces, options, searchPath } = publication
  const name = quoteName(publication.name)
  const objects = [
    ...tables.map(({ table, only, columns, where }, n) => {
      const parts = [
        // Said once: PostgreSQL 14 does not know it said again.
        `${n === 0 ? 'TABLE ' : ''}${only ? 'ONLY ' : ''}${nameSql(table, searchPath)}`,
        columns.length > 0 && `(${quoteNames(columns)})`,
        where !== null && `WHERE ${inBrackets(where)}`,
      ]
      return parts.filter(Boolean).join(' ')
    }),
    ...namespaces.map((namespace) => `TABLES IN SCHEMA ${quoteName(namespace)}`),
  ]
  const lines = [
    `CREATE PUBLICATION ${name}`,
    allTables ? 'FOR ALL TABLES' : objects.length > 0 && `FOR ${objects.join(',\n    ')}`,
    optionsSql(options) && `WITH ${optionsSql(options)}`,
  ]
  return {
    searchPath,
    statements: [lines.filter(Boolean).join('\n  '), ...toldSql(context, 'PUBLICATION', name, publication)],
    lists: [['publications', index]],
    needs: [
      ...tables.map(({ table }) => [keyOf('relation', table), strength.certain] as const),
      ...namespaces.map((namespace) => [keyOfNamed('namespace', namespace), strength.certain] as const),
    ],
    uses: tables.flatMap(({ where }) => (where === null ? [] : [[where, 'expression'] as const])),
  }
}
