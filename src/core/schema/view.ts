import { z } from 'zod'
import { factory, flag, list, maybe, options, shape, sqlText } from './shape.ts'
import { indexShape } from './index-shape.ts'
import { ruleShape, triggerShape } from './trigger.ts'

export const viewColumnShape = shape({
  name: z.string(),
  /** `ALTER VIEW … ALTER COLUMN … SET DEFAULT`. */
  default: maybe(sqlText),
  comment: maybe(z.string()),
})

/** A view or a materialized view. */
export const viewShape = shape({
  namespace: z.string().default('public'),
  name: z.string(),
  materialized: flag,
  recursive: flag,
  /** The query as text, without the final semicolon. */
  definition: sqlText,
  /** The column list where the source gives one. */
  columnNames: list(z.string()),
  /** Columns about which more is known than their name. */
  columns: list(viewColumnShape),
  options,
  checkOption: maybe(z.enum(['local', 'cascaded'])),
  /** `WITH NO DATA` is the other way round. Materialized views only. */
  withData: z.boolean().default(true),
  indexes: list(indexShape),
  triggers: list(triggerShape),
  rules: list(ruleShape),
  /** The index that CLUSTER last used. Materialized views only. */
  clusteredOn: maybe(z.string()),
  accessMethod: maybe(z.string()),
  tablespace: maybe(z.string()),
  searchPath: maybe(z.string()),
  owner: maybe(z.string()),
  comment: maybe(z.string()),
})
export type View = z.output<typeof viewShape>
export const aView = factory(viewShape)
