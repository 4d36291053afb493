import { quoteName, quoteQualified, unquoteNames } from '../../dialects/postgres-names.ts'
import type { ObjectName } from '../../schema/names.ts'
import type { SqlToken } from '../sql-tokens.ts'
import {
  isColumnToken,
  isKeyword,
  mayBeBareColumn,
  mentions,
  navigate,
  type ColumnRename,
  type Neighbour,
  type Renamed,
} from './expression-rename.ts'

/** A table as a query names it. */
export interface NamedTable {
  /** Null when not said. */
  readonly namespace: string | null
  readonly name: string
}

/** A table named in a FROM clause. Positions of tokens. */
interface Reference {
  readonly first: number
  readonly last: number
  /** Of the alias, or `last`. */
  readonly end: number
  /** Null for a subquery. */
  readonly table: NamedTable | null
  /** The name that columns are qualified with here. */
  readonly alias: string
  readonly hasAlias: boolean
  readonly isMeant: boolean
  /** The SELECT in whose FROM clause it stands. */
  readonly scope: Scope
}
/** One SELECT of a query. */
interface Scope {
  /** The SELECT round it, whose columns it sees too. */
  readonly outer: Scope | null
}
interface Query {
  readonly tokens: readonly SqlToken[]
  readonly at: Neighbour
  readonly references: readonly Reference[]
  /** For each token, whether it is an item of a select list's top level. */
  readonly selected: readonly boolean[]
  /** For each token, the SELECT it belongs to; null where only output columns are meant (ORDER BY after UNION). */
  readonly scopes: readonly (Scope | null)[]
}

/**
 * Renames a table in a query: in its FROM clauses, where the old name stays as the alias, so that everything else goes on meaning the same.
 * `searchPath` says which namespaces an unqualified name is looked for in.
 */
export function renameTableInQuery(sql: string, from: ObjectName, to: ObjectName, searchPath: string | null): Renamed {
  if (!mentions(sql, from.name)) return { text: sql, unsure: false }
  const { tokens, at, references } = readQuery(sql, from, searchPath)
  const replaced = tokens.map(({ text }) => text)
  for (const { first, last, hasAlias, isMeant } of references) {
    if (!isMeant) continue
    for (let index = first; index < last; index += 1) replaced[index] = ''
    const name = quoteQualified(to, { always: first < last })
    const alias = hasAlias || from.name === to.name ? '' : ` ${quoteName(from.name)}`
    replaced[last] = `${name}${alias}`
  }
  // namespace.table.column cannot be said of an alias.
  const unsure = tokens.some(
    ({ kind, name }, index) => kind === 'name' && name === from.name && at(index, -1)?.text === '.' && at(index, 1)?.text === '.',
  )
  return { text: replaced.join(''), unsure }
}

/**
 * Renames a column of a table in a query. A column that the query hands out keeps its old name by `AS`. Where the query does not say whose
 * column is meant, and more than one table could, it stays and the answer is `unsure`. `mayHave` says whether another table of the query may
 * have a column of the old name too.
 */
export function renameColumnInQuery(
  sql: string,
  { table, from, to }: ColumnRename,
  searchPath: string | null,
  mayHave: (other: NamedTable) => boolean = () => true,
): Renamed {
  if (!mentions(sql, from) || !mentions(sql, table.name)) return { text: sql, unsure: false }
  const { tokens, at, references, selected, scopes } = readQuery(sql, table, searchPath)
  const meant = new Set(references.filter(({ isMeant }) => isMeant).map(({ alias }) => alias))
  if (meant.size === 0) return { text: sql, unsure: false }
  const others = new Set(references.filter(({ isMeant }) => !isMeant).map(({ alias }) => alias))
  let unsure = false
  const text = tokens.map((token, index) => {
    if (!isColumnToken(token, from)) return token.text
    const isQualified = at(index, -1)?.text === '.'
    const qualifier = at(index, -2)?.name ?? ''
    if (
      isQualified
        ? !meant.has(qualifier)
        : !mayBeBareColumn(at, index) || references.some(({ first, end }) => index >= first && index <= end)
    ) {
      return token.text
    }
    const owner = isQualified ? (others.has(qualifier) ? 'unsure' : 'meant') : ownerOf(scopes[index] ?? null, references, mayHave)
    if (owner !== 'meant') {
      unsure ||= owner === 'unsure'
      return token.text
    }
    const start = isQualified ? at.position(index, at(index, -3)?.text === '.' ? -4 : -2) : index
    return `${quoteName(to)}${isWholeItem(at, selected, start, index) ? ` AS ${quoteName(from)}` : ''}`
  })
  return { text: text.join(''), unsure }
}

