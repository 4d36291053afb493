import { formatDiagnostic, type Diagnostic } from '#core/diagnostic.ts'
import type { Loss } from '#formats/format.ts'
import type { Truth } from './read-schema.ts'
import type { Terminal } from './terminal.ts'

/** Prints diagnostics to stderr, one a line with its hint below, in the order they were noticed. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], io: Terminal): void {
  for (const diagnostic of diagnostics) io.err(`${formatDiagnostic(diagnostic)}\n`)
}

/** A loss as a diagnostic of the target format. */
export const lossDiagnostic = (loss: Loss, target: string): Diagnostic => ({
  code: loss.code,
  severity: 'warning',
  message: `${loss.kind} ${loss.object}: ${loss.message}`,
  hint: loss.hint,
  file: target,
})

/** What PostgreSQL did with the statements, and what is known from their text alone. */
export function printTruth({ server, executed: { ran, refused, skipped }, unverified }: Truth, io: Terminal): void {
  io.err(`PostgreSQL ${server}: ${ran} statements ran, ${refused} refused, ${skipped} not run\n`)
  for (const { name, reason } of unverified) io.err(`  not verified: ${name} (${reason})\n`)
}
