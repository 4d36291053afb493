import type { Diagnostic } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { RawSource } from './protocol.ts'

/** Which of the dropped files are read, in which order, and what is said of the others. */
export interface SelectedSources {
  readonly sources: readonly RawSource[]
  readonly diagnostics: readonly Diagnostic[]
}

const readable = /\.(sql|psql|pgsql|ddl|dump|json|txt)(\.gz)?$/i
const down = /(^|[./_-])down(\.\w+)*\.sql(\.gz)?$/i
const up = /(^|[./_-])up(\.\w+)*\.sql(\.gz)?$/i

/**
 * A folder of migrations holds more than what is to be read: files of other kinds, and the way back of every step. Several files are read in
 * name order, numbers as numbers. A single file is read whatever its name is.
 */
export function selectSources(raw: readonly RawSource[]): SelectedSources {
  if (raw.length < 2) return { sources: raw, diagnostics: [] }
  const ofKind = raw.filter(({ file }) => readable.test(file))
  const others = ofKind.length > 0 ? raw.filter((source) => !ofKind.includes(source)) : []
  const candidates = ofKind.length > 0 ? ofKind : raw
  const ways = candidates.some(({ file }) => up.test(file)) ? candidates.filter(({ file }) => down.test(file)) : []
  const sources = candidates
    .filter((source) => !ways.includes(source))
    .toSorted((a, b) => a.file.localeCompare(b.file, 'en', { numeric: true }))
  return {
    sources,
    diagnostics: [
      ...leftOut('other-files', others, 'is no SQL and was left out.', 'were left out: they are no SQL.'),
      ...leftOut('down-migrations', ways, 'leads back and was left out.', 'were left out: they lead back.'),
    ],
  }
}

function leftOut(code: DiagnosticCode, sources: readonly RawSource[], one: string, many: string): readonly Diagnostic[] {
  const [first] = sources
  if (!first) return []
  const message = sources.length === 1 ? `${first.file} ${one}` : `${sources.length} files ${many}`
  const shown = sources.slice(0, 5).map(({ file }) => file)
  const rest = sources.length - shown.length
  const hint = sources.length === 1 ? undefined : `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
  return [{ code, severity: 'info', message, hint }]
}
