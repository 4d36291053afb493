import type { Column, PrimaryKey, Table, Unique } from '#core/schema/index.ts'
import { call, chain, object, type Call, type Code, type Entry } from '../shared/code/layout.ts'
import { docComment, tsString } from '../shared/code/literals.ts'
import { isNullable, pathOf } from '../shared/orm/catalog.ts'
import { perTable } from '../shared/orm/per-table.ts'
import { byteLength, serialFit, type SerialFit } from '../shared/orm/defaults.ts'
import { target, type Context } from './context.ts'
import { defaultCode, identityCode, sqlCode } from './defaults.ts'
import { canKey, canPack, keyOrder } from './kit.ts'
import type { TypeCode } from './type-code.ts'
import { collatedCode, typeCode } from './types.ts'

/** A table's columns, one property each, with their comments. */
export function columnEntries(context: Context, table: Table): readonly Entry[] {
  const names = table.columns.map(({ name }) => name)
  if (keyOrder(names).some((name, at) => name !== names[at])) {
    const message = 'drizzle-kit puts columns whose names are whole numbers before the others.'
    context.losses.add('column-order', 'table', pathOf(table), message)
  }
  return table.columns.map((column) => ({
    key: `${context.field(table, column.name)}:`,
    value: columnCode(context, table, column),
    above: column.comment === null ? [] : docComment(column.comment),
  }))
}

function columnCode(context: Context, table: Table, column: Column): Code {
  const key = inlineKey(table)
  const isKey = key?.columns[0] === column.name
  const notNull = !isKey && !column.identity && !isNullable(table, column) ? [call('.notNull')] : []
  const keys = [...(isKey ? [call('.primaryKey')] : []), ...inlineUniqueCode(table, column)]
  const serial = serialCode(context, table, column)
  if (serial) return chain(serial, keys)
  const type = columnType(context, table, column)
  if (type.lost) losePart(context, table, column, type.lost)
  const value = valueCode(context, table, column, type)
  const [head, arrays] = builderCode(type, context.field(table, column.name), column.name)
  return chain(head, [...arrays, ...value, ...notNull, ...keys])
}

function columnType(context: Context, table: Table, { type, collation }: Column): TypeCode {
  const resolved = context.catalog.type(type, table.searchPath)
  return collation === null || resolved.dimensions > 0 ? typeCode(context, resolved) : collatedCode(context, resolved, collation)
}

/** `varchar('full_name', { length: 20 }).array()`: the name is left out where the key says it. */
export function builderCode(type: TypeCode, field: string, column: string): readonly [head: Call, arrays: readonly Call[]] {
  const name = field === column ? [] : [tsString(column)]
  const config = Object.keys(type.config).length === 0 ? [] : [object(type.config)]
  return [call(type.fn, ...name, ...config), Array.from({ length: type.dimensions }, () => call('.array'))]
}

function valueCode(context: Context, table: Table, column: Column, type: TypeCode): readonly Call[] {
  const text = column.generated?.expression ?? column.default
  const forbidden = text === null ? undefined : context.forbids(text)
  if (forbidden) {
    const message = `It is filled with ${text}, which is left out: ${forbidden.why}.`
    context.losses.add(forbidden.code, 'column', pathOf(table, column.name), message, 'Add it in the generated migration.')
    return []
  }
  if (column.generated) {
    if (!column.generated.stored) {
      context.losses.add(
        'virtual-column',
        'column',
        pathOf(table, column.name),
        'drizzle-kit writes the virtual generated column as a stored one.',
      )
    }
    return [call('.generatedAlwaysAs', sqlCode(context, column.generated.expression, table.searchPath))]
  }
  if (column.identity) return [identityCode(context, table, column, column.identity)]
  return column.default === null ? [] : [defaultCode(context, table, column, type)]
}

