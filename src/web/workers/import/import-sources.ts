import type { Diagnostic } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { detectFormat, findFormat, formats } from '#formats/all.ts'
import type { ImportResult, Source } from '#formats/format.ts'
import type { Decoded } from './decode.ts'

/** The format that was read. */
export interface ReadFormat {
  readonly id: string
  readonly title: string
  readonly language: string
}

type Outcome =
  | { readonly kind: 'read'; readonly result: ImportResult; readonly format: ReadFormat }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** Reads texts in the format that the first of them most likely is. Several are one schema. */
export async function importSources(sources: readonly Decoded[], onProgress: (share: number) => void): Promise<Outcome> {
  const [first] = sources
  if (!first) return refused('nothing-to-read', 'There is nothing to read.', 'Drop a file or paste SQL.')
  const unreadable = sources.map(({ file }) => writeOnlyFormat(file)).find((title) => title !== undefined)
  if (unreadable)
    return refused('unknown-format', `${unreadable} can be written, but not read yet.`, `What can be read: ${readableTitles()}.`)
  const entries = new Set(sources.map(({ file, text }) => detectFormat(file, text) ?? findFormat('postgres-sql')))
  const [entry, ...otherEntries] = entries
  if (otherEntries.length > 0) {
    const titles = [...entries].map((one) => one?.title).join(' and ')
    return refused(
      'mixed-formats',
      `These files are in different formats: ${titles}.`,
      'Import those of one format first, then the others: an import adds to what is there.',
    )
  }
  const { format } = (await entry?.load()) ?? { format: {} }
  if (!entry || !format.importer) {
    return refused('unknown-format', `${first.file} is in a format that cannot be read yet.`, `What can be read: ${readableTitles()}.`)
  }
  onProgress(0)
  const texts: readonly Source[] = sources.map(({ file, text }) => ({ file, text }))
  const result = await format.importer(texts, { onProgress: sparing(onProgress) })
  const isEmpty = result.statements.every(({ outcome }) => outcome === 'rejected')
  if (isEmpty && countObjects(result) === 0) {
    const serious = result.diagnostics.filter(({ severity }) => severity === 'error')
    return { kind: 'refused', diagnostics: serious.length > 0 ? serious.slice(0, 20) : nothingFound(entry.title) }
  }
  return { kind: 'read', result, format: entry }
}

const readableTitles = (): string =>
  formats
    .filter(({ reads }) => reads)
    .map(({ title }) => title)
    .join(', ')

const writeOnlyFormat = (file: string): string | undefined =>
  formats.find(({ reads, extension }) => !reads && file.endsWith(`.${extension}`))?.title

const countObjects = ({ schema }: ImportResult): number =>
  Object.values(schema).reduce((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0)

const refused = (code: DiagnosticCode, message: string, hint: string): Outcome => ({
  kind: 'refused',
  diagnostics: [{ code, severity: 'error', message, hint }],
})

const nothingFound = (title: string): readonly Diagnostic[] => [
  {
    code: 'nothing-found',
    severity: 'error',
    message: 'There is no statement in it.',
    hint: `It was read as ${title}. Nothing in the project has changed.`,
  },
]

/** At most one message per hundredth: a large file would send thousands. */
function sparing(report: (share: number) => void): (share: number) => void {
  let told = 0
  return (share) => {
    if (share - told < 0.01 && share < 1) return
    told = share
    report(share)
  }
}
