import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory, SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils'
import type * as glueTypes from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

// Prisma's own schema engine (the one behind `db pull` and `migrate diff`), as WebAssembly, on a live PostgreSQL: the judge of our Prisma output.
// Its command line cannot run without a network: it downloads a binary first.

type Module = typeof glueTypes
type Engine = glueTypes.SchemaEngine

/** What Prisma makes of a database by itself, as `prisma db pull` does. */
export interface Introspection {
  readonly datamodel: string
  /** What Prisma says it has left out. */
  readonly warnings: string
  readonly views: readonly { readonly schema: string; readonly name: string; readonly definition: string }[]
  /** Milliseconds that the engine took: without loading it, with its queries. */
  readonly milliseconds: number
}

/** Reads a live database with Prisma's engine. `head` is the datasource (and generator) that it starts from. Throws with the engine's words. */
export async function prismaIntrospect(url: string, head: string): Promise<Introspection> {
  return withEngine(url, head, async (engine) => {
    const started = performance.now()
    const { schema, warnings, views } = await engine.introspect({
      schema: { files: [{ path: 'schema.prisma', content: head }] },
      baseDirectoryPath: '/',
      force: true,
      compositeTypeDepth: -1,
      namespaces: null,
    })
    const milliseconds = performance.now() - started
    return { datamodel: schema.files[0]?.content ?? '', warnings: warnings ?? '', views: views ?? [], milliseconds }
  })
}

/** The SQL that would make a live database what a datamodel says, as `prisma migrate diff` writes it: empty when Prisma sees no difference. */
export async function prismaDiff(url: string, datamodel: string): Promise<string> {
  const files = [{ path: 'schema.prisma', content: datamodel }]
  return withEngine(url, datamodel, (engine) =>
    script(engine, { tag: 'schemaDatasource', files, configDir: '/' }, { tag: 'schemaDatamodel', files }),
  )
}

/** The SQL that makes a datamodel's database out of nothing. `url` names any database: it is not touched. */
export async function prismaSql(url: string, datamodel: string): Promise<string> {
  const files = [{ path: 'schema.prisma', content: datamodel }]
  return withEngine(url, datamodel, (engine) => script(engine, { tag: 'empty' }, { tag: 'schemaDatamodel', files }))
}

type Target = Parameters<Engine['diff']>[0]['from']

async function script(engine: Engine, from: Target, to: Target): Promise<string> {
  const filters = { externalTables: [], externalEnums: [] }
  const { stdout } = await engine.diff({ from, to, script: true, exitCode: true, filters })
  const text = (stdout ?? '').trim()
  return text === '-- This is an empty migration.' ? '' : text
}

async function withEngine<T>(url: string, datamodel: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await load()
  const clients: pg.Client[] = []
  const adapter = bindMigrationAwareSqlAdapterFactory(factory(url, clients))
  try {
    const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', datamodel]] }, () => undefined, adapter)
    try {
      return await use(engine)
    } finally {
      engine.free()
    }
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

let loaded: Promise<Module> | undefined

/** The package means its WebAssembly to be brought in by a bundler; this does what the bundler would. */
const load = (): Promise<Module> =>
  (loaded ??= (async () => {
    const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as Module
    const file = createRequire(import.meta.url)
      .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
      .replace(/\.js$/, '.wasm')
    const { instance } = await WebAssembly.instantiate(readFileSync(file), {
      './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
    })
    glue.__wbg_set_wasm(instance.exports)
    ;(instance.exports['__wbindgen_start'] as () => void)()
    return glue
  })())

/** One connection on `pg`. Prisma's own adapter cannot read the catalog's `"char"` columns. */
function factory(url: string, clients: pg.Client[]): SqlMigrationAwareDriverAdapterFactory {
  const about = { provider: 'postgres', adapterName: 'schemaflow-tests' } as const
  const connect = async (): Promise<SqlDriverAdapter> => {
    const client = new pg.Client(url)
    clients.push(client)
    await client.connect()
    const query = async ({ sql, args }: SqlQuery): Promise<pg.QueryArrayResult> => {
      try {
        return await client.query({ text: sql, values: args, rowMode: 'array', types: { getTypeParser: parserOf } })
      } catch (error) {
        throw asAdapterError(error)
      }
    }
    return {
      ...about,
      queryRaw: async (wanted) => resultSet(await query(wanted)),
      executeRaw: async (wanted) => (await query(wanted)).rowCount ?? 0,
      executeScript: async (sql) => void (await query({ sql, args: [], argTypes: [] })),
      startTransaction: () => Promise.reject(new Error('nothing here needs a transaction')),
      getConnectionInfo: () => ({ supportsRelationJoins: true }),
      dispose: () => Promise.resolve(),
    }
  }
  return { ...about, connect, connectToShadowDb: connect }
}

function asAdapterError(error: unknown): Error {
  if (!(error instanceof pg.DatabaseError)) return error instanceof Error ? error : new Error(String(error))
  const { code = '', severity = 'ERROR', message, detail, column, hint } = error
  return new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
}

const { Boolean: bool, Character, Double, Float, Int32, Int64, Text, TextArray } = ColumnTypeEnum
/** The types of catalog columns by oid; everything else is text. */
const columnTypes: Readonly<Record<number, SqlResultSet['columnTypes'][number]>> = {
  ...{ 16: bool, 18: Character, 20: Int64, 21: Int32, 23: Int32, 26: Int64, 700: Float, 701: Double },
  ...{ 1002: TextArray, 1003: TextArray, 1009: TextArray, 1015: TextArray },
  ...{
    1000: ColumnTypeEnum.BooleanArray,
    1005: ColumnTypeEnum.Int32Array,
    1007: ColumnTypeEnum.Int32Array,
    1016: ColumnTypeEnum.Int64Array,
  },
}
const asText = (value: string): string => value
const parserOf = (oid: number): ((value: string) => unknown) => {
  if (oid === 20 || oid === 26 || columnTypes[oid] === undefined) return asText
  // "char"[] and name[] read as text[] does, for which `pg` has a parser.
  const known = oid === 1002 || oid === 1003 ? textArray : oid
  return pg.types.getTypeParser(known)
}
const textArray: number = 1009

const resultSet = ({ fields, rows }: pg.QueryArrayResult): SqlResultSet => ({
  columnNames: fields.map(({ name }) => name),
  columnTypes: fields.map(({ dataTypeID }) => columnTypes[dataTypeID] ?? Text),
  rows,
})
