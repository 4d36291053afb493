import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerConfig } from '../config.ts'
import type { Database } from '../storage/database.ts'

/**
 * The secret that sessions are signed with: the configured one, else one made at the first start and kept: in the data folder (readable by its
 * owner only) beside the embedded database, or in the database when several servers share one.
 */
export async function findSecret(config: ServerConfig, database: Database): Promise<string> {
  if (config.secret) return config.secret
  return database.engine === 'pglite' ? secretFile(config.dataFolder) : secretRow(database)
}

const makeSecret = (): string => randomBytes(32).toString('base64url')

function secretFile(folder: string): string {
  const path = join(folder, 'secret')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(path, makeSecret(), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < 32)
    throw new Error(`${path} does not hold a secret. Delete it to have a new one made; everybody signs in again then.`)
  return secret
}

async function secretRow({ sql }: Database): Promise<string> {
  await sql(`INSERT INTO settings (key, value) VALUES ('secret', $1) ON CONFLICT (key) DO NOTHING`, [makeSecret()])
  const [row] = await sql<{ value: string }>(`SELECT value FROM settings WHERE key = 'secret'`)
  if (!row) throw new Error('The secret could not be stored in the database.')
  return row.value
}
