import { z } from 'zod'
import { factory, flag, maybe, shape, sqlText } from './shape.ts'

// What extends the server itself. Functions are named as SQL writes them.

const told = { owner: maybe(z.string()), comment: maybe(z.string()) }

/** A procedural language made with CREATE LANGUAGE (those of extensions come with them). */
export const languageShape = shape({
  name: z.string(),
  trusted: flag,
  handler: maybe(sqlText),
  inline: maybe(sqlText),
  validator: maybe(sqlText),
  ...told,
})
export type Language = z.output<typeof languageShape>
export const aLanguage = factory(languageShape)

/** How values of a type look inside a language (`CREATE TRANSFORM`). */
export const transformShape = shape({
  type: z.string(),
  language: z.string(),
  /** Functions with their argument types. */
  fromSql: maybe(sqlText),
  toSql: maybe(sqlText),
  comment: maybe(z.string()),
})
export type Transform = z.output<typeof transformShape>
export const aTransform = factory(transformShape)

/** A conversion between character set encodings. */
export const conversionShape = shape({
  namespace: z.string().default('public'),
  name: z.string(),
  isDefault: flag,
  /** Names of encodings. */
  from: z.string(),
  to: z.string(),
  function: sqlText,
  ...told,
})
export type Conversion = z.output<typeof conversionShape>
export const aConversion = factory(conversionShape)

export const accessMethodShape = shape({
  name: z.string(),
  kind: z.enum(['table', 'index']),
  handler: sqlText,
  comment: maybe(z.string()),
})
export type AccessMethod = z.output<typeof accessMethodShape>
export const anAccessMethod = factory(accessMethodShape)
