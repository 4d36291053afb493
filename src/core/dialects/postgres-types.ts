import type { ObjectName } from '../schema/names.ts'
import { quoteQualified } from './postgres-names.ts'

/** What a type is good for: the groups of the type picker and the icon beside a column. */
export const typeCategories = [
  'numeric',
  'text',
  'boolean',
  'datetime',
  'uuid',
  'json',
  'array',
  'enum',
  'binary',
  'network',
  'geometric',
  'range',
  'search',
  'other',
] as const
export type TypeCategory = (typeof typeCategories)[number]

/** What may stand in brackets after a type's name. */
export type TypeModifier = 'none' | 'length' | 'precision' | 'precisionScale'

interface TypeFact {
  /** As PostgreSQL's `format_type` spells it, without modifiers. */
  readonly name: string
  readonly category: TypeCategory
  /** Other spellings that PostgreSQL reads as this type. */
  readonly aliases?: readonly string[]
  /** For people, on the canvas. Also valid SQL. */
  readonly short?: string
  readonly modifier?: TypeModifier
  /** Set for types that are offered in the type picker: one line for people. */
  readonly about?: string
}

/** PostgreSQL's built-in types (13 to 18), those one meets most often first. */
export const postgresTypes: readonly TypeFact[] = [
  { name: 'bigint', category: 'numeric', aliases: ['int8'], about: 'whole number, 8 bytes' },
  { name: 'integer', category: 'numeric', aliases: ['int', 'int4'], short: 'int', about: 'whole number, 4 bytes' },
  { name: 'smallint', category: 'numeric', aliases: ['int2'], about: 'whole number, 2 bytes' },
  { name: 'numeric', category: 'numeric', aliases: ['decimal', 'dec'], modifier: 'precisionScale', about: 'exact decimal number' },
  { name: 'real', category: 'numeric', aliases: ['float4'], about: 'floating point, 4 bytes' },
  { name: 'double precision', category: 'numeric', aliases: ['float8', 'float'], short: 'float8', about: 'floating point, 8 bytes' },
  { name: 'money', category: 'numeric', about: 'amount in the currency of the server' },
  { name: 'text', category: 'text', about: 'text of any length' },
  {
    name: 'character varying',
    category: 'text',
    aliases: ['varchar', 'char varying'],
    short: 'varchar',
    modifier: 'length',
    about: 'text up to a length',
  },
  {
    name: 'character',
    category: 'text',
    aliases: ['char', 'nchar', 'national character', 'national char'],
    short: 'char',
    modifier: 'length',
    about: 'text of a fixed length',
  },
  { name: 'citext', category: 'text', about: 'text, capitals ignored (extension citext)' },
  { name: 'boolean', category: 'boolean', aliases: ['bool'], about: 'true or false' },
  {
    name: 'timestamp with time zone',
    category: 'datetime',
    aliases: ['timestamptz'],
    short: 'timestamptz',
    modifier: 'precision',
    about: 'a moment in time',
  },
  {
    name: 'timestamp without time zone',
    category: 'datetime',
    aliases: ['timestamp'],
    short: 'timestamp',
    modifier: 'precision',
    about: 'date and time of a wall clock',
  },
  { name: 'date', category: 'datetime', about: 'a day' },
  { name: 'time without time zone', category: 'datetime', aliases: ['time'], short: 'time', modifier: 'precision', about: 'time of day' },
  {
    name: 'time with time zone',
    category: 'datetime',
    aliases: ['timetz'],
    short: 'timetz',
    modifier: 'precision',
    about: 'time of day with an offset',
  },
  { name: 'interval', category: 'datetime', modifier: 'precision', about: 'a span of time' },
  { name: 'uuid', category: 'uuid', about: 'universally unique identifier' },
  { name: 'jsonb', category: 'json', about: 'JSON, parsed and indexable' },
  { name: 'json', category: 'json', about: 'JSON, kept as written' },
  { name: 'bytea', category: 'binary', about: 'bytes' },
  { name: 'bit', category: 'binary', modifier: 'length', about: 'bits of a fixed length' },
  { name: 'bit varying', category: 'binary', aliases: ['varbit'], short: 'varbit', modifier: 'length', about: 'bits up to a length' },
  { name: 'inet', category: 'network', about: 'IPv4 or IPv6 host, with its network' },
  { name: 'cidr', category: 'network', about: 'IPv4 or IPv6 network' },
  { name: 'macaddr', category: 'network', about: 'MAC address' },
  { name: 'macaddr8', category: 'network' },
  { name: 'point', category: 'geometric', about: 'point on a plane' },
  { name: 'line', category: 'geometric' },
  { name: 'lseg', category: 'geometric' },
  { name: 'box', category: 'geometric' },
  { name: 'path', category: 'geometric' },
  { name: 'polygon', category: 'geometric' },
  { name: 'circle', category: 'geometric' },
  { name: 'int4range', category: 'range', about: 'from one integer to another' },
  { name: 'int8range', category: 'range', about: 'from one bigint to another' },
  { name: 'numrange', category: 'range', about: 'from one number to another' },
  { name: 'daterange', category: 'range', about: 'from one day to another' },
  { name: 'tsrange', category: 'range', about: 'from one timestamp to another' },
  { name: 'tstzrange', category: 'range', about: 'from one moment to another' },
  ...['int4', 'int8', 'num', 'date', 'ts', 'tstz'].map((of): TypeFact => ({ name: `${of}multirange`, category: 'range' })),
  { name: 'tsvector', category: 'search', about: 'text prepared for full text search' },
  { name: 'tsquery', category: 'search', about: 'full text search query' },
  { name: 'xml', category: 'other', about: 'XML document' },
  { name: 'oid', category: 'numeric' },
  { name: 'name', category: 'text' },
  { name: 'bpchar', category: 'text' },
  { name: '"char"', category: 'text' },
  { name: 'hstore', category: 'other' },
  { name: 'ltree', category: 'other' },
  { name: 'jsonpath', category: 'json' },
  ...[
    'pg_lsn',
    'pg_snapshot',
    'txid_snapshot',
    'xid',
    'xid8',
    'cid',
    'tid',
    'refcursor',
    'aclitem',
    'regclass',
    'regproc',
    'regprocedure',
    'regtype',
    'regrole',
    'regnamespace',
    'regconfig',
    'regdictionary',
    'regoper',
    'regoperator',
  ].map((name): TypeFact => ({ name, category: 'other' })),
]

