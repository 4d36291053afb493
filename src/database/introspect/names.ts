import { quoteName, unquoteNames } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE, type ObjectName } from '#core/schema/index.ts'
import { userTypeText } from '#formats/postgres-sql/import/type-names.ts'

/** A name with its namespace, as SQL writes it in every search path. */
export const fullName = ({ namespace, name }: ObjectName): string => `${quoteName(namespace)}.${quoteName(name)}`

/** The same, without `pg_catalog`, which is always looked in. */
export const shortName = (namespace: string, name: string): string =>
  namespace === 'pg_catalog' ? quoteName(name) : fullName({ namespace, name })

/** A type of an argument: signatures have no modifiers, and SQL reads these two without one as of length 1. */
export const signatureType = (type: string): string => modelType(type.replace(/^(character|bit)(?=\[|$)/, '$1(1)'))

/** A function with its argument types: `public.f(integer, text)`. */
export const signatureText = (namespace: string, name: string, types: readonly string[]): string =>
  `${shortName(namespace, name)}(${types.map(signatureType).join(', ')})`

const known = new Map<string, string>()

/** A type as `format_type` spells it under an empty search path, as the model spells it: `public` is left out where that says the same. */
export function modelType(text: string): string {
  if (!text.startsWith('public.')) return text
  const before = known.get(text)
  if (before !== undefined) return before
  // Everything behind the name (modifiers, brackets of arrays) stays.
  const [whole = text, name = ''] = /^public\.("(?:[^"]|"")+"|[^\s("[]+)/.exec(text) ?? []
  const short = `${userTypeText({ namespace: DEFAULT_NAMESPACE, name: unquoteNames(name)[0] ?? '' })}${text.slice(whole.length)}`
  if (known.size > 10_000) known.clear()
  known.set(text, short)
  return short
}
