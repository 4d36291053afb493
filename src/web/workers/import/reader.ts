import type { Diagnostic, Severity } from '#core/diagnostic.ts'
import { detectFormat, findFormat, formats } from '#formats/all.ts'
import type { ImportResult, Source } from '#formats/format.ts'
import { highlight } from '../../panels/lines/highlight.ts'
import { decodeSources, type Decoded } from './decode.ts'
import { applyEdits, type SourceFix } from './group.ts'
import type { FromReader, RawSource, Reading, ReadSource, ToReader } from './protocol.ts'
import { createSourceView, type SourceView } from './source-view.ts'
import { summarise } from './summary.ts'

/** Reads sources and answers for their lines. Knows nothing of workers: it is handed a way to answer. */
export interface Reader {
  receive(message: ToReader): Promise<void>
}

const MOST_TICKS = 400

export function createReader(answer: (message: FromReader) => void): Reader {
  let dropped: readonly Decoded[] = []
  let sources: readonly Decoded[] = []
  let views: readonly SourceView[] = []
  let fixes = 0

  const read = async (took: number): Promise<void> => {
    const begun = performance.now()
    const outcome = await readSources(sources, answer)
    if (outcome.kind === 'refused') return answer(outcome)
    answer({ kind: 'progress', stage: 'summing up', share: 1 })
    const files = sources.map(({ file }) => file)
    const { format } = outcome
    const decoding = sources.flatMap(({ diagnostics }) => diagnostics)
    // Fixes move what comes after them: then the places in the bytes are no places in the text.
    const result = { ...outcome.result, diagnostics: [...(fixes > 0 ? decoding.map(withoutPlace) : decoding), ...outcome.result.diagnostics] }
    const milliseconds = took + performance.now() - begun
    views = sources.map((source) => createSourceView(source.text, format.language, bySource(result, source.file)))
    const reading: Reading = {
      schema: result.schema,
      summary: summarise(result, files),
      sources: sources.map((source, at) => describeSource(source, views[at], result)),
      format: format.title,
      took: milliseconds,
      fixes,
    }
    answer({ kind: 'done', reading })
  }

  const open = async (raw: readonly RawSource[]): Promise<void> => {
    const begun = performance.now()
    answer({ kind: 'progress', stage: 'opening', share: 0 })
    const opened = await decodeSources(raw)
    if (opened.kind === 'refused') return answer(opened)
    fixes = 0
    dropped = opened.sources
    sources = dropped
    return read(performance.now() - begun)
  }

  const mend = (wanted: readonly SourceFix[]): Promise<void> => {
    fixes += wanted.reduce((sum, { edits }) => sum + edits.length, 0)
    sources = sources.map((source, at) => ({ ...source, text: applyEdits(source.text, wanted.find((fix) => fix.source === at)?.edits ?? []) }))
    return read(0)
  }

  return {
    async receive(message) {
      try {
        if (message.kind === 'lines') {
          const lines = (await views[message.source]?.read(message.from, message.to)) ?? []
          return answer({ kind: 'lines', request: message.request, lines })
        }
        if (message.kind === 'prepare') return await prepare()
        if (message.kind === 'read') return await open(message.sources)
        if (message.kind === 'fix') return await mend(message.fixes)
        fixes = 0
        sources = dropped
        return await read(0)
      } catch (error) {
        answer({ kind: 'refused', diagnostics: [broken(error)] })
      }
    },
  }
}

/** Reads and colours next to nothing, so that the grammars are there when a file comes. */
async function prepare(): Promise<void> {
  const { format } = (await findFormat('postgres-sql')?.load()) ?? { format: {} }
  await format.importer?.([{ file: '', text: 'SELECT 1;' }])
  await highlight('SELECT 1;', 'sql')
}

type Outcome =
  | { readonly kind: 'read'; readonly result: ImportResult; readonly format: { readonly title: string; readonly language: string } }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

async function readSources(sources: readonly Decoded[], answer: (message: FromReader) => void): Promise<Outcome> {
  const [first] = sources
  if (!first) return refused('nothing-to-read', 'There is nothing to read.', 'Drop a file or paste SQL.')
  const entry = detectFormat(first.file, first.text) ?? findFormat('postgres-sql')
  const { format } = (await entry?.load()) ?? { format: {} }
  if (!entry || !format.importer) {
    const known = formats.filter(({ reads }) => reads).map(({ title }) => title)
    return refused('unknown-format', `${first.file} is in a format that cannot be read yet.`, `What can be read: ${known.join(', ')}.`)
  }
  const onProgress = (share: number) => answer({ kind: 'progress', stage: 'reading', share })
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

const withoutPlace = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, span: undefined })

const countObjects = ({ schema }: ImportResult): number =>
  Object.values(schema).reduce((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0)

const refused = (code: string, message: string, hint: string): Outcome => ({ kind: 'refused', diagnostics: [{ code, severity: 'error', message, hint }] })

const nothingFound = (title: string): readonly Diagnostic[] => [
  { code: 'nothing-found', severity: 'error', message: 'There is no statement in it.', hint: `It was read as ${title}. Nothing in the project has changed.` },
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

const bySource = ({ statements, diagnostics }: ImportResult, file: string): Pick<ImportResult, 'statements' | 'diagnostics'> => ({
  statements: statements.filter((statement) => statement.file === file),
  diagnostics: diagnostics.filter((diagnostic) => diagnostic.file === undefined || diagnostic.file === file),
})

function describeSource({ file, size }: Decoded, view: SourceView | undefined, { diagnostics }: ImportResult): ReadSource {
  const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }
  const ticks = diagnostics
    .flatMap(({ file: of, span, severity }) => (span && (of === undefined || of === file) ? [{ line: span.line - 1, severity }] : []))
    .toSorted((a, b) => order[a.severity] - order[b.severity] || a.line - b.line)
    .slice(0, MOST_TICKS)
  return { file, size, lineCount: view?.lineCount ?? 0, width: view?.width ?? 0, ticks }
}

/** A bug of ours or an exhausted machine: told like anything else, with what is safe. */
const broken = (error: unknown): Diagnostic => ({
  code: 'reading-failed',
  severity: 'error',
  message: `Reading stopped: ${error instanceof Error ? error.message : String(error)}`,
  hint: 'Nothing in the project has changed. If the file is very large, try the schema alone: pg_dump --schema-only.',
})
