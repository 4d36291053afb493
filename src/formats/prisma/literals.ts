import { typeParts } from '#core/dialects/postgres.ts'
import type { Column, Table } from '#core/schema/index.ts'
import { prismaString } from '../shared/code/literals.ts'
import type { Context } from './context.ts'
import { readBoolean } from './expressions/constants.ts'
import type { Expression } from './expressions/parse.ts'
import { prismaType, type PrismaType } from './types.ts'

/** A default that is a plain value, as Prisma writes it: `0`, `"x"`, `[1, 2]`, `draft`. Undefined for everything else. */
export function literalCode(
  context: Context,
  table: Table,
  column: Column,
  ...[type, value]: readonly [PrismaType, Expression]
): string | undefined {
  if (type.isUnsupported) return undefined
  const bare = withoutCasts(context, table, column, value, type)
  if (!bare) return undefined
  if (!type.isList) return scalarCode(context, type, bare)
  const items = listItems(bare, type)
  const codes = items?.map((item) => {
    const one = { ...type, isList: false }
    const found = withoutCasts(context, table, { ...column, type: typeParts(column.type).name }, item, one)
    return found && scalarCode(context, one, found)
  })
  return codes && !codes.includes(undefined) ? `[${codes.join(', ')}]` : undefined
}

/** The value under casts that say no more than storing it in the column does. */
function withoutCasts(context: Context, table: Table, column: Column, value: Expression, type: PrismaType): Expression | undefined {
  if (value.kind !== 'cast') return value
  const cast = prismaType(context, context.catalog.type(value.type, table.searchPath))
  const { modifier } = typeParts(value.type)
  const isSame = cast.name === type.name && cast.isList === type.isList
  if (!isSame || (modifier !== null && modifier !== typeParts(column.type).modifier)) return undefined
  return withoutCasts(context, table, column, value.of, type)
}

function scalarCode(context: Context, type: PrismaType, value: Expression): string | undefined {
  const text = plainText(value)
  if (text === undefined) return undefined
  if (type.enum) return context.enumValue(type.enum, text)
  switch (type.name) {
    case 'Boolean':
      return value.kind === 'number' ? undefined : readBoolean(text)?.toString()
    case 'Int':
    case 'BigInt':
    case 'Float':
    case 'Decimal':
      return numberCode(text, type)
    case 'Json':
      return value.kind === 'string' && isJson(text) ? prismaString(text) : undefined
    case 'String':
      return value.kind === 'string' && isPlainText(type) ? prismaString(text) : undefined
    default:
      return undefined
  }
}

function plainText(value: Expression): string | undefined {
  if (value.kind === 'string') return value.value
  if (value.kind === 'number') return value.text
  if (value.kind === 'word' && (value.word === 'TRUE' || value.word === 'FALSE')) return value.word.toLowerCase()
  return value.kind === 'minus' && value.of.kind === 'number' ? `-${value.of.text}` : undefined
}

/** A text of another native type (an inet, some bits) is only sure to be one in PostgreSQL's own hands. */
const isPlainText = ({ native }: PrismaType): boolean => ['', '@db.VarChar', '@db.Char', '@db.Citext'].includes(native.replace(/\(.*/, ''))

/** The elements of `ARRAY[…]` or `'{…}'`, where they are plain. */
function listItems(value: Expression, type: PrismaType): readonly Expression[] | undefined {
  if (value.kind === 'array') return value.items
  const [, inside] = value.kind === 'string' ? (/^\{(.*)\}$/s.exec(value.value) ?? []) : []
  if (inside === undefined) return undefined
  if (inside.trim() === '') return []
  const items = [...inside.matchAll(/"((?:[^"\\]|\\.)*)"(?:,|$)|([^",{}\\]+?)(?:,|$)/gs)]
  const isWhole = items.map(([all]) => all).join('') === inside && !inside.endsWith(',')
  const texts = items.map(([, quoted, plain]) => quoted?.replace(/\\(.)/gs, '$1') ?? plain?.trim() ?? '')
  const hasNull = items.some(([, , plain]) => plain !== undefined && /^null$/i.test(plain.trim()))
  if (!isWhole || hasNull || (type.name === 'String' && !isPlainText(type))) return undefined
  return texts.map((text): Expression => ({ kind: 'string', value: text }))
}

function numberCode(text: string, { name, native }: PrismaType): string | undefined {
  if (name === 'Int') return /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= 2_147_483_647 ? plainNumber(text) : undefined
  if (name === 'BigInt') return /^-?\d{1,18}$/.test(text) ? plainNumber(text) : undefined
  return native !== '@db.Money' && /^-?\d+(?:\.\d+)?$/.test(text) ? plainNumber(text) : undefined
}

const plainNumber = (text: string): string => text.replace(/^(-?)0+(?=\d)/, '$1')

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
