import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import pg from 'pg'

// The judges of what we write: PostgreSQL, Drizzle's own kit and compiler, Prisma's own engine. Each throws with the tool's words.

const root = path.resolve(import.meta.dirname, '../..')
const server = process.env['SCHEMAFLOW_TEST_PG']

/** There is a PostgreSQL server to ask (`npm test` starts one). */
export const hasPostgres = Boolean(server)

/** Runs SQL in a fresh database, every statement of it in one go, and `look` on the result; drops the database afterwards. */
export async function withDatabase<T>(sql: string, look: (client: pg.Client) => Promise<T>): Promise<T> {
  const name = `sf_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  const admin = await connect(server ?? '')
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`)
    const client = await connect(Object.assign(new URL(server ?? ''), { pathname: `/${name}` }).toString())
    try {
      await client.query(sql)
      return await look(client)
    } finally {
      await client.end()
    }
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await admin.end()
  }
}

/** The address of the database that a client of `withDatabase` is connected to. */
export async function databaseUrl(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name')
  return Object.assign(new URL(server ?? ''), { pathname: `/${rows[0]?.name}` }).toString()
}

interface PrismaEngine {
  readonly validate: (params: string) => void
  readonly format: (files: string, params: string) => string
}
const prismaEngine = (): PrismaEngine => createRequire(import.meta.url)('@prisma/prisma-schema-wasm') as PrismaEngine

/** Prisma's engine accepts the schema. */
export function validatePrisma(text: string): void {
  try {
    prismaEngine().validate(JSON.stringify({ prismaSchema: [['schema.prisma', text]], noColor: true }))
  } catch (error) {
    throw new Error(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** The schema as `prisma format` writes it. */
export function formatPrisma(text: string): string {
  const uri = 'file:///schema.prisma'
  const options = { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } }
  const [[, formatted]] = JSON.parse(prismaEngine().format(JSON.stringify([[uri, text]]), JSON.stringify(options))) as [[string, string]]
  return formatted
}

/** The compiler accepts the Drizzle schema under `strict`, and Drizzle's kit writes SQL from it: that SQL. */
export function drizzleSql(code: string): string {
  const base = path.join(root, '.cache', 'drizzle')
  mkdirSync(base, { recursive: true })
  const dir = mkdtempSync(path.join(base, 'schema-'))
  try {
    const file = path.join(dir, 'schema.ts')
    writeFileSync(file, code)
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--moduleResolution',
      'nodenext',
      '--skipLibCheck',
      '--target',
      'es2022',
      '--types',
      '',
    ]
    node(['node_modules/typescript/bin/tsc', ...flags, file])
    return node(['node_modules/drizzle-kit/bin.cjs', 'export', '--dialect', 'postgresql', '--schema', file])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function node(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  return client
}
