import { quoteName } from '#core/dialects/postgres.ts'
import type { ObjectName } from '#core/schema/index.ts'
import type { Node, TypeName } from 'libpg-query'
import { as, strings } from './ast.ts'
import type { Catalog } from './catalog.ts'
import { storedName } from './naming.ts'
import type { Statement } from './statement.ts'

/** A type as `format_type` spells it, with namespaces only where `public` and `pg_catalog` do not say enough. */
export function typeText(st: Statement, type: TypeName | undefined): string {
  const names = strings(type?.names)
  if (!type || names.length === 0) return ''
  const dimensions = '[]'.repeat(type.arrayBounds?.length ?? 0)
  if (type.pct_type) return pctType(st, names) ?? sourceType(st, type)
  return `${scalarType(st, type, names)}${dimensions}`
}

/** `serial` and its sisters: not types, but an integer column with a sequence of its own. */
export function serialType(type: TypeName | undefined): string | undefined {
  const names = strings(type?.names)
  const name = names.length === 1 ? names[0] : names.length === 2 && names[0] === 'pg_catalog' ? names[1] : undefined
  return type?.arrayBounds || type?.pct_type || name === undefined ? undefined : serials.get(name)
}
const serials = new Map([
  ['serial', 'integer'],
  ['serial4', 'integer'],
  ['bigserial', 'bigint'],
  ['serial8', 'bigint'],
  ['smallserial', 'smallint'],
  ['serial2', 'smallint'],
])

/** The name of a user type as the model spells it in columns. */
export function userTypeText({ namespace, name }: ObjectName): string {
  if (namespace !== 'public') return `${quoteName(namespace)}.${quoteName(name)}`
  return builtin.has(name) || spelled.has(name) ? `public.${quoteName(name)}` : quoteName(name)
}

function scalarType(st: Statement, type: TypeName, names: readonly string[]): string {
  const name = storedName(names.at(-1) ?? '')
  const namespace = names.at(-2)
  if (namespace === 'pg_catalog' || (namespace === undefined && (spelled.has(name) || builtin.has(name))))
    return builtinType(st, type, name)
  if (namespace === undefined && name.startsWith('_') && (spelled.has(name.slice(1)) || builtin.has(name.slice(1))))
    return `${builtinType(st, type, name.slice(1))}[]`
  const found = st.catalog.resolveType(st.session.path.names, namespace, name)
  if (!found) st.unresolved.push(type)
  st.catalog.typeUses.add(name)
  const text = userTypeText(found ?? { namespace: namespace ?? 'public', name })
  return type.typmods ? `${text}(${modifierText(st, type)})` : text
}

function builtinType(st: Statement, type: TypeName, name: string): string {
  if (name === 'interval') return intervalType(type.typmods)
  if (name === 'char') return '"char"'
  if (name === 'bpchar') return type.typmods ? `character(${modifierText(st, type)})` : 'bpchar'
  const [before, after] = spelled.get(name) ?? [name === 'any' ? '"any"' : name, '']
  if (!type.typmods) return `${before}${after}`
  const modifiers = modifierText(st, type)
  return `${before}(${name === 'numeric' && !modifiers.includes(',') ? `${modifiers},0` : modifiers})${after}`
}

/** Built-in types whose name in the catalog is not the name people read; the modifier goes between the two parts. */
const spelled = new Map<string, readonly [string, string]>([
  ['int2', ['smallint', '']],
  ['int4', ['integer', '']],
  ['int8', ['bigint', '']],
  ['float4', ['real', '']],
  ['float8', ['double precision', '']],
  ['bool', ['boolean', '']],
  ['varchar', ['character varying', '']],
  ['varbit', ['bit varying', '']],
  ['timestamp', ['timestamp', ' without time zone']],
  ['timestamptz', ['timestamp', ' with time zone']],
  ['time', ['time', ' without time zone']],
  ['timetz', ['time', ' with time zone']],
])

/** Every other type of `pg_catalog` (PostgreSQL 13 to 18). They go before a user's type of the same name. */
const builtin = new Set(
  `aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange anyelement anyenum
  anymultirange anynonarray anyrange bit box bpchar bytea char cid cidr circle cstring date datemultirange daterange event_trigger fdw_handler
  gtsvector index_am_handler inet int2vector int4multirange int4range int8multirange int8range internal interval json jsonb jsonpath
  language_handler line lseg macaddr macaddr8 money name numeric nummultirange numrange oid oidvector path pg_lsn pg_node_tree pg_snapshot point
  polygon record refcursor regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype
  table_am_handler text tid trigger tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown uuid void
  xid xid8 xml`.split(/\s+/),
)

/** The names of all types there are, for guessing what a misspelt one means. */
export function* knownTypes(catalog: Catalog): Generator<string> {
  yield* spelled.keys()
  yield* builtin
  yield* ['integer', 'int', 'bigint', 'smallint', 'boolean', 'real', 'decimal', 'character', 'serial', 'bigserial']
  for (const key of catalog.types.keys()) yield key.slice(key.indexOf('\u0000') + 1)
}

const DAY_TO_SECOND: readonly (readonly [mask: number, fields: string])[] = [
  [4, 'year'],
  [2, 'month'],
  [6, 'year to month'],
  [8, 'day'],
  [1024, 'hour'],
  [2048, 'minute'],
  [4096, 'second'],
  [1032, 'day to hour'],
  [3080, 'day to minute'],
  [7176, 'day to second'],
  [3072, 'hour to minute'],
  [7168, 'hour to second'],
  [6144, 'minute to second'],
]

function intervalType(modifiers: readonly Node[] | undefined): string {
  const [mask, precision] = (modifiers ?? []).map((node) => as(node, 'A_Const')?.ival?.ival ?? 0)
  const fields = DAY_TO_SECOND.find(([bits]) => bits === mask)?.[1]
  return `interval${fields ? ` ${fields}` : ''}${precision === undefined ? '' : `(${precision})`}`
}

/** What stands in the brackets after a type: numbers from the tree, anything else from the source. */
function modifierText(st: Statement, type: TypeName): string {
  const numbers = (type.typmods ?? []).map((node) => as(node, 'A_Const')).map((constant) => constant?.ival && (constant.ival.ival ?? 0))
  if (numbers.every((number) => number !== undefined)) return numbers.join(',')
  const { tokens } = st
  const open = tokens.find('(', st.token(type.location))
  if (open < 0) return ''
  return tokens
    .elements(open)
    .map(([from, to]) => tokens.slice(from, to))
    .join(',')
}

/** `table.column%TYPE` is the type the column has now. */
function pctType(st: Statement, names: readonly string[]): string | undefined {
  const owner = st.findOf(names.slice(0, -1))
  return owner && st.catalog.table(owner)?.columns.find((column) => column.name === names.at(-1))?.type
}

function sourceType(st: Statement, type: TypeName): string {
  const { tokens } = st
  const from = st.token(type.location)
  const percent = tokens.find('%', from)
  return percent < 0 ? strings(type.names).map(quoteName).join('.') : tokens.slice(from, percent + 2)
}

/** A collation's name as SQL writes it; one that the script makes is found by the search path. */
export function collationText(st: Statement, parts: readonly Node[] | undefined): string {
  const names = strings(parts)
  const [name] = names
  const namespace =
    names.length === 1
      ? st.session.path.names.find((candidate) => st.catalog.kinds.named('collations', `${candidate}\u0000${name ?? ''}`).length > 0)
      : undefined
  return (namespace === undefined || namespace === 'public' ? names : [namespace, ...names]).map(quoteName).join('.')
}
