import type { Diagnostic } from '#core/diagnostic.ts'
import type { Importer, ImportOptions, ImportResult, Source, StatementRecord } from '../../format.ts'
import { splitScript } from '../../shared/sql/split.ts'
import { Catalog } from './catalog.ts'
import { finish } from './finish.ts'
import { loadParser } from './parser.ts'
import { SessionSettings } from './session-settings.ts'
import type { Session } from './statement.ts'
import { Reader } from './reader.ts'
import { Refused } from './refused.ts'
import { trueCauses } from './true-causes.ts'
import { Transactions } from './transactions.ts'

/** So many pieces are read between looks at the clock. */
const BATCH = 100
/** The event loop gets its turn, and progress is told, after so many milliseconds. */
const TURN = 25

/**
 * Reads PostgreSQL scripts, in order, as one schema. Every statement gets one outcome; nothing in a text makes it throw.
 * Taken strictly, a script with errors is read a second time as it was meant: that reading knows the causes from their consequences.
 */
export const importer: Importer = async (sources, options = {}) => {
  const result = await readOnce(sources, options)
  if (options.strict !== true || !result.statements.some(({ outcome }) => outcome === 'rejected')) return result
  const { onProgress: _, ...quiet } = options
  const meant = await readOnce(sources, { ...quiet, strict: false })
  return { ...result, diagnostics: inSourceOrder(trueCauses(result, meant), sources) }
}

async function readOnce(sources: readonly Source[], options: ImportOptions): Promise<ImportResult> {
  const parser = await loadParser()
  const settings = new SessionSettings()
  const session: Session = {
    catalog: new Catalog(),
    settings,
    path: settings.path,
    strict: options.strict === true,
    privileges: options.privileges === true,
    diagnostics: [],
    parse: parser.parse,
    dynamic: false,
    undone: undefined,
    guesses: 0,
    temporary: new Set(),
    refused: new Refused(),
    later: [],
  }
  const statements: StatementRecord[] = []
  const transactions = session.strict ? new Transactions(session, statements) : undefined
  const total = Math.max(
    1,
    sources.reduce((sum, { text }) => sum + text.length, 0),
  )
  let done = 0
  for (const source of sources) {
    const reader = new Reader({ session, records: statements, transactions }, source)
    let count = 0
    let turn = now()
    for (const piece of reader.begin() ? splitScript(source.text) : []) {
      reader.read(piece)
      if (parser.broken()) await parser.ready()
      count += 1
      if (count % BATCH !== 0 || now() - turn < TURN) continue
      await pause(options, (done + piece.end) / total)
      turn = now()
    }
    if (count > 0) reader.end()
    done += source.text.length
  }
  for (const work of session.later) work()
  // Taken strictly, transactions may have undone what was told.
  if (!transactions) session.refused.tell(session)
  await pause(options, 1)
  return { schema: finish(session.catalog), statements, diagnostics: inSourceOrder(session.diagnostics, sources) }
}

// Every runtime we run in has them; the layer's library does not name them.
declare const MessageChannel: new () => {
  readonly port1: { onmessage: (() => void) | null; readonly close: () => void }
  readonly port2: { readonly postMessage: (message: null) => void }
}
declare const performance: { now: () => number }
/** Only for taking turns: no result depends on it. */
const now = (): number => performance.now()

async function pause({ onProgress, signal }: ImportOptions, share: number): Promise<void> {
  onProgress?.(Math.min(1, share))
  await turnOver()
  if (signal?.aborted) throw signal.reason ?? new Error('The import was cancelled.')
}

/** The event loop's next turn: a message comes at once, where a timer waits a millisecond or more. */
function turnOver(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

function inSourceOrder(diagnostics: readonly Diagnostic[], sources: readonly Source[]): readonly Diagnostic[] {
  const order = new Map(sources.map(({ file }, n) => [file, n]))
  const rank = (file: string | undefined) => (file === undefined ? -1 : (order.get(file) ?? -1))
  return [...diagnostics].sort((a, b) => rank(a.file) - rank(b.file) || (a.span?.start ?? 0) - (b.span?.start ?? 0))
}
