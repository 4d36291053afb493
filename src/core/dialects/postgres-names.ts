import { DEFAULT_NAMESPACE, type ObjectName } from '../schema/names.ts'
import { reservedWords } from './postgres-words.ts'

// The one place where names and texts become SQL.

/** An identifier as SQL writes it: quoted only where PostgreSQL needs it (the rule of its `quote_ident`). */
export function quoteName(name: string): string {
  if (isPlain(name) && !reservedWords.has(name)) return name
  return `"${name.replaceAll('"', '""')}"`
}

/** Whether a name is of small ASCII letters, digits and underscores, and begins with no digit. Asked tens of thousands of times per schema. */
function isPlain(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at)
    const isLetter = (code >= 0x61 && code <= 0x7a) || code === 0x5f
    if (!isLetter && (at === 0 || code < 0x30 || code > 0x39)) return false
  }
  return name !== ''
}

/** `name` in the default namespace, else `namespace.name`, each quoted where needed. `always` states the default namespace too. */
export function quoteQualified({ namespace, name }: ObjectName, { always = false } = {}): string {
  return always || namespace !== DEFAULT_NAMESPACE ? `${quoteName(namespace)}.${quoteName(name)}` : quoteName(name)
}

/** A list of identifiers: `a, "B"`. */
export const quoteNames = (names: readonly string[]): string =>
  names.length === 1 ? quoteName(names[0] ?? '') : names.map(quoteName).join(', ')

/** A text as an SQL string. Backslashes stand for themselves (`standard_conforming_strings`, on by default since 9.1). */
export const quoteLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A text between dollar quotes, with the shortest tag that does not occur in it: bodies stay readable. */
export function quoteDollar(text: string): string {
  for (let tag = '', n = 0; ; n += 1, tag = n === 1 ? '_' : `_${n}`) {
    const mark = `$${tag}$`
    // A text that ends in `$…` would run together with the closing mark.
    if (!text.includes(mark) && !text.endsWith(`$${tag}`)) return `${mark}${text}${mark}`
  }
}

/** Reads an identifier list as SQL writes it (`a."B c"`, a name's parts) back into names. */
export function unquoteNames(sql: string): readonly string[] {
  return [...sql.matchAll(/"((?:[^"]|"")*)"|([^\s".,]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '').toLowerCase() : quoted.replaceAll('""', '"'),
  )
}

/** Names of PostgreSQL's own types as `pg_type` has them: an own type of that name must be named with its namespace. */
export const builtinTypeNames: ReadonlySet<string> = new Set(
  `aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange anyelement anyenum
  anymultirange anynonarray anyrange bit bool box bpchar bytea char cid cidr circle cstring date datemultirange daterange event_trigger fdw_handler
  float4 float8 gtsvector index_am_handler inet int2 int2vector int4 int4multirange int4range int8 int8multirange int8range internal interval json
  jsonb jsonpath language_handler line lseg macaddr macaddr8 money name numeric nummultirange numrange oid oid8 oidvector path point polygon record
  refcursor regclass regcollation regconfig regdatabase regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype
  table_am_handler text tid time timestamp timestamptz timetz trigger tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector
  txid_snapshot unknown uuid varbit varchar void xid xid8 xml`.split(/\s+/),
)

/** PostgreSQL's own trigger functions. */
export const builtinTriggerFunction =
  /^(?:RI_FKey_\w+|suppress_redundant_updates_trigger|tsvector_update_trigger(?:_column)?|unique_key_recheck)$/

/** Whether PostgreSQL brings a collation of that name (it makes more of them from what the operating system has). */
export const isBuiltinCollation = (name: string): boolean =>
  ['default', 'C', 'POSIX', 'ucs_basic', 'unicode', 'pg_c_utf8', 'pg_unicode_fast'].includes(name) || name.endsWith('-x-icu')
