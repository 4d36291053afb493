import type { Database } from './database.ts'

/** The migrations that drizzle-kit wrote, by file name; part of the bundle. */
const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })

const LOCK = 5_318_008_002

/** Brings the database up to date. Servers that start together take turns; each migration happens whole or not at all. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (sql) => {
    await sql('SELECT pg_advisory_xact_lock($1)', [LOCK])
    await sql(`SET LOCAL client_min_messages = warning`)
    await sql('CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())')
    const applied = new Set((await sql<{ name: string }>('SELECT name FROM migrations')).map(({ name }) => name))
    const known = new Set(Object.keys(files).map(nameOf))
    const newer = [...applied].filter((name) => !known.has(name))
    if (newer.length > 0) throw new Error(`The database was made by a newer SchemaFlow (it has ${newer.join(', ')}). Start that version.`)
    for (const [path, script] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (applied.has(nameOf(path))) continue
      for (const statement of script.split('--> statement-breakpoint')) await sql(statement)
      await sql('INSERT INTO migrations (name) VALUES ($1)', [nameOf(path)])
    }
  })
}

const nameOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.sql$/, '')
