import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import type { AccessMethod, Conversion, Language, Transform } from '#core/schema/index.ts'
import { toldSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOfNamed, type Piece } from './piece.ts'
import { clauses, commentSql, fullName } from './sql.ts'

// What extends the server itself: languages, transforms, conversions, access methods.

export function languagePiece(context: Context, language: Language, index: number): Piece {
  const name = quoteName(language.name)
  const { handler, inline, validator } = language
  const create =
    handler === null
      ? // PostgreSQL makes the extension of that name; plpgsql is always there.
        `CREATE OR REPLACE LANGUAGE ${name}`
      : clauses([
          `CREATE ${language.trusted ? 'TRUSTED ' : ''}LANGUAGE ${name} HANDLER ${handler}`,
          inline !== null && `INLINE ${inline}`,
          validator !== null && `VALIDATOR ${validator}`,
        ])
  return {
    key: keyOfNamed('language', language.name),
    statements: [create, ...toldSql(context, 'LANGUAGE', name, language)],
    lists: [['languages', index]],
    uses: [handler, inline, validator].flatMap((routine) => (routine === null ? [] : [[routine, 'name:routine'] as const])),
  }
}

export function transformPiece(context: Context, { type, language, fromSql, toSql, comment }: Transform, index: number): Piece {
  const target = `TRANSFORM FOR ${context.type(type, null)} LANGUAGE ${quoteName(language)}`
  const functions = [fromSql !== null && `  FROM SQL WITH FUNCTION ${fromSql}`, toSql !== null && `  TO SQL WITH FUNCTION ${toSql}`].filter(
    (part) => part !== false,
  )
  return {
    key: keyOfNamed('transform', type, language),
    statements: [`CREATE ${target} (\n${functions.join(',\n')}\n)`, ...commentSql(target, comment)],
    lists: [['transforms', index]],
    needs: [[keyOfNamed('language', language), strength.certain]],
    uses: [[type, 'type'], ...[fromSql, toSql].flatMap((each) => (each === null ? [] : [[each, 'name:routine'] as const]))],
  }
}

export function conversionPiece(context: Context, conversion: Conversion, index: number): Piece {
  const name = fullName(conversion)
  const create = clauses([
    `CREATE ${conversion.isDefault ? 'DEFAULT ' : ''}CONVERSION ${name}`,
    `FOR ${quoteLiteral(conversion.from)} TO ${quoteLiteral(conversion.to)} FROM ${conversion.function}`,
  ])
  return {
    statements: [create, ...toldSql(context, 'CONVERSION', name, conversion)],
    lists: [['conversions', index]],
    uses: [[conversion.function, 'name:routine']],
  }
}

export function accessMethodPiece({ name, kind, handler, comment }: AccessMethod, index: number): Piece {
  const sql = quoteName(name)
  return {
    key: keyOfNamed('accessMethod', name),
    statements: [
      clauses([`CREATE ACCESS METHOD ${sql} TYPE ${kind.toUpperCase()} HANDLER ${handler}`]),
      ...commentSql(`ACCESS METHOD ${sql}`, comment),
    ],
    lists: [['accessMethods', index]],
    uses: [[handler, 'name:routine']],
  }
}
