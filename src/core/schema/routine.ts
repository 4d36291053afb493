import { z } from 'zod'
import { factory, flag, list, maybe, options, shape, sqlText } from './shape.ts'

export const argumentShape = shape({
  mode: z.enum(['in', 'out', 'inout', 'variadic', 'table']).default('in'),
  name: maybe(z.string()),
  type: z.string(),
  default: maybe(sqlText),
})
export type Argument = z.output<typeof argumentShape>
export const anArgument = factory(argumentShape)

/** `string`: AS 'text'. `sql`: a SQL-standard body (`RETURN …` or `BEGIN ATOMIC … END`). `object`: AS 'file', 'symbol'. */
export const bodyShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('string'), text: z.string() }),
  z.strictObject({ kind: z.literal('sql'), text: z.string() }),
  z.strictObject({ kind: z.literal('object'), file: z.string(), symbol: z.string() }),
])
export type RoutineBody = Readonly<z.output<typeof bodyShape>>

/** A function, procedure or aggregate. Overloads differ in the types of their input arguments. */
export const routineShape = shape({
  namespace: z.string().default('public'),
  name: z.string(),
  kind: z.enum(['function', 'procedure', 'aggregate']).default('function'),
  arguments: list(argumentShape),
  /** Aggregates: the `ORDER BY` arguments of an ordered-set aggregate. */
  orderBy: list(argumentShape),
  /** `integer`, `SETOF users`, `trigger`; null when OUT or TABLE arguments or the kind say it. TABLE columns are arguments of mode `table`. */
  returns: maybe(z.string()),
  returnsSet: flag,
  language: maybe(z.string()),
  volatility: z.enum(['volatile', 'stable', 'immutable']).default('volatile'),
  strict: flag,
  securityDefiner: flag,
  leakproof: flag,
  window: flag,
  parallel: z.enum(['unsafe', 'restricted', 'safe']).default('unsafe'),
  cost: maybe(z.string()),
  rows: maybe(z.string()),
  support: maybe(z.string()),
  /** `TRANSFORM FOR TYPE …`. */
  transforms: list(z.string()),
  /** `SET name TO value`: the value as SQL writes it, `FROM CURRENT` included. */
  settings: options,
  body: maybe(bodyShape),
  /** Aggregates: `SFUNC`, `STYPE` … in source order, values as SQL writes them. */
  aggregate: options,
  searchPath: maybe(z.string()),
  owner: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Routine = z.output<typeof routineShape>
export const aRoutine = factory(routineShape)
