import { canonicalType, typeParts, unquoteNames } from '#core/dialects/postgres.ts'
import type { Column, Sequence, Table } from '#core/schema/index.ts'
import type { Catalog } from './catalog.ts'

/** A default's text, understood as far as that is certain. `expression` is everything else. */
export type DefaultValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A number as it is written: `0`, `-1.50`. */
  | { readonly kind: 'number'; readonly text: string }
  /** A string literal, with the canonical name of the type it is cast to. */
  | { readonly kind: 'string'; readonly value: string; readonly cast: string | null }
  | { readonly kind: 'nextval'; readonly sequence: string }
  | { readonly kind: 'expression'; readonly text: string }

export function parseDefault(text: string): DefaultValue {
  const plain = stripParentheses(text.trim())
  if (/^null(?:::[^']+)?$/i.test(plain)) return { kind: 'null' }
  if (/^(?:true|false)$/i.test(plain)) return { kind: 'boolean', value: plain.toLowerCase() === 'true' }
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(plain)) return { kind: 'number', text: plain }
  const nextval =
    /^(?:pg_catalog\.)?nextval\(\(?\s*'((?:[^']|'')+)'(?:::(?:pg_catalog\.)?(?:regclass|text))?\)?(?:::(?:pg_catalog\.)?regclass)?\s*\)$/i.exec(
      plain,
    )
  if (nextval?.[1]) return { kind: 'nextval', sequence: nextval[1].replaceAll("''", "'") }
  const string = /^'((?:[^']|'')*)'(?:::([^':]+))?$/.exec(plain)
  if (string) {
    const cast = string[2] === undefined ? null : canonicalType(string[2])
    return { kind: 'string', value: (string[1] ?? '').replaceAll("''", "'"), cast }
  }
  return { kind: 'expression', text }
}

/** Whether casting a literal to `cast` says no more than storing it in a column of `type` does. */
export function isOwnCast(cast: string | null, type: string): boolean {
  if (cast === null) return true
  const one = typeParts(cast)
  const other = typeParts(canonicalType(type))
  const sameName = bare(one.name) === bare(other.name) || (one.name === 'bpchar' && other.name === 'character')
  return sameName && one.dimensions === other.dimensions && (one.modifier === null || one.modifier === other.modifier)
}

/** How well a column's default fits what `serial` would make. Undefined when it is not of that sort. */
export interface SerialFit {
  readonly sequence: Sequence
  /** What is different from the sequence that `serial` makes, its type aside: `starts with 10`. */
  readonly differences: readonly string[]
  /** The sequence's type where it is not the column's (databases from before PostgreSQL 10 have `bigint` ones for `integer` columns). */
  readonly otherType: string | null
}

/** The sequence that a column owns and takes its default from, as `serial` sets it up. */
export function serialFit(catalog: Catalog, table: Table, column: Column): SerialFit | undefined {
  if (column.default === null) return undefined
  const value = parseDefault(column.default)
  if (value.kind !== 'nextval') return undefined
  const sequence = catalog.sequence(value.sequence, table.searchPath)
  const owner = sequence?.ownedBy
  if (!sequence || owner?.table !== table.name || owner.namespace !== table.namespace || owner.column !== column.name) return undefined
  const type = canonicalType(column.type)
  const max = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' }[type]
  if (max === undefined) return undefined
  const differences = [
    sequence.name !== defaultName(table.name, column.name, 'seq') || sequence.namespace !== table.namespace
      ? `is named ${sequence.name}`
      : '',
    (sequence.start ?? '1') !== '1' ? `starts with ${sequence.start}` : '',
    (sequence.increment ?? '1') !== '1' ? `increments by ${sequence.increment}` : '',
    (sequence.min ?? '1') !== '1' ? `has the minimum ${sequence.min}` : '',
    sequence.max !== null && sequence.max !== max && sequence.type === type ? `has the maximum ${sequence.max}` : '',
    (sequence.cache ?? '1') !== '1' ? `caches ${sequence.cache} values` : '',
    sequence.cycle ? 'cycles' : '',
    sequence.unlogged ? 'is unlogged' : '',
  ]
  return { sequence, differences: differences.filter(Boolean), otherType: sequence.type === type ? null : sequence.type }
}

/** The name PostgreSQL makes of two names and a label: `table_column_seq`, cut to 63 bytes from the longer of the two. */
export function defaultName(first: string, second: string | null, label: string): string {
  const rest = byteLength(label) + 1 + (second === null ? 0 : 1)
  let one = byteLength(first)
  let two = second === null ? 0 : byteLength(second)
  while (one + two + rest > 63) {
    if (one > two) one -= 1
    else two -= 1
  }
  return [cut(first, one), ...(second === null ? [] : [cut(second, two)]), label].join('_')
}

/** A text's length in UTF-8, which is what PostgreSQL's limit of 63 counts. */
export const byteLength = (text: string): number => [...text].reduce((sum, char) => sum + byteWidth(char.codePointAt(0) ?? 0), 0)
const byteWidth = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)

/** The beginning of a text that fits into so many bytes of UTF-8. */
function cut(text: string, bytes: number): string {
  let kept = ''
  let used = 0
  for (const char of text) {
    used += byteLength(char)
    if (used > bytes) break
    kept += char
  }
  return kept
}

const bare = (name: string): string => unquoteNames(name).at(-1) ?? name

/** `(0)` is `0`; `(a) + (b)` stays. */
function stripParentheses(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')') || text.includes("'")) return text
  let depth = 0
  for (let at = 0; at < text.length - 1; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')' && (depth -= 1) === 0) return text
  }
  return stripParentheses(text.slice(1, -1).trim())
}
