import { applyEdits } from '#core/apply-fixes.ts'
import type { Diagnostic, Severity } from '#core/diagnostic.ts'
import { unreachable } from '#core/unreachable.ts'
import { findFormat } from '#formats/all.ts'
import type { ImportResult } from '#formats/format.ts'
import { highlight } from '../../panels/lines/highlight.ts'
import { decodeSources, type Decoded } from './decode.ts'
import type { SourceFix } from './group.ts'
import { importSources, type ReadFormat } from './import-sources.ts'
import type { FromReader, RawSource, Reading, ReadSource, ToReader } from './protocol.ts'
import { readDatabase } from './read-database.ts'
import { createSourceView, type SourceView } from './source-view.ts'
import { summarise } from './summary.ts'
import { canVerify, verifySources } from './verify-sources.ts'

const MOST_TICKS = 400

/** Reads sources and answers for their lines. Knows nothing of workers: it is handed a way to answer. */
export class Reader {
  readonly #answer: (message: FromReader) => void
  #dropped: readonly Decoded[] = []
  #leftOut: readonly Diagnostic[] = []
  #sources: readonly Decoded[] = []
  #views: readonly SourceView[] = []
  #fixes = 0
  /** The last reading, as PostgreSQL is asked about it. */
  #last: {
    readonly result: ImportResult
    readonly noticed: readonly Diagnostic[]
    readonly format: ReadFormat
    readonly took: number
  } | null = null
  #verifying: AbortController | null = null

  constructor(answer: (message: FromReader) => void) {
    this.#answer = answer
  }

  /** Never throws: what goes wrong is answered. */
  async receive(message: ToReader): Promise<void> {
    try {
      await this.#act(message)
    } catch (error) {
      this.#answer({ kind: 'refused', diagnostics: [broken(error)] })
    }
  }

  #act(message: ToReader): Promise<void> {
    switch (message.kind) {
      case 'prepare':
        return prepare()
      case 'read':
        return this.#open(message.sources)
      case 'fix':
        return this.#mend(message.fixes)
      case 'unfix':
        return this.#startOver(this.#dropped, 0)
      case 'database':
        return this.#readDatabase(message)
      case 'verify':
        return this.#verify(message.address)
      case 'settle':
        this.#verifying?.abort()
        return Promise.resolve()
      case 'lines':
        return this.#tellLines(message)
      default:
        return unreachable(message)
    }
  }

  async #open(raw: readonly RawSource[]): Promise<void> {
    const begun = performance.now()
    this.#answer({ kind: 'progress', stage: 'opening', share: 0 })
    const opened = await decodeSources(raw)
    if (opened.kind === 'refused') return this.#answer(opened)
    this.#dropped = opened.sources
    this.#leftOut = opened.diagnostics
    return this.#startOver(opened.sources, performance.now() - begun)
  }

  #startOver(sources: readonly Decoded[], took: number): Promise<void> {
    this.#fixes = 0
    this.#sources = sources
    return this.#read(took)
  }

  #mend(fixes: readonly SourceFix[]): Promise<void> {
    this.#fixes += fixes.reduce((sum, { edits }) => sum + edits.length, 0)
    this.#sources = this.#sources.map((source, at) => ({
      ...source,
      text: applyEdits(source.text, fixes.find((fix) => fix.source === at)?.edits ?? []),
    }))
    return this.#read(0)
  }

  async #readDatabase(message: Extract<ToReader, { kind: 'database' }>): Promise<void> {
    const begun = performance.now()
    this.#answer({ kind: 'progress', stage: 'connecting', share: 0 })
    const outcome = await readDatabase(message, (share) => this.#answer({ kind: 'progress', stage: 'reading the database', share }))
    if (outcome.kind === 'refused') return this.#answer(outcome)
    const { source, result, format } = outcome
    this.#sources = this.#dropped = [source]
    this.#tellReading('done', { result, format, took: performance.now() - begun, truth: null })
  }

  /** What PostgreSQL makes of the sources takes the place of what was read; new sources or fixes end it. */
  async #verify(address: string): Promise<void> {
    const last = this.#last
    this.#verifying?.abort()
    if (!last) return
    const stopped = (this.#verifying = new AbortController())
    const sources = this.#sources.map(({ file, text }) => ({ file, text }))
    const outcome = await verifySources(
      address,
      { sources, ...last },
      {
        signal: stopped.signal,
        onProgress: (share) => this.#answer({ kind: 'verifying', share }),
      },
    )
    if (stopped.signal.aborted) return
    if (outcome.kind === 'not-verified') return this.#answer(outcome)
    this.#tellReading('verified', { ...last, result: outcome.result, truth: outcome.truth })
  }

  async #tellLines({ source, request, from, to }: Extract<ToReader, { kind: 'lines' }>): Promise<void> {
    const lines = (await this.#views[source]?.read(from, to)) ?? []
    this.#answer({ kind: 'lines', request, lines })
  }

  /** Reads the sources as they stand now; `took` milliseconds went before. */
  async #read(took: number): Promise<void> {
    const begun = performance.now()
    this.#verifying?.abort()
    const sources = this.#sources
    const outcome = await importSources(sources, (share) => this.#answer({ kind: 'progress', stage: 'reading', share }))
    if (outcome.kind === 'refused') return this.#answer(outcome)
    this.#answer({ kind: 'progress', stage: 'summing up', share: 1 })
    const { format } = outcome
    const noticed = noticedBefore(sources, { leftOut: this.#leftOut, isFixed: this.#fixes > 0 })
    const result = { ...outcome.result, diagnostics: [...noticed, ...outcome.result.diagnostics] }
    this.#last = { result, noticed, format, took: took + performance.now() - begun }
    this.#tellReading('done', { ...this.#last, truth: null })
  }

  #tellReading(kind: 'done' | 'verified', { result, format, took, truth }: Told): void {
    const sources = this.#sources
    this.#views = sources.map((source) => createSourceView(source.text, format.language, ofSource(result, source.file)))
    const reading: Reading = {
      schema: result.schema,
      summary: summarise(
        result,
        sources.map(({ file }) => file),
      ),
      sources: sources.map((source, at) => describeSource(source, this.#views[at], result)),
      format: format.title,
      took,
      fixes: this.#fixes,
      canVerify: canVerify(format.id, sources),
      truth,
    }
    this.#answer({ kind, reading })
  }
}

interface Told {
  readonly result: ImportResult
  readonly format: ReadFormat
  readonly took: number
  readonly truth: Reading['truth']
}

/** Reads and colours next to nothing, so that the grammars are there when a file comes. */
async function prepare(): Promise<void> {
  const { format } = (await findFormat('postgres-sql')?.load()) ?? { format: {} }
  await format.importer?.([{ file: '', text: 'SELECT 1;' }])
  await highlight('SELECT 1;', 'sql')
}

/** What was noticed while opening and decoding. Fixes move what comes after them: then places in the bytes are no places in the text. */
function noticedBefore(
  sources: readonly Decoded[],
  { leftOut, isFixed }: { readonly leftOut: readonly Diagnostic[]; readonly isFixed: boolean },
): readonly Diagnostic[] {
  const noticed = sources.flatMap(({ diagnostics }) => diagnostics)
  return [...leftOut, ...(isFixed ? noticed.map((diagnostic) => ({ ...diagnostic, span: undefined })) : noticed)]
}

const ofSource = ({ statements, diagnostics }: ImportResult, file: string): Pick<ImportResult, 'statements' | 'diagnostics'> => ({
  statements: statements.filter((statement) => statement.file === file),
  diagnostics: diagnostics.filter((diagnostic) => diagnostic.file === undefined || diagnostic.file === file),
})

function describeSource({ file, size }: Decoded, view: SourceView | undefined, { diagnostics }: ImportResult): ReadSource {
  const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }
  const noticed = diagnostics.flatMap(({ file: of, span, severity }) =>
    span && (of === undefined || of === file) ? [{ line: span.line - 1, severity }] : [],
  )
  const ticks = [...new Map(noticed.map((tick) => [`${tick.line} ${tick.severity}`, tick])).values()]
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
