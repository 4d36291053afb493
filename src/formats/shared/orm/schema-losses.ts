import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { routineSignature, schemaLists } from '#core/schema/index.ts'
import type { ObjectName, Operator, Routine, Schema, SchemaList } from '#core/schema/index.ts'
import { pathOf, type Catalog } from './catalog.ts'
import { keptComment, lostComment, type Target } from './common-losses.ts'
import type { Losses } from './losses.ts'

/** How a target says that it has no place for the objects of a list. */
interface Words<Item> {
  readonly code: DiagnosticCode
  readonly kind: string | ((item: Item) => string)
  /** The object as people name it. */
  readonly object: (item: Item) => string
  /** What follows the target's name: `has no casts`. */
  readonly lacks: string | ((item: Item, count: number) => string)
  readonly hint: string | ((item: Item) => string)
  /** Said once for the whole list. */
  readonly together?: true
}

const BEFORE = 'Create it before the first migration.'
const BESIDE = 'Keep it in a SQL migration beside the generated ones.'
const byName = ({ name }: { readonly name: string }): string => name
const byPath = (item: ObjectName): string => pathOf(item)
const byMethod = (item: ObjectName & { readonly method: string }): string => `${pathOf(item)} USING ${item.method}`
const routinePath = (routine: Routine): string => `${pathOf(routine)}${routineSignature(routine).replace(/^aggregate/, '')}`
const operatorPath = (operator: Operator): string => `${pathOf(operator)}(${operator.left ?? 'NONE'}, ${operator.right ?? 'NONE'})`

/** Every list of the model. What a target writes is its own affair; all the rest is reported from here, by construction. */
const words: { readonly [L in SchemaList]: Words<Schema[L][number]> } = {
  namespaces: { code: 'namespace', kind: 'namespace', object: byName, lacks: 'has no namespaces', hint: BEFORE },
  extensions: {
    code: 'extension',
    kind: 'extension',
    object: byName,
    lacks: 'does not create extensions',
    hint: ({ name }) => `Run CREATE EXTENSION "${name}" before the first migration.`,
  },
  enums: { code: 'enum', kind: 'enum', object: byPath, lacks: 'has no enums', hint: BEFORE },
  domains: { code: 'domain', kind: 'domain', object: byPath, lacks: 'does not create domains', hint: BEFORE },
  compositeTypes: { code: 'composite-type', kind: 'compositeType', object: byPath, lacks: 'does not create composite types', hint: BEFORE },
  rangeTypes: { code: 'range-type', kind: 'rangeType', object: byPath, lacks: 'does not create range types', hint: BEFORE },
  baseTypes: { code: 'base-type', kind: 'baseType', object: byPath, lacks: 'does not create base types', hint: BEFORE },
  collations: { code: 'collation-object', kind: 'collation', object: byPath, lacks: 'does not create collations', hint: BEFORE },
  sequences: { code: 'sequence', kind: 'sequence', object: byPath, lacks: 'has no sequences of their own', hint: BESIDE },
  tables: { code: 'table', kind: 'table', object: byPath, lacks: 'has no tables', hint: BESIDE },
  views: { code: 'view', kind: 'view', object: byPath, lacks: 'has no views', hint: BESIDE },
  routines: { code: 'routine', kind: ({ kind }) => kind, object: routinePath, lacks: ({ kind }) => `has no ${kind}s`, hint: BESIDE },
  eventTriggers: { code: 'event-trigger', kind: 'eventTrigger', object: byName, lacks: 'has no event triggers', hint: BESIDE },
  statistics: { code: 'statistics', kind: 'statistics', object: byPath, lacks: 'has no extended statistics', hint: BESIDE },
  operators: { code: 'operator', kind: 'operator', object: operatorPath, lacks: 'has no operators', hint: BESIDE },
  operatorFamilies: { code: 'operator-family', kind: 'operatorFamily', object: byMethod, lacks: 'has no operator families', hint: BESIDE },
  operatorClasses: { code: 'operator-class', kind: 'operatorClass', object: byMethod, lacks: 'has no operator classes', hint: BESIDE },
  casts: { code: 'cast', kind: 'cast', object: ({ source, target }) => `${source} AS ${target}`, lacks: 'has no casts', hint: BESIDE },
  textSearch: {
    code: 'text-search',
    kind: ({ kind }) => `text search ${kind}`,
    object: byPath,
    lacks: ({ kind }) => `has no text search ${kind === 'dictionary' ? 'dictionaries' : `${kind}s`}`,
    hint: BESIDE,
  },
  languages: { code: 'language', kind: 'language', object: byName, lacks: 'has no procedural languages', hint: BESIDE },
  transforms: {
    code: 'transform',
    kind: 'transform',
    object: ({ type, language }) => `${type} FOR ${language}`,
    lacks: 'has no transforms',
    hint: BESIDE,
  },
  conversions: { code: 'conversion', kind: 'conversion', object: byPath, lacks: 'has no conversions of encodings', hint: BESIDE },
  accessMethods: { code: 'access-method-object', kind: 'accessMethod', object: byName, lacks: 'has no access methods', hint: BEFORE },
  foreignDataWrappers: {
    code: 'foreign-data-wrapper',
    kind: 'foreignDataWrapper',
    object: byName,
    lacks: 'has no foreign data wrappers',
    hint: BESIDE,
  },
  foreignServers: { code: 'foreign-server', kind: 'foreignServer', object: byName, lacks: 'has no foreign servers', hint: BESIDE },
  userMappings: {
    code: 'user-mapping',
    kind: 'userMapping',
    object: ({ user, server }) => `${user} ON ${server}`,
    lacks: 'has no user mappings',
    hint: BESIDE,
  },
  publications: { code: 'publication', kind: 'publication', object: byName, lacks: 'has no publications', hint: BESIDE },
  privileges: {
    code: 'privileges',
    kind: 'privilege',
    object: () => 'privileges',
    lacks: (_, count) => `has no grants (${count} statements)`,
    hint: BESIDE,
    together: true,
  },
  opaque: {
    code: 'opaque',
    kind: 'opaque',
    object: ({ defines, reason }) => defines.map(byPath).join(', ') || reason,
    lacks: ({ sql }) => `cannot hold: ${firstLine(sql)}`,
    hint: BESIDE,
  },
}

