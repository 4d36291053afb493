import { quoteName, unquoteNames } from '#core/dialects/postgres.ts'
import type { BaseType, ObjectName, RangeType } from '#core/schema/index.ts'
import { toldSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOf, type Piece } from './piece.ts'
import type { TextKind } from './scan.ts'
import { typeNameSql } from './sql.ts'

// Types with functions of their own. Those functions have the type among their arguments, so it is announced before them (a shell type) and defined
// after them.

/** A base type: announced, and defined unless announcing is all there is of it. */
export function baseTypePieces(context: Context, type: BaseType, index: number): readonly Piece[] {
  const name = typeNameSql(type, type.searchPath)
  const options = Object.entries(type.options)
  const said = toldSql(context, 'TYPE', name, type)
  const lists: Piece['lists'] = [['baseTypes', index]]
  const shell: Piece = {
    key: keyOf('shell', type),
    statements: [`CREATE TYPE ${name}`],
    searchPath: type.searchPath,
    makes: [['shell', type]],
  }
  if (options.length === 0) return [{ ...shell, statements: [...shell.statements, ...said], makes: bothTypes(type), lists }]
  const body = options.map(([key, value]) => `  ${key.toUpperCase()}${value === '' ? '' : ` = ${value}`}`).join(',\n')
  const whole: Piece = {
    key: keyOf('type', type),
    searchPath: type.searchPath,
    statements: [`CREATE TYPE ${name} (\n${body}\n)`, ...said],
    makes: [['type', type]],
    lists,
    needs: [[keyOf('shell', type), strength.certain]],
    uses: usesOf(options, baseTypeUses),
  }
  return [shell, whole]
}

/** A range type: announced first only when it has a canonical function. */
export function rangePieces(context: Context, type: RangeType, index: number): readonly Piece[] {
  const path = type.searchPath
  const name = typeNameSql(type, path)
  const options = Object.entries(type.options)
  const parts = [`  SUBTYPE = ${context.type(type.subtype, path)}`, ...options.map(([key, value]) => `  ${key.toUpperCase()} = ${value}`)]
  const isShellFirst = options.some(([key]) => key.toLowerCase() === 'canonical')
  const shell: Piece = { key: keyOf('shell', type), statements: [`CREATE TYPE ${name}`], searchPath: path, makes: [['shell', type]] }
  const whole: Piece = {
    key: keyOf('type', type),
    searchPath: path,
    statements: [`CREATE TYPE ${name} AS RANGE (\n${parts.join(',\n')}\n)`, ...toldSql(context, 'TYPE', name, type)],
    makes: [
      ['type', type],
      ['type', multirangeOf(type)],
    ],
    lists: [['rangeTypes', index]],
    needs: [[keyOf('shell', type), strength.certain]],
    uses: [[type.subtype, 'columnType'], ...usesOf(options, rangeUses)],
  }
  return isShellFirst ? [shell, whole] : [whole]
}

const bothTypes = (type: ObjectName): NonNullable<Piece['makes']> => [
  ['shell', type],
  ['type', type],
]

/** What the values of options name; the others are words and numbers. */
const baseTypeUses: Readonly<Record<string, TextKind>> = {
  input: 'name:routine',
  output: 'name:routine',
  receive: 'name:routine',
  send: 'name:routine',
  typmod_in: 'name:routine',
  typmod_out: 'name:routine',
  analyze: 'name:routine',
  subscript: 'name:routine',
  like: 'type',
  element: 'type',
}
const rangeUses: Readonly<Record<string, TextKind>> = {
  canonical: 'name:routine',
  subtype_diff: 'name:routine',
  subtype_opclass: 'name:opclass',
  collation: 'name:collation',
}

function usesOf(options: readonly (readonly [string, string])[], kinds: Readonly<Record<string, TextKind>>): NonNullable<Piece['uses']> {
  return options.flatMap(([key, value]) => {
    const kind = Object.hasOwn(kinds, key.toLowerCase()) ? kinds[key.toLowerCase()] : undefined
    return kind ? [[value, kind] as const] : []
  })
}

/** The multirange type that comes with a range type, by PostgreSQL's rule for its name (`makeMultirangeTypeName`). */
function multirangeOf(type: RangeType): ObjectName {
  const given = Object.entries(type.options).find(([key]) => key.toLowerCase() === 'multirange_type_name')?.[1]
  const { namespace } = type
  if (given === undefined)
    return { namespace, name: type.name.includes('range') ? type.name.replace('range', 'multirange') : `${type.name}_multirange` }
  const [first = quoteName(type.name), second] = unquoteNames(given)
  return second === undefined ? { namespace, name: first } : { namespace: first, name: second }
}
