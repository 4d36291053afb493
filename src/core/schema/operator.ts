import { z } from 'zod'
import { factory, flag, list, maybe, shape, sqlText } from './shape.ts'
import { objectNameShape } from './names.ts'

// Operators and how indexes use them. Functions and other operators are named as SQL writes them: `public.box_eq`, `OPERATOR(public.=)`.

const named = { namespace: z.string().default('public'), name: z.string() }
const told = { searchPath: maybe(z.string()), owner: maybe(z.string()), comment: maybe(z.string()) }

export const operatorShape = shape({
  ...named,
  /** Types of the operands; `left` is null for a prefix operator. Together with the name they identify it. */
  left: maybe(z.string()),
  right: maybe(z.string()),
  function: sqlText,
  commutator: maybe(sqlText),
  negator: maybe(sqlText),
  /** Selectivity estimators. */
  restrict: maybe(sqlText),
  join: maybe(sqlText),
  hashes: flag,
  merges: flag,
  ...told,
})
export type Operator = z.output<typeof operatorShape>
export const anOperator = factory(operatorShape)

/** One line of an operator class or family: `OPERATOR 1 <`, `FUNCTION 1 btint4cmp(integer, integer)`. */
export const operatorClassElementShape = shape({
  kind: z.enum(['operator', 'function']),
  /** Strategy or support number. */
  number: z.number().int(),
  /** The operator as SQL writes it, or the function with its argument types. */
  name: sqlText,
  /** The operand types where they are given; for functions those in parentheses before the name. */
  types: list(z.string()),
  /** `FOR ORDER BY family`: as SQL writes it. */
  orderBy: maybe(sqlText),
})
export type OperatorClassElement = z.output<typeof operatorClassElementShape>

export const operatorFamilyShape = shape({
  ...named,
  /** The index access method; with the name it identifies the family. */
  method: z.string(),
  /** What was added with ALTER OPERATOR FAMILY: belongs to no class. */
  elements: list(operatorClassElementShape),
  ...told,
})
export type OperatorFamily = z.output<typeof operatorFamilyShape>
export const anOperatorFamily = factory(operatorFamilyShape)

export const operatorClassShape = shape({
  ...named,
  method: z.string(),
  type: z.string(),
  /** The one that indexes on this type use when none is named. */
  isDefault: flag,
  /** null = a family of the same name, made with the class. */
  family: maybe(objectNameShape),
  storage: maybe(z.string()),
  elements: list(operatorClassElementShape),
  ...told,
})
export type OperatorClass = z.output<typeof operatorClassShape>
export const anOperatorClass = factory(operatorClassShape)

export const castShape = shape({
  source: z.string(),
  target: z.string(),
  /** `function`: WITH FUNCTION; `inout`: through the text forms; `binary`: WITHOUT FUNCTION. */
  method: z.enum(['function', 'inout', 'binary']),
  /** The function with its argument types; null unless `method` is `function`. */
  function: maybe(sqlText),
  context: z.enum(['explicit', 'assignment', 'implicit']).default('explicit'),
  searchPath: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Cast = z.output<typeof castShape>
export const aCast = factory(castShape)
