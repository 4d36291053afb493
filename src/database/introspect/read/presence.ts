import type { Connection } from '../../connection.ts'
import { FIRST_USER_OID } from '../oids.ts'

const own = `oid >= ${FIRST_USER_OID}`

/** Kinds of things that most databases have none of, and where to look. Asking once whether they are there is cheaper than asking for each. */
const catalogs = {
  pg_am: `pg_am WHERE ${own}`,
  pg_cast: `pg_cast WHERE ${own}`,
  pg_collation: `pg_collation WHERE ${own}`,
  pg_conversion: `pg_conversion WHERE ${own}`,
  pg_event_trigger: `pg_event_trigger WHERE ${own}`,
  pg_extension: `pg_extension WHERE ${own}`,
  pg_foreign_data_wrapper: `pg_foreign_data_wrapper WHERE ${own}`,
  pg_foreign_server: `pg_foreign_server WHERE ${own}`,
  pg_inherits: 'pg_inherits',
  pg_language: `pg_language WHERE ${own}`,
  pg_largeobject_metadata: `pg_largeobject_metadata WHERE ${own}`,
  pg_operator: `pg_operator WHERE ${own}`,
  pg_opfamily: `pg_opfamily WHERE ${own}`,
  pg_policy: `pg_policy WHERE ${own}`,
  pg_publication: `pg_publication WHERE ${own}`,
  pg_rewrite: `pg_rewrite WHERE ${own} AND rulename <> '_RETURN'`,
  pg_seclabel: 'pg_seclabel',
  pg_statistic_ext: `pg_statistic_ext WHERE ${own}`,
  pg_subscription: 'pg_stat_subscription',
  pg_transform: `pg_transform WHERE ${own}`,
  pg_trigger: `pg_trigger WHERE ${own} AND NOT tgisinternal`,
  pg_ts_config: `pg_ts_config WHERE ${own}`,
  pg_ts_dict: `pg_ts_dict WHERE ${own}`,
  pg_ts_parser: `pg_ts_parser WHERE ${own}`,
  pg_ts_template: `pg_ts_template WHERE ${own}`,
} as const

export type Presence = (...names: readonly (keyof typeof catalogs)[]) => boolean

export async function readPresence(query: Connection['query']): Promise<Presence> {
  const asked = Object.entries(catalogs).map(([name, place]) => `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM ${place})`)
  const rows = await query<{ name: string }>(asked.join(' UNION ALL '))
  const there = new Set(rows.map(({ name }) => name))
  return (...names) => names.some((name) => there.has(name))
}
