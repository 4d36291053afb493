import type { Source } from '#formats/format.ts'
import type { TruthReading } from '#sync/database-messages.ts'
import type { ScratchPool } from '#database/scratch/pool.ts'

export interface TruthWork {
  readonly signal: AbortSignal
  readonly onProgress: (share: number) => void
}

/** Milliseconds that PostgreSQL may run statements; what is left then is skipped and told. */
const RUN_MS = 90_000

/** Reads sources by the grammar, has PostgreSQL run them in a scratch database, and gives what it made of them. Rejects when stopped. */
export async function readTrueSchema(
  pool: ScratchPool,
  sources: readonly Source[],
  { signal, onProgress }: TruthWork,
): Promise<TruthReading> {
  const [{ format }, { readTruth }] = await Promise.all([import('#formats/postgres-sql/index.ts'), import('#database/truth/read-truth.ts')])
  if (!format.importer) throw new Error('PostgreSQL SQL cannot be read')
  const read = await format.importer(sources, { signal })
  signal.throwIfAborted()
  const truth = await pool.use((scratch) => readTruth({ sources, read }, scratch, { signal, onProgress, timeLimit: RUN_MS }))
  const { schema, diagnostics, unverified, executed, server } = truth
  return { schema, diagnostics, unverified, executed, server: server.text }
}
