import { z } from 'zod'
import { factory, flag, list, maybe, options, shape, sqlText } from './shape.ts'
import { objectNameShape } from './names.ts'

/** What logical replication publishes (`CREATE PUBLICATION`). */
export const publicationShape = shape({
  name: z.string(),
  /** `FOR ALL TABLES`. */
  allTables: flag,
  /** `FOR TABLE …`: columns empty = all, `where` = the row filter. `only`: without its children. */
  tables: list(shape({ table: objectNameShape, only: flag, columns: list(z.string()), where: maybe(sqlText) })),
  /** `FOR TABLES IN SCHEMA …`. */
  namespaces: list(z.string()),
  /** `WITH (…)`: `publish`, `publish_via_partition_root`, `publish_generated_columns`; values as text. What equals the default is left out. */
  options,
  searchPath: maybe(z.string()),
  owner: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Publication = z.output<typeof publicationShape>
export const aPublication = factory(publicationShape)
