import { quoteName, typeParts } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import { unreachable } from '#core/unreachable.ts'
import { printConstant } from './constants.ts'
import { parseExpression, type Expression } from './parse.ts'

/** The types of the columns that an expression may name, as `format_type` spells them. */
export type ColumnTypes = (column: string) => string | undefined

/**
 * An expression as PostgreSQL prints it after reading it, with casts and brackets, for the default search path; `wanted` is the type that it is
 * stored in. Undefined where that takes a server. What PostgreSQL has printed comes back as it is. Rules read off its ruleutils.c.
 */
export function printExpression(sql: string, columns: ColumnTypes, wanted?: string): string | undefined {
  // This is how PostgreSQL alone writes it.
  if (sql.startsWith('\nCASE\n')) return sql
  const parsed = parseExpression(sql)
  const found = parsed && new Printer(columns).print(parsed)
  if (!found) return undefined
  return 'text' in found
    ? wanted === undefined
      ? undefined
      : printConstant(found.text, withoutModifier(withoutPublic(wanted)))
    : found.sql
}

interface Typed {
  readonly sql: string
  readonly type: string | undefined
  /** A number that takes on the type of what it meets. */
  readonly isNumber?: boolean
}
/** A string literal that has no type yet. */
interface Untyped {
  readonly text: string
}
type Printed = Typed | Untyped

const textTypes = new Set(['character varying', 'text'])
/** Operators whose right side has a type of its own when the left one's is JSON. */
const jsonKeys = new Set(['->', '->>', '?', '#>', '#>>'])
const comparisons = new Set(['=', '<>', '<', '>', '<=', '>=', '~', '!~', '~*', '!~*', '~~', '!~~', '~~*', '!~~*', '@>', '<@', '?', '&&'])

class Printer {
  private readonly columns: ColumnTypes

  constructor(columns: ColumnTypes) {
    this.columns = columns
  }

  print(one: Expression): Printed | undefined {
    switch (one.kind) {
      case 'string':
        return { text: one.value }
      case 'number':
        return number(one.text)
      case 'minus':
        return one.of.kind === 'number' ? number(`-${one.of.text}`) : undefined
      case 'word':
        return word(one.word)
      case 'column':
        return { sql: quoteName(one.name), type: this.columns(one.name) }
      case 'call':
        return this.call(one.name, one.args)
      case 'extract': {
        const of = this.typed(one.of, undefined)
        return of && { sql: `EXTRACT(${quoteName(one.field)} FROM ${of.sql})`, type: 'numeric' }
      }
      case 'cast':
        return this.cast(one.of, withoutPublic(one.type))
      case 'array':
        return this.array(one.items)
      case 'operation':
        return this.operation(one.operator, one.left, one.right)
      case 'every':
        return this.every(one)
      case 'in':
        return this.in(one)
      case 'test': {
        const of = this.typed(one.of, 'boolean')
        return of && { sql: `(${of.sql} ${one.words})`, type: 'boolean' }
      }
      case 'not': {
        const of = this.typed(one.of, 'boolean')
        return of && { sql: `(NOT ${of.sql})`, type: 'boolean' }
      }
      case 'junction': {
        const parts = one.of.map((part) => this.typed(part, 'boolean')?.sql)
        return parts.includes(undefined) ? undefined : { sql: `(${parts.join(` ${one.word} `)})`, type: 'boolean' }
      }
      default:
        return unreachable(one)
    }
  }

  private typed(one: Expression, type: string | undefined): Typed | undefined {
    const found = this.print(one)
    return found && as(found, type)
  }