/** A type's text taken apart: `timestamp(3) with time zone[]` is `timestamp with time zone`, `3`, `[]`. */
export interface TypeParts {
  readonly name: string
  /** What stands in brackets, without them; null when nothing does. */
  readonly modifier: string | null
  /** `[]` once per dimension. */
  readonly dimensions: string
}

/** Takes a type's text apart. Names of user types are left as they are written. */
export function typeParts(type: string): TypeParts {
  const [, body = type, dimensions = ''] = /^(.*?)((?:\s*\[\s*\d*\s*\])*)$/s.exec(type.trim()) ?? []
  const open = unquotedIndex(body, '(')
  const close = open < 0 ? -1 : body.lastIndexOf(')')
  const square = dimensions.replace(/\[[^\]]*\]/g, '[]').replace(/\s+/g, '')
  if (open < 0 || close < open) return { name: body.trim(), modifier: null, dimensions: square }
  const name = `${body.slice(0, open).trim()} ${body.slice(close + 1).trim()}`.trim()
  return { name, modifier: body.slice(open + 1, close).trim(), dimensions: square }
}

const byName = new Map(postgresTypes.flatMap((fact) => [fact.name, ...(fact.aliases ?? [])].map((name) => [name, fact] as const)))

/** The built-in type of that name or alias, or undefined for types a person or extension defines. */
export const findType = (name: string): TypeFact | undefined => byName.get(name)

/**
 * A type as people type it, as `format_type` spells it: `varchar(20)` is `character varying(20)`, `int[3]` is `integer[]`, `decimal(5)` is
 * `numeric(5,0)`. A type it does not know comes back as it is.
 */
