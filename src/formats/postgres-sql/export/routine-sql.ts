import { quoteDollar, quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import type { Argument, Routine } from '#core/schema/index.ts'
import { unreachable } from '#core/unreachable.ts'
import { toldSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOfNamed, type Piece } from './piece.ts'
import type { TextKind } from './scan.ts'
import { closed, fullName, nameSql } from './sql.ts'

/** A function, procedure or aggregate. */
export function routinePiece(context: Context, routine: Routine, index: number): Piece {
  const name = nameSql(routine, routine.searchPath)
  const kind = routine.kind.toUpperCase()
  // The server has functions of many names, and they come first in every path.
  const signature = `${fullName(routine)}(${signatureSql(context, routine)})`
  return {
    searchPath: routine.searchPath,
    statements: [
      routine.kind === 'aggregate' ? aggregateSql(context, routine, name) : createSql(context, routine, name),
      ...toldSql(context, kind, signature, routine),
    ],
    makes: [['routine', routine]],
    lists: [['routines', index]],
    needs: languageNeeds(routine),
    uses: usesOf(routine),
  }
}

/** The arguments that tell overloads apart, as COMMENT ON and ALTER want them. */
function signatureSql(context: Context, { kind, arguments: args, orderBy, searchPath }: Routine): string {
  const typesOf = (list: readonly Argument[]): string =>
    list
      // Only procedures count OUT arguments.
      .filter(({ mode }) => mode !== 'table' && (mode !== 'out' || kind === 'procedure'))
      .map(({ mode, type }) => `${mode === 'in' ? '' : `${mode.toUpperCase()} `}${context.type(type, searchPath)}`)
      .join(', ')
  if (kind !== 'aggregate') return typesOf(args)
  if (orderBy.length > 0) return `${typesOf(args)}${args.length > 0 ? ' ' : ''}ORDER BY ${typesOf(orderBy)}`
  return args.length === 0 ? '*' : typesOf(args)
}

function createSql(context: Context, routine: Routine, name: string): string {
  const args = routine.arguments.filter(({ mode }) => mode !== 'table').map((each) => argumentSql(context, routine, each))
  const head = `CREATE ${routine.kind.toUpperCase()} ${name}(`
  const line = `${head}${args.join(', ')})`
  const create = line.length <= 100 && !line.includes('\n') ? line : `${head}\n  ${args.join(',\n  ')}\n)`
  const returns = returnsSql(context, routine)
  const properties = propertiesSql(routine)
  const parts = [
    returns === '' ? create : `${create} ${returns}`,
    ...(properties.length > 0 ? [`  ${properties.join(' ')}`] : []),
    ...Object.entries(routine.settings).map(
      ([key, value]) => `  SET ${key.split('.').map(quoteName).join('.')} ${/^from current$/i.test(value) ? value : `TO ${value}`}`,
    ),
  ]
  const body = bodySql(routine)
  return body === '' ? parts.join('\n') : `${parts.join('\n')}\n${body}`
}

function argumentSql(context: Context, { searchPath }: Routine, { mode, name, type, default: value }: Argument): string {
  const parts = [
    mode === 'in' || mode === 'table' ? null : mode.toUpperCase(),
    name === null ? null : quoteName(name),
    context.type(type, searchPath),
  ]
  const text = parts.filter((part) => part !== null).join(' ')
  return value === null ? text : `${text} DEFAULT ${closed(value)}`
}

function returnsSql(context: Context, routine: Routine): string {
  const columns = routine.arguments.filter(({ mode }) => mode === 'table')
  if (columns.length > 0) return `RETURNS TABLE(${columns.map((each) => argumentSql(context, routine, each)).join(', ')})`
  if (routine.returns === null) return ''
  const type = routine.returns.replace(/^setof\s+/i, '')
  const isSet = routine.returnsSet || type !== routine.returns
  return `RETURNS ${isSet ? 'SETOF ' : ''}${context.type(type, routine.searchPath)}`
}

function propertiesSql(routine: Routine): readonly string[] {
  return [
    routine.language !== null && `LANGUAGE ${quoteName(routine.language)}`,
    routine.transforms.length > 0 && `TRANSFORM ${routine.transforms.map((type) => `FOR TYPE ${type}`).join(', ')}`,
    routine.window && 'WINDOW',
    routine.volatility !== 'volatile' && routine.volatility.toUpperCase(),
    routine.leakproof && 'LEAKPROOF',
    routine.strict && 'STRICT',
    routine.securityDefiner && 'SECURITY DEFINER',
    routine.parallel !== 'unsafe' && `PARALLEL ${routine.parallel.toUpperCase()}`,
    routine.cost !== null && `COST ${routine.cost}`,
    routine.rows !== null && `ROWS ${routine.rows}`,
    routine.support !== null && `SUPPORT ${routine.support}`,
  ].filter((part) => part !== false)
}

function bodySql({ body }: Routine): string {
  if (body === null) return ''
  switch (body.kind) {
    case 'string':
      return `AS ${quoteDollar(body.text)}`
    case 'sql':
      return body.text
    case 'object':
      return `AS ${quoteLiteral(body.file)}, ${quoteLiteral(body.symbol)}`
    default:
      return unreachable(body)
  }
}

function aggregateSql(context: Context, routine: Routine, name: string): string {
  const list = (args: readonly Argument[]): string => args.map((each) => argumentSql(context, routine, each)).join(', ')
  const ordered = routine.orderBy.length > 0 ? `${routine.arguments.length > 0 ? ' ' : ''}ORDER BY ${list(routine.orderBy)}` : ''
  const args = routine.arguments.length === 0 && ordered === '' ? '*' : `${list(routine.arguments)}${ordered}`
  const definition = Object.entries(routine.aggregate).map(([key, value]) => `  ${key.toUpperCase()}${value === '' ? '' : ` = ${value}`}`)
  const parallel =
    routine.parallel === 'unsafe' || 'parallel' in lowerKeys(routine.aggregate) ? [] : [`  PARALLEL = ${routine.parallel.toUpperCase()}`]
  return `CREATE AGGREGATE ${name}(${args}) (\n${[...definition, ...parallel].join(',\n')}\n)`
}

const lowerKeys = (record: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]))

