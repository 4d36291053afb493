import { quoteLiteral, quoteQualified, unquoteNames } from '../../dialects/postgres-names.ts'
import { DEFAULT_NAMESPACE, displayName, type ObjectName } from '../../schema/names.ts'
import type { Draft, Row, RowKind } from '../rows.ts'
import { isKeyword, mentions, navigate, renameType } from './expression-rename.ts'
import { viewLabel } from './mentions.ts'
import { typesIn, walks, type Referred, type Visit } from './reference-walk.ts'
import { revise, rewriteTexts } from './texts.ts'

/** An object that others name. What is in no namespace has '' there. */
export interface Reference {
  readonly what: Referred
  readonly name: ObjectName
}

/** Gives an object another name wherever another names it in a text that is nothing but a name. Says nothing of expressions and queries. */
export function renameReferences(draft: Draft, { what, name }: Reference, to: ObjectName): void {
  walkAll(draft, (kind, text) => {
    if (!mentions(text, name.name)) return text
    if (what === 'type') return renameTypeIn(kind, text, name, to)
    if (kind !== what) return text
    return name.namespace === '' ? (text === name.name ? to.name : text) : renameNamed(kind, text, name, to)
  })
}

/** What names an object, for people: `the operator class "ops"`. */
export function usersOf(draft: Draft, reference: Reference): readonly string[] {
  const { what, name } = reference
  const marked = { namespace: name.namespace, name: `${name.name}\u0001` }
  const users: string[] = []
  for (const kind of walkedKinds) {
    for (const row of draft.all(kind)) {
      let isUser = false
      walkRow(kind, row, (seen, text) => {
        if (isUser || !mentions(text, name.name)) return text
        if (what === 'type') isUser = renameTypeIn(seen, text, name, marked) !== text
        else if (seen === what) isUser = name.namespace === '' ? text === name.name : renameNamed(seen, text, name, marked) !== text
        return text
      })
      if (isUser) users.push(labelOf(draft, kind, row))
    }
  }
  return users
}

/** The same, and in those places of expressions and queries where nothing else can be meant. Gives the views whose query was changed. */
export function renameObject(draft: Draft, reference: Reference, to: ObjectName): readonly string[] {
  renameReferences(draft, reference, to)
  const { what, name } = reference
  const inside =
    what === 'collation'
      ? (sql: string) => renameCollation(sql, name, to)
      : what === 'tsConfiguration'
        ? (sql: string) => renameConfiguration(sql, name, to)
        : undefined
  if (!inside) return []
  for (const table of draft.all('table')) rewriteTexts(draft, table, inside)
  for (const domain of draft.all('domain')) {
    const constraints = domain.constraints.map((one) => ({ ...one, expression: inside(one.expression) }))
    revise(draft, 'domain', domain.id, { default: domain.default === null ? null : inside(domain.default), constraints })
  }
  return draft.all('view').flatMap((view) => {
    const definition = inside(view.definition)
    if (definition === view.definition) return []
    draft.update('view', view.id, { definition })
    return [viewLabel(view)]
  })
}

/** Renames a text search configuration where functions and casts name it in a string: `to_tsvector('name', …)`, `'name'::regconfig`. */
export function renameConfiguration(sql: string, from: ObjectName, to: ObjectName): string {
  if (!mentions(sql, from.name)) return sql
  const { tokens, at } = navigate(sql)
  return tokens
    .map(({ kind, text }, index) => {
      if (kind !== 'string' || !text.startsWith("'")) return text
      const isCast = at(index, 1)?.text === '::' && isKeyword(at(index, 2), 'regconfig')
      const isCall = at(index, -1)?.text === '(' && isKeyword(at(index, -2), ...searchFunctions)
      if (!isCast && !isCall) return text
      return quoteLiteral(renameNamed('tsConfiguration', text.slice(1, -1).replaceAll("''", "'"), from, to))
    })
    .join('')
}

const searchFunctions = ['to_tsvector', 'to_tsquery', 'plainto_tsquery', 'phraseto_tsquery', 'websearch_to_tsquery', 'ts_headline'] as const

