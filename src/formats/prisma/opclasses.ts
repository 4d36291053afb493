import { typeParts, unquoteNames } from '#core/dialects/postgres.ts'
import type { Column, Index, IndexElement } from '#core/schema/index.ts'
import { prismaString } from '../shared/code/literals.ts'
import type { Model } from './model.ts'

/** How Prisma says an element's operator class: `ops: JsonbPathOps`, `ops: raw("gin_trgm_ops")`, or '' where it has no words for it or needs none. */
export function opclassArg({ types }: Model, index: Index, element: IndexElement, column: Column | undefined): string {
  if (!methodsWithOpclasses.has(index.method)) return ''
  const named = element.opclass === null ? undefined : opclassName(element.opclass)
  const wanted = named ?? (needsOpclass(index.method, types, element) ? ownOpclass(index.method, column) : undefined)
  if (wanted === undefined) return ''
  const type = types.get(element.column ?? '')?.isList ? 'array' : typeParts(column?.type ?? '').name
  return `ops: ${prismaName(index.method, wanted, type) ?? `raw(${prismaString(wanted)})`}`
}

/** An operator class that the index names and Prisma cannot say whole: not at all for these methods, or not its parameters. */
export const isOpclassLost = ({ method, unique }: Index, { opclass }: IndexElement): boolean =>
  opclass !== null && (unique || !methodsWithOpclasses.has(method) || opclass.includes('('))

/** Whether PostgreSQL has no operator class for such a column by itself, and none is named: Prisma would not take the index. */
export const lacksOpclass = ({ types }: Model, index: Index, element: IndexElement, column: Column | undefined): boolean =>
  element.opclass === null && needsOpclass(index.method, types, element) && !ownOpclass(index.method, column)

/** Prisma knows operator classes for these; on the others it does not look at them. */
const methodsWithOpclasses = new Set(['gin', 'gist', 'spgist', 'brin'])

/** Without its namespace and its parameters, which is how Prisma compares it. */
const opclassName = (opclass: string): string => unquoteNames(opclass.replace(/\(.*$/s, '')).at(-1) ?? opclass

/** Operator classes with a name of their own in Prisma: by method, the class, the type that it is for. */
const named: Readonly<Record<string, Readonly<Record<string, readonly [name: string, type: string]>>>> = {
  gin: { jsonb_ops: ['JsonbOps', 'jsonb'], jsonb_path_ops: ['JsonbPathOps', 'jsonb'], array_ops: ['ArrayOps', 'array'] },
  gist: { inet_ops: ['InetOps', 'inet'] },
  spgist: { inet_ops: ['InetOps', 'inet'], text_ops: ['TextOps', 'text'] },
}
/** BRIN's are made of the type's name and the kind: `int4_minmax_multi_ops` is `Int4MinMaxMultiOps`. */
const brinTypes: Readonly<Record<string, readonly [name: string, type: string]>> = {
  date: ['Date', 'date'],
  float4: ['Float4', 'real'],
  float8: ['Float8', 'double precision'],
  inet: ['Inet', 'inet'],
  int2: ['Int2', 'smallint'],
  int4: ['Int4', 'integer'],
  int8: ['Int8', 'bigint'],
  numeric: ['Numeric', 'numeric'],
  text: ['Text', 'text'],
  timestamp: ['Timestamp', 'timestamp without time zone'],
  timestamptz: ['TimestampTz', 'timestamp with time zone'],
  time: ['Time', 'time without time zone'],
  timetz: ['TimeTz', 'time with time zone'],
  uuid: ['Uuid', 'uuid'],
}
const brinKinds: Readonly<Record<string, string>> = {
  bloom: 'Bloom',
  minmax: 'MinMax',
  minmax_multi: 'MinMaxMulti',
  inclusion: 'Inclusion',
}

function prismaName(method: string, opclass: string, type: string): string | undefined {
  const known = named[method]?.[opclass]
  if (known) return known[1] === type ? known[0] : undefined
  const [, on = '', kind = ''] = /^([a-z0-9]+)_(bloom|minmax|minmax_multi|inclusion)_ops$/.exec(opclass) ?? []
  const found = Object.hasOwn(brinTypes, on) ? brinTypes[on] : undefined
  if (method !== 'brin' || found?.[1] !== type || (kind === 'inclusion' && on !== 'inet') || (on === 'text' && kind === 'minmax_multi'))
    return undefined
  return `${found[0]}${brinKinds[kind] ?? ''}Ops`
}

/** Prisma knows PostgreSQL's own operator classes only: for types that extensions serve it asks for the name. */
function needsOpclass(method: string, types: Model['types'], { column }: IndexElement): boolean {
  const type = types.get(column ?? '')
  if (!type || type.isUnsupported) return false
  switch (method) {
    case 'gin':
      return !type.isList && !(type.name === 'Json' && type.native === '')
    case 'gist':
      return true
    case 'spgist':
      return !(type.name === 'String' && type.native === '')
    case 'brin':
      return (
        ['Boolean', 'Json'].includes(type.name) ||
        type.isList ||
        type.enum !== undefined ||
        /^@db\.(?:Money|Xml|Citext|Oid)/.test(type.native)
      )
    default:
      return false
  }
}

const shortNames: Readonly<Record<string, string>> = {
  smallint: 'int2',
  integer: 'int4',
  bigint: 'int8',
  real: 'float4',
  'double precision': 'float8',
  'character varying': 'text',
  character: 'bpchar',
  boolean: 'bool',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
  'bit varying': 'vbit',
  money: 'cash',
}

/** The operator class that PostgreSQL takes by itself: those of btree_gin and btree_gist are named after the type. */
function ownOpclass(method: string, column: Column | undefined): string | undefined {
  const { name, dimensions } = typeParts(column?.type ?? '')
  if (dimensions || !/^[a-z ]+$/.test(name)) return undefined
  const short = Object.hasOwn(shortNames, name) ? (shortNames[name] ?? name) : name
  switch (method) {
    case 'gin':
      return `${name === 'character varying' ? 'varchar' : short === 'vbit' ? 'varbit' : short === 'cash' ? 'money' : short}_ops`
    case 'gist':
      return `gist_${short}_ops`
    case 'spgist':
      if (name === 'character varying' || name === 'text') return 'text_ops'
      return name === 'inet' || name === 'cidr' ? 'inet_ops' : undefined
    default:
      return method === 'brin' && name === 'oid' ? 'oid_minmax_ops' : undefined
  }
}
