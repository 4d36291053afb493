import { unquoteNames } from '#core/dialects/postgres.ts'
import { aNamespace, aSchema, nameKey } from '#core/schema/index.ts'
import type { Schema, SchemaList } from '#core/schema/index.ts'
import { exportPostgresSql } from '../../postgres-sql/export/exporter.ts'
import { Tokens } from '../sql/tokens.ts'
import { searchPathOf, type Catalog } from './catalog.ts'
import { supportsOf, type Support } from './supports.ts'

/** What tables need and a mapper does not create: types, functions, operators and the like. Some of it needs tables itself. */
export interface Prerequisites {
  /** Something a text needs that cannot be there before the tables, because it needs one of them: `f()`. */
  readonly outOfReach: (sql: string) => string | undefined
  /**
   * All types that can be there before the tables, and what these texts need, as a schema of its own. Its namespaces are those that are not
   * `created` anyway.
   */
  readonly needed: (texts: Iterable<string>, created: readonly string[]) => Schema
}

/** Finds out what can be there before the tables. Names are compared as they are written: rather one too many than one too few. */
export function prerequisitesOf(catalog: Catalog): Prerequisites {
  const supports = supportsOf(catalog.schema)
  const index = indexOf(supports)
  const blocked = blockedBy(catalog, supports, index)
  const outOfReach = (sql: string): string | undefined => {
    const found = [...index.mentioned(sql)].find((support) => blocked.has(support))
    return found && `${found.name.name}${found.list === 'routines' ? '()' : ''}`
  }
  return { outOfReach, needed: (texts, created) => subset(catalog.schema, reachable(supports, index, blocked, texts), created) }
}

/** The SQL that makes them, in an order that loads. */
export const sqlOf = (needed: Schema): string => exportPostgresSql(needed).files[0]?.text ?? ''

interface SupportIndex {
  readonly mentioned: (sql: string) => ReadonlySet<Support>
}

/** Who is meant by the words of a text: calls mean routines, runs of symbols operators, all other names the rest. */
function indexOf(supports: readonly Support[]): SupportIndex {
  const groups = { call: new Map<string, Support[]>(), symbol: new Map<string, Support[]>(), name: new Map<string, Support[]>() }
  for (const support of supports) {
    const group = groups[support.mention]
    group.set(support.name.name, [...(group.get(support.name.name) ?? []), support])
  }
  const known = new Map<string, ReadonlySet<Support>>()
  return {
    mentioned: (sql) => {
      const found = known.get(sql) ?? new Set(mentionsIn(sql, groups))
      known.set(sql, found)
      return found
    },
  }
}

type Groups = Readonly<Record<Support['mention'], ReadonlyMap<string, readonly Support[]>>>

function mentionsIn(sql: string, groups: Groups): readonly Support[] {
  if (supportless(groups)) return []
  const tokens = new Tokens(sql)
  return tokens.list.flatMap(({ kind, start, end }, at) => {
    const text = sql.slice(start, end)
    if (kind === 'symbol') return groups.symbol.get(symbolAt(sql, start)) ?? []
    if (kind === 'string') return unquoteNames(text.slice(1, -1)).flatMap((name) => groups.name.get(name) ?? [])
    if (kind !== 'word' && kind !== 'name') return []
    const [name = ''] = unquoteNames(text)
    const namespace = tokens.word(at - 1) === '.' ? unquoteNames(tokens.slice(at - 2, at - 1))[0] : undefined
    const isHere = (support: Support): boolean => namespace === undefined || namespace === support.name.namespace
    const called = tokens.word(at + 1) === '(' ? (groups.call.get(name) ?? []) : []
    return [...called, ...(groups.name.get(name) ?? [])].filter(isHere)
  })
}

const supportless = (groups: Groups): boolean => Object.values(groups).every(({ size }) => size === 0)

