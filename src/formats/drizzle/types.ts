import { unreachable } from '#core/unreachable.ts'
import { unquoteNames } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import { tsString } from '../shared/code/literals.ts'
import type { ResolvedType } from '../shared/orm/catalog.ts'
import type { Context } from './context.ts'
import { custom } from './custom-types.ts'
import type { Data, TypeCode } from './type-code.ts'
import { isWrittenRaw, kitTypeName, withCollation } from './kit.ts'

export function typeCode(context: Context, type: ResolvedType): TypeCode {
  switch (type.kind) {
    case 'builtin':
      return builtinCode(context, type.name, type.modifier, type.dimensions)
    case 'enum':
      return enumCode(context, type)
    case 'domain':
      return domainCode(context, type)
    case 'other':
      return otherCode(context, type)
    default:
      return unreachable(type)
  }
}

type Builtin = Extract<ResolvedType, { kind: 'builtin' }>
const simple: Readonly<Record<string, readonly [fn: string, data: Data]>> = {
  smallint: ['smallint', 'number'],
  integer: ['integer', 'number'],
  real: ['real', 'number'],
  'double precision': ['doublePrecision', 'number'],
  boolean: ['boolean', 'boolean'],
  text: ['text', 'string'],
  uuid: ['uuid', 'string'],
  json: ['json', 'json'],
  jsonb: ['jsonb', 'json'],
  date: ['date', 'string'],
  inet: ['inet', 'string'],
  cidr: ['cidr', 'string'],
  macaddr: ['macaddr', 'string'],
  macaddr8: ['macaddr8', 'string'],
  point: ['point', 'object'],
  line: ['line', 'object'],
}
/** Custom types whose values are not strings in the drivers. */
const customData: Readonly<Record<string, string>> = { bytea: 'Uint8Array', oid: 'number', cid: 'number', xid: 'number' }

/** Options of a type; false for those that it does not say. */
type Config = Readonly<Record<string, string | false>>
const said = (config: Config): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(config).flatMap(([key, value]) => (value === false ? [] : [[key, value]])))

function builtinCode(context: Context, name: string, modifier: string | null, dimensions: number): TypeCode {
  const known = (fn: string, data: Data, config: Config = {}): TypeCode => {
    return { fn: context.imports.use(fn), config: said(config), data, dimensions, known: true }
  }
  const plain = simple[name]
  if (plain && Object.hasOwn(simple, name)) return known(plain[0], plain[1])
  const zoned = { withTimezone: name.endsWith(' with time zone') && 'true' }
  const precision = { precision: modifier ?? false } as const
  switch (name) {
    case 'bigint':
      return known('bigint', 'bigint', { mode: `'bigint'` })
    case 'numeric': {
      const [digits, scale = '0'] = modifier?.split(',') ?? []
      return known('numeric', 'string', digits === undefined ? {} : { precision: digits, scale })
    }
    case 'character varying':
      return known('varchar', 'string', { length: modifier ?? false })
    case 'character':
      return known('char', 'string', { length: modifier ?? '1' })
    case 'timestamp with time zone':
    case 'timestamp without time zone':
      return known('timestamp', 'object', { ...precision, ...zoned })
    case 'time with time zone':
    case 'time without time zone':
      return known('time', 'string', { ...precision, ...zoned })
    case 'bit':
      return known('bit', 'string', { dimensions: modifier ?? '1' })
    default:
      return name.startsWith('interval')
        ? intervalCode(context, { name, modifier, dimensions }, known)
        : customBuiltin(context, name, modifier, dimensions)
  }
}

function intervalCode(
  context: Context,
  { name, modifier, dimensions }: Pick<Builtin, 'name' | 'modifier' | 'dimensions'>,
  known: (fn: string, data: Data, config: Config) => TypeCode,
): TypeCode {
  const fields = name.slice('interval'.length).trim()
  // Drizzle forgets a precision of 0.
  if (modifier === '0') return customBuiltin(context, name, modifier, dimensions)
  return known('interval', 'string', { fields: fields !== '' && tsString(fields), precision: modifier ?? false })
}

function customBuiltin(context: Context, name: string, modifier: string | null, dimensions: number): TypeCode {
  const text = modifier === null ? name : `${name}(${modifier})`
  const data = customData[name] ?? 'string'
  // "char" is another type than char: only its namespace tells them apart once drizzle-kit has added quotes.
  if (name === '"char"') return custom(context, { namespace: null, name: 'pgChar', dataType: 'pg_catalog"."char', data, dimensions })
  return custom(context, { namespace: null, name: text, dataType: text, data, dimensions })
}

