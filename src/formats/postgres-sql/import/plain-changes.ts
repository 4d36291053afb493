import { quoteName } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE, nameKey, type ObjectName } from '#core/schema/index.ts'
import type { Item } from './draft.ts'
import { plainLists, type PlainList } from './kinds.ts'
import { dropTable } from './removal.ts'
import { mentionsType } from './rewrite.ts'
import type { Statement } from './statement.ts'
import { userTypeText } from './type-names.ts'
import type { Plain } from './plain-objects.ts'

// Objects of the plain kinds change with what they name: functions, types, operators, relations.

type Rewrite = (text: string) => string

/** Calls a function for every text of an object that names functions, operators or its like, and another for every type. */
function rewriteTexts(item: Item<PlainList>, text: Rewrite, type: Rewrite): void {
  const fields = item as Record<string, unknown>
  for (const key of texts) if (typeof fields[key] === 'string') fields[key] = text(fields[key])
  for (const key of types) if (typeof fields[key] === 'string' && !('wrapper' in item)) fields[key] = type(fields[key])
  if ('template' in item || ('kind' in item && 'options' in item)) return
  if ('elements' in item)
    for (const element of item.elements) {
      element.name = text(element.name)
      element.types = element.types.map(type)
      if (element.orderBy !== null) element.orderBy = text(element.orderBy)
    }
  if ('mappings' in item) for (const mapping of item.mappings) mapping.dictionaries = mapping.dictionaries.map(text)
}
const texts = `function commutator negator restrict join handler inline validator fromSql toSql template parser from`.split(' ')
const types = `left right source target type storage`.split(' ')

function rewriteAll(st: Statement, text: Rewrite, type: Rewrite): void {
  const { kinds, types: userTypes, routines, hasAggregates } = st.catalog
  if (!kinds.isEmpty) for (const list of plainLists) for (const item of kinds.all(list)) rewriteTexts(item, text, type)
  for (const user of userTypes.values()) {
    if (user.kind !== 'base' && user.kind !== 'range') continue
    user.type.options = Object.fromEntries(Object.entries(user.type.options).map(([key, value]) => [key, text(value)]))
  }
  if (!hasAggregates) return
  for (const overloads of routines.values())
    for (const routine of overloads)
      if (routine.kind === 'aggregate')
        routine.aggregate = Object.fromEntries(Object.entries(routine.aggregate).map(([key, value]) => [key, text(value)]))
}

const full = ({ namespace, name }: ObjectName, quoted = true): string => `${quoteName(namespace)}.${quoted ? quoteName(name) : name}`

/** A function got another name: operators, casts, types and aggregates that call it follow. */
export function renameFunctionInPlain(st: Statement, from: ObjectName, to: ObjectName): void {
  const before = full(from)
  rewriteAll(st, (text) => (text === before || text.startsWith(`${before}(`) ? full(to) + text.slice(before.length) : text), same)
}

/** A type got another name. */
export function renameTypeInPlain(st: Statement, from: ObjectName, to: ObjectName): void {
  const before = userTypeText(from)
  const after = userTypeText(to)
  const type = (text: string): string => (mentionsType(text, before) ? after + text.slice(before.length) : text)
  const inBrackets = (text: string): string =>
    text.endsWith(')') && text.includes(before) && !text.startsWith('OPERATOR(')
      ? text.replace(/\(([^]*)\)$/, (_, inner: string) => `(${inner.split(', ').map(type).join(', ')})`)
      : text
  rewriteAll(st, inBrackets, type)
  st.catalog.kinds.rekey('casts')
  st.catalog.kinds.rekey('transforms')
}

/** An object of a plain kind gets another name or namespace, and what names it follows. */
export function movePlain(st: Statement, { list, item }: Plain, to: { readonly namespace?: string; readonly name?: string }): void {
  if (!('name' in item)) return
  const before = 'namespace' in item ? { namespace: item.namespace, name: item.name } : undefined
  const name = item.name
  st.catalog.kinds.move(list, item, to)
  if (before && 'namespace' in item) renameInTexts(st, list, before, { namespace: item.namespace, name: item.name })
  else if (!before) renameInNames(st, list, name, item.name)
}

function renameInTexts(st: Statement, list: PlainList, from: ObjectName, to: ObjectName): void {
  const operator = list === 'operators'
  const before = full(from, !operator)
  const after = full(to, !operator)
  rewriteAll(st, (text) => (text === before ? after : text === `OPERATOR(${before})` ? `OPERATOR(${after})` : text), same)
  for (const opclass of st.catalog.kinds.all('operatorClasses'))
    if (list === 'operatorFamilies' && opclass.family && nameKey(opclass.family) === nameKey(from)) opclass.family = to
  if (list !== 'collations') return
  const [old, now] = [short(from), short(to)]
  for (const table of st.catalog.tables()) for (const column of table.columns) if (column.collation === old) column.collation = now
  for (const type of st.catalog.types.values()) if (type.kind === 'domain' && type.type.collation === old) type.type.collation = now
}

/** As columns name a collation: without the default namespace. */
const short = (name: ObjectName): string => (name.namespace === DEFAULT_NAMESPACE ? quoteName(name.name) : full(name))