/** A hint for an object that says more than that of its list. */
type HintOf = (item: object) => string | undefined

/** Reports the objects of a schema that a target has no place for: every list that it does not write. */
export function schemaLosses({ schema, partitions }: Catalog, target: Target, losses: Losses, hintOf: HintOf = () => undefined): void {
  for (const list of schemaLists) if (!target.writes.includes(list)) listLosses(list, schema, target, { losses, hintOf })
  for (const table of partitions) {
    const parent = table.partitionOf ? pathOf(table.partitionOf.parent) : ''
    losses.add(
      'partition',
      'table',
      pathOf(table),
      `${target.name} has no partitions: rows are read and written through ${parent}.`,
      BESIDE,
    )
  }
  writtenComments(schema, target, losses)
  ownerLosses(schema, target, losses)
}

function listLosses<L extends SchemaList>(
  list: L,
  schema: Schema,
  { name: target }: Target,
  { losses, hintOf }: { readonly losses: Losses; readonly hintOf: HintOf },
): void {
  const items: readonly Schema[L][number][] = schema[list]
  const { code, kind, object, lacks, hint, together }: Words<Schema[L][number]> = words[list]
  for (const item of together ? items.slice(0, 1) : items) {
    const what = typeof lacks === 'string' ? lacks : lacks(item, items.length)
    const message = `${target} ${what}${/[.…]$/.test(what) ? '' : '.'}`
    const help = hintOf(item) ?? (typeof hint === 'string' ? hint : hint(item))
    losses.add(code, typeof kind === 'string' ? kind : kind(item), object(item), message, help)
  }
}

/** Comments on what a target writes. Those on enums stay in the code, as those on tables and views do. */
function writtenComments(schema: Schema, target: Target, losses: Losses): void {
  const written = <L extends SchemaList>(list: L): readonly Schema[L][number][] => (target.writes.includes(list) ? schema[list] : [])
  for (const { name, comment } of written('namespaces')) if (comment !== null) lostComment(losses, 'namespace', name, target.name)
  for (const type of written('enums'))
    if (type.comment !== null && type.values.length > 0) keptComment(losses, 'enum', pathOf(type), target)
  for (const { name, comment } of written('extensions')) if (comment !== null) lostComment(losses, 'extension', name, target.name)
}

/** Owners are in the schema only when they were asked for. */
function ownerLosses(schema: Schema, target: Target, losses: Losses): void {
  const owned = schemaLists.flatMap((list): readonly object[] => schema[list])
  const count = owned.filter((object) => 'owner' in object && object.owner !== null).length
  if (count > 0) losses.add('owner', 'privilege', 'owners', `${target.name} has no owners (${count} objects).`, BESIDE)
}

const firstLine = (sql: string): string => {
  const line = sql.trim().split('\n')[0] ?? ''
  return line.length > 100 ? `${line.slice(0, 100)}…` : line
}