export function canonicalType(type: string): string {
  const trimmed = type.trim()
  const suffix = /^(.*\S)\s+array(?:\s*\[\s*\d*\s*\])?$/is.exec(trimmed)?.[1]
  const parts = typeParts(suffix === undefined ? trimmed : `${suffix}[]`)
  const plain = parts.name.startsWith('"')
    ? parts.name
    : parts.name
        .toLowerCase()
        .replace(/\s+/g, ' ')
        .replace(/^pg_catalog\./, '')
  const fact = findType(plain)
  if (!fact) return trimmed
  return assemble(canonicalName(fact, plain, parts.modifier), canonicalModifier(fact, plain, parts.modifier), parts.dimensions)
}

/** A type's short spelling for people, which SQL reads as the same type: `varchar(255)`, `timestamptz`, `int`. Other types stay as they are. */
export function shortType(type: string): string {
  const parts = typeParts(type)
  const fact = parts.name === 'bpchar' ? undefined : findType(parts.name)
  return fact?.short ? assemble(fact.short, parts.modifier, parts.dimensions) : type
}

/** What a column's type is good for. `userTypes` tells the categories of types that the schema itself defines (see `userTypeCategories`). */
export function typeCategory(type: string, userTypes?: ReadonlyMap<string, TypeCategory>): TypeCategory {
  const { name, dimensions } = typeParts(type)
  if (dimensions) return 'array'
  return findType(name)?.category ?? (name.startsWith('interval ') ? 'datetime' : (userTypes?.get(name) ?? 'other'))
}

interface UserTypes {
  readonly enums: readonly ObjectName[]
  readonly domains: readonly (ObjectName & { readonly type: string })[]
  readonly rangeTypes: readonly ObjectName[]
}

/** Categories of a schema's own types, by every spelling that a column's type may have. A domain has the category of its base type. */
export function userTypeCategories(schema: UserTypes): ReadonlyMap<string, TypeCategory> {
  const categories = new Map<string, TypeCategory>()
  const add = (name: ObjectName, category: TypeCategory) => {
    categories.set(quoteQualified(name), category).set(quoteQualified(name, { always: true }), category)
  }
  for (const type of schema.enums) add(type, 'enum')
  for (const type of schema.rangeTypes) add(type, 'range')
  for (const type of schema.domains) add(type, typeCategory(type.type, categories))
  return categories
}

/** A type as the type picker offers it. */
export interface PickableType {
  /** Canonical spelling, to be stored. */
  readonly type: string
  readonly short: string
  readonly category: TypeCategory
  readonly modifier: TypeModifier
  readonly about: string
  /** Other spellings, for the search. */
  readonly aliases: readonly string[]
}

/** What the type picker offers, in its order. Enums and domains of the schema come on top of it. */
export const typePicker: readonly PickableType[] = postgresTypes.flatMap(({ name, short, category, modifier, about, aliases }) =>
  about ? [{ type: name, short: short ?? name, category, modifier: modifier ?? 'none', about, aliases: aliases ?? [] }] : [],
)

/** `timestamp with time zone` takes its modifier after the first word; every other type at its end. */
function assemble(name: string, modifier: string | null, dimensions: string): string {
  if (modifier === null) return `${name}${dimensions}`
  const zone = /^(timestamp|time)( with(?:out)? time zone)$/.exec(name)
  return `${zone ? `${zone[1]}(${modifier})${zone[2]}` : `${name}(${modifier})`}${dimensions}`
}

function canonicalName(fact: TypeFact, spelled: string, modifier: string | null): string {
  if (spelled === 'float' && modifier !== null && Number(modifier) <= 24) return 'real'
  return fact.name
}

function canonicalModifier(fact: TypeFact, spelled: string, modifier: string | null): string | null {
  if (spelled === 'float') return null
  if (modifier === null) return fact.name === 'character' || fact.name === 'bit' ? '1' : null
  const tidy = modifier.replace(/\s+/g, '')
  return fact.name === 'numeric' && !tidy.includes(',') ? `${tidy},0` : tidy
}

/** Where a character first stands outside double quotes, or -1. */
function unquotedIndex(text: string, wanted: string): number {
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted
    else if (!quoted && text[at] === wanted) return at
  }
  return -1
}
