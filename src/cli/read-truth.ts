import type { TrueReading, TruthInput } from '#database/truth/types.ts'
import { inWords } from './read-database.ts'
import type { SourceOptions } from './source-options.ts'
import { progress, type Terminal } from './terminal.ts'

/** Has PostgreSQL run what was read and gives what it made of it. The server is the one that is named, else an embedded one. */
export function readTruth(input: TruthInput, options: SourceOptions & { readonly strict?: boolean }, io: Terminal): Promise<TrueReading> {
  return inWords(async () => {
    const [truth, { openScratch }] = await Promise.all([
      import('#database/truth/read-truth.ts'),
      import('#database/scratch/open-scratch.ts'),
    ])
    const scratch = await openScratch({ url: options.scratchUrl ?? process.env['SCHEMAFLOW_SCRATCH_URL'] ?? null })
    const bar = progress(io, 'Checking with PostgreSQL')
    try {
      return await truth.readTruth(input, scratch, {
        privileges: options.privileges === true,
        strict: options.strict === true,
        onProgress: bar.report,
      })
    } finally {
      bar.done()
      await scratch.close()
    }
  })
}
