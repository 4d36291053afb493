import { quoteName, unquoteNames } from '#core/dialects/postgres.ts'
import type { ObjectName } from '#core/schema/index.ts'
import { Tokens } from '../../shared/sql/tokens.ts'

// Texts follow renames: PostgreSQL stores what an expression refers to, not how it was spelt.

/** The name a token stands for, or undefined for tokens that are no names. */
function nameAt(tokens: Tokens, index: number): string | undefined {
  const token = tokens.list[index]
  if (token?.kind === 'word') return token.word
  return token?.kind === 'name' ? unquoteNames(tokens.text.slice(token.start, token.end))[0] : undefined
}

/** True when an expression may refer to a column of that name. */
export function mentions(text: string, column: string): boolean {
  if (!text.toLowerCase().includes(column.toLowerCase().replaceAll('"', '""'))) return false
  const tokens = new Tokens(text)
  return tokens.list.some(
    (_, index) => nameAt(tokens, index) === column && tokens.word(index + 1) !== '(' && tokens.word(index + 1) !== '.',
  )
}

/** True when a column's type is that type or an array of it. */
export const mentionsType = (type: string, name: string): boolean =>
  type === name || type.startsWith(`${name}[`) || type.startsWith(`${name}(`)

/** Renames a column in an expression of its own table. Names behind another table's name are left alone, and so are functions of that name. */
export function renameColumn(text: string, from: string, to: string, tables: readonly string[]): string {
  return rename(text, (tokens, index) => {
    if (nameAt(tokens, index) !== from || tokens.word(index + 1) === '(' || tokens.word(index + 1) === '.') return undefined
    if (tokens.word(index - 1) !== '.') return to
    const owner = nameAt(tokens, index - 2)
    return owner !== undefined && tables.includes(owner) ? to : undefined
  })
}

/** Renames a relation or type in a query or expression: `name` or `namespace.name`, also inside `'…'::regclass`. */
export function renameObject(text: string, from: ObjectName, to: ObjectName): string {
  const literal = renameLiterals(text, from, to)
  return renameQualified(literal, from, to)
}

function renameQualified(text: string, from: ObjectName, to: ObjectName): string {
  const tokens = new Tokens(text)
  let result = ''
  let last = 0
  for (let index = 0; index < tokens.length; index += 1) {
    if (nameAt(tokens, index) !== from.name || tokens.word(index + 1) === '(') continue
    const qualified = tokens.word(index - 1) === '.'
    if (qualified && nameAt(tokens, index - 2) !== from.namespace) continue
    // `name.column` names the relation only when a FROM clause did; an alias would hide it, which text alone cannot tell.
    const first = tokens.list[qualified && from.namespace !== to.namespace ? index - 2 : index]
    const token = tokens.list[index]
    if (!first || !token) continue
    const moved = from.namespace !== to.namespace && (qualified || tokens.word(index + 1) !== '.')
    result += text.slice(last, first.start) + (moved ? `${quoteName(to.namespace)}.${quoteName(to.name)}` : quoteName(to.name))
    last = token.end
  }
  return result + text.slice(last)
}

/** `nextval('name'::regclass)` and its like. */
function renameLiterals(text: string, from: ObjectName, to: ObjectName): string {
  if (!text.includes("'")) return text
  return text.replace(/'((?:[^'"]|"(?:[^"]|"")*")+)'(?=\s*(?:::\s*(?:pg_catalog\.)?reg|\)))/g, (whole, inside: string) => {
    const parts = unquoteNames(inside.replaceAll("''", "'"))
    if (parts.at(-1) !== from.name || (parts.length > 1 && parts.at(-2) !== from.namespace) || parts.length > 2) return whole
    const qualified = parts.length > 1 || from.namespace !== to.namespace
    const name = qualified ? `${quoteName(to.namespace)}.${quoteName(to.name)}` : quoteName(to.name)
    return `'${name.replaceAll("'", "''")}'`
  })
}

function rename(text: string, replacement: (tokens: Tokens, index: number) => string | undefined): string {
  const tokens = new Tokens(text)
  let result = ''
  let last = 0
  for (const [index, token] of tokens.list.entries()) {
    const name = replacement(tokens, index)
    if (name === undefined) continue
    result += text.slice(last, token.start) + quoteName(name)
    last = token.end
  }
  return result + text.slice(last)
}
