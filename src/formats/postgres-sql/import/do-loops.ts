import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import type { DoStmt, Node } from 'libpg-query'
import { all, as, kindOf, strings } from './ast.ts'
import type { Parser } from './parser.ts'

/** More turns than this are left to PostgreSQL. */
const MOST_TURNS = 5000
type Values = ReadonlyMap<string, string>

/**
 * The statements that a DO block executes when it is one loop over constants whose body is EXECUTE of a text that follows from them. Undefined
 * for any other block: what it does is known to PostgreSQL only.
 */
export function unrolledLoop(node: DoStmt, parse: Parser): readonly string[] | undefined {
  const options = all(node.args, 'DefElem')
  const body = as(options.find(({ defname }) => defname === 'as')?.arg, 'String')?.sval ?? ''
  const [, kind = '', variable = '', header = '', executed = ''] = loop.exec(body) ?? []
  if (kind === '' || /;/.test(header)) return undefined
  const turns = kind.toLowerCase() === 'foreach' ? arrayTurns(variable, header, parse) : forTurns(variable, header, parse)
  const expression = turns && expressionOf(executed, parse)
  if (!turns || !expression) return undefined
  const statements = turns.map((values) => evaluate(expression, values))
  return statements.every((statement) => statement !== undefined) ? statements : undefined
}

const loop =
  /^\s*(?:declare\b[^]*?)?begin\s+(for|foreach)\s+(\w+)\s+in\s+([^]*?)\s+loop\s+execute\s+([^]*?)\s*;\s*end\s+loop\s*;\s*end\s*;?\s*$/i

/** `FOREACH t IN ARRAY ARRAY['a', 'b']`. */
function arrayTurns(variable: string, header: string, parse: Parser): readonly Values[] | undefined {
  const array = as(expressionOf(header.replace(/^array\b/i, ''), parse), 'A_ArrayExpr')
  const elements = array?.elements?.map((element) => evaluate(element, new Map()))
  return elements?.flatMap((value) => (value === undefined ? [] : [new Map([[variable, value]])]))
}

/** `FOR n IN 1..10`, or `FOR r IN SELECT … FROM generate_series(1, 10) n`. */
function forTurns(variable: string, header: string, parse: Parser): readonly Values[] | undefined {
  const [, first, last] = /^(-?\d+)\s*\.\.\s*(-?\d+)$/.exec(header.trim()) ?? []
  if (first !== undefined) return range(Number(first), Number(last))?.map((n) => new Map([[variable, n]]))
  const parsed = parse(header)
  const select = parsed.ok ? as(parsed.stmts[0]?.stmt, 'SelectStmt') : undefined
  const [source, ...others] = select?.fromClause ?? []
  const series = source && others.length === 0 ? seriesOf(source) : undefined
  if (!select || !series || select.whereClause || select.groupClause || select.sortClause) return undefined
  const targets = all(select.targetList, 'ResTarget')
  const turns: Values[] = []
  for (const value of series.values) {
    const values = new Map<string, string>()
    for (const { name, val } of targets) {
      const text = val && evaluate(val, new Map([[series.name, value]]))
      if (text === undefined) return undefined
      values.set(`${variable}.${name ?? series.name}`, text)
      if (targets.length === 1) values.set(variable, text)
    }
    turns.push(values)
  }
  return turns
}

function seriesOf(source: Node): { readonly name: string; readonly values: readonly string[] } | undefined {
  const range_ = as(source, 'RangeFunction')
  const call = as(as(range_?.functions?.[0], 'List')?.items?.[0], 'FuncCall')
  if (strings(call?.funcname).at(-1) !== 'generate_series' || call?.args?.length !== 2) return undefined
  const [first, last] = call.args.map((argument) => evaluate(argument, new Map()))
  const values = range(Number(first), Number(last))
  return values && { name: range_?.alias?.aliasname ?? 'generate_series', values }
}

function range(first: number, last: number): readonly string[] | undefined {
  if (!Number.isInteger(first) || !Number.isInteger(last) || last - first >= MOST_TURNS) return undefined
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => String(first + n))
}

function expressionOf(text: string, parse: Parser): Node | undefined {
  const parsed = parse(`SELECT ${text}`)
  const select = parsed.ok ? as(parsed.stmts[0]?.stmt, 'SelectStmt') : undefined
  const [target, ...others] = all(select?.targetList, 'ResTarget')
  return others.length > 0 || select?.fromClause ? undefined : target?.val
}

/** A text or number from constants and the loop's values; undefined when it does not follow from them. */
function evaluate(node: Node, values: Values): string | undefined {
  switch (kindOf(node)) {
    case 'A_Const': {
      const constant = as(node, 'A_Const')
      return constant?.sval ? (constant.sval.sval ?? '') : constant?.ival ? String(constant.ival.ival ?? 0) : undefined
    }
    case 'ColumnRef':
      return values.get(strings(as(node, 'ColumnRef')?.fields).join('.'))
    case 'TypeCast': {
      const inner = as(node, 'TypeCast')?.arg
      return inner && evaluate(inner, values)
    }
    case 'A_Expr': {
      const { name, lexpr, rexpr } = as(node, 'A_Expr') ?? {}
      const left = lexpr && evaluate(lexpr, values)
      const right = rexpr && evaluate(rexpr, values)
      return strings(name)[0] === '||' && left !== undefined && right !== undefined ? left + right : undefined
    }
    case 'FuncCall': {
      const call = as(node, 'FuncCall')
      const given = (call?.args ?? []).map((argument) => evaluate(argument, values))
      const texts = given.filter((text) => text !== undefined)
      return texts.length === given.length ? called(strings(call?.funcname).at(-1) ?? '', texts) : undefined
    }
    default:
      return undefined
  }
}

function called(name: string, [first = '', ...rest]: readonly string[]): string | undefined {
  if (name === 'quote_ident') return quoteName(first)
  if (name === 'quote_literal') return quoteLiteral(first)
  if (name !== 'format') return undefined
  let next = 0
  let failed = false
  const text = first.replace(/%(?:(\d+)\$)?([sIL%])/g, (_, at: string | undefined, kind: string) => {
    if (kind === '%') return '%'
    const value = rest[at === undefined ? next++ : Number(at) - 1]
    if (value === undefined) failed = true
    return kind === 's' ? (value ?? '') : kind === 'I' ? quoteName(value ?? '') : quoteLiteral(value ?? '')
  })
  return failed ? undefined : text
}
