import type { FuncCall, Node, RangeVar, SelectStmt, WithClause } from 'libpg-query'
import { all, as, kindOf, strings } from './ast.ts'
import type { ViewDraft } from './draft.ts'
import { figureColumnName } from './index-elements.ts'
import type { Statement } from './statement.ts'
import { typeText } from './type-names.ts'
import { queryOf } from './view-queries.ts'

/** A column of a query's result. */
export interface ResultColumn {
  readonly name: string
  /** Null for a bare NULL or string: of no type yet. */
  readonly type: string | null
}

/** Sources of a FROM clause by the name they go by. */
type Scope = ReadonlyMap<string, readonly ResultColumn[]>
type Named = ReadonlyMap<string, readonly ResultColumn[]>

/**
 * The columns of a query's result, as far as they follow from tables we know, casts, and functions whose result is plain. Undefined when one
 * of them does not: then only PostgreSQL knows.
 */
export function inferColumns(st: Statement, query: Node | undefined, named: Named = new Map()): readonly ResultColumn[] | undefined {
  const select = as(query, 'SelectStmt')
  return select && inferSelect(st, select, named)
}

function inferSelect(st: Statement, select: SelectStmt, outer: Named): readonly ResultColumn[] | undefined {
  const named = withTables(st, select.withClause, outer)
  if (select.op !== undefined && select.op !== 'SETOP_NONE') {
    const left = select.larg && inferSelect(st, select.larg, named)
    const right = select.rarg && inferSelect(st, select.rarg, named)
    if (!left || !right || left.length !== right.length) return undefined
    return left.map(({ name, type }, n) => ({ name, type: type ?? right[n]?.type ?? null }))
  }
  const scope = new Map<string, readonly ResultColumn[]>()
  for (const item of select.fromClause ?? []) if (!addSource(st, item, scope, named)) return undefined
  const columns: ResultColumn[] = []
  for (const target of all(select.targetList, 'ResTarget')) {
    const star = starOf(target.val, scope)
    if (star) {
      columns.push(...star)
      continue
    }
    const type = typeOf(st, target.val, scope, named)
    if (type === undefined) return undefined
    columns.push({ name: target.name ?? figureColumnName(target.val) ?? '?column?', type })
  }
  return columns.length > 0 ? columns : undefined
}

/** The columns of a query's sources by the names they go by; undefined when they cannot be told, or the query is put together from several. */
export function sourceColumns(st: Statement, select: SelectStmt): Scope | undefined {
  if (select.op !== undefined && select.op !== 'SETOP_NONE') return undefined
  const named = withTables(st, select.withClause, new Map())
  const scope = new Map<string, readonly ResultColumn[]>()
  for (const item of select.fromClause ?? []) if (!addSource(st, item, scope, named)) return undefined
  return scope
}

function withTables(st: Statement, clause: WithClause | undefined, outer: Named): Named {
  if (!clause) return outer
  const named = new Map(outer)
  for (const table of all(clause.ctes, 'CommonTableExpr')) {
    const columns = inferColumns(st, table.ctequery, named)
    if (columns) named.set(table.ctename ?? '', renamed(columns, strings(table.aliascolnames)))
  }
  return named
}

const renamed = (columns: readonly ResultColumn[], names: readonly string[]): readonly ResultColumn[] =>
  columns.map((column, n) => ({ ...column, name: names[n] ?? column.name }))

function addSource(st: Statement, item: Node, scope: Map<string, readonly ResultColumn[]>, named: Named): boolean {
  const join = as(item, 'JoinExpr')
  if (join)
    return (
      join.larg !== undefined && join.rarg !== undefined && addSource(st, join.larg, scope, named) && addSource(st, join.rarg, scope, named)
    )
  const relation = as(item, 'RangeVar')
  const sub = as(item, 'RangeSubselect')
  const columns = relation ? tableColumns(st, relation, named) : sub ? inferColumns(st, sub.subquery, named) : undefined
  if (!columns) return false
  const alias = relation?.alias ?? sub?.alias
  scope.set(alias?.aliasname ?? relation?.relname ?? `\u0000${scope.size}`, renamed(columns, strings(alias?.colnames)))
  return true
}

function tableColumns(st: Statement, relation: RangeVar, named: Named): readonly ResultColumn[] | undefined {
  const table = relation.schemaname === undefined ? named.get(relation.relname ?? '') : undefined
  if (table) return table
  const name = st.find(relation)
  const found = name && st.catalog.relation(name)
  if (found?.kind === 'table') return found.table.columns
  return found?.kind === 'view' ? viewColumns(st, found.view) : undefined
}

/** The columns of a view, read from its query when they are asked for: hardly ever. */
export function viewColumns(st: Statement, view: ViewDraft): readonly ResultColumn[] | undefined {
  const known = st.catalog.viewColumns.get(view)
  if (known) return known
  const columns = inferColumns(st, queryOf(st.session.parse, view))
  return columns && renamed(columns, view.columnNames)
}

/** `*` and `t.*` stand for the columns of all sources, or of one. */
function starOf(value: Node | undefined, scope: Scope): readonly ResultColumn[] | undefined {
  const fields = as(value, 'ColumnRef')?.fields ?? []
  const last = fields.at(-1)
  if (!last || kindOf(last) !== 'A_Star') return undefined
  const owner = strings(fields).at(-1)
  const plain = (columns: readonly ResultColumn[]) => columns.map(({ name, type }) => ({ name, type }))
  return owner === undefined ? [...scope.values()].flatMap(plain) : plain(scope.get(owner) ?? [])
}