  private cast(of: Expression, type: string): Printed | undefined {
    const { name, dimensions } = typeParts(type)
    if (of.kind === 'array' && dimensions !== '') {
      if (of.items.length === 0) return { sql: `ARRAY[]::${type}`, type }
      if (of.items.every(({ kind }) => kind === 'string')) {
        const items = of.items.map((item) => this.typed(item, name)?.sql)
        return items.includes(undefined) ? undefined : { sql: `ARRAY[${items.join(', ')}]`, type }
      }
    }
    if (of.kind === 'word' && of.word === 'NULL') return { sql: `NULL::${type}`, type }
    const found = this.print(of)
    if (!found || 'text' in found) return found && as(found, type)
    return found.type === type ? found : { sql: `(${found.sql})::${type}`, type }
  }

  private array(items: readonly Expression[]): Typed | undefined {
    const found = items.map((item) => this.print(item))
    const type = found.map((item) => (item && 'type' in item ? item.type : undefined)).find((one) => one !== undefined) ?? 'text'
    const parts = found.map((item) => item && as(item, type)?.sql)
    return items.length === 0 || parts.includes(undefined) ? undefined : { sql: `ARRAY[${parts.join(', ')}]`, type: `${type}[]` }
  }

  private call(name: readonly string[], args: readonly Expression[]): Typed | undefined {
    const plain = name.filter((part) => part !== 'pg_catalog')
    const known = plain.length === 1 && Object.hasOwn(functions, plain[0] ?? '') ? functions[plain[0] ?? ''] : undefined
    const parts = args.map((arg, at) => {
      const wanted = known?.[0][at] ?? known?.[0].at(-1)
      const found = this.typed(arg, wanted)
      return found && wanted === 'text' ? asText(found).sql : found?.sql
    })
    if (parts.includes(undefined)) return undefined
    const special = plain.length === 1 && ['coalesce', 'greatest', 'least', 'nullif'].includes(plain[0] ?? '')
    const bare = plain.length === 2 && plain[0] === DEFAULT_NAMESPACE && !shadowed.has(plain[1] ?? '') ? plain.slice(1) : plain
    return { sql: `${special ? plain[0]?.toUpperCase() : bare.map(quoteName).join('.')}(${parts.join(', ')})`, type: known?.[1] }
  }

  private operation(operator: string, left: Expression, right: Expression): Typed | undefined {
    const one = this.print(left)
    const two = this.print(right)
    if (!one || !two) return undefined
    const oneType = plainType(one)
    const twoType = plainType(two)
    const isJsonKey = jsonKeys.has(operator) && (oneType === 'jsonb' || oneType === 'json')
    const isDate =
      [oneType, twoType].some((type) => type !== undefined && /^(?:date|time|interval)/.test(type)) && !comparisons.has(operator)
    if (isDate && ('text' in one || 'text' in two)) return undefined
    const first = as(one, twoType === 'character varying' ? 'text' : twoType)
    const second = as(two, isJsonKey ? 'text' : oneType === 'character varying' ? 'text' : oneType)
    if (!first || !second) return undefined
    const a = inText(numbersAs(first, second.type))
    const b = inText(numbersAs(second, first.type))
    const type = comparisons.has(operator)
      ? 'boolean'
      : isJsonKey
        ? operator.endsWith('>>')
          ? 'text'
          : oneType
        : second.type === 'interval' || a.type === b.type
          ? second.type === 'interval' && oneType === 'double precision'
            ? 'interval'
            : a.type
          : undefined
    return { sql: `(${a.sql} ${operator} ${b.sql})`, type }
  }

  private every({ operator, word: every, left, right }: Extract<Expression, { kind: 'every' }>): Typed | undefined {
    const list = this.print(right)
    if (!list || 'text' in list) return undefined
    const one = this.typed(left, list.type === undefined ? undefined : typeParts(list.type).name)
    return one && { sql: `(${one.sql} ${operator} ${every} (${list.sql}))`, type: 'boolean' }
  }

