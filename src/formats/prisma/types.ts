import { unreachable } from '#core/unreachable.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { quoteQualified } from '#core/dialects/postgres.ts'
import type { Enum } from '#core/schema/index.ts'
import { prismaString } from '../shared/code/literals.ts'
import type { ResolvedType } from '../shared/orm/catalog.ts'
import type { Context } from './context.ts'

/** A column type as Prisma writes it. */
export interface PrismaType {
  /** `String`, `Status`, `Unsupported("tsvector")`. */
  readonly name: string
  /** `@db.VarChar(20)`, or '' where the type is Prisma's own choice for the name. */
  readonly native: string
  readonly isList: boolean
  readonly enum?: Enum
  readonly isUnsupported: boolean
  /** What of the type Prisma cannot say. */
  readonly lost?: { readonly code: DiagnosticCode; readonly what: string }
}

type Known = readonly [name: string, native: string]
const known: Readonly<Record<string, Known>> = {
  smallint: ['Int', '@db.SmallInt'],
  integer: ['Int', ''],
  bigint: ['BigInt', ''],
  real: ['Float', '@db.Real'],
  'double precision': ['Float', ''],
  boolean: ['Boolean', ''],
  text: ['String', ''],
  'character varying': ['String', '@db.VarChar'],
  character: ['String', '@db.Char'],
  bpchar: ['String', '@db.Char'],
  uuid: ['String', '@db.Uuid'],
  xml: ['String', '@db.Xml'],
  inet: ['String', '@db.Inet'],
  bit: ['String', '@db.Bit'],
  'bit varying': ['String', '@db.VarBit'],
  jsonb: ['Json', ''],
  json: ['Json', '@db.Json'],
  bytea: ['Bytes', ''],
  money: ['Decimal', '@db.Money'],
  oid: ['Int', '@db.Oid'],
  date: ['DateTime', '@db.Date'],
  '"char"': ['String', '@db.Char'],
}
const times: Readonly<Record<string, string>> = {
  'timestamp without time zone': 'Timestamp',
  'timestamp with time zone': 'Timestamptz',
  'time without time zone': 'Time',
  'time with time zone': 'Timetz',
}

/** Types that Prisma takes for `char` without a length. */
const chars: Readonly<Record<string, string>> = {
  bpchar: 'bpchar without a length: it makes char(1)',
  '"char"': 'the internal type "char": it makes char(1)',
}

export function prismaType(context: Context, type: ResolvedType): PrismaType {
  const isList = type.dimensions > 0
  const flat: Pick<PrismaType, 'lost'> =
    type.dimensions > 1 ? { lost: { code: 'array-dimensions', what: `${type.dimensions} dimensions: the list has one` } } : {}
  switch (type.kind) {
    case 'enum': {
      if (type.enum.values.length === 0) return unsupported(quoteQualified(type.enum), isList)
      return { name: context.id(type.enum), native: '', isList, enum: type.enum, isUnsupported: false, ...flat }
    }
    case 'domain': {
      const base = prismaType(context, type.base)
      return {
        ...base,
        isList: isList || base.isList,
        lost: { code: 'domain-type', what: `the domain ${type.domain.name}: the field has its base type ${type.domain.type}` },
      }
    }
    case 'builtin':
      return { ...builtinType(type.name, type.modifier, isList), ...flat }
    case 'other':
      return type.name === 'citext'
        ? { name: 'String', native: '@db.Citext', isList, isUnsupported: false, ...flat }
        : { ...otherType(type, isList), ...flat }
    default:
      return unreachable(type)
  }
}

function builtinType(name: string, modifier: string | null, isList: boolean): PrismaType {
  const time = Object.hasOwn(times, name) ? times[name] : undefined
  if (time) {
    // timestamp(3) is what a bare DateTime means.
    const native =
      name === 'timestamp without time zone' && modifier === '3' ? '' : `@db.${time}${modifier === null ? '' : `(${modifier})`}`
    return { name: 'DateTime', native, isList, isUnsupported: false }
  }
  if (name === 'numeric') return numericType(modifier, isList)
  const plain = Object.hasOwn(known, name) ? known[name] : undefined
  if (!plain) return unsupported(modifier === null ? name : withModifier(name, modifier), isList)
  const [base, native] = plain
  if (Object.hasOwn(chars, name))
    return { name: base, native, isList, isUnsupported: false, lost: { code: 'unbounded-char', what: chars[name] ?? '' } }
  return { name: base, native: modifier === null ? native : `${native}(${modifier})`, isList, isUnsupported: false }
}

function numericType(modifier: string | null, isList: boolean): PrismaType {
  if (modifier === null) return { name: 'Decimal', native: '@db.Decimal', isList, isUnsupported: false }
  const [precision = '', scale = '0'] = modifier.split(',').map((part) => part.trim())
  const isHeld = !scale.startsWith('-') && Number(scale) <= Number(precision)
  if (!isHeld) return unsupported(`numeric(${modifier})`, isList)
  // decimal(65, 30) is what a bare Decimal means.
  const native = precision === '65' && scale === '30' ? '' : `@db.Decimal(${precision}, ${scale})`
  return { name: 'Decimal', native, isList, isUnsupported: false }
}

function otherType({ namespace, name, modifier }: Extract<ResolvedType, { kind: 'other' }>, isList: boolean): PrismaType {
  const sql = quoteQualified({ namespace: namespace ?? 'public', name })
  return unsupported(modifier === null ? sql : `${sql}(${modifier})`, isList)
}

const withModifier = (name: string, modifier: string): string => {
  const [first = name, ...rest] = name.split(' ')
  return name.endsWith('time zone') ? `${first}(${modifier}) ${rest.join(' ')}` : `${name}(${modifier})`
}

const unsupported = (sql: string, isList: boolean): PrismaType => ({
  name: `Unsupported(${prismaString(sql)})`,
  native: '',
  isList,
  isUnsupported: true,
})
