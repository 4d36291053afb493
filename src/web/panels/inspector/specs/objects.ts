import { rareKinds } from '#core/mutations/objects.ts'
import { plainLists, type PlainKind } from '#core/project/plain-kinds.ts'
import type { RowKind } from '#core/project/rows.ts'
import { sequenceShape, schemaShape } from '#core/schema/index.ts'
import { fieldsOf } from '#core/schema/shape.ts'
import { z } from 'zod'
import type { Control, Field, Spec, Values } from '../fields.ts'
import { choices, joined, named, short } from './words.ts'

// Objects that stand alone. Their fields follow from the model's shapes; what a person should see otherwise is said below.

const code = (frame: 'expression' | 'query' | 'statement' | 'none', lines: number, isOptional = false): Control => ({
  kind: 'code',
  frame,
  lines,
  isOptional,
})
const hidden = null

const argument = {
  kind: 'rows',
  add: 'Add an argument',
  blank: { mode: 'in', name: null, type: '', default: null },
  cells: [
    {
      key: 'mode',
      label: 'Mode',
      choices: choices(['in', 'in'], ['out', 'out'], ['inout', 'inout'], ['variadic', 'variadic'], ['table', 'table']),
    },
    { key: 'name', label: 'Name', isOptional: true },
    { key: 'type', label: 'Type', wide: true },
    { key: 'default', label: 'Default', isOptional: true },
  ],
} as const satisfies Control

/** Fields that look otherwise than their shape says; null = not shown. `*` is for all kinds. */
const special: Readonly<Record<string, Readonly<Record<string, Control | null>>>> = {
  '*': { searchPath: hidden, comment: { kind: 'text', isOptional: true }, owner: { kind: 'text', mono: true, isOptional: true } },
  domain: {
    default: code('expression', 1, true),
    constraints: {
      kind: 'rows',
      add: 'Add a check',
      blank: { name: '', expression: '', validated: true, comment: null },
      cells: [
        { key: 'name', label: 'Name' },
        { key: 'expression', label: 'Check', wide: true },
      ],
    },
  },
  compositeType: {
    attributes: {
      kind: 'rows',
      add: 'Add an attribute',
      blank: { name: '', type: '', collation: null, comment: null },
      cells: [
        { key: 'name', label: 'Name' },
        { key: 'type', label: 'Type', wide: true },
      ],
    },
  },
  routine: { arguments: argument, orderBy: hidden, returnsSet: hidden, body: { kind: 'body' } },
  eventTrigger: {
    event: {
      kind: 'choice',
      choices: choices(
        ...(['ddl_command_start', 'ddl_command_end', 'sql_drop', 'table_rewrite', 'login'] as const).map((one) => [one, one] as const),
      ),
    },
    function: {
      kind: 'choice',
      choices: ({ view }) =>
        view
          .all('routine')
          .filter(({ returns }) => returns === 'event_trigger')
          .map(({ namespace, name }) => ({ value: { namespace, name }, label: named({ namespace, name }) })),
    },
    enabled: {
      kind: 'choice',
      choices: choices(['origin', 'On'], ['disabled', 'Off'], ['replica', 'On replicas only'], ['always', 'Always']),
    },
  },
  sequence: {
    type: { kind: 'choice', choices: choices(['bigint', 'bigint'], ['integer', 'integer'], ['smallint', 'smallint']) },
    ownedBy: hidden,
  },
  opaque: { sql: code('statement', 8), position: hidden, defines: hidden },
  statistics: { table: { kind: 'json' } },
  publication: {
    tables: {
      kind: 'rows',
      add: 'Add a table',
      blank: { table: { namespace: 'public', name: '' }, only: false, columns: [], where: null },
      cells: [
        { key: 'table', label: 'Table', as: 'name', wide: true },
        { key: 'columns', label: 'Columns', as: 'words' },
        { key: 'where', label: 'Where', isOptional: true },
        { key: 'only', label: 'Without the tables that inherit from it', as: 'flag' },
      ],
    },
  },
  textSearch: {
    mappings: {
      kind: 'rows',
      add: 'Add a kind of token',
      blank: { token: '', dictionaries: [] },
      cells: [
        { key: 'token', label: 'Token' },
        { key: 'dictionaries', label: 'Dictionaries', as: 'words', wide: true },
      ],
    },
  },
}

const labels: Readonly<Record<string, string>> = {
  namespace: 'Schema',
  nullable: 'May be null',
  cycle: 'Starts over at its end',
  securityDefiner: 'Runs as its owner',
  strict: 'Null for null',
  sql: 'Statement',
  min: 'Least',
  max: 'Greatest',
}

