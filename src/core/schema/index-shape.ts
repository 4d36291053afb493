import { z } from 'zod'
import { factory, flag, list, maybe, options, shape, sqlText } from './shape.ts'
import { objectNameShape } from './names.ts'
import { indexElementShape } from './index-element.ts'

/** An index that is not part of a constraint. It lives in the namespace of its table. */
export const indexShape = shape({
  /** Always set: what the source gives, else the name PostgreSQL would generate. */
  name: z.string(),
  unique: flag,
  method: z.string().default('btree'),
  elements: z.array(indexElementShape).readonly(),
  include: list(z.string()),
  nullsNotDistinct: flag,
  /** `WHERE …`: a partial index. */
  predicate: maybe(sqlText),
  options,
  tablespace: maybe(z.string()),
  /** Made with ONLY on a partitioned table: partitions get none by themselves. */
  only: flag,
  /** The parent's index that this one is attached to (`ALTER INDEX … ATTACH PARTITION`). */
  attachedTo: maybe(objectNameShape),
  /** Statistics targets by position from 1 (`ALTER INDEX … ALTER COLUMN n SET STATISTICS`). */
  statistics: z.record(z.string(), z.number().int()).readonly().default({}),
  searchPath: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Index = z.output<typeof indexShape>
export const anIndex = factory(indexShape)
