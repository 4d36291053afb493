import type pg from 'pg'

// What of a live database an object-relational mapper loses, asked of PostgreSQL's catalogs: one query for each code of the loss report. A report is
// true and complete when it names the same objects.

const own = (oid: string, catalog: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = ${oid} AND e.classid = '${catalog}'::regclass AND e.deptype = 'e')`
const ours = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'`
/** Tables that stand in the output as such: no partitions, no foreign tables. */
const t = `(SELECT c.*, n.nspname || '.' || c.relname AS path FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${ours} AND ${own('c.oid', 'pg_class')}) t`
const tables = (where: string): string => `SELECT t.path FROM ${t} WHERE ${where}`
const columns = (where: string, more = ''): string =>
  `SELECT t.path || '.' || a.attname FROM ${t} JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
   JOIN pg_type y ON y.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum ${more} WHERE ${where}`
const constraints = (where: string): string =>
  `SELECT t.path || '.' || o.conname FROM ${t} JOIN pg_constraint o ON o.conrelid = t.oid WHERE o.contype <> 't' AND ${where}`
const i = `JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class x ON x.oid = i.indexrelid`
const noConstraint = `NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = x.oid AND o.contype IN ('p', 'u', 'x'))`
const indexes = (where: string): string =>
  `SELECT t.path || '.' || x.relname FROM ${t} ${i} JOIN pg_am m ON m.oid = x.relam WHERE ${noConstraint} AND ${where}`
const keyed = (where: string): string =>
  `SELECT t.path || '.' || o.conname FROM ${t} ${i} JOIN pg_constraint o ON o.conindid = x.oid AND o.conrelid = t.oid AND o.contype IN ('p', 'u') WHERE ${where}`
const types = (where: string): string =>
  `SELECT n.nspname || '.' || y.typname FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace WHERE ${ours} AND ${own('y.oid', 'pg_type')} AND ${where}`
const relations = (where: string): string =>
  `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours} AND ${own('c.oid', 'pg_class')} AND ${where}`
const plainKeys = `NOT EXISTS (SELECT FROM unnest(i.indkey) k WHERE k = 0)`
const isNextval = `pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%' AND y.typname IN ('int2', 'int4', 'int8')`
const ownsSequence = `EXISTS (SELECT FROM pg_depend p JOIN pg_depend u ON u.refobjid = p.objid AND u.objid = d.oid AND u.classid = 'pg_attrdef'::regclass
  WHERE p.refobjid = t.oid AND p.refobjsubid = a.attnum AND p.deptype = 'a' AND p.classid = 'pg_class'::regclass)`
const options = `ARRAY(SELECT o FROM unnest(%s) o WHERE o NOT LIKE 'pg\\_attver=%')`
const has = (column: string): string => `cardinality(${options.replace('%s', column)}) > 0`