/** `lcCollate` reads `Lc collate`. */
const labelOf = (key: string): string =>
  labels[key] ?? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^./, (first) => first.toUpperCase())

/** One field for each that a kind's shape has. Where a kind has several shapes, each is shown for those that have it. */
function fieldsFor(kind: RowKind, shapes: readonly z.ZodRawShape[]): readonly Field[] {
  const own = special[kind] ?? {}
  const holders = new Map<string, { readonly type: z.core.$ZodType; readonly shapes: string[] }>()
  for (const shape of shapes)
    for (const [key, type] of Object.entries(shape)) {
      const known = holders.get(key)
      if (known) known.shapes.push(literalOf(shape['kind']))
      else holders.set(key, { type, shapes: [literalOf(shape['kind'])] })
    }
  const all = [...holders].flatMap(([key, holder]): readonly Field[] => {
    const control = own[key] === undefined ? (special['*']?.[key] === undefined ? controlFor(holder.type) : special['*'][key]) : own[key]
    if (!control) return []
    const isShown =
      holder.shapes.length === shapes.length ? {} : { isShown: (values: Values) => holder.shapes.includes(String(values['kind'])) }
    return [{ key, label: labelOf(key), control, isSeldom: seldom.has(key), ...isShown }]
  })
  if (shapes.length > 1) all.push(chooseShape(shapes))
  return all.toSorted((a, b) => placeOf(a) - placeOf(b))
}

const literalOf = (type: z.core.$ZodType | undefined): string => (type instanceof z.ZodLiteral ? String(type.value) : '')

/** Which of its shapes a new object has. */
const chooseShape = (shapes: readonly z.ZodRawShape[]): Field => ({
  key: 'kind',
  label: 'Kind',
  control: { kind: 'choice', choices: shapes.map((shape) => literalOf(shape['kind'])).map((value) => ({ value, label: value })) },
  isShown: (values) => values['id'] === undefined,
})

/** Not shown before they are asked for, unless they are used. */
const seldom: ReadonlySet<string> = new Set([
  ...['owner', 'cost', 'rows', 'support', 'transforms', 'settings', 'leakproof', 'window', 'parallel', 'aggregate', 'strict'],
  ...['unlogged', 'cache', 'collation', 'target', 'version', 'tags', 'rules', 'lcCollate', 'lcCtype'],
])

/** The name comes first, what is said about the object last; else the order is the model's. */
const order = ['name', 'namespace', 'kind', 'arguments', 'returns', 'language', 'body']
const placeOf = ({ key, isSeldom }: Field): number => {
  const at = order.indexOf(key)
  return at >= 0 ? at : key === 'comment' ? order.length + 1 : isSeldom ? order.length + 2 : order.length
}

/** The control that a field of the model asks for by its type. */
function controlFor(type: z.core.$ZodType, isOptional = false): Control | null {
  if (type instanceof z.ZodDefault || type instanceof z.ZodReadonly) return controlFor(type.unwrap(), isOptional)
  if (type instanceof z.ZodNullable) return controlFor(type.unwrap(), true)
  if (type instanceof z.ZodLiteral) return null
  if (type instanceof z.ZodBoolean) return { kind: 'switch' }
  if (type instanceof z.ZodNumber) return { kind: 'number' }
  if (type instanceof z.ZodEnum) {
    const all = type.options.map((value) => ({ value, label: String(value) }))
    return { kind: 'choice', choices: isOptional ? [{ value: null, label: 'default' }, ...all] : all }
  }
  if (type instanceof z.ZodRecord) return { kind: 'options' }
  if (type instanceof z.ZodArray && type.element instanceof z.ZodString) return { kind: 'words' }
  if (type instanceof z.ZodString) return { kind: 'text', mono: true, isOptional }
  return { kind: 'json' }
}

/** The shapes of a plain kind, from the list of the schema that it belongs to: one, but for text search, which has four. */
function shapesOf(kind: PlainKind): readonly z.ZodRawShape[] {
  const list = fieldsOf(schemaShape)[plainLists[kind]]
  let type: z.core.$ZodType | undefined = list
  while (type instanceof z.ZodDefault || type instanceof z.ZodReadonly) type = type.unwrap()
  let element: z.core.$ZodType | undefined = type instanceof z.ZodArray ? type.element : undefined
  while (element instanceof z.ZodReadonly) element = element.unwrap()
  const options = element instanceof z.ZodDiscriminatedUnion ? element.options : [element]
  return options.flatMap((option) => (option instanceof z.ZodObject ? [option.shape] : []))
}

