import { unreachable } from '../../unreachable.ts'
import { quoteQualified, unquoteNames } from '../../dialects/postgres-names.ts'
import type { ObjectName } from '../../schema/names.ts'
import type { OperatorClassElement } from '../../schema/operator.ts'
import type { IndexElementRow, Row, RowKind } from '../rows.ts'

// Where rows name other objects in texts that are nothing but a name, or a type, or a function with its arguments. Expressions and queries are
// looked at elsewhere.

/** What a name stands for. Those of the last line are in no namespace. */
export type Referred =
  | ('type' | 'relation' | 'routine' | 'operator' | 'collation' | 'opclass' | 'opfamily')
  | ('tsParser' | 'tsTemplate' | 'tsDictionary' | 'tsConfiguration')
  | ('namespace' | 'language' | 'accessMethod' | 'wrapper' | 'server')

/** Sees a text that names something and gives the text that shall stand there. */
export type Visit = (what: Referred, text: string) => string

type Walks = { readonly [K in RowKind]?: (row: Row<K>, visit: Visit) => Partial<Row<K>> }

/** For each kind of row: the fields that name something, as `visit` wants them. Fields without any are left out. */
export const walks: Walks = {
  column: ({ collation }, visit) => (collation === null ? {} : { collation: visit('collation', collation) }),
  index: ({ elements, method }, visit) => ({
    elements: elements.map((element) => keyWalk(element, visit)),
    method: visit('accessMethod', method),
  }),
  constraint: (row, visit) =>
    row.kind === 'exclusion'
      ? {
          method: maybe(row.method, 'accessMethod', visit),
          elements: row.elements.map(({ element, operator }) => ({
            element: keyWalk(element, visit),
            operator: visit('operator', operator),
          })),
        }
      : {},
  table: ({ accessMethod, foreign, partitionBy }, visit) => ({
    ...(accessMethod === null ? {} : { accessMethod: visit('accessMethod', accessMethod) }),
    ...(foreign ? { foreign: { ...foreign, server: visit('server', foreign.server) } } : {}),
    ...(partitionBy ? { partitionBy: { ...partitionBy, keys: partitionBy.keys.map((key) => keyWalk(key, visit)) } } : {}),
  }),
  view: ({ accessMethod }, visit) => (accessMethod === null ? {} : { accessMethod: visit('accessMethod', accessMethod) }),
  domain: ({ collation }, visit) => (collation === null ? {} : { collation: visit('collation', collation) }),
  compositeType: ({ attributes }, visit) => ({
    attributes: attributes.map((one) => (one.collation === null ? one : { ...one, collation: visit('collation', one.collation) })),
  }),
  rangeType: ({ options }, visit) => ({ options: optionWalk(options, visit) }),
  baseType: ({ options }, visit) => ({ options: optionWalk(options, visit) }),
  collation: ({ from }, visit) => ({ from: maybe(from, 'collation', visit) }),
  routine: ({ language, transforms, support, aggregate }, visit) => ({
    language: maybe(language, 'language', visit),
    transforms: transforms.map((type) => visit('type', type)),
    support: maybe(support, 'routine', visit),
    aggregate: optionWalk(aggregate, visit),
  }),
  operator: (row, visit) => ({
    left: maybe(row.left, 'type', visit),
    right: maybe(row.right, 'type', visit),
    function: visit('routine', row.function),
    commutator: maybe(row.commutator, 'operator', visit),
    negator: maybe(row.negator, 'operator', visit),
    restrict: maybe(row.restrict, 'routine', visit),
    join: maybe(row.join, 'routine', visit),
  }),
  operatorFamily: ({ method, elements }, visit) => ({
    method: visit('accessMethod', method),
    elements: elements.map((element) => elementWalk(element, visit)),
  }),
  operatorClass: ({ method, type, storage, family, elements }, visit) => ({
    method: visit('accessMethod', method),
    type: visit('type', type),
    storage: maybe(storage, 'type', visit),
    family: family && named(family, 'opfamily', visit),
    elements: elements.map((element) => elementWalk(element, visit)),
  }),
  cast: (row, visit) => ({
    source: visit('type', row.source),
    target: visit('type', row.target),
    function: maybe(row.function, 'routine', visit),
  }),
  textSearch(row, visit) {
    switch (row.kind) {
      case 'parser':
      case 'template':
        return { options: mapValues(row.options, (_key, text) => visit('routine', text)) }
      case 'dictionary':
        return { template: visit('tsTemplate', row.template) }
      case 'configuration':
        return {
          parser: visit('tsParser', row.parser),
          mappings: row.mappings.map((one) => ({ ...one, dictionaries: one.dictionaries.map((each) => visit('tsDictionary', each)) })),
        }
      default:
        return unreachable(row)
    }
  },
  language: ({ handler, inline, validator }, visit) => ({
    handler: maybe(handler, 'routine', visit),
    inline: maybe(inline, 'routine', visit),
    validator: maybe(validator, 'routine', visit),
  }),
  transform: ({ type, language, fromSql, toSql }, visit) => ({
    type: visit('type', type),
    language: visit('language', language),
    fromSql: maybe(fromSql, 'routine', visit),
    toSql: maybe(toSql, 'routine', visit),
  }),
  conversion: (row, visit) => ({ function: visit('routine', row.function) }),
  accessMethod: ({ handler }, visit) => ({ handler: visit('routine', handler) }),
  foreignDataWrapper: ({ handler, validator }, visit) => ({
    handler: maybe(handler, 'routine', visit),
    validator: maybe(validator, 'routine', visit),
  }),
  foreignServer: ({ wrapper }, visit) => ({ wrapper: visit('wrapper', wrapper) }),
  userMapping: ({ server }, visit) => ({ server: visit('server', server) }),
  publication: ({ tables, namespaces }, visit) => ({
    tables: tables.map((one) => ({ ...one, table: named(one.table, 'relation', visit) })),
    namespaces: namespaces.map((name) => visit('namespace', name)),
  }),
  privilege: ({ on, objects, allIn, defaults }, visit) => ({
    objects: objects.map((object) => {
      const what = allIn ? 'namespace' : granted[on]
      if (!what) return object
      const types = object.arguments === null ? null : typesIn(object.arguments, (type) => visit('type', type))
      if (object.namespace === null) return { ...object, name: visit(what, object.name), arguments: types }
      return { ...object, ...named({ namespace: object.namespace, name: object.name }, what, visit), arguments: types }
    }),
    defaults: defaults && { ...defaults, namespaces: defaults.namespaces.map((name) => visit('namespace', name)) },
  }),
}