/** Renames a collation where an expression names it: `COLLATE name`. */
export function renameCollation(sql: string, from: ObjectName, to: ObjectName): string {
  if (!mentions(sql, from.name) || !/collate/i.test(sql)) return sql
  const { tokens, at } = navigate(sql)
  const replaced = tokens.map(({ text }) => text)
  tokens.forEach((token, index) => {
    if (token.kind !== 'name' || token.name !== from.name || at(index, 1)?.text === '.') return
    const isQualified = at(index, -1)?.text === '.'
    const first = isQualified ? at.position(index, -2) : index
    if (!isKeyword(at(first, -1), 'collate')) return
    if (isQualified ? tokens[first]?.name !== from.namespace : from.namespace !== DEFAULT_NAMESPACE) return
    for (let between = first; between < index; between += 1) replaced[between] = ''
    replaced[index] = quoteQualified(to, { always: isQualified })
  })
  return replaced.join('')
}

// The keys are those of the table.
const walkedKinds = Object.keys(walks) as readonly RowKind[]

function walkAll(draft: Draft, visit: Visit): void {
  for (const kind of walkedKinds) for (const row of draft.all(kind)) revise(draft, kind, row.id, walkRow(kind, row, visit))
}

// Each kind with its own walk: the compiler cannot follow the pairs.
const walkRow = <K extends RowKind>(kind: K, row: Row<K>, visit: Visit): Partial<Row<K>> => walks[kind]?.(row, visit) ?? {}

function renameTypeIn(kind: Referred, text: string, from: ObjectName, to: ObjectName): string {
  const whole = (type: string): string => renameType(type, from, to, { whole: true })
  if (kind === 'type') return whole(text)
  const open = kind === 'routine' ? text.indexOf('(') : -1
  return open < 0 || !text.endsWith(')') ? text : `${text.slice(0, open + 1)}${typesIn(text.slice(open + 1, -1), whole)})`
}

/** `name`, `namespace.name`, with arguments in brackets behind it, or `OPERATOR(namespace.name)` round it. */
function renameNamed(kind: Referred, text: string, from: ObjectName, to: ObjectName): string {
  const isOperator = kind === 'operator'
  const [, before = '', own = '', after = ''] =
    (isOperator ? /^(operator\s*\(\s*)?([^)]*?)(\s*\))?$/i : /^()((?:[^(".]|"(?:[^"]|"")*"|\.)*)(.*)$/s).exec(text) ?? []
  const parts = isOperator ? operatorParts(own) : unquoteNames(own)
  const [namespace, name] = parts.length > 1 ? parts : [undefined, parts[0]]
  if (name !== from.name || (namespace ?? DEFAULT_NAMESPACE) !== from.namespace) return text
  const always = namespace !== undefined
  const renamed = isOperator ? operatorName(to, always) : quoteQualified(to, { always })
  return `${before}${renamed}${/\s*$/.exec(own)?.[0] ?? ''}${after}`
}

function operatorParts(text: string): readonly string[] {
  const [, namespace, name = text] = /^(.*)\.([^."]+)$/s.exec(text) ?? []
  return namespace === undefined ? [name.trim()] : [unquoteNames(namespace)[0] ?? '', name.trim()]
}

const operatorName = ({ namespace, name }: ObjectName, always: boolean): string =>
  always || namespace !== DEFAULT_NAMESPACE ? `${quoteQualified({ namespace, name: 'x' }, { always: true }).slice(0, -1)}${name}` : name

const words: { readonly [K in RowKind]?: string } = {
  compositeType: 'composite type',
  rangeType: 'range type',
  baseType: 'base type',
  operatorFamily: 'operator family',
  operatorClass: 'operator class',
  textSearch: 'text search object',
  accessMethod: 'access method',
  foreignDataWrapper: 'foreign data wrapper',
  foreignServer: 'server',
  userMapping: 'user mapping',
}

function labelOf(draft: Draft, kind: RowKind, row: Row): string {
  const word = words[kind] ?? kind
  if ('tableId' in row && row.tableId !== null) {
    const table = draft.get('table', row.tableId)
    return `the ${word} "${'name' in row ? row.name : ''}" of "${table ? displayName(table) : ''}"`
  }
  if (kind === 'cast' && 'source' in row) return `the cast from ${row.source} to ${row.target}`
  if (kind === 'userMapping' && 'user' in row) return `the user mapping of ${row.user}`
  if (kind === 'transform' && 'language' in row && 'type' in row) return `the transform of ${row.type}`
  if (kind === 'privilege') return 'a privilege'
  if (!('name' in row)) return `a ${word}`
  return `the ${word} "${'namespace' in row && row.namespace !== null ? displayName({ namespace: row.namespace, name: row.name }) : row.name}"`
}
