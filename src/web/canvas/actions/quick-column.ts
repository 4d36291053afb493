import { canonicalType, findType, typeParts } from '#core/dialects/postgres.ts'

/**
 * Reads what is typed as a column's name: `email` is a name, `email varchar(80)` is a name and a type. Only types of the picker or the project (
 * `userTypes`) count, so that names with spaces stay names.
 */
export function quickColumn(text: string, userTypes: ReadonlySet<string>): { readonly name: string; readonly type: string | null } {
  const [, name = text, rest = ''] = /^(\S+)\s+(\S.*)$/.exec(text.trim()) ?? []
  const type = rest && canonicalType(rest)
  const base = type && typeParts(type).name
  return base && (findType(base)?.about || userTypes.has(base)) ? { name, type } : { name: text.trim(), type: null }
}
