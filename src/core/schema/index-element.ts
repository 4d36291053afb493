import { z } from 'zod'
import { factory, maybe, shape, sqlText } from './shape.ts'

/** One key of an index: a column or an expression (exactly one of the two is set). */
export const indexElementShape = shape({
  column: maybe(z.string()),
  expression: maybe(sqlText),
  /** As SQL writes it, quoted where needed. */
  collation: maybe(z.string()),
  /** Operator class as SQL writes it, with its parameters: `gin_trgm_ops`, `gist_trgm_ops(siglen=32)`. */
  opclass: maybe(z.string()),
  order: maybe(z.enum(['asc', 'desc'])),
  nulls: maybe(z.enum(['first', 'last'])),
})
export type IndexElement = z.output<typeof indexElementShape>
export const anIndexElement = factory(indexElementShape)
