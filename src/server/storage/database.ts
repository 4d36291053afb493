import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as tables from './tables.ts'

/** Runs one SQL statement. Parameters are `$1`, `$2` …; JSON is passed as text. */
export type Sql = <Row = Record<string, unknown>>(text: string, params?: readonly unknown[]) => Promise<Row[]>

/** Our database, whichever engine it is. `orm` for everyday queries, `sql` where a statement is measured. */
export interface Database {
  readonly engine: 'pglite' | 'postgres'
  readonly orm: PgDatabase<PgQueryResultHKT, typeof tables>
  readonly sql: Sql
  /** The same for statements that run again and again: planned once. Not for statements that are put together from what people type. */
  readonly prepared: Sql
  /** Committed when `work` resolves, rolled back when it throws. Durable on return. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** Several servers on one database: tells the others that a project has news, and hears it from them. Hints may get lost. */
  readonly hints?: { tell(projectId: string): void; listen(onHint: (projectId: string) => void): void }
  close(): Promise<void>
}
