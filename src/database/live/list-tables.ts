import type { Connection } from '../connection.ts'

/** What people choose from before anything is read. */
export interface NamespaceContents {
  readonly name: string
  readonly tables: readonly { readonly name: string; readonly kind: 'table' | 'view' }[]
}

/** All namespaces but the system's, with their tables and views; partitions belong to their table and are not listed. One query, read only. */
export async function listTables(
  connection: Connection,
): Promise<{ readonly database: string; readonly namespaces: readonly NamespaceContents[] }> {
  await connection.exec('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    const [current] = await connection.query<{ name: string }>('SELECT pg_catalog.current_database() AS name')
    const rows = await connection.query<Row>(LIST)
    const namespaces = new Map<string, NamespaceContents['tables'][number][]>()
    for (const { namespace, name, kind } of rows) {
      const tables = namespaces.get(namespace) ?? []
      namespaces.set(namespace, tables)
      if (name !== null) tables.push({ name, kind })
    }
    return { database: current?.name ?? '', namespaces: [...namespaces].map(([name, tables]) => ({ name, tables })) }
  } finally {
    await connection.exec('ROLLBACK')
  }
}

interface Row {
  readonly namespace: string
  readonly name: string | null
  readonly kind: 'table' | 'view'
}

const LIST = `
  SELECT n.nspname::text AS namespace, c.relname::text AS name, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind
  FROM pg_catalog.pg_namespace n
  LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  ORDER BY n.nspname <> 'public', n.nspname, c.relname`

export interface TableName {
  readonly namespace: string
  readonly name: string
}

/** Chosen tables with all their partitions, of partitions too. */
export async function withPartitions(connection: Connection, tables: readonly TableName[]): Promise<readonly TableName[]> {
  const found = await connection.query<TableName>(PARTITIONS, [JSON.stringify(tables)])
  return [...tables, ...found]
}

const PARTITIONS = `
  WITH RECURSIVE chosen AS (
    SELECT c.oid FROM pg_catalog.json_to_recordset($1::json) AS t (namespace text, name text)
    JOIN pg_catalog.pg_namespace n ON n.nspname::text = t.namespace
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname::text = t.name
  ), inside AS (
    SELECT i.inhrelid AS oid FROM pg_catalog.pg_inherits i JOIN chosen ON chosen.oid = i.inhparent JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
    UNION
    SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN inside ON inside.oid = i.inhparent JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
  )
  SELECT n.nspname::text AS namespace, c.relname::text AS name
  FROM inside JOIN pg_catalog.pg_class c ON c.oid = inside.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE inside.oid NOT IN (SELECT oid FROM chosen)
  ORDER BY 1, 2`