function enumCode(context: Context, { enum: type, dimensions }: Extract<ResolvedType, { kind: 'enum' }>): TypeCode {
  const id = context.id(type)
  const isPublic = type.namespace === DEFAULT_NAMESPACE
  const survives = !isWrittenRaw(type.name) || (isPublic && /^[a-z_][a-z0-9_]*$/.test(type.name))
  if (type.values.length > 0 && survives) return { fn: id, config: {}, data: 'string', dimensions, known: true, values: type.values }
  const data = type.values.length > 0 ? `(typeof ${id}.enumValues)[number]` : 'never'
  return custom(context, { namespace: type.namespace, name: type.name, dataType: typeName(type.namespace, type.name), data, dimensions })
}

function domainCode(context: Context, { domain, base, dimensions }: Extract<ResolvedType, { kind: 'domain' }>): TypeCode {
  const name = typeName(domain.namespace === DEFAULT_NAMESPACE ? null : domain.namespace, domain.name)
  return custom(context, { namespace: domain.namespace, name: domain.name, dataType: name, data: driverType(base), dimensions })
}

/** What the drivers hand over for a type: numbers that may be too big, and everything textual, come as strings. */
function driverType(type: ResolvedType): string {
  if (type.kind === 'domain') return driverType(type.base) + '[]'.repeat(type.dimensions)
  if (type.kind === 'enum') return (type.enum.values.map(tsString).join(' | ') || 'never') + '[]'.repeat(type.dimensions)
  const name = type.kind === 'builtin' ? type.name : ''
  const one = ['smallint', 'integer', 'real', 'double precision', 'oid'].includes(name)
    ? 'number'
    : ({ boolean: 'boolean', json: 'unknown', jsonb: 'unknown', bytea: 'Uint8Array' }[name] ?? 'string')
  return one + '[]'.repeat(type.dimensions)
}

/** A type of which a column says COLLATE: Drizzle has no word for it, but its types may be called anything. */
export function collatedCode(context: Context, type: ResolvedType, collation: string): TypeCode {
  context.sql.add(collation)
  const [dataType, name] = collatable(type)
  return custom(context, {
    namespace: null,
    name: `${name} collate ${unquoteNames(collation).at(-1) ?? ''}`,
    dataType: withCollation(dataType, collation),
    data: driverType(type),
    dimensions: 0,
  })
}

/** A type as `dataType` gives it, and its name. */
function collatable(type: ResolvedType): readonly [dataType: string, name: string] {
  if (type.kind === 'builtin') {
    const text = { 'character varying': 'varchar', character: 'char' }[type.name] ?? type.name
    const whole = type.modifier === null ? text : `${text}(${type.modifier})`
    return [whole, whole]
  }
  const { namespace, name } = type.kind === 'domain' ? type.domain : type.kind === 'enum' ? type.enum : type
  return [typeName(namespace === DEFAULT_NAMESPACE ? null : namespace, name), name]
}

const vectors: Readonly<Record<string, string>> = { vector: 'vector', halfvec: 'halfvec', sparsevec: 'sparsevec' }

function otherCode(context: Context, type: Extract<ResolvedType, { kind: 'other' }>): TypeCode {
  const { name, modifier, dimensions } = type
  const namespace = type.namespace === DEFAULT_NAMESPACE ? null : type.namespace
  const vector = vectors[name]
  if (vector && Object.hasOwn(vectors, name) && namespace === null && modifier !== null) {
    return { fn: context.imports.use(vector), config: { dimensions: modifier }, data: 'object', dimensions, known: true }
  }
  const text = typeName(namespace, name)
  if (modifier === null) return custom(context, { namespace, name, dataType: text, data: 'string', dimensions })
  if (isWrittenRaw(text)) return custom(context, { namespace, name, dataType: `${text}(${modifier})`, data: 'string', dimensions })
  // drizzle-kit would write the brackets inside the quotes.
  return { ...custom(context, { namespace, name, dataType: text, data: 'string', dimensions }), lost: `(${modifier})` }
}

/** Columns of types without such a name were left out before (`isWritableType`). */
const typeName = (namespace: string | null, name: string): string => kitTypeName(namespace, name) ?? name