interface Words {
  readonly word: string
  /** The first part of its mutations' names; without it those of the rarer kinds. */
  readonly noun?: string
  readonly about?: Spec['about']
}

const kinds: Readonly<Partial<Record<RowKind, Words>>> = {
  namespace: { word: 'schema', noun: 'namespaces' },
  extension: { word: 'extension', noun: 'extensions', about: (row) => joined(short(row['version'])) },
  domain: { word: 'domain', noun: 'domains', about: (row) => short(row['type']) },
  compositeType: { word: 'composite type', noun: 'compositeTypes' },
  rangeType: { word: 'range type', noun: 'rangeTypes', about: (row) => `of ${short(row['subtype'])}` },
  routine: { word: 'routine', noun: 'routines', about: (row) => joined(short(row['kind']), short(row['returns']), short(row['language'])) },
  eventTrigger: { word: 'event trigger', noun: 'eventTriggers', about: (row) => short(row['event']) },
  statistics: { word: 'statistics', noun: 'statistics', about: (row) => `on ${named(row['table'])}` },
  baseType: { word: 'base type' },
  collation: { word: 'collation' },
  operator: { word: 'operator' },
  operatorFamily: { word: 'operator family' },
  operatorClass: { word: 'operator class' },
  cast: { word: 'cast' },
  textSearch: { word: 'text search object', about: (row) => short(row['kind']) },
  language: { word: 'language' },
  transform: { word: 'transform' },
  conversion: { word: 'conversion' },
  accessMethod: { word: 'access method' },
  foreignDataWrapper: { word: 'foreign data wrapper' },
  foreignServer: { word: 'foreign server' },
  userMapping: { word: 'user mapping' },
  publication: { word: 'publication' },
  privilege: { word: 'privilege' },
  opaque: { word: 'statement', about: (row) => short(row['reason']) },
}

const sequenceSpec: Spec = {
  id: 'sequence',
  kind: 'sequence',
  word: 'sequence',
  create: 'sequences.create',
  update: 'sequences.update',
  remove: 'sequences.delete',
  blank: () => ({ name: '', namespace: 'public' }),
  about: (row) => joined(short(row['type']), row['ownedBy'] !== null && 'owned'),
  fields: fieldsFor('sequence', [fieldsOf(sequenceShape)]),
}

/** What the model fills in by itself. */
const defaultsOf = (shapes: readonly z.ZodRawShape[]): Values =>
  Object.fromEntries(
    shapes
      .flatMap(Object.entries<z.core.$ZodType>)
      .flatMap(([key, type]) => (type instanceof z.ZodDefault ? [[key, type.def.defaultValue]] : [])),
  )

/** What a new object begins with, where its shape asks for something. */
const blanks: Readonly<Partial<Record<RowKind, Values>>> = {
  routine: {
    name: '',
    kind: 'function',
    returns: 'trigger',
    language: 'plpgsql',
    body: { kind: 'string', text: 'BEGIN\n  RETURN NEW;\nEND;' },
  },
  domain: { name: '', type: 'text', nullable: true },
  compositeType: { name: '', attributes: [] },
  rangeType: { name: '', subtype: 'integer' },
  textSearch: { name: '', kind: 'configuration', parser: 'pg_catalog."default"', template: 'pg_catalog.simple' },
  eventTrigger: { name: '', event: 'ddl_command_end' },
  opaque: { sql: '', reason: 'statement', position: { statement: 0, line: 0 } },
}

const specs = new Map<RowKind, Spec>([['sequence', sequenceSpec]])

/** How an object that stands alone is edited; undefined for kinds that do not. */
export function objectSpec(kind: RowKind): Spec | undefined {
  const known = specs.get(kind)
  const words = kinds[kind]
  if (known || !words) return known
  const isRare = rareKinds.some((rare) => rare === kind)
  const noun = words.noun ?? 'objects'
  const shapes = shapesOf(kind as PlainKind)
  const spec: Spec = {
    id: kind,
    kind,
    word: words.word,
    create: `${noun}.create`,
    update: `${noun}.update`,
    remove: `${noun}.delete`,
    isRare,
    blank: () => ({ ...defaultsOf(shapes), ...blanks[kind] }),
    about: words.about ?? (() => ''),
    fields: fieldsFor(kind, shapes),
  }
  specs.set(kind, spec)
  return spec
}
