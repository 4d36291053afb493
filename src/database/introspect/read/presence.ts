import type { Connection } from '../../connection.ts'
import { FIRST_USER_OID } from '../oids.ts'

/** Kinds of things that most databases have none of. Asking once whether they are there is cheaper than asking for each. */
const catalogs = [
  'pg_am',
  'pg_cast',
  'pg_collation',
  'pg_conversion',
  'pg_event_trigger',
  'pg_extension',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_language',
  'pg_operator',
  'pg_opfamily',
  'pg_policy',
  'pg_publication',
  'pg_statistic_ext',
  'pg_transform',
  'pg_trigger',
  'pg_ts_config',
  'pg_ts_dict',
  'pg_ts_parser',
  'pg_ts_template',
] as const

export type Presence = (...names: readonly (typeof catalogs)[number][]) => boolean

export async function readPresence(query: Connection['query']): Promise<Presence> {
  const asked = catalogs.map(
    (name) =>
      `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM ${name} WHERE oid >= ${FIRST_USER_OID}${name === 'pg_trigger' ? ' AND NOT tgisinternal' : ''})`,
  )
  const rows = await query<{ name: string }>(asked.join(' UNION ALL '))
  const there = new Set(rows.map(({ name }) => name))
  return (...names) => names.some((name) => there.has(name))
}
