import type { Privilege } from '#core/schema/index.ts'
import { signatureType } from '../../names.ts'
import type { Reading } from '../../reading.ts'
import { FIRST_USER_OID } from '../../oids.ts'
import { aclJson, privilegesOf, type AclItem, type AclRow } from './acl.ts'

/** Where lists of privileges are, and what an object has by itself. */
interface Place {
  /** SQL that says what the privileges are on. */
  readonly on: string
  readonly catalog: string
  /** The catalog's columns: name, owner, list and namespace (null: it has none). */
  readonly name: string
  readonly owner: string
  readonly list: string
  readonly namespace: string | null
  /** The letter by which `acldefault` knows the kind. */
  readonly letter: string
  readonly arguments?: string
  readonly where?: string
}

const places: readonly Place[] = [
  {
    on: "CASE WHEN x.relkind = 'S' THEN 'sequence' ELSE 'table' END",
    catalog: 'pg_class',
    name: 'relname',
    owner: 'relowner',
    list: 'relacl',
    namespace: 'relnamespace',
    letter: "CASE WHEN x.relkind = 'S' THEN 's' ELSE 'r' END",
    where: "x.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND x.relpersistence <> 't'",
  },
  {
    on: "CASE WHEN x.prokind = 'p' THEN 'procedure' ELSE 'function' END",
    catalog: 'pg_proc',
    name: 'proname',
    owner: 'proowner',
    list: 'proacl',
    namespace: 'pronamespace',
    letter: "'f'",
    arguments: 'ARRAY(SELECT format_type(u.type, NULL) FROM unnest(x.proargtypes::oid[]) WITH ORDINALITY AS u(type, n) ORDER BY u.n)',
  },
  { on: "'type'", catalog: 'pg_type', name: 'typname', owner: 'typowner', list: 'typacl', namespace: 'typnamespace', letter: "'T'" },
  { on: "'namespace'", catalog: 'pg_namespace', name: 'nspname', owner: 'nspowner', list: 'nspacl', namespace: null, letter: "'n'" },
  { on: "'language'", catalog: 'pg_language', name: 'lanname', owner: 'lanowner', list: 'lanacl', namespace: null, letter: "'l'" },
  {
    on: "'foreignDataWrapper'",
    catalog: 'pg_foreign_data_wrapper',
    name: 'fdwname',
    owner: 'fdwowner',
    list: 'fdwacl',
    namespace: null,
    letter: "'F'",
  },
  {
    on: "'foreignServer'",
    catalog: 'pg_foreign_server',
    name: 'srvname',
    owner: 'srvowner',
    list: 'srvacl',
    namespace: null,
    letter: "'S'",
  },
]

/** Grants and default privileges that differ from what PostgreSQL (or the extension an object came with) gives by itself. */
export async function readPrivileges(reading: Reading): Promise<readonly Privilege[]> {
  const { query, namespaces, options } = reading
  if (options.privileges !== true) return []
  const privileges: Privilege[] = []
  for (const place of places) {
    const rows = await query<AclRow>(placeQuery(place), place.namespace === null ? [] : [[...namespaces.keys()]])
    for (const row of rows) if (isAskedFor(reading, place, row)) privileges.push(...privilegesOf(targetOf(row), row))
  }
  const columns = await query<AclRow>(columnQuery, [[...reading.relations.keys()]])
  for (const row of columns) privileges.push(...privilegesOf(targetOf(row), row))
  return [...(await readDefaults(reading)), ...privileges]
}

/** Of some namespaces only what is in them. */
function isAskedFor({ options, namespaces }: Reading, { catalog }: Place, { namespace, name }: AclRow): boolean {
  if (options.namespaces === undefined) return true
  return catalog === 'pg_namespace' ? [...namespaces.values()].includes(name) : namespace !== null
}

