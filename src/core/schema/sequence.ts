import { z } from 'zod'
import { factory, flag, maybe, shape } from './shape.ts'

/** Bounds are 64-bit, so they are decimal text. null = the default of the sequence's type and direction. */
const sequenceFields = {
  start: maybe(z.string()),
  increment: maybe(z.string()),
  min: maybe(z.string()),
  max: maybe(z.string()),
  cache: maybe(z.string()),
  cycle: flag,
}
export const sequenceOptionsShape = shape(sequenceFields)
export type SequenceOptions = z.output<typeof sequenceOptionsShape>
export const aSequenceOptions = factory(sequenceOptionsShape)
export const sequenceOptions = sequenceOptionsShape.default(aSequenceOptions({}))

export const sequenceShape = shape({
  namespace: z.string().default('public'),
  name: z.string(),
  /** `smallint`, `integer` or `bigint`. */
  type: z.string().default('bigint'),
  ...sequenceFields,
  /** The column that owns it, in the same namespace unless said otherwise: dropped with it. */
  ownedBy: maybe(shape({ namespace: z.string(), table: z.string(), column: z.string() })),
  unlogged: flag,
  owner: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Sequence = z.output<typeof sequenceShape>
export const aSequence = factory(sequenceShape)
