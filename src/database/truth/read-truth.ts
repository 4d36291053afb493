import type { Diagnostic } from '#core/diagnostic.ts'
import type { StatementRecord } from '#formats/format.ts'
import { introspect } from '../introspect/introspect.ts'
import type { Scratch } from '../scratch/types.ts'
import { ByPlace } from './by-place.ts'
import { execute, type Executed, type ExecuteOptions } from './execute.ts'
import { joinReadings } from './join.ts'
import { refusals } from './refusals.ts'
import type { TrueReading, TruthInput } from './types.ts'
import { witnessOf } from './witness.ts'

/** The share of the time that goes into running the statements. */
const RUNNING = 0.8

/**
 * Refines the grammar's reading of SQL by PostgreSQL's: runs the statements in an empty scratch database, reads its catalogs, and joins the two. The
 * scratch database is left as it then is. Rejects with the signal's reason, with `ScratchLost`, or with a `DatabaseError` when the connection fails;
 * what the statements say never makes it reject.
 */
export async function readTruth(input: TruthInput, scratch: Scratch, options: ExecuteOptions = {}): Promise<TrueReading> {
  const { onProgress, signal, privileges = false } = options
  const execution = await execute(input, scratch, { ...options, onProgress: (share) => onProgress?.(share * RUNNING) })
  const { schema, diagnostics, server } = await introspect(scratch.connection, {
    privileges,
    ...(signal && { signal }),
    onProgress: (share) => onProgress?.(RUNNING + share * (1 - RUNNING)),
  })
  const texts = new Map(input.sources.map(({ file, text }) => [file, text]))
  const textOf = ({ file, span }: StatementRecord) => texts.get(file)?.slice(span.start, span.end) ?? ''
  const { statements, standIns } = execution
  const joined = joinReadings(input.read.schema, schema, { witness: witnessOf({ statements, textOf }), standIns })
  return {
    schema: joined.schema,
    unverified: joined.unverified,
    diagnostics: [
      ...stillTrue(input.read.diagnostics, statements),
      ...execution.diagnostics,
      ...refusals(statements, input.sources),
      ...joined.diagnostics,
      ...diagnostics,
    ],
    server,
    executed: { ran: count(statements, 'ran'), refused: count(statements, 'refused'), skipped: count(statements, 'skipped') },
  }
}

const count = (statements: readonly Executed[], outcome: Executed['outcome']): number =>
  statements.reduce((sum, each) => sum + (each.outcome === outcome ? 1 : 0), 0)

/** An error about a statement that PostgreSQL took is none, and what was kept without proof is proven. */
function stillTrue(diagnostics: readonly Diagnostic[], statements: readonly Executed[]): readonly Diagnostic[] {
  const doubted = new ByPlace<Executed>()
  for (const each of statements)
    if (each.record.outcome === 'rejected' || each.record.outcome === 'verbatim')
      doubted.add(each.record.file, each.record.span.start, each)
  return diagnostics.filter(({ severity, code, file, span }) => {
    if (file === undefined || span === undefined || (severity !== 'error' && code !== 'kept-unverified')) return true
    const about = doubted.before(file, span.start)
    return !about || about.outcome !== 'ran' || span.start >= about.record.span.end
  })
}
