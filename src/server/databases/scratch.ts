import type { Scratch } from '#database/scratch/types.ts'
import type { ServerConfig } from '../config.ts'

/** A scratch database, on the server that the configuration names or embedded. Loaded when first needed. */
export async function openScratch({ scratchUrl }: Pick<ServerConfig, 'scratchUrl'>): Promise<Scratch> {
  const scratch = await import('#database/scratch/open-scratch.ts')
  return scratch.openScratch({ url: scratchUrl ?? null })
}
