import { quoteName } from '#core/dialects/postgres.ts'

/** A collation as SQL writes it, with its namespace; null for the type's own. */
export const collationName = (namespace: string | null, name: string | null): string | null =>
  namespace === null || name === null ? null : `${quoteName(namespace)}.${quoteName(name)}`