/** The operator that begins here: as many of its characters as there are. Inside one, nothing begins. */
function symbolAt(sql: string, start: number): string {
  const isPart = (at: number): boolean => /[+\-*/<>=~!@#%^&|`?]/.test(sql.charAt(at))
  if (!isPart(start) || (start > 0 && isPart(start - 1))) return ''
  let end = start + 1
  while (end < sql.length && isPart(end)) end += 1
  return sql.slice(start, end)
}

/** What cannot be made before the tables: it is made of one of them, or of something that is. */
function blockedBy(catalog: Catalog, supports: readonly Support[], { mentioned }: SupportIndex): ReadonlySet<Support> {
  const { tables, views } = catalog.schema
  const relations = new Set([...tables, ...views].map(nameKey))
  const names = new Set([...tables, ...views].map(({ name }) => name))
  const isRow = (type: string, searchPath: string | null): boolean => {
    const found = catalog.type(type.replace(/^setof\s+/i, ''), searchPath)
    if (found.kind !== 'other') return type.includes('%')
    const path = found.namespace === null ? searchPathOf(searchPath) : [found.namespace]
    return type.includes('%') || path.some((namespace) => relations.has(nameKey({ namespace, name: found.name })))
  }
  const speaksOf = (sql: string): boolean =>
    new Tokens(sql).list.some(({ start, end }) => names.has(unquoteNames(sql.slice(start, end))[0] ?? ''))
  const users = new Map<Support, Support[]>()
  const open: Support[] = []
  for (const support of supports) {
    if (support.types.some((type) => isRow(type, support.searchPath)) || support.queries.some(speaksOf)) open.push(support)
    for (const text of [...support.types, ...support.queries, ...support.texts])
      for (const used of mentioned(text)) users.set(used, [...(users.get(used) ?? []), support])
  }
  const blocked = new Set<Support>()
  for (let next = open.pop(); next; next = open.pop()) {
    if (blocked.has(next)) continue
    blocked.add(next)
    open.push(...(users.get(next) ?? []))
  }
  return blocked
}

/** What the texts need, directly or through what they need, and all types. */
function reachable(
  supports: readonly Support[],
  { mentioned }: SupportIndex,
  blocked: ReadonlySet<Support>,
  texts: Iterable<string>,
): ReadonlySet<Support> {
  const found = new Set<Support>()
  const open = supports.filter(({ isType }) => isType)
  const companions = companionsByType(supports)
  for (const text of texts) open.push(...mentioned(text))
  for (let next = open.pop(); next; next = open.pop()) {
    if (found.has(next) || blocked.has(next)) continue
    found.add(next)
    for (const text of [...next.types, ...next.queries, ...next.texts, ...next.bodies]) open.push(...mentioned(text))
    // What makes a type usable comes with it.
    if (next.isType) open.push(...(companions.get(next.name.name) ?? []))
  }
  return found
}

function companionsByType(supports: readonly Support[]): ReadonlyMap<string, readonly Support[]> {
  const companions = new Map<string, Support[]>()
  for (const one of supports) {
    for (const type of one.companionOf) {
      const name = unquoteNames(type).at(-1) ?? type
      companions.set(name, [...(companions.get(name) ?? []), one])
    }
  }
  return companions
}

/** The same lists with only some of their items. Extensions are always needed: their types and functions have no names here. */
function subset(schema: Schema, found: ReadonlySet<Support>, created: readonly string[]): Schema {
  const items = new Set([...found].map(({ item }) => item))
  const homes = new Set([...found].map(({ name }) => name.namespace))
  const only = <L extends SchemaList>(list: L): Schema[L] => schema[list].filter((item: object) => items.has(item)) as unknown as Schema[L]
  return aSchema({
    // Without what is said of them: that is lost with their declarations.
    namespaces: schema.namespaces.filter(({ name }) => homes.has(name) && !created.includes(name)).map(({ name }) => aNamespace({ name })),
    extensions: schema.extensions.filter(({ name }) => name !== 'plpgsql'),
    languages: only('languages'),
    collations: only('collations'),
    domains: only('domains'),
    compositeTypes: only('compositeTypes'),
    rangeTypes: only('rangeTypes'),
    baseTypes: only('baseTypes'),
    routines: only('routines'),
    operators: only('operators'),
    operatorFamilies: only('operatorFamilies'),
    operatorClasses: only('operatorClasses'),
    casts: only('casts'),
    textSearch: only('textSearch'),
  })
}