/** By code: a query for the paths of the objects. */
const facts: Readonly<Record<string, string>> = {
  check: constraints(`o.contype = 'c'`),
  'exclusion-constraint': constraints(`o.contype = 'x'`),
  deferrable: constraints(`o.condeferrable AND o.contype <> 'x'`),
  'not-valid': constraints(`NOT o.convalidated`),
  match: constraints(`o.contype = 'f' AND o.confmatchtype <> 's'`),
  'delete-columns': constraints(`o.contype = 'f' AND o.confdelsetcols IS NOT NULL`),
  policy: `SELECT t.path || '.' || p.polname FROM ${t} JOIN pg_policy p ON p.polrelid = t.oid`,
  trigger: `SELECT n.nspname || '.' || c.relname || '.' || g.tgname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT g.tgisinternal AND NOT c.relispartition AND c.relkind <> 'f' AND ${ours}`,
  rule: `SELECT n.nspname || '.' || c.relname || '.' || w.rulename FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE w.rulename <> '_RETURN' AND NOT c.relispartition AND ${ours} AND ${own('c.oid', 'pg_class')}`,
  'row-security': tables('t.relrowsecurity'),
  'force-row-security': tables('t.relforcerowsecurity'),
  unlogged: tables(`t.relpersistence = 'u'`),
  'replica-identity': tables(`t.relreplident <> 'd'`),
  partitioning: tables(`t.relkind = 'p'`),
  'typed-table': tables('t.reloftype <> 0'),
  inheritance: tables('EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = t.oid)'),
  'clustered-on': relations(
    `c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisclustered)`,
  ),
  partition: relations(`c.relkind IN ('r', 'p') AND c.relispartition`),
  'foreign-table': relations(`c.relkind = 'f'`),
  'view-query': relations(`c.relkind IN ('v', 'm')`),
  'view-index': `SELECT n.nspname || '.' || c.relname || '.' || x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm' AND ${ours}`,
  'storage-options': [
    tables(`${has('t.reloptions')} OR EXISTS (SELECT FROM pg_class s WHERE s.oid = t.reltoastrelid AND ${has('s.reloptions')})`),
    indexes(`${has('x.reloptions')} AND ${plainKeys} AND m.amname IN ('btree', 'hash', 'gin', 'gist', 'spgist', 'brin')`),
    keyed(has('x.reloptions')),
  ].join(' UNION '),
  collation: [
    columns('a.attcollation <> y.typcollation AND a.attcollation <> 0'),
    indexes(`${plainKeys} AND EXISTS (SELECT FROM unnest(i.indcollation, i.indkey) u (coll, key) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.key
      WHERE u.coll <> 0 AND u.coll <> a.attcollation)`),
  ].join(' UNION '),
  'column-statistics': columns('a.attstattarget IS NOT NULL AND a.attstattarget <> -1'),
  'column-storage': columns('a.attstorage <> y.typstorage'),
  'column-compression': columns(`a.attcompression <> ''`),
  'column-options': columns(has('a.attoptions')),
  identity: columns(`a.attidentity <> ''`),
  'generated-column': columns(`a.attgenerated <> ''`),
  'domain-type': columns(
    `y.typtype = 'd' OR EXISTS (SELECT FROM pg_type e WHERE e.oid = y.typelem AND y.typcategory = 'A' AND e.typtype = 'd')`,
  ),
  'list-not-null': columns(
    `y.typcategory = 'A' AND y.typlen = -1 AND (y.typelem <> 0 OR y.typtype = 'd') AND a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conrelid = t.oid AND o.contype = 'p' AND a.attnum = ANY (o.conkey))`,
  ),
  'shared-sequence': columns(`${isNextval} AND NOT ${ownsSequence}`),
  'serial-nullable': columns(`${isNextval} AND NOT a.attnotnull`),
  'index-include': indexes(`i.indnatts > i.indnkeyatts AND ${plainKeys}`),
  'constraint-include': keyed('i.indnatts > i.indnkeyatts'),
  'expression-index': indexes(`NOT ${plainKeys}`),
  'nulls-not-distinct': [
    indexes(`i.indnullsnotdistinct AND ${plainKeys}`),
    `SELECT t.path || '.' || o.conname FROM ${t} ${i} JOIN pg_constraint o ON o.conindid = x.oid AND o.conrelid = t.oid WHERE o.contype = 'u' AND i.indnullsnotdistinct`,
  ].join(' UNION '),
  'nulls-order': indexes(`m.amname = 'btree' AND ${plainKeys} AND EXISTS (SELECT FROM unnest(i.indoption) o WHERE o IN (1, 2))`),
  domain: types(`y.typtype = 'd'`),
  'range-type': types(`y.typtype = 'r'`),
  'composite-type': types(`y.typtype = 'c' AND EXISTS (SELECT FROM pg_class c WHERE c.oid = y.typrelid AND c.relkind = 'c')`),
  'enum-quotes': types(`EXISTS (SELECT FROM pg_enum e WHERE e.enumtypid = y.oid AND e.enumlabel LIKE '%''%')`),
  statistics: `SELECT n.nspname || '.' || s.stxname FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${ours}`,
  comment: [
    `SELECT t.path FROM ${t} WHERE obj_description(t.oid, 'pg_class') IS NOT NULL`,
    columns('col_description(t.oid, a.attnum) IS NOT NULL'),
    `${constraints(`o.contype IN ('p', 'u', 'f') AND obj_description(o.oid, 'pg_constraint') IS NOT NULL`)}`,
    indexes(
      `obj_description(x.oid, 'pg_class') IS NOT NULL AND ${plainKeys} AND m.amname IN ('btree', 'hash', 'gin', 'gist', 'spgist', 'brin')`,
    ),
    `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND ${ours} AND ${own('c.oid', 'pg_class')} AND obj_description(c.oid, 'pg_class') IS NOT NULL`,
    `SELECT n.nspname || '.' || c.relname || '.' || a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind IN ('v', 'm') AND ${ours} AND ${own('c.oid', 'pg_class')} AND col_description(c.oid, a.attnum) IS NOT NULL`,
    `SELECT n.nspname FROM pg_namespace n WHERE ${ours} AND n.nspname <> 'public' AND obj_description(n.oid, 'pg_namespace') IS NOT NULL`,
    types(`y.typtype = 'e' AND obj_description(y.oid, 'pg_type') IS NOT NULL`),
    relations(`c.relkind = 'S' AND obj_description(c.oid, 'pg_class') IS NOT NULL`) +
      ` AND EXISTS (SELECT FROM pg_depend p WHERE p.objid = c.oid AND p.deptype = 'a')`,
    `SELECT e.extname FROM pg_extension e WHERE obj_description(e.oid, 'pg_extension') IS NOT NULL`,
  ].join(' UNION '),
}

export const factCodes: readonly string[] = Object.keys(facts)

/** What a live database has of everything that can be lost: by code, the objects as a loss names them. */
export async function lossFacts(client: pg.Client): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>()
  for (const [code, query] of Object.entries(facts)) {
    const { rows } = await client.query<readonly [string]>({ text: query, rowMode: 'array' } as unknown as string)
    found.set(code, new Set((rows as unknown as readonly (readonly [string])[]).map(([path]) => path)))
  }
  return found
}
