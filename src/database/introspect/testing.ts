import { identityOf, schemaLists, type Schema } from '#core/schema/index.ts'
import { exportPostgresSql } from '#formats/postgres-sql/export/exporter.ts'
import type { Connection } from '../connection.ts'
import { connect } from '../connect/connect.ts'
import { introspect } from './introspect.ts'
import type { IntrospectOptions, Introspection } from './types.ts'

// Support for tests: databases that come and go, and schemas made comparable.

let count = 0

/** Runs `work` on a new, empty database of the server, which is dropped afterwards. */
export async function withDatabase<T>(server: string, work: (connection: Connection, url: string) => Promise<T>): Promise<T> {
  const admin = await connect(server)
  count += 1
  const name = `schemaflow_introspect_${process.pid}_${count}`
  try {
    await admin.exec(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
    const url = Object.assign(new URL(server), { pathname: `/${name}` }).toString()
    const connection = await connect(url)
    try {
      return await work(connection, url)
    } finally {
      await connection.close()
    }
  } finally {
    await admin.exec(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await admin.close()
  }
}

/** What a database's introspection becomes when it is written as SQL, loaded into an empty database, and read again. */
export async function readAgain(
  { schema }: Introspection,
  empty: Connection,
  options: IntrospectOptions = {},
): Promise<{ readonly sql: string; readonly again: Schema }> {
  const sql = exportPostgresSql(schema, { privileges: options.privileges === true }).files[0]?.text ?? ''
  await empty.exec(sql)
  return { sql, again: (await introspect(empty, options)).schema }
}

/** A schema as maps by identity: the order of its lists, and where kept statements stood, say nothing of a database. */
export function comparable(schema: Schema): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    schemaLists.map((list) => [
      list,
      Object.fromEntries(
        schema[list].map((item) => [identityOf(list, item), withoutOrder(item)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ]),
  )
}

const unordered = new Set(['constraints', 'indexes', 'triggers', 'policies', 'rules', 'tables', 'namespaces'])

function withoutOrder(item: object): unknown {
  return Object.fromEntries(
    Object.entries(item)
      .filter(([key]) => key !== 'position')
      .map(([key, value]: [string, unknown]) => [key, unordered.has(key) && Array.isArray(value) ? byName(value) : value]),
  )
}

const byName = (list: readonly unknown[]): unknown[] => [...list].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))

/** The name of a part, of what it is about, or itself when it is one. */
function nameOf(part: unknown): string {
  if (typeof part !== 'object' || part === null) return String(part)
  if ('table' in part) return JSON.stringify(Object.values(part.table ?? {}).sort())
  return 'name' in part ? String(part.name) : ''
}
