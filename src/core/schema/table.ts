import { z } from 'zod'
import { factory, flag, list, maybe, options, shape, sqlText } from './shape.ts'
import { objectNameShape } from './names.ts'
import { columnShape } from './column.ts'
import { constraintShape } from './constraint.ts'
import { indexElementShape } from './index-element.ts'
import { indexShape } from './index-shape.ts'
import { policyShape, ruleShape, triggerShape } from './trigger.ts'

export const partitionByShape = shape({
  strategy: z.enum(['range', 'list', 'hash']),
  keys: z.array(indexElementShape).readonly(),
})

export const partitionOfShape = shape({
  parent: objectNameShape,
  /** As SQL writes it: `FOR VALUES FROM (…) TO (…)`, `FOR VALUES IN (…)`, `FOR VALUES WITH (…)` or `DEFAULT`. */
  bound: sqlText,
})

/** A table of any sort: plain, partitioned, a partition, inherited, typed or foreign. */
export const tableShape = shape({
  namespace: z.string().default('public'),
  name: z.string(),
  columns: list(columnShape),
  constraints: list(constraintShape),
  indexes: list(indexShape),
  triggers: list(triggerShape),
  policies: list(policyShape),
  rules: list(ruleShape),
  unlogged: flag,
  /** `ENABLE` and `FORCE ROW LEVEL SECURITY`. */
  rowSecurity: flag,
  forceRowSecurity: flag,
  /** `default`, `full`, `nothing` or the name of an index. */
  replicaIdentity: maybe(shape({ kind: z.enum(['full', 'nothing', 'index']), index: maybe(z.string()) })),
  /** The index that CLUSTER last used. */
  clusteredOn: maybe(z.string()),
  partitionBy: maybe(partitionByShape),
  partitionOf: maybe(partitionOfShape),
  /** Parents in order (INHERITS). */
  inherits: list(objectNameShape),
  /** The composite type of a typed table (`CREATE TABLE … OF type`). */
  ofType: maybe(objectNameShape),
  /** Storage parameters (`WITH (…)`), `toast.` prefix included. */
  options,
  accessMethod: maybe(z.string()),
  tablespace: maybe(z.string()),
  /** Set for foreign tables. */
  foreign: maybe(shape({ server: z.string(), options })),
  /** The search path under which the texts of this object are to be read; null = the default path. */
  searchPath: maybe(z.string()),
  owner: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Table = z.output<typeof tableShape>
export const aTable = factory(tableShape)
