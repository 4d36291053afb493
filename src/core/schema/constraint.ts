import { z } from 'zod'
import { factory, flag, list, maybe, options, shape, sqlText } from './shape.ts'
import { objectNameShape } from './names.ts'
import { indexElementShape } from './index-element.ts'

const common = {
  /** Always set: what the source gives, else the name PostgreSQL would generate. */
  name: z.string(),
  deferrable: flag,
  initiallyDeferred: flag,
  comment: maybe(z.string()),
}
/** What constraints that own an index add. */
const indexed = {
  include: list(z.string()),
  options,
  tablespace: maybe(z.string()),
  /** Made with ONLY on a partitioned table: partitions get none by themselves. */
  only: flag,
  /** The parent's index that this constraint's index is attached to (`ALTER INDEX … ATTACH PARTITION`). */
  attachedTo: maybe(objectNameShape),
}

export const referentialActions = ['noAction', 'restrict', 'cascade', 'setNull', 'setDefault'] as const
export type ReferentialAction = (typeof referentialActions)[number]

export const primaryKeyShape = shape({
  kind: z.literal('primaryKey'),
  ...common,
  columns: z.array(z.string()).readonly(),
  /** The last column is compared by overlap (PostgreSQL 18). */
  withoutOverlaps: flag,
  ...indexed,
})
export const uniqueShape = shape({
  kind: z.literal('unique'),
  ...common,
  columns: z.array(z.string()).readonly(),
  nullsNotDistinct: flag,
  withoutOverlaps: flag,
  ...indexed,
})
export const foreignKeyShape = shape({
  kind: z.literal('foreignKey'),
  ...common,
  columns: z.array(z.string()).readonly(),
  /** The referenced table and its columns, pairwise with `columns`. */
  references: shape({ namespace: z.string(), table: z.string(), columns: z.array(z.string()).readonly() }),
  match: z.enum(['simple', 'full', 'partial']).default('simple'),
  onDelete: z.enum(referentialActions).default('noAction'),
  onUpdate: z.enum(referentialActions).default('noAction'),
  /** `ON DELETE SET NULL (columns)`, PostgreSQL 15. */
  onDeleteColumns: list(z.string()),
  /** The last pair is compared by containment: `PERIOD` (PostgreSQL 18). */
  period: flag,
  validated: z.boolean().default(true),
  enforced: z.boolean().default(true),
  only: flag,
})
export const checkShape = shape({
  kind: z.literal('check'),
  ...common,
  expression: sqlText,
  noInherit: flag,
  /** Comes from a parent table and is not declared here. */
  inherited: flag,
  validated: z.boolean().default(true),
  enforced: z.boolean().default(true),
})
export const exclusionShape = shape({
  kind: z.literal('exclusion'),
  ...common,
  /** null = the server's default, btree. */
  method: maybe(z.string()),
  elements: z.array(shape({ element: indexElementShape, operator: z.string() })).readonly(),
  predicate: maybe(sqlText),
  ...indexed,
})
export const constraintShape = z.discriminatedUnion('kind', [
  primaryKeyShape.unwrap(),
  uniqueShape.unwrap(),
  foreignKeyShape.unwrap(),
  checkShape.unwrap(),
  exclusionShape.unwrap(),
])

export type PrimaryKey = z.output<typeof primaryKeyShape>
export type Unique = z.output<typeof uniqueShape>
export type ForeignKey = z.output<typeof foreignKeyShape>
export type Check = z.output<typeof checkShape>
export type Exclusion = z.output<typeof exclusionShape>
export type Constraint = PrimaryKey | Unique | ForeignKey | Check | Exclusion

const makePrimaryKey = factory(primaryKeyShape)
const makeUnique = factory(uniqueShape)
const makeForeignKey = factory(foreignKeyShape)
const makeCheck = factory(checkShape)
const makeExclusion = factory(exclusionShape)
type Init<T extends z.ZodType> = Omit<z.input<T>, 'kind'>

export const aPrimaryKey = (init: Init<typeof primaryKeyShape>): PrimaryKey => makePrimaryKey({ kind: 'primaryKey', ...init })
export const aUnique = (init: Init<typeof uniqueShape>): Unique => makeUnique({ kind: 'unique', ...init })
export const aForeignKey = (init: Init<typeof foreignKeyShape>): ForeignKey => makeForeignKey({ kind: 'foreignKey', ...init })
export const aCheck = (init: Init<typeof checkShape>): Check => makeCheck({ kind: 'check', ...init })
export const anExclusion = (init: Init<typeof exclusionShape>): Exclusion => makeExclusion({ kind: 'exclusion', ...init })
