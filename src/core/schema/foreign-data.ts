import { z } from 'zod'
import { factory, maybe, options, shape, sqlText } from './shape.ts'

// Foreign data: wrappers, servers, and who logs in there as whom. Foreign tables are tables with `foreign` set.

const told = { owner: maybe(z.string()), comment: maybe(z.string()) }

export const foreignDataWrapperShape = shape({
  name: z.string(),
  /** Functions as SQL writes them; null = none. */
  handler: maybe(sqlText),
  validator: maybe(sqlText),
  options,
  ...told,
})
export type ForeignDataWrapper = z.output<typeof foreignDataWrapperShape>
export const aForeignDataWrapper = factory(foreignDataWrapperShape)

export const foreignServerShape = shape({
  name: z.string(),
  wrapper: z.string(),
  type: maybe(z.string()),
  version: maybe(z.string()),
  options,
  ...told,
})
export type ForeignServer = z.output<typeof foreignServerShape>
export const aForeignServer = factory(foreignServerShape)

export const userMappingShape = shape({
  /** A role's name; `public`, `current_user` and their like stand for what SQL means by them. */
  user: z.string(),
  server: z.string(),
  /** May hold a password: kept as the source says it, never logged. */
  options,
})
export type UserMapping = z.output<typeof userMappingShape>
export const aUserMapping = factory(userMappingShape)
