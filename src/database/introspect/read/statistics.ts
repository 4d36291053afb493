import type { EventTrigger, Statistics } from '#core/schema/index.ts'
import { Tokens } from '#formats/shared/sql/tokens.ts'
import type { Reading } from '../reading.ts'
import { FIRST_USER_OID } from '../oids.ts'
import { notOfExtension, ownerOf } from '../sql.ts'
import { FIRING } from './triggers.ts'
import { printed } from '../definitions/printed.ts'

interface StatisticsRow {
  readonly oid: number
  readonly relation: number
  readonly namespace: string
  readonly name: string
  readonly owner: string | null
  readonly target: number | null
  readonly definition: string
}

/** Extended statistics of the tables that are read. */
export async function readStatistics(reading: Reading): Promise<readonly Statistics[]> {
  const { query, relations, comments } = reading
  const rows = await query<StatisticsRow>(
    `SELECT s.oid, s.stxrelid AS relation, n.nspname::text AS namespace, s.stxname::text AS name, ${ownerOf(reading, 's.stxowner')} AS owner,
       CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::int END AS target, pg_get_statisticsobjdef(s.oid) AS definition
     FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${notOfExtension('pg_statistic_ext', 's.oid')} ORDER BY s.oid`,
  )
  return rows.flatMap(({ oid, relation, namespace, name, owner, target, definition }): Statistics[] => {
    const table = relations.get(relation)
    if (!table) return []
    return [
      {
        namespace,
        name,
        ...partsOf(printed(definition)),
        table: { namespace: table.namespace, name: table.name },
        target,
        searchPath: null,
        owner,
        comment: comments('pg_statistic_ext', oid),
      },
    ]
  })
}

/** `CREATE STATISTICS name [(kinds)] ON a, (b + c) FROM table`. */
function partsOf(definition: string): Pick<Statistics, 'kinds' | 'elements'> {
  const tokens = new Tokens(definition)
  const on = tokens.find('on', 0)
  const open = tokens.find('(', 2, on)
  const from = tokens.find('from', on)
  const elements: string[] = []
  for (let at = on + 1; at < from;) {
    const end = tokens.elementEnd(at, from)
    elements.push(tokens.slice(at, end))
    at = end + 1
  }
  return { kinds: open < 0 ? [] : tokens.elements(open).map(([a, b]) => tokens.slice(a, b)), elements }
}

interface EventTriggerRow {
  readonly oid: number
  readonly name: string
  readonly event: string
  readonly tags: readonly string[] | null
  readonly namespace: string
  readonly function: string
  readonly enabled: string
  readonly owner: string | null
}

export async function readEventTriggers(reading: Reading): Promise<readonly EventTrigger[]> {
  const rows = await reading.query<EventTriggerRow>(
    `SELECT e.oid, e.evtname::text AS name, e.evtevent::text AS event, e.evttags AS tags, n.nspname::text AS namespace, p.proname::text AS function,
       e.evtenabled::text AS enabled, ${ownerOf(reading, 'e.evtowner')} AS owner
     FROM pg_event_trigger e JOIN pg_proc p ON p.oid = e.evtfoid JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE e.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_event_trigger', 'e.oid')} ORDER BY e.oid`,
  )
  return rows.map(({ oid, name, event, tags, namespace, function: called, enabled, owner }) => ({
    name,
    event,
    tags: tags ?? [],
    function: { namespace, name: called },
    enabled: FIRING[enabled] ?? 'origin',
    owner,
    comment: reading.comments('pg_event_trigger', oid),
  }))
}
