import type { FormatEntry } from '../format.ts'

/** How SQL that makes or changes a schema begins, at the start of a statement. */
const ddl =
  /(?:^|;)\s*(?:create|alter|drop|comment\s+on|grant|revoke|set\s+(?:search_path|statement_timeout)|begin|insert\s+into|\\restrict)\b/im

export const entry: FormatEntry<'postgres-sql'> = {
  id: 'postgres-sql',
  title: 'PostgreSQL SQL',
  extension: 'sql',
  reads: true,
  writes: true,
  language: 'sql',
  detect: (file, head) => (/\.(?:sql|psql|ddl)$/i.test(file) ? 0.5 : 0) + (ddl.test(head) ? 0.4 : 0),
  load: () => import('./index.ts'),
}