  private in({ of, items, negated }: Extract<Expression, { kind: 'in' }>): Typed | undefined {
    const [only] = items
    if (items.length === 1 && only) return this.operation(negated ? '<>' : '=', of, only)
    const one = this.print(of)
    if (!one || 'text' in one || one.type === undefined) return undefined
    const type = typeParts(one.type).name
    const parts = items.map((item) => this.typed(item, type)?.sql)
    if (parts.includes(undefined)) return undefined
    const list = `ARRAY[${parts.join(', ')}]`
    const isVarchar = type === 'character varying'
    const array = isVarchar ? `(${list})::text[]` : list
    return { sql: `(${inText(one).sql} ${negated ? '<> ALL' : '= ANY'} (${array}))`, type: 'boolean' }
  }
}

/** What functions want and give, for those that stand in defaults and predicates most often. */
const functions: Readonly<Record<string, readonly [args: readonly string[], result: string]>> = {
  now: [[], 'timestamp with time zone'],
  clock_timestamp: [[], 'timestamp with time zone'],
  random: [[], 'double precision'],
  gen_random_uuid: [[], 'uuid'],
  lower: [['text'], 'text'],
  upper: [['text'], 'text'],
  md5: [['text'], 'text'],
  nextval: [['regclass'], 'bigint'],
  current_setting: [['text', 'boolean'], 'text'],
  timezone: [['text', 'timestamp with time zone'], 'timestamp without time zone'],
  date_trunc: [['text', 'timestamp with time zone'], 'timestamp with time zone'],
}
/** Functions of extensions that are PostgreSQL's own by now: without their namespace they would be those. */
const shadowed = new Set(['gen_random_uuid'])

function as(found: Printed, type: string | undefined): Typed | undefined {
  if (!('text' in found)) return found
  const sql = type === undefined ? undefined : printConstant(found.text, type)
  return sql === undefined ? undefined : { sql, type }
}

/** There are no operators for varchar: it is compared as text. */
const inText = (one: Typed): Typed =>
  one.type !== undefined && /^character varying\b/.test(one.type) ? { sql: `(${one.sql})::text`, type: 'text' } : one
const asText = (one: Typed): Typed => (one.type !== undefined && textTypes.has(typeParts(one.type).name) ? inText(one) : one)

function numbersAs(one: Typed, type: string | undefined): Typed {
  if (!one.isNumber || type === undefined) return one
  const { name } = typeParts(type)
  if (name === one.type || !['numeric', 'real', 'double precision'].includes(name)) return one
  const wider = name === 'real' ? 'double precision' : name
  return { sql: `(${one.sql})::${wider}`, type: wider }
}

function number(text: string): Typed | undefined {
  if (/^-?\d+\.\d+$/.test(text)) return { sql: text.startsWith('-') ? `'${text}'::numeric` : text, type: 'numeric', isNumber: true }
  if (!/^-?\d+$/.test(text)) return undefined
  const isSmall = Math.abs(Number(text)) <= 2_147_483_647
  const type = isSmall ? 'integer' : 'bigint'
  return Number.isSafeInteger(Number(text))
    ? { sql: isSmall && !text.startsWith('-') ? text : `'${text}'::${type}`, type, isNumber: true }
    : undefined
}

const words: Readonly<Record<string, string>> = {
  CURRENT_TIMESTAMP: 'timestamp with time zone',
  CURRENT_DATE: 'date',
  CURRENT_TIME: 'time with time zone',
  LOCALTIMESTAMP: 'timestamp without time zone',
  LOCALTIME: 'time without time zone',
}

function word(text: string): Typed {
  if (text === 'TRUE' || text === 'FALSE') return { sql: text.toLowerCase(), type: 'boolean' }
  return { sql: text, type: words[text] }
}

/** The type without its modifier, which operators do not look at. */
const plainType = (one: Printed): string | undefined => ('type' in one && one.type !== undefined ? withoutModifier(one.type) : undefined)

function withoutModifier(type: string): string {
  const { name, dimensions } = typeParts(type)
  return name + dimensions
}

/** PostgreSQL leaves out the namespaces of the search path. */
const withoutPublic = (type: string): string => type.replace(/^public\./, '')
