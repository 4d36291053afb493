import type { Column, Identity, Table } from '#core/schema/index.ts'
import { call, object, type Call } from '../shared/code/layout.ts'
import { tsJson, tsString, tsTemplate } from '../shared/code/literals.ts'
import { defaultName, isOwnCast, parseDefault } from '../shared/orm/defaults.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import { qualify } from '../shared/orm/qualify.ts'
import { Tokens } from '../shared/sql/tokens.ts'
import type { Context } from './context.ts'
import { canPack, withoutComments } from './kit.ts'
import type { TypeCode } from './type-code.ts'

/** SQL as Drizzle's template: every character stands for itself. */
export function sqlCode(context: Context, sql: string, searchPath: string | null = null): string {
  const text = withoutComments(qualify(context.catalog, sql, searchPath))
  context.sql.add(text)
  return `${context.imports.use('sql')}\`${tsTemplate(text)}\``
}

/** `.default(…)`: a literal where drizzle-kit makes the very same default of it, else the SQL itself. */
export function defaultCode(context: Context, table: Table, column: Column, type: TypeCode): Call {
  const text = column.default ?? ''
  return shorthand(text, type) ?? call('.default', literal(text, column, type) ?? sqlCode(context, inBrackets(text), table.searchPath))
}

/** A DEFAULT takes operators as they are but not words like IN or NOT: those need brackets. */
function inBrackets(text: string): string {
  const words = ['and', 'or', 'not', 'is', 'in', 'between', 'like', 'ilike', 'similar', 'isnull', 'notnull', 'overlaps', 'at', 'collate']
  return new Tokens(text).find(words, 0) >= 0 ? `(${withoutComments(text)})` : text
}

function shorthand(text: string, { fn, dimensions }: TypeCode): Call | undefined {
  if (dimensions > 0) return undefined
  if (text === 'now()' && ['timestamp', 'date', 'time'].includes(fn)) return call('.defaultNow')
  return text === 'gen_random_uuid()' && fn === 'uuid' ? call('.defaultRandom') : undefined
}

function literal(text: string, column: Column, type: TypeCode): string | undefined {
  if (!type.known) return undefined
  const value = parseDefault(text)
  if (type.dimensions > 0) {
    const isEmpty = value.kind === 'string' && value.value === '{}' && isOwnCast(value.cast, column.type)
    return isEmpty ? '[]' : undefined
  }
  if (value.kind === 'boolean' && type.data === 'boolean') return String(value.value)
  if (value.kind === 'number' && type.data === 'number' && String(Number(value.text)) === value.text) return value.text
  if (value.kind !== 'string' || !isOwnCast(value.cast, column.type)) return undefined
  if (type.data === 'number') return isInteger(value.value, type.fn) && value.value.startsWith('-') ? value.value : undefined
  if (type.data === 'json') return jsonLiteral(value.value)
  if (type.data !== 'string' || (type.values && !type.values.includes(value.value))) return undefined
  return tsString(value.value)
}

/** PostgreSQL prints a negative number as `'-1'::integer`: drizzle-kit's `-1` becomes the same. */
const isInteger = (text: string, fn: string): boolean => fn !== 'real' && fn !== 'doublePrecision' && /^-?[1-9]\d{0,14}$/.test(text)

/** drizzle-kit prints JSON as `JSON.stringify` does and does not escape quotes: only texts that look like that may become values. */
function jsonLiteral(text: string): string | undefined {
  if (text.includes("'") || !/^[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return JSON.stringify(value) === text ? tsJson(value) : undefined
  } catch {
    return undefined
  }
}

/** `.generatedAlwaysAsIdentity({ startWith: 10 })`. Bounds beyond the safe integers are strings. */
export function identityCode(context: Context, table: Table, column: Column, { kind, sequenceName, sequence }: Identity): Call {
  const byDefault = defaultName(table.name, column.name, 'seq')
  const wanted = sequenceName ?? byDefault
  const name = canPack(wanted) ? wanted : byDefault.replace(/[;,"]|--/g, '_')
  if (name !== wanted) {
    const message = `drizzle-kit cannot write the name of the sequence of ${pathOf(table, column.name)}: it is ${name} instead.`
    context.losses.add('sequence-name', 'sequence', pathOf({ namespace: table.namespace, name: wanted }), message)
  }
  // Said only where drizzle-kit would take another one, or one that is longer than PostgreSQL's names may be.
  const stated = name === `${table.name}_${column.name}_seq` ? {} : { name: tsString(name) }
  const options = { ...stated, ...sequenceOptionsCode(sequence, column.type) }
  const method = kind === 'always' ? '.generatedAlwaysAsIdentity' : '.generatedByDefaultAsIdentity'
  return Object.keys(options).length > 0 ? call(method, object(options)) : call(method)
}

interface SequenceFields {
  readonly start: string | null
  readonly increment: string | null
  readonly min: string | null
  readonly max: string | null
  readonly cache: string | null
  readonly cycle: boolean
}

const lowest: Readonly<Record<string, string>> = { smallint: '-32768', integer: '-2147483648', bigint: '-9223372036854775808' }
const highest: Readonly<Record<string, string>> = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' }

/** Options that differ from what drizzle-kit fills in. For sequences that count down it fills in wrong bounds, so all are stated. */
export function sequenceOptionsCode(fields: SequenceFields, type: string): Readonly<Record<string, string>> {
  const down = fields.increment?.startsWith('-') ?? false
  const min = fields.min ?? (down ? (lowest[type] ?? null) : null)
  const max = fields.max ?? (down ? '-1' : null)
  const start = fields.start ?? (down ? max : null)
  const plain: Readonly<Record<string, string | undefined>> = {
    startWith: down ? undefined : (min ?? '1'),
    increment: '1',
    minValue: down ? undefined : '1',
    maxValue: down ? undefined : highest[type],
    cache: '1',
  }
  const stated: readonly (readonly [string, string | null])[] = [
    ['startWith', start],
    ['increment', fields.increment],
    ['minValue', min],
    ['maxValue', max],
    ['cache', fields.cache],
  ]
  const said = stated.flatMap(([name, value]) => (value === null || value === plain[name] ? [] : [[name, numberCode(value)] as const]))
  return Object.fromEntries([...said, ...(fields.cycle ? [['cycle', 'true'] as const] : [])])
}

const numberCode = (text: string): string => (Number.isSafeInteger(Number(text)) ? String(Number(text)) : tsString(text))
