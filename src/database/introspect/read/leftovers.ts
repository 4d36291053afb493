import { attempt } from '../attempt.ts'
import type { Reading } from '../reading.ts'

/** Says what the database has and a schema has no place for. */
export async function tellLeftovers(reading: Reading): Promise<void> {
  const rows = await attempt<{ kind: string; name: string }>(
    reading,
    'subscriptions and security labels',
    `SELECT 'subscription' AS kind, s.subname::text AS name FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database()
     UNION ALL SELECT 'security label', l.provider || ' on ' || l.objname FROM pg_seclabels l WHERE l.objsubid >= 0 AND l.objtype NOT IN ('role', 'database', 'tablespace')
     UNION ALL (SELECT 'large objects', count(*)::text FROM pg_largeobject_metadata HAVING count(*) > 0)`,
  )
  for (const { kind, name } of rows)
    reading.diagnostics.push({
      code: 'object-not-read',
      severity: kind === 'large objects' ? 'info' : 'warning',
      message: kind === 'large objects' ? `${name} large objects are data, not schema.` : `The ${kind} ${name} was not read.`,
    })
}