/** Whose column an unqualified name is: looked for in its SELECT, then in those round it. */
function ownerOf(
  scope: Scope | null,
  references: readonly Reference[],
  mayHave: (other: NamedTable) => boolean,
): 'meant' | 'other' | 'unsure' {
  for (let here = scope; here; here = here.outer) {
    const sources = references.filter((reference) => reference.scope === here)
    const isMeant = sources.some((reference) => reference.isMeant)
    const rivals = sources.filter((reference) => !reference.isMeant && (reference.table === null || mayHave(reference.table)))
    if (isMeant) return rivals.length > 0 ? 'unsure' : 'meant'
    if (rivals.length > 0) return 'other'
  }
  return 'other'
}

/** Whether tokens `start` to `end` are a whole item of a select list, without an alias of its own. */
function isWholeItem(at: Neighbour, selected: readonly boolean[], start: number, end: number): boolean {
  if (!selected[end]) return false
  const before = at(start, -1)
  const after = at(end, 1)
  const begins = before?.text === ',' || isKeyword(before, 'select', 'distinct', 'all') || closesDistinctOn(at, start)
  return (
    begins &&
    (after === undefined || [',', ')', ';'].includes(after.text) || isKeyword(after, 'from', 'union', 'intersect', 'except', 'where'))
  )
}

/** Whether `DISTINCT ON (…)` stands right before. */
function closesDistinctOn(at: Neighbour, start: number): boolean {
  let depth = 0
  for (let steps = -1; ; steps -= 1) {
    const token = at(start, steps)
    if (token?.text === ')') depth += 1
    else if (token?.text === '(') depth -= 1
    if (depth === 0) return token?.text === '(' && isKeyword(at(start, steps - 1), 'on') && isKeyword(at(start, steps - 2), 'distinct')
    if (token === undefined) return false
  }
}

const clauseEnds = [
  'where',
  'group',
  'having',
  'order',
  'limit',
  'offset',
  'fetch',
  'window',
  'union',
  'intersect',
  'except',
  'for',
  'returning',
  'set',
]
/** What may follow a table without being its alias. */
const notAliases = [
  ...clauseEnds,
  'join',
  'inner',
  'left',
  'right',
  'full',
  'cross',
  'natural',
  'on',
  'using',
  'tablesample',
  'values',
  'select',
  'default',
]

