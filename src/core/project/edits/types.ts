import { canonicalType, findType, typeCategory, typeParts } from '../../dialects/postgres-types.ts'
import { quoteQualified } from '../../dialects/postgres-names.ts'
import type { Draft } from '../rows.ts'
import { meaningful, sqlTokens } from '../sql-tokens.ts'

const serials = new Map([
  ['smallserial', 'smallint'],
  ['serial2', 'smallint'],
  ['serial', 'integer'],
  ['serial4', 'integer'],
  ['bigserial', 'bigint'],
  ['serial8', 'bigint'],
])

/** `serial` and its like are no types but a type with a sequence: which type; undefined for all others. */
export const serialType = (type: string): string | undefined => serials.get(type.trim().toLowerCase())

/** A column's type as it is stored: PostgreSQL's canonical spelling. null = this cannot be a type. */
export function storedType(type: string): string | null {
  const all = sqlTokens(type)
  const tokens = meaningful(all)
  const isTypeToken = tokens.every(
    ({ kind, text }) => kind === 'name' || kind === 'number' || ['.', ',', '(', ')', '[', ']', '-', '%'].includes(text),
  )
  if (tokens[0]?.kind !== 'name' || !isTypeToken || !isBalanced(type)) return null
  return canonicalType(all.map(({ kind, text }) => (kind === 'blank' ? ' ' : text)).join(''))
}

/** An expression without its comments, or null when it is none: empty, open quotes or brackets, or several statements. */
export function storedExpression(sql: string): string | null {
  const tokens = sqlTokens(sql)
  if (meaningful(tokens).length === 0 || tokens.some(({ text }) => text === ';') || !isBalanced(sql)) return null
  return tokens
    .map(({ kind, text }) => (kind === 'blank' && /--|\/\*/.test(text) ? ' ' : text))
    .join('')
    .trim()
}

/** Whether PostgreSQL would compare the two in a foreign key: same type, or types of one family with a common operator. */
export function isComparable(draft: Draft, childType: string, parentType: string): boolean {
  const child = baseOf(draft, childType)
  const parent = baseOf(draft, parentType)
  if (child.dimensions !== parent.dimensions) return false
  if (child.name === parent.name) return true
  if (child.dimensions !== '') return false
  const families = [
    ['smallint', 'integer', 'bigint'],
    ['real', 'double precision'],
    ['date', 'timestamp without time zone', 'timestamp with time zone'],
  ]
  if (families.some((family) => family.includes(child.name) && family.includes(parent.name))) return true
  // Implicit casts go from the narrower number to the wider.
  const ladder = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']
  const [from, to] = [ladder.indexOf(child.name), ladder.indexOf(parent.name)]
  if (from >= 0 && to >= 3) return from <= to
  const isText = ({ name }: { name: string }) => findType(name) !== undefined && typeCategory(name) === 'text'
  return isText(child) && isText(parent)
}

/** A type's name with domains followed to what they are made of. */
function baseOf(draft: Draft, type: string): { readonly name: string; readonly dimensions: string } {
  let { name, dimensions } = typeParts(canonicalType(type))
  for (let depth = 0; depth < 8 && findType(name) === undefined; depth += 1) {
    const domain = draft.all('domain').find((row) => name === quoteQualified(row) || name === quoteQualified(row, { always: true }))
    if (!domain) break
    const base = typeParts(canonicalType(domain.type))
    name = base.name
    dimensions = base.dimensions + dimensions
  }
  return { name: name.startsWith('public.') ? name.slice(7) : name, dimensions }
}

function isBalanced(sql: string): boolean {
  const open: string[] = []
  for (const { kind, text, quoted } of sqlTokens(sql)) {
    if (kind === 'string' && !isClosedString(text)) return false
    if (quoted && !/^[^"]*"(?:[^"]|"")+"$/.test(text)) return false
    if (kind === 'blank' && text.startsWith('/*') && !text.endsWith('*/')) return false
    if (text === '(' || text === '[') open.push(text)
    if (text === ')' && open.pop() !== '(') return false
    if (text === ']' && open.pop() !== '[') return false
  }
  return open.length === 0
}

function isClosedString(text: string): boolean {
  const mark = /^\$[^$]*\$/.exec(text)?.[0]
  if (mark) return text.length >= 2 * mark.length && text.endsWith(mark)
  if (/^[eE]'/.test(text)) return /^[eE]'(?:[^'\\]|\\[\s\S]|'')*'$/.test(text)
  return /^[^']*'(?:[^']|'')*'$/.test(text)
}
