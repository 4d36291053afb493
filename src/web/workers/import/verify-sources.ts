import type { Diagnostic } from '#core/diagnostic.ts'
import type { ImportResult, Source } from '#formats/format.ts'
import { databaseCaps, type TruthEvent, type TruthReading } from '#sync/database-messages.ts'
import { askForEvents, EventsFailed } from './event-lines.ts'
import type { TruthSummary } from './protocol.ts'

type Outcome =
  | { readonly kind: 'verified'; readonly result: ImportResult; readonly truth: TruthSummary }
  | { readonly kind: 'not-verified'; readonly diagnostic: Diagnostic }

interface Asked {
  readonly sources: readonly Source[]
  readonly result: ImportResult
  /** What was noticed before anything was read. */
  readonly noticed: readonly Diagnostic[]
}
interface Watch {
  readonly signal: AbortSignal
  readonly onProgress: (share: number) => void
}

const MOST_UNVERIFIED = 200

/** Whether PostgreSQL can be asked: it is SQL, and not too much of it. */
export const canVerify = (format: string, sources: readonly { readonly text: string }[]): boolean =>
  format === 'postgres-sql' && sources.reduce((sum, { text }) => sum + text.length, 0) < databaseCaps.truthBytes * 0.8

/** Has the server run the sources in a scratch database and gives what PostgreSQL makes of them. Never rejects. */
export async function verifySources(address: string, { sources, ...before }: Asked, { signal, onProgress }: Watch): Promise<Outcome> {
  try {
    for await (const event of askForEvents<TruthEvent>(address, { sources }, signal)) {
      if (event.kind === 'progress') onProgress(event.share)
      else if (event.kind === 'refused') return notVerified(event.diagnostics[0])
      else return verified(event.reading, before)
    }
    return notVerified(undefined)
  } catch (error) {
    return notVerified(error instanceof EventsFailed ? error.diagnostic : undefined)
  }
}

function verified(
  { schema, diagnostics, unverified, server, executed }: TruthReading,
  { result, noticed }: Pick<Asked, 'result' | 'noticed'>,
): Outcome {
  return {
    kind: 'verified',
    result: { ...result, schema, diagnostics: [...noticed, ...diagnostics] },
    truth: { server, executed, unverified: unverified.slice(0, MOST_UNVERIFIED), unverifiedCount: unverified.length },
  }
}

const notVerified = (diagnostic: Diagnostic | undefined): Outcome => ({
  kind: 'not-verified',
  diagnostic: diagnostic ?? { code: 'not-checked', severity: 'info', message: 'PostgreSQL could not be asked.' },
})
