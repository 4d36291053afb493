import { quoteName, quoteNames } from '#core/dialects/postgres.ts'
import { nameKey, type Index, type IndexElement, type ObjectName, type Table, type View } from '#core/schema/index.ts'
import { relationSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOf, keyOfNamed, type Piece, type PieceKey } from './piece.ts'
import { clauses, closed, commentSql, inBrackets, nameSql, optionsSql } from './sql.ts'

/** One key of an index, exclusion constraint or partitioned table. */
export function elementSql({ column, expression, collation, opclass, order, nulls }: IndexElement): string {
  const key = column === null ? keyExpression(expression ?? '') : quoteName(column)
  const parts = [key, collation && `COLLATE ${collation}`, opclass, order?.toUpperCase(), nulls && `NULLS ${nulls.toUpperCase()}`]
  return parts.filter(Boolean).join(' ')
}

/** The piece of an index that is not part of a constraint. */
export function indexPiece(context: Context, owner: Table | View, index: Index): Piece {
  const path = index.searchPath
  const name: ObjectName = { namespace: owner.namespace, name: index.name }
  const on = `ON ${index.only ? 'ONLY ' : ''}${nameSql(owner, path)}`
  const method = index.method === 'btree' ? '' : ` USING ${quoteName(index.method)}`
  const create = clauses([
    `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(index.name)}`,
    `${on}${method} (${index.elements.map(elementSql).join(', ')})`,
    index.include.length > 0 && `INCLUDE (${quoteNames(index.include)})`,
    index.nullsNotDistinct && 'NULLS NOT DISTINCT',
    optionsSql(index.options) && `WITH ${optionsSql(index.options)}`,
    index.tablespace !== null && `TABLESPACE ${quoteName(index.tablespace)}`,
    index.predicate !== null && `WHERE ${closed(index.predicate)}`,
  ])
  const sql = nameSql(name, path)
  const targets = Object.entries(index.statistics).map(
    ([position, target]) => `ALTER INDEX ${sql} ALTER COLUMN ${position} SET STATISTICS ${target}`,
  )
  return {
    key: keyOf('index', name),
    searchPath: path,
    statements: [create, ...targets, ...commentSql(`INDEX ${sql}`, index.comment)],
    needs: [
      [keyOf('relation', owner), strength.certain],
      ...partitionsFirst(context, owner, index.only),
      ...methodNeeds(context, index.method),
    ],
    uses: [...index.elements.flatMap(elementUses), ...(index.predicate === null ? [] : [[index.predicate, 'expression'] as const])],
    runs: true,
  }
}

/** What a key of an index names: functions and types, an operator class, a collation. */
export const elementUses = ({ expression, opclass, collation }: IndexElement): NonNullable<Piece['uses']> => [
  ...(expression === null ? [] : [[expression, 'expression'] as const]),
  ...(opclass === null ? [] : [[opclass, 'name:opclass'] as const]),
  ...(collation === null ? [] : [[collation, 'name:collation'] as const]),
]

/** An access method must be there, and what it can index by. PostgreSQL's own need nothing. */
export function methodNeeds({ opclasses, schema }: Context, method: string | null): NonNullable<Piece['needs']> {
  if (method === null || schema.accessMethods.length === 0) return []
  if (!schema.accessMethods.some(({ name }) => name === method)) return []
  return [
    [keyOfNamed('accessMethod', method), strength.certain],
    ...(opclasses.get(method) ?? []).map((key) => [key, strength.companion] as const),
  ]
}

/** `ALTER INDEX … ATTACH PARTITION …` for an index (or the index of a constraint) of a partition. */
export function attachPiece(child: ObjectName, parent: ObjectName, childPiece: PieceKey, parentPiece: PieceKey): Piece {
  return {
    statements: [`ALTER INDEX ${nameSql(parent)} ATTACH PARTITION ${nameSql(child)}`],
    needs: [
      [childPiece, strength.certain],
      [parentPiece, strength.certain],
    ],
  }
}

/** What must wait for a table's indexes: the replica identity and the index that CLUSTER uses. */
export function indexSettingsPiece(table: Table): Piece | undefined {
  const name = relationSql(table)
  const { replicaIdentity, clusteredOn } = table
  const identity =
    replicaIdentity &&
    (replicaIdentity.kind === 'index' ? `USING INDEX ${quoteName(replicaIdentity.index ?? '')}` : replicaIdentity.kind.toUpperCase())
  const statements = [
    ...(identity ? [`ALTER TABLE ONLY ${name} REPLICA IDENTITY ${identity}`] : []),
    ...(clusteredOn === null ? [] : [`ALTER TABLE ${name} CLUSTER ON ${quoteName(clusteredOn)}`]),
  ]
  if (statements.length === 0) return undefined
  const indexes = [replicaIdentity?.index, clusteredOn].filter((index) => typeof index === 'string')
  return {
    searchPath: table.searchPath,
    statements,
    needs: [[keyOf('relation', table), strength.certain], ...indexes.flatMap((index) => indexMakers(table, index))],
  }
}

/** The pieces that may make an index of a table: its own, or its constraint's. */
export const indexMakers = (table: ObjectName, index: string): NonNullable<Piece['needs']> => [
  [keyOf('index', { namespace: table.namespace, name: index }), strength.certain],
  [keyOf('constraint', table, index), strength.certain],
]

/** ONLY means that partitions get none, so they must be there before. */
export function partitionsFirst(context: Context, table: ObjectName, only: boolean): NonNullable<Piece['needs']> {
  if (!only) return []
  return (context.partitions.get(nameKey(table)) ?? []).map((child) => [keyOf('relation', child), strength.certain] as const)
}

/** A function call may stand without brackets; every other expression needs them. */
function keyExpression(text: string): string {
  return /^(?:[a-z_][a-z0-9_]*\.)?[a-z_][a-z0-9_]*\(/.test(text) && isPlainCall(text) ? text : inBrackets(text)
}

/** Whether the bracket that opens first closes last. Quotes and comments are left to brackets. */
export function isPlainCall(text: string): boolean {
  if (/["$]|--|\/\*/.test(text) || !text.endsWith(')')) return false
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (char === "'") quoted = !quoted
    else if (quoted) continue
    else if (char === '(') depth += 1
    else if (char === ')' && (depth -= 1) === 0) return at === text.length - 1
  }
  return false
}
