import { typeParts } from '#core/dialects/postgres.ts'
import type { Column, Table } from '#core/schema/index.ts'
import { prismaString } from '../shared/code/literals.ts'
import type { Context } from './context.ts'
import { readBoolean } from './expressions/constants.ts'
import type { Expression } from './expressions/parse.ts'
import { prismaType, type PrismaType } from './types.ts'

// Every runtime we run in has it; the layer's library does not name it.
declare const btoa: (bytes: string) => string

/** A default that is a plain value, as Prisma writes it: `0`, `"x"`, `[1, 2]`, `draft`. Undefined for everything else. */
export function literalCode(context: Context, place: Place, type: PrismaType, value: Expression): string | undefined {
  if (type.isUnsupported) return undefined
  const bare = withoutCasts(context, place, type, value)
  if (!bare) return undefined
  if (!type.isList) return scalarCode(context, type, bare)
  // Prisma does not take '{a,b}' apart where it is cast to an enum's array.
  const items = type.enum && bare.kind === 'string' && bare.value !== '{}' ? undefined : listItems(bare)
  const one = { ...type, isList: false }
  const codes = items?.map((item) => {
    const found = withoutCasts(context, place, one, item)
    return found && scalarCode(context, one, found)
  })
  return codes && !codes.includes(undefined) ? `[${codes.join(', ')}]` : undefined
}

/** Where a default stands. */
interface Place {
  readonly table: Table
  readonly column: Column
}

/** The value under casts that say no more than storing it in the column does. */
function withoutCasts(context: Context, place: Place, type: PrismaType, value: Expression): Expression | undefined {
  if (value.kind !== 'cast') return value
  const cast = prismaType(context, context.catalog.type(value.type, place.table.searchPath))
  const { modifier } = typeParts(value.type)
  const isSame = cast.name === type.name && cast.isList === type.isList
  if (!isSame || (modifier !== null && modifier !== typeParts(place.column.type).modifier)) return undefined
  return withoutCasts(context, place, type, value.of)
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
      return value.kind === 'string' && isOwnText(type, text) ? prismaString(text) : undefined
    case 'Bytes':
      return value.kind === 'string' ? bytesCode(text) : undefined
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

/** Whether PostgreSQL keeps and prints the text as it is: with some types only its own hands are sure of that. */
const isOwnText = ({ native }: PrismaType, text: string): boolean => texts[native.replace(/\(.*/, '')]?.test(text) === true
const texts: Readonly<Record<string, RegExp>> = {
  '': /^/,
  '@db.VarChar': /^/,
  '@db.Char': /^/,
  '@db.Citext': /^/,
  '@db.Xml': /^/,
  '@db.Bit': /^[01]+$/,
  '@db.VarBit': /^[01]+$/,
  '@db.Inet': /^\d{1,3}(?:\.\d{1,3}){3}(?:\/(?!32)\d+)?$/,
}

/** Bytes in hexadecimal, as Prisma has them: in base 64. */
function bytesCode(text: string): string | undefined {
  const [, hex] = /^\\x((?:[0-9a-f]{2})*)$/i.exec(text) ?? []
  if (hex === undefined) return undefined
  return prismaString(btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)))))
}

/** The elements of `ARRAY[…]` or `'{…}'`, where they are plain. */
function listItems(value: Expression): readonly Expression[] | undefined {
  if (value.kind === 'array') return value.items
  const [, inside] = value.kind === 'string' ? (/^\{(.*)\}$/s.exec(value.value) ?? []) : []
  if (inside === undefined) return undefined
  if (inside.trim() === '') return []
  const items = [...inside.matchAll(/"((?:[^"\\]|\\.)*)"(?:,|$)|([^",{}\\]+?)(?:,|$)/gs)]
  const isWhole = items.map(([all]) => all).join('') === inside && !inside.endsWith(',')
  const texts = items.map(([, quoted, plain]) => quoted?.replace(/\\(.)/gs, '$1') ?? plain?.trim() ?? '')
  const hasNull = items.some(([, , plain]) => plain !== undefined && /^null$/i.test(plain.trim()))
  if (!isWhole || hasNull) return undefined
  return texts.map((text): Expression => ({ kind: 'string', value: text }))
}

function numberCode(text: string, { name }: PrismaType): string | undefined {
  if (name === 'Int' || name === 'BigInt') {
    const most = name === 'Int' ? 2_147_483_647n : 9_223_372_036_854_775_807n
    return /^-?\d{1,19}$/.test(text) && BigInt(text) <= most && BigInt(text) >= -most ? BigInt(text).toString() : undefined
  }
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text.replace(/^(-?)0+(?=\d)/, '$1')
  // Prisma has no exponents.
  return /^-?\d+e\+?\d{1,2}$/i.test(text) && Number.isSafeInteger(Number(text)) ? Number(text).toString() : undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
