import { quoteLiteral, quoteQualified } from '#core/dialects/postgres.ts'
import { routineSignature, type ObjectName, type Routine, type SchemaList } from '#core/schema/index.ts'
import { DatabaseError, type Connection } from '../connection.ts'
import { policyStatement } from '../introspect/sql.ts'
import type { Difference } from './differences.ts'

/** Something that goes when what it stands on is dropped with CASCADE. */
export interface Dependent {
  /** For people: `the view "public.big"`. */
  readonly what: string
  /** What makes it again, as PostgreSQL itself writes it, with every name in full. */
  readonly statement: string
}

/**
 * What stands on the objects that are to be dropped and is not dropped by itself: views, foreign keys and checks of other tables, functions,
 * triggers, policies, defaults and indexes. In an order in which they can be made again. Found by `pg_depend`; the scratch database was made in
 * order, so that of two views the one that reads the other has the greater id.
 */
export async function dependentsOf(connection: Connection, dropped: readonly Difference[]): Promise<readonly Dependent[]> {
  const ids = await idsOf(connection, dropped.flatMap(seedOf))
  if (ids.length === 0) return []
  await connection.exec("SET LOCAL search_path = ''")
  const found = await connection.query<Dependent>(`${closure(ids)} ${makers}`)
  await connection.exec('SET LOCAL search_path TO DEFAULT')
  return found
}

/** `class, id` of those that are there. Where a function's types are gone it cannot even be named; then nothing is known of what stands on it. */
async function idsOf(connection: Connection, seeds: readonly string[]): Promise<readonly string[]> {
  if (seeds.length === 0) return []
  const values = seeds.map((seed) => `(${seed})`).join(', ')
  await connection.exec('SAVEPOINT seeds')
  try {
    const rows = await connection.query<{ readonly pair: string }>(
      `SELECT format('(%s::oid, %s::oid)', class::oid, id) AS pair FROM (VALUES ${values}) AS s (class, id) WHERE id IS NOT NULL`,
    )
    return rows.map(({ pair }) => pair)
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code === null) throw error
    await connection.exec('ROLLBACK TO SAVEPOINT seeds')
    return []
  }
}

type Seed = Partial<Record<SchemaList, (item: never) => string>>

const relation = (name: ObjectName): string => `'pg_class'::regclass, to_regclass(${literal(name)})::oid`
const type = (name: ObjectName): string => `'pg_type'::regclass, to_regtype(${literal(name)})::oid`
const literal = (name: ObjectName): string => quoteLiteral(quoteQualified(name, { always: true }))

/** How an object is found in the catalogs: its class and its id, null when it is not there. */
const seeds: Seed = {
  tables: relation,
  views: relation,
  sequences: relation,
  enums: type,
  domains: type,
  compositeTypes: type,
  rangeTypes: type,
  routines: (routine: Routine) => {
    const signature = routineSignature({ ...routine, kind: 'function' })
    return `'pg_proc'::regclass, to_regprocedure(${quoteLiteral(`${quoteQualified(routine, { always: true })}${signature}`)})::oid`
  },
}

function seedOf({ list, before }: Difference): readonly string[] {
  const seed = seeds[list]
  return seed && before ? [seed(before as never)] : []
}

/** Everything that DROP … CASCADE of the seeds reaches, but for columns of a dropped type. A rule stands for its view. */
const closure = (from: readonly string[]): string => `WITH RECURSIVE seed (class, id) AS (
  VALUES ${from.join(', ')}
), gone (class, id) AS (
  SELECT class, id FROM seed
  UNION
  SELECT next.class, next.id FROM gone CROSS JOIN LATERAL (
    SELECT d.classid, d.objid FROM pg_catalog.pg_depend d
    WHERE d.refclassid = gone.class AND d.refobjid = gone.id AND d.deptype IN ('n', 'a', 'i') AND d.objsubid = 0
    UNION ALL
    SELECT 'pg_class'::regclass, r.ev_class FROM pg_catalog.pg_rewrite r WHERE gone.class = 'pg_rewrite'::regclass AND r.oid = gone.id
  ) AS next (class, id)
), other (class, id) AS (SELECT class, id FROM gone EXCEPT SELECT class, id FROM seed)`

/** What makes each again. What belongs to a dropped table or view comes with that, or is gone on purpose. */
const makers = `, kept AS (
  SELECT c.oid, c.relkind FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT EXISTS (SELECT FROM seed WHERE seed.id = c.oid)
), made (rank, id, what, statement) AS (
  SELECT 1, p.oid, format('the function "%s"', p.oid::regprocedure), pg_get_functiondef(p.oid)
  FROM other JOIN pg_catalog.pg_proc p ON class = 'pg_proc'::regclass AND id = p.oid WHERE p.prokind IN ('f', 'p')
  UNION ALL
  SELECT 2, k.oid, format('the view "%s"', k.oid::regclass),
    format('CREATE %sVIEW %s AS %s', CASE k.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END, k.oid::regclass, rtrim(pg_get_viewdef(k.oid), ';'))
  FROM other JOIN kept k ON class = 'pg_class'::regclass AND id = k.oid WHERE k.relkind IN ('v', 'm')
  UNION ALL
  SELECT 3, d.oid, format('the default of "%s"."%s"', d.adrelid::regclass, a.attname),
    format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', d.adrelid::regclass, a.attname, pg_get_expr(d.adbin, d.adrelid))
  FROM other JOIN pg_catalog.pg_attrdef d ON class = 'pg_attrdef'::regclass AND id = d.oid
    JOIN kept k ON k.oid = d.adrelid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated = ''
  UNION ALL
  SELECT 4, n.oid, format('the constraint "%s" of "%s"', n.conname, n.conrelid::regclass),
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', n.conrelid::regclass, n.conname, pg_get_constraintdef(n.oid))
  FROM other JOIN pg_catalog.pg_constraint n ON class = 'pg_constraint'::regclass AND id = n.oid
    JOIN kept k ON k.oid = n.conrelid WHERE n.contype IN ('f', 'c') AND n.conparentid = 0 AND n.conislocal
  UNION ALL
  SELECT 5, i.indexrelid, format('the index "%s"', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
  FROM other JOIN pg_catalog.pg_index i ON class = 'pg_class'::regclass AND id = i.indexrelid JOIN kept k ON k.oid = i.indrelid AND k.relkind <> 'm'
  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint n WHERE n.conindid = i.indexrelid AND n.contype IN ('p', 'u', 'x'))
  UNION ALL
  SELECT 6, t.oid, format('the trigger "%s" of "%s"', t.tgname, t.tgrelid::regclass), pg_get_triggerdef(t.oid)
  FROM other JOIN pg_catalog.pg_trigger t ON class = 'pg_trigger'::regclass AND id = t.oid JOIN kept k ON k.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND t.tgparentid = 0
  UNION ALL
  SELECT 7, p.oid, format('the policy "%s" of "%s"', p.polname, p.polrelid::regclass),
    ${policyStatement('p.polrelid::regclass')}
  FROM other JOIN pg_catalog.pg_policy p ON class = 'pg_policy'::regclass AND id = p.oid JOIN kept k ON k.oid = p.polrelid
) SELECT what, statement FROM made ORDER BY rank, id`