function renameInNames(st: Statement, list: PlainList, from: string, to: string): void {
  const { kinds } = st.catalog
  if (list === 'languages') for (const transform of kinds.all('transforms')) if (transform.language === from) transform.language = to
  if (list === 'languages')
    for (const routine of [...st.catalog.routines.values()].flat()) if (routine.language === from) routine.language = to
  if (list === 'foreignDataWrappers') for (const server of kinds.all('foreignServers')) if (server.wrapper === from) server.wrapper = to
  if (list !== 'foreignServers') return
  for (const mapping of kinds.named('userMappings', from)) {
    kinds.remove('userMappings', mapping)
    mapping.server = to
    kinds.add('userMappings', mapping)
  }
  for (const table of st.catalog.tables()) if (table.foreign?.server === from) table.foreign.server = to
}

/** Takes an object out; with CASCADE also what rests on it. */
export function dropPlain(st: Statement, { list, item }: Plain, cascade: boolean): void {
  const { kinds } = st.catalog
  kinds.remove(list, item)
  if (!cascade || !('name' in item)) return
  const { name } = item
  if (list === 'foreignDataWrappers')
    for (const server of kinds.all('foreignServers'))
      if (server.wrapper === name) dropPlain(st, { list: 'foreignServers', item: server }, true)
  if (list === 'foreignServers') {
    for (const mapping of kinds.named('userMappings', name)) kinds.remove('userMappings', mapping)
    for (const table of st.catalog.tables()) if (table.foreign?.server === name) dropTable(st, table, true)
  }
  if (list === 'languages')
    for (const transform of kinds.all('transforms')) if (transform.language === name) kinds.remove('transforms', transform)
  if ('method' in item && list === 'operatorFamilies')
    for (const opclass of kinds.all('operatorClasses'))
      if (opclass.family && nameKey(opclass.family) === nameKey(item) && opclass.method === item.method)
        kinds.remove('operatorClasses', opclass)
  if (list !== 'textSearch' || !('kind' in item) || !('namespace' in item)) return
  const text = full(item)
  for (const object of kinds.all('textSearch')) {
    if ((object.kind === 'dictionary' && object.template === text) || (object.kind === 'configuration' && object.parser === text))
      dropPlain(st, { list: 'textSearch', item: object }, true)
    else if (object.kind === 'configuration' && item.kind === 'dictionary')
      for (const mapping of object.mappings) mapping.dictionaries = mapping.dictionaries.filter((dictionary) => dictionary !== text)
  }
}

/** With a type go the operators, casts, classes and transforms on it; with a function those that call it. */
export function dropPlainUsing(st: Statement, { type, routine }: { type?: string; routine?: ObjectName }): void {
  const { kinds } = st.catalog
  const called = routine && full(routine)
  for (const list of ['operators', 'operatorClasses', 'casts', 'transforms', 'conversions'] as const) {
    for (const item of kinds.all(list)) {
      let uses = false
      const look = (text: string): string => {
        uses ||= called !== undefined && (text === called || text.startsWith(`${called}(`))
        return text
      }
      const lookType = (text: string): string => {
        uses ||= type !== undefined && mentionsType(text, type)
        return text
      }
      rewriteTexts(item, look, lookType)
      if (uses) kinds.remove(list, item)
    }
  }
}

/** Everything of the plain kinds in a namespace, dropped with it or renamed with it (`to`). */
export function moveNamespaceOfPlain(st: Statement, from: string, to: string | null): void {
  const { kinds } = st.catalog
  for (const list of plainLists) {
    for (const item of kinds.all(list)) {
      if (!('namespace' in item) || item.namespace !== from) continue
      if (to === null) kinds.remove(list, item)
      else kinds.move(list, item, { namespace: to })
    }
  }
  for (const publication of kinds.all('publications')) {
    publication.namespaces = publication.namespaces.flatMap((name) => (name === from ? (to === null ? [] : [to]) : [name]))
  }
  if (to === null) return
  for (const opclass of kinds.all('operatorClasses')) if (opclass.family?.namespace === from) opclass.family.namespace = to
  const before = `${quoteName(from)}.`
  const after = `${quoteName(to)}.`
  const text = (value: string): string =>
    value.startsWith(before)
      ? after + value.slice(before.length)
      : value.startsWith(`OPERATOR(${before}`)
        ? `OPERATOR(${after}${value.slice(before.length + 9)}`
        : value
  rewriteAll(st, text, (value) => (value.startsWith(before) ? after + value.slice(before.length) : value))
  kinds.rekey('casts')
  kinds.rekey('transforms')
}

/** A table in publications gets another name. */
export function movePublished(st: Statement, from: ObjectName, { namespace, name }: ObjectName): void {
  for (const entry of publishedAs(st, from)) entry.table = { namespace, name }
}

/** The entries of publications for a table. */
export function publishedAs(st: Statement, table: ObjectName): readonly Item<'publications'>['tables'][number][] {
  const key = nameKey(table)
  return st.catalog.kinds.all('publications').flatMap(({ tables }) => tables.filter((entry) => nameKey(entry.table) === key))
}

const same: Rewrite = (text) => text
