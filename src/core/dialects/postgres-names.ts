import { DEFAULT_NAMESPACE, type ObjectName } from '../schema/names.ts'
import { reservedWords } from './postgres-words.ts'

// The one place where names and texts become SQL.

/** An identifier as SQL writes it: quoted only where PostgreSQL needs it (the rule of its `quote_ident`). */
export function quoteName(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !reservedWords.has(name)) return name
  return `"${name.replaceAll('"', '""')}"`
}

/** `name` in the default namespace, else `namespace.name`, each quoted where needed. `always` states the default namespace too. */
export function quoteQualified({ namespace, name }: ObjectName, { always = false } = {}): string {
  return always || namespace !== DEFAULT_NAMESPACE ? `${quoteName(namespace)}.${quoteName(name)}` : quoteName(name)
}

/** A list of identifiers: `a, "B"`. */
export const quoteNames = (names: readonly string[]): string => names.map(quoteName).join(', ')

/** A text as an SQL string. Backslashes stand for themselves (`standard_conforming_strings`, on by default since 9.1). */
export const quoteLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A text between dollar quotes, with the shortest tag that does not occur in it: bodies stay readable. */
export function quoteDollar(text: string): string {
  for (let tag = '', n = 0; ; n += 1, tag = n === 1 ? '_' : `_${n}`) {
    const mark = `$${tag}$`
    // A text that ends in `$…` would run together with the closing mark.
    if (!`${text}${mark.slice(0, -1)}`.includes(mark) && !text.endsWith(`$${tag}`)) return `${mark}${text}${mark}`
  }
}

/** Reads an identifier list as SQL writes it (`a."B c"`, a name's parts) back into names. */
export function unquoteNames(sql: string): readonly string[] {
  return [...sql.matchAll(/"((?:[^"]|"")*)"|([^\s".,]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '').toLowerCase() : quoted.replaceAll('""', '"'),
  )
}