const granted: Readonly<Record<Row<'privilege'>['on'], Referred | null>> = {
  table: 'relation',
  sequence: 'relation',
  function: 'routine',
  procedure: 'routine',
  routine: 'routine',
  namespace: 'namespace',
  type: 'type',
  domain: 'type',
  language: 'language',
  foreignDataWrapper: 'wrapper',
  foreignServer: 'server',
  database: null,
  tablespace: null,
  parameter: null,
  largeObject: null,
}

/** What options of types and aggregates name; the others are words, numbers and texts. */
const optionKinds: ReadonlyMap<string, Referred> = new Map<string, Referred>([
  ...['like', 'element', 'stype', 'mstype', 'basetype'].map((key) => [key, 'type'] as const),
  ...['input', 'output', 'receive', 'send', 'typmod_in', 'typmod_out', 'analyze', 'subscript', 'canonical', 'subtype_diff']
    .concat(['sfunc', 'finalfunc', 'combinefunc', 'serialfunc', 'deserialfunc', 'msfunc', 'minvfunc', 'mfinalfunc'])
    .map((key) => [key, 'routine'] as const),
  ['sortop', 'operator'],
  ['collation', 'collation'],
  ['subtype_opclass', 'opclass'],
])

const optionWalk = (options: Readonly<Record<string, string>>, visit: Visit): Readonly<Record<string, string>> =>
  mapValues(options, (key, text) => {
    const what = optionKinds.get(key.toLowerCase())
    return what ? visit(what, text) : text
  })

const mapValues = (
  record: Readonly<Record<string, string>>,
  change: (key: string, text: string) => string,
): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(record).map(([key, text]) => [key, change(key, text)]))

const keyWalk = <T extends IndexElementRow>(key: T, visit: Visit): T => ({
  ...key,
  collation: maybe(key.collation, 'collation', visit),
  opclass: maybe(key.opclass, 'opclass', visit),
})

const elementWalk = (element: OperatorClassElement, visit: Visit): OperatorClassElement => ({
  ...element,
  name: visit(element.kind === 'operator' ? 'operator' : 'routine', element.name),
  types: element.types.map((type) => visit('type', type)),
  orderBy: maybe(element.orderBy, 'opfamily', visit),
})

const maybe = (text: string | null, what: Referred, visit: Visit): string | null => (text === null ? null : visit(what, text))

function named(name: ObjectName, what: Referred, visit: Visit): ObjectName {
  const before = quoteQualified(name, { always: true })
  const after = visit(what, before)
  const [namespace = name.namespace, own = name.name] = after === before ? [] : unquoteNames(after)
  return { namespace, name: own }
}

/** A list of types between commas, each as it shall be. */
export function typesIn(list: string, change: (type: string) => string): string {
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let from = 0
  for (let at = 0; at <= list.length; at += 1) {
    const sign = list[at]
    if (sign === '"') quoted = !quoted
    else if (!quoted && sign === '(') depth += 1
    else if (!quoted && sign === ')') depth -= 1
    if (sign === undefined || (sign === ',' && depth === 0 && !quoted)) {
      parts.push(list.slice(from, at).trim())
      from = at + 1
    }
  }
  return parts.map((part) => (part === '' ? '' : change(part))).join(', ')
}
