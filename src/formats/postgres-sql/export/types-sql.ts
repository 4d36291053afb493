import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import type { CompositeType, Domain, Enum, ObjectName, Sequence } from '#core/schema/index.ts'
import { sequenceOptionsSql } from './column-sql.ts'
import { toldSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOf, type Piece } from './piece.ts'
import { clauses, commentSql, inBrackets, nameSql, typeNameSql, wrapped } from './sql.ts'

// Enums, composite types, domains and sequences.

export function enumPiece(context: Context, type: Enum, index: number): Piece {
  const name = typeNameSql(type)
  const values = type.values.length === 0 ? '()' : `(\n${wrapped(type.values.map(quoteLiteral))}\n)`
  return {
    key: keyOf('type', type),
    statements: [`CREATE TYPE ${name} AS ENUM ${values}`, ...toldSql(context, 'TYPE', name, type)],
    makes: [['type', type]],
    lists: [['enums', index]],
  }
}

export function compositePiece(context: Context, type: CompositeType, index: number): Piece {
  const name = typeNameSql(type)
  const attributes = type.attributes.map(
    (each) => `  ${quoteName(each.name)} ${context.type(each.type, null)}${each.collation === null ? '' : ` COLLATE ${each.collation}`}`,
  )
  return {
    key: keyOf('relation', type),
    statements: [
      `CREATE TYPE ${name} AS ${attributes.length === 0 ? '()' : `(\n${attributes.join(',\n')}\n)`}`,
      ...toldSql(context, 'TYPE', name, type),
      ...type.attributes.flatMap((each) => commentSql(`COLUMN ${name}.${quoteName(each.name)}`, each.comment)),
    ],
    makes: [
      ['type', type],
      ['relation', type],
    ],
    lists: [['compositeTypes', index]],
    uses: type.attributes.flatMap((each) => [
      [each.type, 'type'] as const,
      ...(each.collation === null ? [] : [[each.collation, 'name:collation'] as const]),
    ]),
  }
}

export function domainPiece(context: Context, domain: Domain, index: number): Piece {
  const path = domain.searchPath
  const name = typeNameSql(domain, path)
  const parts = [
    `CREATE DOMAIN ${name} AS ${context.type(domain.type, path)}`,
    domain.collation !== null && `COLLATE ${domain.collation}`,
    domain.default !== null && `DEFAULT ${context.default(domain.default)}`,
    !domain.nullable && 'NOT NULL',
    ...domain.constraints
      .filter(({ validated }) => validated)
      .map((each) => `CONSTRAINT ${quoteName(each.name)} CHECK ${inBrackets(each.expression)}`),
  ]
  const unchecked = domain.constraints.filter(({ validated }) => !validated)
  return {
    key: keyOf('type', domain),
    searchPath: path,
    statements: [
      clauses(parts),
      ...unchecked.map(
        (each) => `ALTER DOMAIN ${name} ADD CONSTRAINT ${quoteName(each.name)} CHECK ${inBrackets(each.expression)} NOT VALID`,
      ),
      ...toldSql(context, 'DOMAIN', name, domain),
      ...domain.constraints.flatMap((each) => commentSql(`CONSTRAINT ${quoteName(each.name)} ON DOMAIN ${name}`, each.comment)),
    ],
    makes: [['type', domain]],
    lists: [['domains', index]],
    uses: [
      [domain.type, 'columnType'],
      ...(domain.collation === null ? [] : [[domain.collation, 'name:collation'] as const]),
      ...[domain.default, ...domain.constraints.map(({ expression }) => expression)].flatMap((text) =>
        text === null ? [] : [[text, 'expression'] as const],
      ),
    ],
  }
}

export function sequencePiece(context: Context, sequence: Sequence, index: number): Piece {
  const name = nameSql(sequence)
  const create = clauses([
    `CREATE ${sequence.unlogged ? 'UNLOGGED ' : ''}SEQUENCE ${name}`,
    sequence.type !== 'bigint' && `AS ${sequence.type}`,
    ...sequenceOptionsSql(sequence),
  ])
  return {
    key: keyOf('relation', sequence),
    statements: [create, ...toldSql(context, 'SEQUENCE', name, sequence)],
    makes: [['relation', sequence]],
    lists: [['sequences', index]],
  }
}

/** `ALTER SEQUENCE … OWNED BY …`, once the table is there. */
export function ownedByPiece(sequence: Sequence): Piece | undefined {
  if (!sequence.ownedBy) return undefined
  const { namespace, table, column } = sequence.ownedBy
  const owner: ObjectName = { namespace, name: table }
  return {
    statements: [`ALTER SEQUENCE ${nameSql(sequence)} OWNED BY ${nameSql(owner)}.${quoteName(column)}`],
    needs: [
      [keyOf('relation', sequence), strength.certain],
      [keyOf('relation', owner), strength.certain],
    ],
  }
}
