import { quoteLiteral } from '#core/dialects/postgres.ts'
import type { Collation } from '#core/schema/index.ts'
import { toldSql, type Context } from './context.ts'
import { keyOf, type Piece } from './piece.ts'
import { clauses, fullName } from './sql.ts'

/** How texts sort and compare. */
export function collationPiece(context: Context, collation: Collation, index: number): Piece {
  const name = fullName(collation)
  const { from } = collation
  return {
    key: keyOf('collation', collation),
    statements: [
      clauses([`CREATE COLLATION ${name}`, from === null ? `(${optionsOf(collation).join(', ')})` : `FROM ${from}`]),
      ...toldSql(context, 'COLLATION', name, collation),
    ],
    makes: [['collation', collation]],
    lists: [['collations', index]],
    uses: from === null ? [] : [[from, 'name:collation']],
  }
}

function optionsOf({ provider, locale, lcCollate, lcCtype, deterministic, rules, version }: Collation): readonly string[] {
  return [
    provider !== null && `PROVIDER = ${provider}`,
    locale !== null && `LOCALE = ${quoteLiteral(locale)}`,
    lcCollate !== null && `LC_COLLATE = ${quoteLiteral(lcCollate)}`,
    lcCtype !== null && `LC_CTYPE = ${quoteLiteral(lcCtype)}`,
    !deterministic && 'DETERMINISTIC = false',
    rules !== null && `RULES = ${quoteLiteral(rules)}`,
    version !== null && `VERSION = ${quoteLiteral(version)}`,
  ].filter((option) => option !== false)
}