/** `serial()` for a column that owns the sequence it counts with, set up as `serial` does. */
function serialCode(context: Context, table: Table, column: Column): Call | undefined {
  const fit = drizzleSerial(context, table, column)
  if (!fit) return undefined
  if (fit.otherType !== null) {
    const message = `${target.name}'s serial makes a sequence of the column's type; this one is ${fit.otherType}.`
    context.losses.add('sequence-type', 'sequence', pathOf(fit.sequence), message)
  }
  const type = context.catalog.type(column.type)
  const name = type.kind === 'builtin' ? type.name : ''
  const fn = { smallint: 'smallserial', bigint: 'bigserial' }[name] ?? 'serial'
  const config = fn === 'bigserial' ? { mode: `'bigint'` } : {}
  const field = context.field(table, column.name)
  return builderCode({ fn: context.imports.use(fn), config, data: 'number', dimensions: 0, known: true }, field, column.name)[0]
}

/** A sequence that other columns count with too must be there before their tables are: it cannot come with one of them. */
function drizzleSerial(context: Context, table: Table, column: Column): SerialFit | undefined {
  const fit = serialFit(context.catalog, table, column)
  const isPlain = fit && fit.differences.length === 0 && !isNullable(table, column)
  return isPlain && context.sequenceUses(fit.sequence) < 2 ? fit : undefined
}

/** Whether the schema's sequence comes with a `serial` column and needs no declaration of its own. */
export function serialSequences(context: Context): ReadonlySet<object> {
  const made = context.tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const fit = drizzleSerial(context, table, column)
      return fit ? [fit.sequence] : []
    }),
  )
  return new Set(made)
}

/** The primary key when `.primaryKey()` on its one column makes it under its own name. */
export const inlineKey = perTable((table): PrimaryKey | undefined => {
  const key = table.constraints.find((constraint) => constraint.kind === 'primaryKey')
  const byDefault = `${table.name}_pkey`
  return key?.kind === 'primaryKey' && key.columns.length === 1 && key.name === byDefault && byteLength(byDefault) <= 63 ? key : undefined
})

/** The unique constraint that is written on its column: the first one of this column alone. */
export function inlineUnique(table: Table, column: string): Unique | undefined {
  const found = singleUniques(table).get(column)
  return found && canPack(column) && !isRepeated(table, found) ? found : undefined
}

const singleUniques = perTable(({ constraints }) => {
  const found = new Map<string, Unique>()
  for (const one of constraints) {
    const [column, ...others] = one.kind === 'unique' ? one.columns : []
    if (one.kind !== 'unique' || column === undefined || others.length > 0 || !canKey(one.name) || found.has(column)) continue
    found.set(column, one)
  }
  return found
})

/** PostgreSQL makes one of two keys over the same columns when they stand in one CREATE TABLE: only the first keeps its place there. */
export const isRepeated = (table: Table, unique: Unique): boolean => repeated(table).has(unique)

const repeated = perTable(({ constraints }) => {
  const keys = constraints.filter((one) => one.kind === 'primaryKey' || one.kind === 'unique')
  const seen = new Set(keys.filter(({ kind }) => kind === 'primaryKey').map(({ columns }) => JSON.stringify(columns)))
  const found = new Set<Unique>()
  for (const one of keys) {
    if (one.kind !== 'unique') continue
    const columns = JSON.stringify(one.columns)
    if (seen.has(columns)) found.add(one)
    seen.add(columns)
  }
  return found
})

function inlineUniqueCode(table: Table, column: Column): readonly Call[] {
  const unique = inlineUnique(table, column.name)
  if (!unique) return []
  const byDefault = unique.name === `${table.name}_${column.name}_unique`
  if (unique.nullsNotDistinct) return [call('.unique', tsString(unique.name), object({ nulls: `'not distinct'` }))]
  return [byDefault ? call('.unique') : call('.unique', tsString(unique.name))]
}

function losePart(context: Context, table: Table, column: Column, lost: string): void {
  const message = `drizzle-kit quotes ${column.type} as a whole, so ${lost} is left out.`
  context.losses.add('type-modifier', 'column', pathOf(table, column.name), message, 'Add it in the generated migration.')
}
