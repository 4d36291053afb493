import { readFileSync } from 'node:fs'
import pg from 'pg'
import { expect, test } from 'vitest'
import { importer } from '../import/importer.ts'
import { exportPostgresSql } from './exporter.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
if (!url) process.stderr.write('kitchen-sink.pg.test.ts: skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')

/** What PostgreSQL itself says of everything in a database: one line per fact, sorted. */
const facts = `
  SELECT set_config('search_path', '', true);
  WITH n AS (SELECT oid, nspname FROM pg_namespace WHERE nspname IN ('public', 'shop')),
       c AS (SELECT c.*, nspname FROM pg_class c JOIN n ON n.oid = relnamespace WHERE NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e'))
  SELECT concat_ws(' ', 'relation', oid::regclass, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident, reloptions, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid),
    (SELECT array_agg(inhparent::regclass ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid), CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END, obj_description(oid, 'pg_class')) AS fact FROM c
  UNION ALL SELECT concat_ws(' ', 'column', c.oid::regclass, attname, attnum, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, pg_get_expr(adbin, adrelid), attcollation::regcollation,
    attstorage, attcompression, attstattarget, attislocal, attinhcount, col_description(c.oid, attnum)) FROM c JOIN pg_attribute ON attrelid = c.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND relkind <> 'i'
  UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, contypid::regtype, conname, pg_get_constraintdef(k.oid), conislocal, coninhcount, obj_description(k.oid, 'pg_constraint')) FROM pg_constraint k JOIN n ON n.oid = connamespace WHERE conparentid = 0 OR contype <> 'f'
  UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisclustered, indisreplident, indisvalid) FROM pg_index JOIN c ON c.oid = indexrelid
  UNION ALL SELECT concat_ws(' ', 'sequence', s.*, (SELECT refobjid::regclass || ' ' || refobjsubid FROM pg_depend WHERE objid = c.oid AND deptype = 'a')) FROM pg_sequences s JOIN c ON relname = sequencename AND nspname = schemaname
  UNION ALL SELECT concat_ws(' ', 'routine', CASE WHEN prokind <> 'a' THEN pg_get_functiondef(p.oid) ELSE p.oid::regprocedure || (SELECT aggtransfn::text FROM pg_aggregate WHERE aggfnoid = p.oid) END, obj_description(p.oid, 'pg_proc'))
    FROM pg_proc p JOIN n ON n.oid = pronamespace WHERE NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype IN ('e', 'i'))
  UNION ALL SELECT concat_ws(' ', 'type', t.oid::regtype, typtype, typnotnull, typdefault, obj_description(t.oid, 'pg_type')) FROM pg_type t JOIN n ON n.oid = typnamespace WHERE NOT EXISTS (SELECT FROM pg_depend WHERE objid = t.oid AND deptype = 'e')
  UNION ALL SELECT concat_ws(' ', 'label', enumtypid::regtype, enumlabel, row_number() OVER (PARTITION BY enumtypid ORDER BY enumsortorder)) FROM pg_enum
  UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid), tgenabled, obj_description(oid, 'pg_trigger')) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT concat_ws(' ', 'rule', pg_get_ruledef(oid), ev_enabled) FROM pg_rewrite WHERE rulename <> '_RETURN' AND oid > 16384
  UNION ALL SELECT concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, polpermissive, polroles, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid), obj_description(oid, 'pg_policy')) FROM pg_policy
  UNION ALL SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(oid), stxstattarget) FROM pg_statistic_ext
  UNION ALL SELECT concat_ws(' ', 'event trigger', evtname, evtevent, evtfoid::regproc, evtenabled, evttags) FROM pg_event_trigger
  UNION ALL SELECT concat_ws(' ', 'foreign', ftrelid::regclass, ftoptions) FROM pg_foreign_table
  UNION ALL SELECT concat_ws(' ', 'publication', pubname, tablename) FROM pg_publication_tables
  ORDER BY 1`

/** Loads SQL into a database that is dropped afterwards, and tells the facts. */
async function factsAfter(sql: string): Promise<readonly string[]> {
  const admin = new pg.Client(url)
  await admin.connect()
  const database = `schemaflow_sink_${process.pid}_${Date.now()}`
  try {
    await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`)
    const client = new pg.Client(Object.assign(new URL(url ?? ''), { pathname: `/${database}` }).toString())
    await client.connect()
    try {
      await client.query(sql)
      const results = (await client.query(facts)) as unknown as readonly { readonly rows: readonly { readonly fact: string }[] }[]
      // Attribute options of a server's own making differ from run to run.
      return results.at(-1)?.rows.map(({ fact }) => fact.replace(/pg_attver=\d+/g, '')) ?? []
    } finally {
      await client.end()
    }
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    await admin.end()
  }
}

async function lacks(): Promise<string | undefined> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ version: number; extensions: number }>(
      `SELECT current_setting('server_version_num')::int AS version, (SELECT count(*)::int FROM pg_available_extensions WHERE name IN ('pg_trgm', 'btree_gist')) AS extensions`,
    )
    if ((rows[0]?.version ?? 0) < 150_000) return 'PostgreSQL 15'
    return rows[0]?.extensions === 2 ? undefined : 'the extensions pg_trgm and btree_gist'
  } finally {
    await client.end()
  }
}

test.skipIf(!url)('exported SQL gives the same catalogs as the SQL that was imported, object by object', async ({ skip }) => {
  const missing = await lacks()
  if (missing) skip(`the server lacks ${missing}`)
  const source = readFileSync(new URL('fixtures/kitchen-sink.sql', import.meta.url), 'utf8')
  const { schema } = await importer([{ file: 'a.sql', text: source }])
  const ours = exportPostgresSql(schema).files[0]?.text ?? ''
  const [before, after] = [await factsAfter(source), await factsAfter(ours)]
  expect(before.length).toBeGreaterThan(300)
  expect(after).toEqual(before)
})
