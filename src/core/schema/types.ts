import { z } from 'zod'
import { factory, list, maybe, options, shape, sqlText } from './shape.ts'

// Types a person defines: enums, domains, composite and range types.
const named = { namespace: z.string().default('public'), name: z.string() }
const told = { owner: maybe(z.string()), comment: maybe(z.string()) }

export const enumShape = shape({ ...named, values: z.array(z.string()).readonly(), ...told })
export type Enum = z.output<typeof enumShape>
export const anEnum = factory(enumShape)

export const domainShape = shape({
  ...named,
  type: z.string(),
  collation: maybe(z.string()),
  default: maybe(sqlText),
  nullable: z.boolean().default(true),
  constraints: list(shape({ name: z.string(), expression: sqlText, validated: z.boolean().default(true), comment: maybe(z.string()) })),
  searchPath: maybe(z.string()),
  ...told,
})
export type Domain = z.output<typeof domainShape>
export const aDomain = factory(domainShape)

export const compositeTypeShape = shape({
  ...named,
  attributes: list(shape({ name: z.string(), type: z.string(), collation: maybe(z.string()), comment: maybe(z.string()) })),
  ...told,
})
export type CompositeType = z.output<typeof compositeTypeShape>
export const aCompositeType = factory(compositeTypeShape)

export const rangeTypeShape = shape({
  ...named,
  subtype: z.string(),
  /** `subtype_opclass`, `collation`, `canonical`, `subtype_diff`, `multirange_type_name`: as SQL writes them. */
  options,
  searchPath: maybe(z.string()),
  ...told,
})
export type RangeType = z.output<typeof rangeTypeShape>
export const aRangeType = factory(rangeTypeShape)

/** A base type with functions of its own (`CREATE TYPE name (INPUT = …)`). */
export const baseTypeShape = shape({
  ...named,
  /** `INPUT`, `OUTPUT`, `INTERNALLENGTH` …: lower-case name to value as SQL writes it. Empty = a shell type, declared and not defined. */
  options,
  searchPath: maybe(z.string()),
  ...told,
})
export type BaseType = z.output<typeof baseTypeShape>
export const aBaseType = factory(baseTypeShape)
