import { quoteLiteral } from '#core/dialects/postgres.ts'
import { modelType } from '../names.ts'
import type { Reading } from '../reading.ts'
import { functionName } from '../sql.ts'

/** What `CREATE TYPE … (INPUT = …)` says of a base type. */
export interface BaseTypeRow {
  readonly oid: number
  readonly isDefined: boolean
  readonly length: number
  readonly input: string
  readonly output: string
  readonly receive: string | null
  readonly send: string | null
  readonly modIn: string | null
  readonly modOut: string | null
  readonly analyze: string | null
  readonly subscript: string | null
  readonly category: string
  readonly isPreferred: boolean
  readonly delimiter: string
  readonly align: string
  readonly storage: string
  readonly byValue: boolean
  readonly isCollatable: boolean
  readonly default: string | null
  readonly element: string | null
}

const fn = (column: string): string => functionName(`t.${column}`)

export const baseTypeQuery = ({ since }: Reading): string =>
  `SELECT t.oid, t.typisdefined AS "isDefined", t.typlen AS length, ${fn('typinput')} AS input, ${fn('typoutput')} AS output, ${fn('typreceive')} AS receive,
     ${fn('typsend')} AS send, ${fn('typmodin')} AS "modIn", ${fn('typmodout')} AS "modOut", ${fn('typanalyze')} AS analyze,
     ${since(140_000, fn('typsubscript'), 'NULL::text')} AS subscript, t.typcategory::text AS category, t.typispreferred AS "isPreferred",
     t.typdelim::text AS delimiter, t.typalign::text AS align, t.typstorage::text AS storage, t.typbyval AS "byValue", t.typcollation <> 0 AS "isCollatable",
     t.typdefault AS default, CASE WHEN t.typelem <> 0 THEN format_type(t.typelem, NULL) END AS element
   FROM pg_type t JOIN unnest($1::oid[]) AS picked(id) ON picked.id = t.oid`

const ALIGNMENT: Readonly<Record<string, string>> = { c: 'char', s: 'int2', i: 'int4', d: 'double' }
const STORAGE: Readonly<Record<string, string>> = { p: 'plain', e: 'external', x: 'extended', m: 'main' }

/** In the order in which pg_dump writes them; none for a shell. */
export function baseTypeOptions(row: BaseTypeRow): Readonly<Record<string, string>> {
  if (!row.isDefined) return {}
  const entries: readonly (readonly [string, string | null])[] = [
    ['internallength', row.length < 0 ? 'variable' : String(row.length)],
    ['input', row.input],
    ['output', row.output],
    ['receive', row.receive],
    ['send', row.send],
    ['typmod_in', row.modIn],
    ['typmod_out', row.modOut],
    ['analyze', row.analyze],
    ['collatable', row.isCollatable ? 'true' : null],
    ['default', row.default === null ? null : quoteLiteral(row.default)],
    ['subscript', row.subscript],
    ['element', row.element === null ? null : modelType(row.element)],
    ['category', row.category === 'U' ? null : quoteLiteral(row.category)],
    ['preferred', row.isPreferred ? 'true' : null],
    ['delimiter', row.delimiter === ',' ? null : quoteLiteral(row.delimiter)],
    ['alignment', ALIGNMENT[row.align] ?? null],
    ['storage', STORAGE[row.storage] ?? null],
    ['passedbyvalue', row.byValue ? 'true' : null],
  ]
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== null))
}