/** Finds the tables of all FROM clauses, also of subqueries and joins in parentheses. */
function readQuery(sql: string, table: ObjectName, searchPath: string | null): Query {
  const { tokens, at } = navigate(sql)
  const path = new Set(searchPath === null ? ['public'] : unquoteNames(searchPath))
  const commonTables = namesOfCommonTables(tokens, at)
  const references: Reference[] = []
  const selected: boolean[] = []
  const scopes: (Scope | null)[] = []
  const frames: Frame[] = [{ state: 'other', scope: { outer: null }, hadUnion: false }]
  tokens.forEach((token, index) => {
    const frame = frames.at(-1) ?? { state: 'other', scope: { outer: null }, hadUnion: false }
    if (token.text === '(') {
      const isSource = frame.state === 'from' && (opensJoin(at(index, -1)) || isKeyword(at(index, -1), 'lateral'))
      if (isSource && isKeyword(at(index, 1), 'select', 'with', 'values')) references.push(subquery(index, frame.scope))
      frames.push({ state: isSource ? 'from' : 'other', scope: frame.scope, hadUnion: false })
    } else if (token.text === ')') frames.pop()
    else if (isKeyword(token, 'select')) {
      frame.scope = { outer: frame.hadUnion ? frame.scope.outer : frame.scope }
      frame.state = 'select'
    } else if (isKeyword(token, 'from') && frame.state === 'select' && !isKeyword(at(index, -1), 'distinct')) frame.state = 'from'
    else if (isKeyword(token, ...clauseEnds) && frame.state !== 'outputs') {
      if (isKeyword(token, 'union', 'intersect', 'except')) frame.hadUnion = true
      if (frame.state === 'from' || frame.hadUnion) frame.state = frame.hadUnion && isKeyword(token, 'order') ? 'outputs' : 'other'
    } else if (
      token.kind === 'name' &&
      frame.state === 'from' &&
      opensTable(at(index, -1)) &&
      !isKeyword(token, 'lateral', 'only', 'select')
    ) {
      references.push({ ...referenceAt(tokens, at, index, { table, path, commonTables }), scope: frame.scope })
    }
    const current = frames.at(-1)
    selected.push(current?.state === 'select')
    scopes.push(current?.state === 'outputs' ? null : (current?.scope ?? null))
  })
  return { tokens, at, references, selected, scopes }
}

/** What is inside a pair of brackets, or outside all. */
interface Frame {
  state: 'select' | 'from' | 'outputs' | 'other'
  scope: Scope
  hadUnion: boolean
}

const subquery = (first: number, scope: Scope): Reference => {
  return { first, last: first, end: first, table: null, alias: '', hasAlias: false, isMeant: false, scope }
}

const opensJoin = (before: SqlToken | undefined): boolean =>
  before?.text === '(' || before?.text === ',' || isKeyword(before, 'from', 'join')
const opensTable = (before: SqlToken | undefined): boolean => opensJoin(before) || isKeyword(before, 'only')

interface Meaning {
  readonly table: ObjectName
  readonly path: ReadonlySet<string>
  readonly commonTables: ReadonlySet<string>
}

function referenceAt(
  tokens: readonly SqlToken[],
  at: Neighbour,
  first: number,
  { table, path, commonTables }: Meaning,
): Omit<Reference, 'scope'> {
  const isQualified = at(first, 1)?.text === '.'
  const last = isQualified ? at.position(first, 2) : first
  const name = tokens[last]?.name ?? ''
  const named = at(last, 1)
  const aliasSteps = isKeyword(named, 'as') ? 2 : named?.kind === 'name' && !isKeyword(named, ...notAliases) ? 1 : 0
  const aliasToken = aliasSteps > 0 ? at(last, aliasSteps) : undefined
  const isMeant =
    name === table.name &&
    (isQualified ? tokens[first]?.name === table.namespace : path.has(table.namespace) && !commonTables.has(name)) &&
    named?.text !== '('
  return {
    first,
    last,
    end: aliasSteps > 0 ? at.position(last, aliasSteps) : last,
    table: { namespace: isQualified ? (tokens[first]?.name ?? null) : null, name },
    alias: aliasToken?.name ?? name,
    hasAlias: aliasToken !== undefined,
    isMeant,
  }
}

/** `WITH name AS (`, `WITH name (columns) AS (`, `, name AS (`: these names hide tables. */
function namesOfCommonTables(tokens: readonly SqlToken[], at: Neighbour): ReadonlySet<string> {
  const names = new Set<string>()
  if (!tokens.some((token) => isKeyword(token, 'with'))) return names
  tokens.forEach((token, index) => {
    if (token.kind !== 'name' || !(at(index, -1)?.text === ',' || isKeyword(at(index, -1), 'with', 'recursive'))) return
    const after = at(index, 1)
    if (after?.text === '(' || (isKeyword(after, 'as') && (at(index, 2)?.text === '(' || isKeyword(at(index, 2), 'materialized', 'not'))))
      names.add(token.name)
  })
  return names
}
