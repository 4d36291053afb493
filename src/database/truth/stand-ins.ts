import { quoteName } from '#core/dialects/postgres.ts'

export interface StandIn {
  /** Makes types of the extension's names, so that tables with such columns can be made. */
  readonly sql: string
  /** Their names. */
  readonly types: readonly string[]
}

/** Types of widely used extensions that scratch databases mostly do not have. Nothing can be computed with them. */
const types: Readonly<Record<string, readonly string[]>> = {
  vector: ['vector', 'halfvec', 'sparsevec'],
  postgis: ['geometry', 'geography', 'box2d', 'box3d'],
}

/** A stand-in for an extension that is not there; undefined when we have none. As part of plpgsql its types count as an extension's own. */
export function standInFor(extension: string, namespace: string | null): StandIn | undefined {
  if (languages.test(extension)) return { sql: languageSql(extension), types: [] }
  const names = Object.hasOwn(types, extension) ? types[extension] : undefined
  if (!names) return undefined
  const prefix = namespace === null ? '' : `${namespace}.`
  return { sql: names.map((name) => typeSql(prefix, name)).join(';\n'), types: names }
}

/** Which extension has what PostgreSQL does not find: types, functions, operator classes by name. */
const owners: ReadonlyMap<string, string> = new Map(
  Object.entries({
    citext: 'citext',
    hstore: 'hstore hstore_to_json hstore_to_jsonb akeys avals skeys svals gin_hstore_ops gist_hstore_ops',
    ltree: 'ltree lquery ltxtquery nlevel subpath text2ltree gist_ltree_ops',
    intarray: 'query_int gin__int_ops gist__int_ops gist__intbig_ops icount',
    cube: 'cube',
    earthdistance: 'earth ll_to_earth earth_distance earth_box',
    seg: 'seg',
    lo: 'lo lo_manage',
    isn: 'isbn isbn13 issn issn13 ismn ismn13 ean13 upc',
    pg_trgm: 'gin_trgm_ops gist_trgm_ops similarity word_similarity show_trgm',
    btree_gist: 'gist_int4_ops gist_int8_ops gist_text_ops gist_uuid_ops gist_date_ops',
    'uuid-ossp': 'uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_url',
    pgcrypto: 'crypt gen_salt digest hmac gen_random_bytes pgp_sym_encrypt pgp_sym_decrypt pgp_pub_encrypt pgp_pub_decrypt armor dearmor',
    unaccent: 'unaccent',
    fuzzystrmatch: 'levenshtein soundex metaphone dmetaphone dmetaphone_alt',
    tablefunc: 'crosstab connectby normal_rand',
    moddatetime: 'moddatetime',
    vector: 'vector halfvec sparsevec',
    postgis: 'geometry geography box2d box3d',
  }).flatMap(([extension, names]) => names.split(' ').map((name) => [name, extension] as const)),
)

/** The extension that would have what an error says is missing. */
export function extensionFor(code: string | null, message: string): string | undefined {
  if (code !== '42704' && code !== '42883') return undefined
  const [, name] =
    /^(?:type|function|operator class|text search dictionary) "?(?:public\.)?"?([\w$]+)"?(?:\[\])?(?:"| |\()/.exec(message) ?? []
  return name === undefined ? undefined : owners.get(name)
}

/** Extensions that are a language. */
const languages = /^pl(?:perlu?|python[23]?u|tclu?|v8|coffee|ls|java|javau|r|sh|rust|lua|luau|proxy)$/

/** Functions in a language that is not here can be made when something of its name is: nobody runs them. It counts as part of plpgsql. */
export const languageSql = (name: string): string =>
  `CREATE LANGUAGE ${quoteName(name)} HANDLER pg_catalog.plpgsql_call_handler; ALTER EXTENSION plpgsql ADD LANGUAGE ${quoteName(name)}`

function typeSql(prefix: string, name: string): string {
  const type = `${prefix}${quoteName(name)}`
  const [input, output] = [`${prefix}${quoteName(`${name}_in`)}`, `${prefix}${quoteName(`${name}_out`)}`]
  return [
    `CREATE TYPE ${type}`,
    `CREATE FUNCTION ${input}(cstring, oid, integer) RETURNS ${type} LANGUAGE internal IMMUTABLE STRICT AS 'varcharin'`,
    `CREATE FUNCTION ${output}(${type}) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout'`,
    `CREATE TYPE ${type} (INPUT = ${input}, OUTPUT = ${output}, TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout)`,
    `ALTER EXTENSION plpgsql ADD TYPE ${type}`,
    `ALTER EXTENSION plpgsql ADD FUNCTION ${input}(cstring, oid, integer)`,
    `ALTER EXTENSION plpgsql ADD FUNCTION ${output}(${type})`,
  ].join(';\n')
}
