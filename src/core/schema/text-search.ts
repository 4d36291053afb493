import { z } from 'zod'
import { factory, list, maybe, options, shape, sqlText } from './shape.ts'

// Full text search. Parsers, templates and dictionaries are named as SQL writes them: `pg_catalog."default"`.

const named = { namespace: z.string().default('public'), name: z.string() }
const told = { searchPath: maybe(z.string()), owner: maybe(z.string()), comment: maybe(z.string()) }

export const textSearchParserShape = shape({
  kind: z.literal('parser'),
  ...named,
  /** `START`, `GETTOKEN`, `END`, `LEXTYPES`, `HEADLINE`: functions as SQL writes them. */
  options,
  ...told,
})
export const textSearchTemplateShape = shape({
  kind: z.literal('template'),
  ...named,
  /** `INIT`, `LEXIZE`: functions as SQL writes them. */
  options,
  ...told,
})
export const textSearchDictionaryShape = shape({
  kind: z.literal('dictionary'),
  ...named,
  template: sqlText,
  /** Options of the template, values as text without quotes. */
  options,
  ...told,
})
export const textSearchConfigurationShape = shape({
  kind: z.literal('configuration'),
  ...named,
  parser: sqlText,
  /** Which dictionaries look at which kind of token, in order. */
  mappings: list(shape({ token: z.string(), dictionaries: list(sqlText) })),
  ...told,
})
export const textSearchShape = z.discriminatedUnion('kind', [
  textSearchParserShape.unwrap(),
  textSearchTemplateShape.unwrap(),
  textSearchDictionaryShape.unwrap(),
  textSearchConfigurationShape.unwrap(),
])
export type TextSearchParser = z.output<typeof textSearchParserShape>
export type TextSearchTemplate = z.output<typeof textSearchTemplateShape>
export type TextSearchDictionary = z.output<typeof textSearchDictionaryShape>
export type TextSearchConfiguration = z.output<typeof textSearchConfigurationShape>
export type TextSearch = TextSearchParser | TextSearchTemplate | TextSearchDictionary | TextSearchConfiguration

const makeParser = factory(textSearchParserShape)
const makeTemplate = factory(textSearchTemplateShape)
const makeDictionary = factory(textSearchDictionaryShape)
const makeConfiguration = factory(textSearchConfigurationShape)
type Init<T extends z.ZodType> = Omit<z.input<T>, 'kind'>

export const aTextSearchParser = (init: Init<typeof textSearchParserShape>): TextSearchParser => makeParser({ kind: 'parser', ...init })
export const aTextSearchTemplate = (init: Init<typeof textSearchTemplateShape>): TextSearchTemplate =>
  makeTemplate({ kind: 'template', ...init })
export const aTextSearchDictionary = (init: Init<typeof textSearchDictionaryShape>): TextSearchDictionary =>
  makeDictionary({ kind: 'dictionary', ...init })
export const aTextSearchConfiguration = (init: Init<typeof textSearchConfigurationShape>): TextSearchConfiguration =>
  makeConfiguration({ kind: 'configuration', ...init })
