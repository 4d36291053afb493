import { canonicalType, typeParts, unquoteNames } from '#core/dialects/postgres.ts'
import type { Tokens } from '../sql/tokens.ts'

/** What is known of a view's column without asking a database: its name always, its type where the query shows it. */
export interface ViewColumn {
  readonly name: string
  readonly type: string | null
  readonly nullable: boolean
}

/** A relation of a FROM clause under the name that the query gives it. */
export interface Source {
  readonly alias: string
  readonly columns: readonly ViewColumn[] | undefined
}

/** The type that a function of the schema gives back; null when there is none, or several that differ. */
export type ResultOf = (parts: readonly string[]) => string | null

export interface ValueScope {
  readonly sources: readonly Source[]
  readonly resultOf: ResultOf
}

interface Value {
  readonly name: string | undefined
  readonly type: string | null
  readonly nullable: boolean
}

/** Reads a value of a SELECT list: a column, a cast, a call, a literal. What it is not sure of it leaves open. */
export function readValue(tokens: Tokens, from: number, to: number, scope: ValueScope): Value {
  const cast = topLevelCast(tokens, from, to)
  if (cast >= 0) {
    const inner = readValue(tokens, from, cast, scope)
    const type = canonicalType(tokens.slice(cast + 2, to))
    return { name: inner.name ?? unquoteNames(type).at(-1), type, nullable: true }
  }
  const literal = to - from === 1 ? literalType(tokens, from) : null
  if (literal !== null) return { name: literal === 'boolean' ? undefined : '?column?', type: literal, nullable: false }
  const isReference =
    isName(tokens, from) && (to - from === 1 || (to - from === 3 && tokens.word(from + 1) === '.' && isName(tokens, to - 1)))
  if (isReference) return readReference(unquoteNames(tokens.slice(from, to)), scope.sources)
  const open = callAt(tokens, from, to)
  if (open >= 0) return readCall(tokens, from, open, scope)
  const whole = tokens.word(from) === '(' && tokens.close(from) === to - 1 && tokens.word(from + 1) !== 'select'
  if (whole) return readValue(tokens, from + 1, to - 1, scope)
  return { name: tokens.word(from) === 'case' && tokens.word(to - 1) === 'end' ? 'case' : undefined, type: null, nullable: true }
}

export const isName = (tokens: Tokens, at: number): boolean => ['word', 'name'].includes(tokens.list[at]?.kind ?? '')

/** The type of `true` and of small whole numbers. */
function literalType(tokens: Tokens, at: number): string | null {
  if (['true', 'false'].includes(tokens.word(at))) return 'boolean'
  return tokens.list[at]?.kind === 'number' && /^\d{1,9}$/.test(tokens.slice(at, at + 1)) ? 'integer' : null
}

function readReference(parts: readonly string[], sources: readonly Source[]): Value {
  const name = parts.at(-1) ?? ''
  const candidates = parts.length > 1 ? sources.filter(({ alias }) => alias === parts[0]) : sources
  const column = candidates.flatMap(({ columns }) => columns ?? []).find((candidate) => candidate.name === name)
  return { name, type: column?.type ?? null, nullable: column?.nullable ?? true }
}

/** The bracket of a call that is all there is, but for FILTER and OVER; -1 when it is something else. */
function callAt(tokens: Tokens, from: number, to: number): number {
  let open = from
  while (isName(tokens, open) && tokens.word(open + 1) === '.') open += 2
  open += 1
  if (!isName(tokens, open - 1) || tokens.word(open) !== '(' || ['case', 'array', 'not'].includes(tokens.word(from))) return -1
  let end = tokens.close(open) + 1
  for (const word of ['filter', 'over']) {
    if (end < to && tokens.word(end) === word) end = tokens.word(end + 1) === '(' ? tokens.close(end + 1) + 1 : end + 2
  }
  return end === to ? open : -1
}

/** Functions whose result has one type whatever they are given. */
const resultTypes = new Map(
  Object.entries({
    bigint: 'count row_number rank dense_rank',
    text: 'string_agg concat concat_ws to_char format md5 initcap btrim ltrim rtrim regexp_replace quote_ident quote_literal',
    'timestamp with time zone': 'now clock_timestamp statement_timestamp',
    boolean: 'bool_and bool_or every exists',
    integer: 'length char_length octet_length',
    json: 'json_agg json_build_object json_object_agg row_to_json to_json',
    jsonb: 'jsonb_agg jsonb_build_object jsonb_object_agg to_jsonb',
    tsvector: 'to_tsvector',
    uuid: 'gen_random_uuid',
  }).flatMap(([type, names]) => names.split(' ').map((name) => [name, type] as const)),
)
/** Functions whose result is of the type of their first argument. */
const likeArgument = new Set(['max', 'min', 'coalesce', 'nullif', 'greatest', 'least', 'lag', 'lead', 'first_value', 'last_value'])
const sums = new Map([
  ['smallint', 'bigint'],
  ['integer', 'bigint'],
  ['bigint', 'numeric'],
  ['numeric', 'numeric'],
  ['real', 'real'],
  ['double precision', 'double precision'],
])
const averages = new Map([...sums.keys()].map((type) => [type, /real|double/.test(type) ? 'double precision' : 'numeric']))

function readCall(tokens: Tokens, from: number, open: number, scope: ValueScope): Value {
  const parts = unquoteNames(tokens.slice(from, open)).filter((part) => part !== 'pg_catalog')
  const name = parts.at(-1) ?? ''
  const type = scope.resultOf(parts) ?? (parts.length === 1 ? builtinResult(tokens, name, open, scope) : null)
  return { name, type, nullable: true }
}

function builtinResult(tokens: Tokens, name: string, open: number, scope: ValueScope): string | null {
  const known = resultTypes.get(name)
  if (known !== undefined) return known
  const [first, ...others] = tokens.elements(open)
  if (!first) return null
  const { type } = readValue(tokens, ...first, scope)
  if (type === null) return null
  // A sum of numeric(6,2) has no limits of its own.
  const plain = typeParts(type).name
  if (name === 'sum') return sums.get(plain) ?? null
  if (name === 'avg') return averages.get(plain) ?? null
  if (name === 'array_agg') return type.endsWith(']') ? null : `${type}[]`
  const isAlike = ([start, end]: readonly [number, number]): boolean =>
    readValue(tokens, start, end, scope).type === type || (end - start === 1 && tokens.list[start]?.kind === 'string')
  return likeArgument.has(name) && others.every(isAlike) ? type : null
}

/** Where a `::` stands that casts the whole expression: the last one outside brackets, with nothing but a type after it. */
function topLevelCast(tokens: Tokens, from: number, to: number): number {
  let found = -1
  for (let at = from; at < to; at += 1) {
    if (tokens.word(at) === ':' && tokens.word(at + 1) === ':') found = at
    if (tokens.word(at) === '(' || tokens.word(at) === '[') at = tokens.close(at)
  }
  if (found < 0) return -1
  const left = found - from
  const simpleLeft =
    left === 1 ||
    (left === 3 && tokens.word(from + 1) === '.') ||
    (left > 1 && tokens.word(from) === '(' && tokens.close(from) === found - 1) ||
    callAt(tokens, from, found) >= 0
  return simpleLeft && /^[\w\s."()[\],]+$/u.test(tokens.slice(found + 2, to)) ? found : -1
}
