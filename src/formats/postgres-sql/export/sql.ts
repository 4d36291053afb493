import {
  builtinTriggerFunction,
  builtinTypeNames,
  findType,
  quoteLiteral,
  quoteName,
  quoteQualified,
  shortType,
  typeParts,
} from '#core/dialects/postgres.ts'
import type { ObjectName } from '#core/schema/index.ts'

// Small words of SQL that every writer needs.

/** Lines longer than this are broken. */
export const LINE = 80

/**
 * Names a table, view, index or sequence: with its namespace when that is not `public`, when a search path is set for its texts, or when it would
 * be taken for one of PostgreSQL's own, which come first in every path.
 */
export const nameSql = (name: ObjectName, searchPath: string | null = null): string =>
  quoteQualified(name, { always: searchPath !== null || name.name.startsWith('pg_') })

/** Names a type in the same way. */
export const typeNameSql = (name: ObjectName, searchPath: string | null = null): string =>
  isShadowed(name.name) ? fullName(name) : nameSql(name, searchPath)

/** Whether PostgreSQL has a type of that name, which comes first in every path. Its tables are types too, and so are arrays. */
const isShadowed = (name: string): boolean => name.startsWith('pg_') || builtinTypeNames.has(name.replace(/^_/, ''))

/** Names a function that is called by itself, as triggers do. */
export const routineNameSql = (name: ObjectName, searchPath: string | null = null): string =>
  builtinTriggerFunction.test(name.name) ? fullName(name) : nameSql(name, searchPath)

/** Names an object of a kind of which PostgreSQL has hundreds, with any name: `public.name`. */
export const fullName = (name: ObjectName): string => quoteQualified(name, { always: true })

/** A text of the model, safe to be followed by more SQL on the same line: a line comment at its end gets its line break. */
export const closed = (text: string): string => (text.includes('--', text.lastIndexOf('\n') + 1) ? `${text}\n` : text)

/** `(text)`. */
export const inBrackets = (text: string): string => `(${closed(text)})`

/** A type, in its short spelling where that reads better and means the same. `userTypes` are the schema's own types in `public`. */
export function typeSql(type: string, userTypes: ReadonlySet<string>, searchPath: string | null = null): string {
  const { name } = typeParts(type)
  // Under another path an unqualified name would be looked up elsewhere.
  if (searchPath !== null && !findType(name)) return userTypes.has(name) ? `public.${type}` : type
  if (isShadowed(name) && !findType(name) && userTypes.has(name)) return `public.${type}`
  const isClear = searchPath === null || !searchPath.includes('pg_catalog')
  return !isClear || name === 'integer' || name === 'double precision' ? type : shortType(type)
}

/** Whether a record has nothing in it. Makes no list, for there are thousands of empty ones. */
export function isEmpty(record: object): boolean {
  for (const _name in record) return false
  return true
}

/** `(a = 1, b = 'x')` for storage parameters; '' when there are none. */
export function optionsSql(options: Readonly<Record<string, string>>): string {
  if (isEmpty(options)) return ''
  return `(${Object.entries(options)
    .map(([name, value]) => `${name.split('.').map(quoteName).join('.')} = ${optionValue(value)}`)
    .join(', ')})`
}

const optionValue = (value: string): string => (/^(?:-?\d+(?:\.\d+)?|true|false|on|off|auto)$/.test(value) ? value : quoteLiteral(value))

/** `OPTIONS (a 'x')` for foreign data. */
export function foreignOptionsSql(options: Readonly<Record<string, string>>): string {
  const entries = Object.entries(options)
  return entries.length === 0 ? '' : `OPTIONS (${entries.map(([name, value]) => `${quoteName(name)} ${quoteLiteral(value)}`).join(', ')})`
}

/** `COMMENT ON …` as a list of one statement, or none. */
export const commentSql = (target: string, comment: string | null): readonly string[] =>
  comment === null ? [] : [`COMMENT ON ${target} IS ${quoteLiteral(comment)}`]

/** Joins clauses with spaces when the line stays short, else puts each but the first on its own indented line. Empty clauses are left out. */
export function clauses(parts: readonly (string | false | null)[], indent = '  '): string {
  const present = parts.filter((part): part is string => typeof part === 'string' && part !== '')
  const line = present.join(' ')
  return line.length <= LINE && !line.includes('\n') ? line : present.join(`\n${indent}`)
}

/** `a, b, c`, broken into indented lines when it is long. */
export function wrapped(items: readonly string[], indent = '  '): string {
  const lines: string[] = []
  let line = ''
  for (const item of items) {
    const longer = line === '' ? item : `${line}, ${item}`
    if (line !== '' && longer.length + indent.length > LINE) {
      lines.push(`${line},`)
      line = item
    } else line = longer
  }
  lines.push(line)
  return lines.map((each) => indent + each).join('\n')
}

/** Words that stand for roles stay words. */
export const roleSql = (role: string): string =>
  /^(?:public|current_user|current_role|session_user)$/.test(role) ? role.toUpperCase() : quoteName(role)