/** The language a routine is written in, and how it sees values of some types. */
function languageNeeds({ language, transforms }: Routine): NonNullable<Piece['needs']> {
  if (language === null) return []
  return [
    [keyOfNamed('language', language), strength.certain],
    ...transforms.map((type) => [keyOfNamed('transform', type, language), strength.certain] as const),
  ]
}

/** What must be there before: types of arguments, functions in defaults; for SQL-standard bodies and aggregates what they name. */
function usesOf(routine: Routine): NonNullable<Piece['uses']> {
  const args = [...routine.arguments, ...routine.orderBy]
  const isSql = routine.language?.toLowerCase() === 'sql' || routine.body?.kind === 'sql'
  // Of a type that is only announced there are no arrays yet, and functions in SQL refuse it.
  const typeKind = (type: string): TextKind => (isSql || type.endsWith(']') || routine.kind === 'aggregate' ? 'type' : 'argument')
  const uses: (readonly [string, TextKind])[] = args.map(({ type }) => [type, typeKind(type)])
  for (const { default: value } of args) if (value !== null) uses.push([value, 'expression'])
  if (routine.returns !== null) {
    const type = routine.returns.replace(/^setof\s+/i, '')
    uses.push([type, typeKind(type)])
  }
  for (const [key, value] of Object.entries(routine.aggregate)) uses.push([value, aggregateUses.get(key.toLowerCase()) ?? 'name:routine'])
  if (routine.support !== null) uses.push([routine.support, 'name:routine'])
  if (routine.body?.kind === 'sql') uses.push([routine.body.text, 'query'])
  if (routine.body?.kind === 'string' && /sql$/i.test(routine.language ?? '')) uses.push([routine.body.text, 'body'])
  return uses
}

/** The options of aggregates that name something else than functions. */
const aggregateUses: ReadonlyMap<string, TextKind> = new Map([
  ['stype', 'type'],
  ['mstype', 'type'],
  ['sortop', 'name:operator'],
  ['basetype', 'type'],
])
