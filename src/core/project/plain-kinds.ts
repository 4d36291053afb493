import type { Schema } from '../schema/index.ts'

/** Rows that are an entry of one of the schema's lists with an id and a place, and nothing else: kind of row to list. Adding a kind is a line. */
export const plainLists = {
  namespace: 'namespaces',
  extension: 'extensions',
  enumType: 'enums',
  domain: 'domains',
  compositeType: 'compositeTypes',
  rangeType: 'rangeTypes',
  baseType: 'baseTypes',
  collation: 'collations',
  routine: 'routines',
  eventTrigger: 'eventTriggers',
  statistics: 'statistics',
  operator: 'operators',
  operatorFamily: 'operatorFamilies',
  operatorClass: 'operatorClasses',
  cast: 'casts',
  textSearch: 'textSearch',
  language: 'languages',
  transform: 'transforms',
  conversion: 'conversions',
  accessMethod: 'accessMethods',
  foreignDataWrapper: 'foreignDataWrappers',
  foreignServer: 'foreignServers',
  userMapping: 'userMappings',
  publication: 'publications',
  privilege: 'privileges',
  opaque: 'opaque',
} as const satisfies Readonly<Record<string, keyof Schema>>

export type PlainKind = keyof typeof plainLists
/** The schema's lists that hold plain rows. */
export type PlainList = (typeof plainLists)[PlainKind]

/** Kind of row and list of the schema, in the order of the lists. */
// The keys are those of the table above.
export const plainKinds = Object.entries(plainLists) as readonly (readonly [PlainKind, PlainList])[]

export const isPlain = (kind: string): kind is PlainKind => Object.hasOwn(plainLists, kind)
