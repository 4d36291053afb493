import { DatabaseError } from '#database/connection.ts'
import type { Scratch } from '#database/scratch/types.ts'
import type { ServerConfig } from '../config.ts'

/**
 * A scratch database, on the server that the configuration names or embedded. Loaded when first needed. What people import is executed there, so a
 * server that is open to others refuses to do it as a superuser, who may read files and start programs.
 */
export async function openScratch({
  scratchUrl,
  allowPrivateDatabases,
}: Pick<ServerConfig, 'scratchUrl' | 'allowPrivateDatabases'>): Promise<Scratch> {
  const { openScratch: open } = await import('#database/scratch/open-scratch.ts')
  const scratch = await open({ url: scratchUrl ?? null })
  if (!scratchUrl || allowPrivateDatabases || !(await isSuperuser(scratch))) return scratch
  await scratch.close()
  throw new DatabaseError('The scratch server is not used: its user is a superuser.', {
    hint: 'Whoever runs this server has to name another one in SCHEMAFLOW_SCRATCH_URL: CREATE ROLE scratch LOGIN CREATEDB.',
  })
}

async function isSuperuser({ connection }: Scratch): Promise<boolean> {
  const [found] = await connection.query<{ setting: string }>(`SELECT pg_catalog.current_setting('is_superuser') AS setting`)
  return found?.setting !== 'off'
}
