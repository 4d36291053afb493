import { unquoteNames } from '#core/dialects/postgres.ts'
import type { TextSearch } from '#core/schema/index.ts'
import { Tokens } from '#formats/shared/sql/tokens.ts'
import { shortName } from '../../names.ts'
import type { Reading } from '../../reading.ts'
import { functionName, notOfExtension, ownerOf } from '../../sql.ts'
import { grouped } from '../columns.ts'

interface Named {
  readonly oid: number
  readonly namespace: string
  readonly name: string
}

/** Parsers, templates, dictionaries and configurations. */
export async function readTextSearch(reading: Reading): Promise<readonly TextSearch[]> {
  return [
    ...(await readFunctions(reading, PARSER)),
    ...(await readFunctions(reading, TEMPLATE)),
    ...(await readDictionaries(reading)),
    ...(await readConfigurations(reading)),
  ]
}

/** The two kinds that are lists of functions, in the order in which pg_dump writes them. */
interface Functions {
  readonly kind: 'parser' | 'template'
  readonly catalog: string
  readonly prefix: string
  readonly columns: Readonly<Record<string, string>>
}
const PARSER: Functions = {
  kind: 'parser',
  catalog: 'pg_ts_parser',
  prefix: 'prs',
  columns: { start: 'prsstart', gettoken: 'prstoken', end: 'prsend', headline: 'prsheadline', lextypes: 'prslextype' },
}
const TEMPLATE: Functions = {
  kind: 'template',
  catalog: 'pg_ts_template',
  prefix: 'tmpl',
  columns: { init: 'tmplinit', lexize: 'tmpllexize' },
}

async function readFunctions(
  { query, namespaces, comments }: Reading,
  { kind, catalog, prefix, columns }: Functions,
): Promise<readonly TextSearch[]> {
  const functions = Object.entries(columns).map(([name, column]) => `${functionName(`x.${column}`)} AS "${name}"`)
  const rows = await query<Named & Readonly<Record<string, string | null>>>(
    `SELECT x.oid, n.nspname::text AS namespace, x.${prefix}name::text AS name, ${functions.join(', ')} FROM ${catalog} x
       JOIN pg_namespace n ON n.oid = x.${prefix}namespace WHERE x.${prefix}namespace = ANY ($1::oid[]) AND ${notOfExtension(catalog, 'x.oid')} ORDER BY x.oid`,
    [[...namespaces.keys()]],
  )
  return rows.map((row) => ({
    kind,
    namespace: row.namespace,
    name: row.name,
    options: Object.fromEntries(Object.keys(columns).flatMap((name) => (row[name] ? [[name, row[name]]] : []))),
    searchPath: null,
    owner: null,
    comment: comments(catalog, row.oid),
  }))
}

async function readDictionaries(reading: Reading): Promise<readonly TextSearch[]> {
  const rows = await reading.query<
    Named & {
      readonly owner: string | null
      readonly templateNamespace: string
      readonly template: string
      readonly options: string | null
    }
  >(
    `SELECT d.oid, n.nspname::text AS namespace, d.dictname::text AS name, ${ownerOf(reading, 'd.dictowner')} AS owner,
       tn.nspname::text AS "templateNamespace", t.tmplname::text AS template, d.dictinitoption AS options
     FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace JOIN pg_ts_template t ON t.oid = d.dicttemplate JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
     WHERE d.dictnamespace = ANY ($1::oid[]) AND ${notOfExtension('pg_ts_dict', 'd.oid')} ORDER BY d.oid`,
    [[...reading.namespaces.keys()]],
  )
  return rows.map(({ oid, namespace, name, owner, templateNamespace, template, options }) => ({
    kind: 'dictionary',
    namespace,
    name,
    template: shortName(templateNamespace, template),
    options: dictionaryOptions(options ?? ''),
    searchPath: null,
    owner,
    comment: reading.comments('pg_ts_dict', oid),
  }))
}

/** `language = 'english', stopwords = E'a\\\\b'`: as PostgreSQL's `serialize_deflist` writes them. */
function dictionaryOptions(text: string): Readonly<Record<string, string>> {
  const tokens = new Tokens(`(${text})`)
  return Object.fromEntries(
    tokens.elements(0).map(([from, to]) => {
      const value = tokens.slice(from + 2, to)
      const quoted = /^(E?)'(.*)'$/is.exec(value)
      const plain = quoted?.[2]?.replaceAll("''", "'")
      return [
        unquoteNames(tokens.slice(from, from + 1))[0] ?? '',
        plain === undefined ? value : quoted?.[1] ? plain.replaceAll('\\\\', '\\') : plain,
      ]
    }),
  )
}

interface MappingRow {
  readonly configuration: number
  readonly token: string
  readonly namespace: string
  readonly dictionary: string
}

async function readConfigurations(reading: Reading): Promise<readonly TextSearch[]> {
  const { query, namespaces, comments } = reading
  const rows = await query<Named & { readonly owner: string | null; readonly parserNamespace: string; readonly parser: string }>(
    `SELECT c.oid, n.nspname::text AS namespace, c.cfgname::text AS name, ${ownerOf(reading, 'c.cfgowner')} AS owner,
       pn.nspname::text AS "parserNamespace", p.prsname::text AS parser
     FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace JOIN pg_ts_parser p ON p.oid = c.cfgparser JOIN pg_namespace pn ON pn.oid = p.prsnamespace
     WHERE c.cfgnamespace = ANY ($1::oid[]) AND ${notOfExtension('pg_ts_config', 'c.oid')} ORDER BY c.oid`,
    [[...namespaces.keys()]],
  )
  if (rows.length === 0) return []
  const mappings = await query<MappingRow>(
    `SELECT c.oid AS configuration, t.alias AS token, n.nspname::text AS namespace, d.dictname::text AS dictionary
     FROM pg_ts_config c JOIN unnest($1::oid[]) AS picked(id) ON picked.id = c.oid CROSS JOIN LATERAL ts_token_type(c.cfgparser) t
       JOIN pg_ts_config_map m ON m.mapcfg = c.oid AND m.maptokentype = t.tokid JOIN pg_ts_dict d ON d.oid = m.mapdict JOIN pg_namespace n ON n.oid = d.dictnamespace
     ORDER BY c.oid, m.maptokentype, m.mapseqno`,
    [rows.map(({ oid }) => oid)],
  )
  const byConfiguration = grouped(mappings, ({ configuration }) => configuration)
  return rows.map(({ oid, namespace, name, owner, parserNamespace, parser }) => ({
    kind: 'configuration',
    namespace,
    name,
    parser: shortName(parserNamespace, parser),
    mappings: byToken(byConfiguration.get(oid) ?? []),
    searchPath: null,
    owner,
    comment: comments('pg_ts_config', oid),
  }))
}

function byToken(rows: readonly MappingRow[]): { token: string; dictionaries: string[] }[] {
  const mappings: { token: string; dictionaries: string[] }[] = []
  for (const { token, namespace, dictionary } of rows) {
    const last = mappings.at(-1)
    if (last?.token === token) last.dictionaries.push(shortName(namespace, dictionary))
    else mappings.push({ token, dictionaries: [shortName(namespace, dictionary)] })
  }
  return mappings
}