/** An object's own list, and the one to compare it with: what an extension set, else PostgreSQL's default. Everybody may use `public`. */
function placeQuery({
  on,
  catalog,
  name,
  owner,
  list,
  namespace,
  letter,
  arguments: types = 'NULL::text[]',
  where = 'true',
}: Place): string {
  const isPublic =
    catalog === 'pg_namespace'
      ? "WHEN x.nspname = 'public' THEN acldefault('n', x.nspowner) || makeaclitem(0, x.nspowner, 'USAGE', false)"
      : ''
  const base = `CASE WHEN i.initprivs IS NOT NULL AND i.privtype = 'e' THEN i.initprivs ${isPublic} ELSE acldefault((${letter})::"char", x.${owner}) END`
  const inside =
    namespace !== null
      ? `x.${namespace} = ANY ($1::oid[])`
      : catalog === 'pg_namespace'
        ? "x.nspname !~ '^pg_' AND x.nspname <> 'information_schema'"
        : `x.oid >= ${FIRST_USER_OID}`
  return `SELECT ${on} AS on, ${namespace === null ? 'NULL::text' : `(SELECT n.nspname::text FROM pg_namespace n WHERE n.oid = x.${namespace})`} AS namespace, x.${name}::text AS name, ${types} AS arguments,
      NULL::text AS column, pg_get_userbyid(x.${owner})::text AS owner, ${aclJson(`x.${list}`)} AS acl, ${aclJson(base)} AS base
    FROM ${catalog} x LEFT JOIN pg_init_privs i ON i.classoid = '${catalog}'::regclass AND i.objoid = x.oid AND i.objsubid = 0
    WHERE x.${list} IS NOT NULL AND ${inside} AND ${where} ORDER BY x.oid`
}

const columnQuery = `SELECT 'table' AS on, n.nspname::text AS namespace, c.relname::text AS name, NULL::text[] AS arguments, a.attname::text AS column,
    pg_get_userbyid(c.relowner)::text AS owner, ${aclJson('a.attacl')} AS acl, '[]'::json AS base
  FROM pg_attribute a JOIN unnest($1::oid[]) AS picked(id) ON picked.id = a.attrelid JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum`

const targetOf = ({ on, namespace, name, arguments: types }: AclRow): Pick<Privilege, 'on' | 'objects' | 'defaults'> => ({
  on,
  objects: [{ namespace, name, arguments: types === null ? null : types.map(signatureType).join(', ') }],
  defaults: null,
})

const DEFAULT_KINDS: Readonly<Record<string, Privilege['on']>> = { r: 'table', S: 'sequence', f: 'function', T: 'type', n: 'namespace' }

/** ALTER DEFAULT PRIVILEGES: those of all namespaces differ from PostgreSQL's own, those of one add to them. */
async function readDefaults({ query, namespaces, options }: Reading): Promise<readonly Privilege[]> {
  const rows = await query<{ kind: string; role: string; namespace: number; acl: readonly AclItem[]; base: readonly AclItem[] }>(
    `SELECT d.defaclobjtype::text AS kind, pg_get_userbyid(d.defaclrole)::text AS role, d.defaclnamespace AS namespace, ${aclJson('d.defaclacl')} AS acl,
       CASE WHEN d.defaclnamespace = 0 THEN ${aclJson("acldefault(CASE WHEN d.defaclobjtype = 'S' THEN 's'::\"char\" ELSE d.defaclobjtype END, d.defaclrole)")} ELSE '[]'::json END AS base
     FROM pg_default_acl d ORDER BY d.oid`,
  )
  const isPart = options.namespaces !== undefined
  return rows.flatMap(({ kind, role, namespace, acl, base }) => {
    const on = DEFAULT_KINDS[kind]
    const inside = namespaces.get(namespace)
    if (on === undefined || (isPart && inside === undefined)) return []
    const defaults = { roles: [role], namespaces: inside === undefined ? [] : [inside] }
    return privilegesOf({ on, objects: [], defaults }, { owner: role, acl, base, column: null })
  })
}
