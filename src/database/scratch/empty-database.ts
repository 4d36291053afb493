import { quoteName } from '#core/dialects/postgres.ts'
import type { Connection } from '../connection.ts'

/** How many rows each catalog has, and which transaction will come next. */
export interface CatalogState {
  readonly rows: ReadonlyMap<string, number>
  readonly transaction: string
}

/** Beyond so many relations a database is opened anew in less time. */
const MOST_RELATIONS = 1_500
/** Catalogs fill with dead rows, and nobody sweeps here: after so many transactions it is opened anew. */
const MOST_TRANSACTIONS = 20_000

/** Takes down how the catalogs of an empty database look. */
export async function catalogState(connection: Connection): Promise<CatalogState> {
  const [next] = await connection.query<{ next: string }>(
    `SELECT pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text AS next`,
  )
  const transaction = next?.next ?? '0'
  const catalogs = await connection.query<{ name: string }>(
    `SELECT relname AS name FROM pg_catalog.pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND relname <> 'pg_statistic'`,
  )
  const counts = await countRows(
    connection,
    catalogs.map(({ name }) => name),
    transaction,
  )
  return { rows: new Map(counts.map(({ name, rows }) => [name, rows])), transaction }
}

/**
 * Drops everything that was made in a PGlite of our own. True when its catalogs are then as they were when `fresh` was taken down: the same number of
 * rows, none of them written since (but those of the namespace `public`, which is made again). Else it must be opened anew.
 */
export async function emptyDatabase(connection: Connection, fresh: CatalogState): Promise<boolean> {
  await connection.exec('ROLLBACK')
  // It leaves the session's role too.
  await connection.exec('RESET SESSION AUTHORIZATION')
  await connection.exec('DISCARD ALL')
  const [size] = await connection.query<{ relations: string; next: string }>(
    `SELECT count(*) AS relations, pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text AS next FROM pg_catalog.pg_class WHERE oid >= 16384`,
  )
  if (!size || Number(size.relations) > MOST_RELATIONS || Number(size.next) - Number(fresh.transaction) > MOST_TRANSACTIONS) return false
  await connection.exec(`SET client_min_messages = error; ${dropAll}`)
  await connection.exec(newPublic)
  await connection.exec('RESET ALL')
  const counts = await countRows(connection, [...fresh.rows.keys()], fresh.transaction)
  return counts.every(({ name, rows, written }) => {
    const allowed = ofPublic.has(name) ? 1 : 0
    return written <= allowed && Math.abs(rows - (fresh.rows.get(name) ?? 0)) <= (name === 'pg_init_privs' ? 1 : 0)
  })
}

interface Count {
  readonly name: string
  readonly rows: number
  /** Rows written by the transaction given or a later one. */
  readonly written: number
}

const countRows = (connection: Connection, catalogs: readonly string[], transaction: string): Promise<readonly Count[]> =>
  connection.query<Count>(
    catalogs
      .map(
        (name) =>
          `SELECT '${name}' AS name, count(*)::int AS rows, count(*) FILTER (WHERE xmin::text::bigint >= ${transaction})::int AS written FROM pg_catalog.${quoteName(name)}`,
      )
      .join(' UNION ALL '),
  )

/** Where the namespace `public` has a row. */
const ofPublic = new Set(['pg_namespace', 'pg_description', 'pg_init_privs'])

/** What a person can make and what of it is not the system's: its OID is one of those given out after initdb. */
const made: readonly (readonly [query: string, statement: string])[] = [
  [`SELECT evtname FROM pg_event_trigger`, 'DROP EVENT TRIGGER %I CASCADE'],
  [`SELECT pubname FROM pg_publication`, 'DROP PUBLICATION %I CASCADE'],
  [`SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'`, 'DROP EXTENSION IF EXISTS %I CASCADE'],
  [`SELECT nspname FROM pg_namespace WHERE oid >= 16384 OR nspname = 'public'`, 'DROP SCHEMA %I CASCADE'],
  [`SELECT fdwname FROM pg_foreign_data_wrapper WHERE oid >= 16384`, 'DROP FOREIGN DATA WRAPPER %I CASCADE'],
  [`SELECT lanname FROM pg_language WHERE oid >= 16384`, 'DROP LANGUAGE %I CASCADE'],
  [`SELECT amname FROM pg_am WHERE oid >= 16384`, 'DROP ACCESS METHOD %I CASCADE'],
  [`SELECT oid::regprocedure::text FROM pg_proc WHERE oid >= 16384`, 'DROP ROUTINE %s CASCADE'],
  [`SELECT datname FROM pg_database WHERE oid >= 16384`, 'DROP DATABASE %I'],
  [`SELECT rolname FROM pg_roles WHERE oid >= 16384`, 'DROP OWNED BY %I CASCADE'],
  [`SELECT rolname FROM pg_roles WHERE oid >= 16384`, 'DROP ROLE %I'],
  [`SELECT current_database()`, 'ALTER DATABASE %I RESET ALL'],
  [`SELECT current_user`, 'ALTER ROLE %I RESET ALL'],
]

const dropAll = `DO $empty$ DECLARE thing text; BEGIN SET LOCAL search_path = pg_catalog;
${made.map(([query, statement]) => `FOR thing IN ${query} LOOP EXECUTE format('${statement}', thing); END LOOP;`).join('\n')} END $empty$`

const newPublic = `CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;
COMMENT ON SCHEMA public IS 'standard public schema'`
