import { keep, type Reading } from '../reading.ts'
import { policyStatement } from '../sql.ts'
import { printed } from '../definitions/printed.ts'

interface Row {
  readonly statement: string
}

const tables = `pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'`

/**
 * Policies that people have put on tables of extensions (`cron.job`), and that row-level security is on there: the tables come with the extension,
 * these do not. Kept word for word, as pg_dump writes them (`getPolicies`).
 */
export async function keepExtensionPolicies(reading: Reading): Promise<void> {
  const rows = await reading.query<Row>(
    `SELECT format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', n.nspname, c.relname) AS statement FROM ${tables} WHERE c.relrowsecurity
     UNION ALL
     SELECT ${policyStatement("format('%I.%I', n.nspname, c.relname)")}
     FROM pg_policy p JOIN ${tables} ON c.oid = p.polrelid`,
  )
  for (const { statement } of rows) keep(reading, printed(statement), 'POLICY')
}
