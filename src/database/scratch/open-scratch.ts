import { openPGliteScratch } from './pglite-scratch.ts'
import { openServerScratch } from './server-scratch.ts'
import type { Scratch, ScratchOptions } from './types.ts'

/**
 * Opens a scratch database: on the server of `url`, where one is made and dropped again, else in a PGlite in a thread of its own (0.3 s with the archive
 * that the build makes, seconds without). Rejects with a `DatabaseError`.
 */
export function openScratch(options: ScratchOptions = {}): Promise<Scratch> {
  const { url } = options
  return url ? openServerScratch(url, options) : openPGliteScratch(options)
}
