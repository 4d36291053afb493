import { scratchPool, type ScratchPool } from '#database/scratch/pool.ts'
import { readTruth as readTruthIn } from '#database/truth/read-truth.ts'
import type { Source } from '#formats/format.ts'
import { format } from '#formats/postgres-sql/index.ts'
import type { TruthReading } from '#sync/database-messages.ts'
import type { ServerConfig } from '../config.ts'
import { openScratch } from './scratch.ts'

export interface TruthWork {
  readonly signal: AbortSignal
  readonly onProgress: (share: number) => void
}
export type ScratchConfig = Pick<ServerConfig, 'scratchUrl' | 'allowPrivateDatabases'>

/** Milliseconds that PostgreSQL may run statements; what is left then is skipped and told. */
const RUN_MS = 90_000

/** Reads sources by the grammar and by PostgreSQL. Takes seconds of computing: runs in a thread of its own (truth-thread.ts). */
export class TruthReader {
  readonly #pool: ScratchPool

  constructor(config: ScratchConfig) {
    this.#pool = scratchPool({ url: config.scratchUrl ?? null, max: 2, open: () => openScratch(config) })
  }

  /** What PostgreSQL makes of the sources; waits while the scratch databases are in use. Rejects when stopped. */
  async read(sources: readonly Source[], { signal, onProgress }: TruthWork): Promise<TruthReading> {
    if (!format.importer) throw new Error('PostgreSQL SQL cannot be read')
    const read = await format.importer(sources, { signal })
    signal.throwIfAborted()
    const truth = await this.#pool.use((scratch) => readTruthIn({ sources, read }, scratch, { signal, onProgress, timeLimit: RUN_MS }))
    const { schema, diagnostics, unverified, executed, server } = truth
    return { schema, diagnostics, unverified, executed, server: server.text }
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}