const COMPARISONS = new Set(['=', '<>', '!=', '<', '>', '<=', '>=', '~', '~*', '!~', '!~*', '@>', '<@', '&&', '?', '?|', '?&'])
const RESULTS = new Map(
  Object.entries({
    count: 'bigint',
    now: 'timestamp with time zone',
    lower: 'text',
    upper: 'text',
    concat: 'text',
    trim: 'text',
    btrim: 'text',
    replace: 'text',
    substring: 'text',
    substr: 'text',
    to_char: 'text',
    format: 'text',
    md5: 'text',
    string_agg: 'text',
    length: 'integer',
    row_number: 'bigint',
    rank: 'bigint',
    dense_rank: 'bigint',
    gen_random_uuid: 'uuid',
    bool_or: 'boolean',
    bool_and: 'boolean',
    every: 'boolean',
    jsonb_build_object: 'jsonb',
    json_build_object: 'json',
    jsonb_agg: 'jsonb',
    json_agg: 'json',
    to_tsvector: 'tsvector',
    nextval: 'bigint',
    extract: 'numeric',
    age: 'interval',
  }),
)

/** An expression's type; null for one that has none yet, undefined when it cannot be told. */
function typeOf(st: Statement, node: Node | undefined, scope: Scope, named: Named): string | null | undefined {
  if (node === undefined) return undefined
  const kind = kindOf(node)
  const first = (nodes: readonly Node[] | undefined): string | null | undefined =>
    firstType((nodes ?? []).map((inner) => typeOf(st, inner, scope, named)))
  switch (kind) {
    case 'ColumnRef':
      return columnType(strings(as(node, kind)?.fields), scope)
    case 'TypeCast':
      return typeText(st, as(node, kind)?.typeName)
    case 'A_Const': {
      const constant = as(node, kind)
      if (constant?.ival) return 'integer'
      if (constant?.boolval) return 'boolean'
      return constant?.fval ? 'numeric' : null
    }
    case 'FuncCall':
      return callType(st, as(node, kind) ?? {}, scope, named)
    case 'A_Expr': {
      const expression = as(node, kind)
      const comparison = expression?.kind !== 'AEXPR_OP' || COMPARISONS.has(strings(expression.name).at(-1) ?? '')
      if (comparison && expression?.kind !== 'AEXPR_NULLIF') return 'boolean'
      const left = typeOf(st, expression?.lexpr, scope, named)
      const right = typeOf(st, expression?.rexpr, scope, named)
      return left === right && (left === 'integer' || left === 'bigint' || left === 'text' || left === 'numeric') ? left : undefined
    }
    case 'BoolExpr':
    case 'NullTest':
    case 'BooleanTest':
      return 'boolean'
    case 'SubLink': {
      const link = as(node, kind)
      if (link?.subLinkType !== 'EXPR_SUBLINK') return link?.subLinkType === 'ARRAY_SUBLINK' ? undefined : 'boolean'
      return inferColumns(st, link.subselect, named)?.[0]?.type
    }
    case 'CoalesceExpr':
    case 'MinMaxExpr':
      return first(as(node, kind)?.args)
    case 'CaseExpr': {
      const cases = as(node, kind)
      return first([
        ...all(cases?.args, 'CaseWhen').flatMap(({ result }) => (result ? [result] : [])),
        ...(cases?.defresult ? [cases.defresult] : []),
      ])
    }
    case 'SQLValueFunction': {
      const op = as(node, kind)?.op ?? ''
      return op.startsWith('SVFOP_CURRENT_TIMESTAMP') ? 'timestamp with time zone' : op === 'SVFOP_CURRENT_DATE' ? 'date' : undefined
    }
    default:
      return undefined
  }
}

const firstType = (types: readonly (string | null | undefined)[]): string | null | undefined =>
  types.includes(undefined) ? undefined : (types.find((type) => type !== null) ?? null)

function columnType(names: readonly string[], scope: Scope): string | null | undefined {
  const name = names.at(-1)
  const owner = names.at(-2)
  for (const [alias, columns] of scope) {
    if (owner !== undefined && alias !== owner) continue
    const column = columns.find((candidate) => candidate.name === name)
    if (column) return column.type
  }
  return undefined
}

function callType(st: Statement, call: FuncCall, scope: Scope, named: Named): string | null | undefined {
  const names = strings(call.funcname)
  const name = names.at(-1) ?? ''
  if (name === 'max' || name === 'min') {
    const type = typeOf(st, call.args?.[0], scope, named)
    return type?.startsWith('character varying') ? 'text' : type
  }
  const plain = names.length === 1 || names[0] === 'pg_catalog' ? RESULTS.get(name) : undefined
  if (plain) return plain
  const overloads = (names.length > 1 ? names.slice(-2, -1) : st.session.path.names).flatMap(
    (namespace) => st.catalog.routines.get(`${namespace}\u0000${name}`) ?? [],
  )
  return overloads.length === 1 && overloads[0]?.returnsSet === false ? (overloads[0].returns ?? undefined) : undefined
}
