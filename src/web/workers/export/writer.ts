import { rowKinds, type Id } from '#core/project/rows.ts'
import { rowsToSchema } from '#core/project/schema.ts'
import { ProjectStore } from '#core/project/store.ts'
import { nameKey } from '#core/schema/index.ts'
import { findFormat } from '#formats/all.ts'
import type { ExportResult } from '#formats/format.ts'
import { highlight } from '../../panels/lines/highlight.ts'
import { lineAt } from '../../panels/lines/line-index.ts'
import { CodeColours, type CodeView } from './code-view.ts'
import type { FromWriter, TablePlace, ToWriter, Written } from './protocol.ts'

/** Writes the schema of the rows it was given, and answers for the lines. Knows nothing of workers: it is handed a way to answer. */
export interface Writer {
  receive(message: ToWriter): Promise<void>
}

export function createWriter(answer: (message: FromWriter) => void): Writer {
  const rows = new ProjectStore()
  const colours = new CodeColours(highlight)
  let files: ExportResult['files'] = []
  let view: CodeView | null = null

  const write = async ({ request, format: id }: Extract<ToWriter, { kind: 'write' }>): Promise<void> => {
    const entry = findFormat(id)
    const { format } = (await entry?.load()) ?? { format: {} }
    if (!entry || !format.exporter) return answer({ kind: 'failed', request, message: `${entry?.title ?? id} cannot be written.` })
    const begun = performance.now()
    const schema = rowsToSchema(rows)
    const result = format.exporter(schema)
    const code = colours.view(result.files[0]?.text ?? '', entry.language)
    files = result.files
    view = code
    const written: Written = {
      format: id,
      // The end of the last line begins no line that people would see.
      lineCount: code.index.starts.length - (code.index.text.endsWith('\n') ? 1 : 0),
      width: code.index.width,
      places: findPlaces(result, code, rows),
      losses: result.losses,
      isEmpty: rowKinds.every((kind) => kind === 'namespace' || rows.all(kind).length === 0),
      took: performance.now() - begun,
    }
    answer({ kind: 'written', request, written })
  }

  return {
    async receive(message) {
      try {
        if (message.kind === 'clear') return rows.load({})
        if (message.kind === 'change') return rows.apply(message.changes)
        if (message.kind === 'write') return await write(message)
        if (message.kind === 'files') return answer({ kind: 'files', request: message.request, files })
        const lines = (await view?.read(message.from, message.to)) ?? []
        answer({ kind: 'lines', request: message.request, lines })
      } catch (error) {
        if (message.kind === 'change' || message.kind === 'clear') return answer({ kind: 'lost' })
        answer({ kind: 'failed', request: message.request, message: error instanceof Error ? error.message : String(error) })
      }
    },
  }
}

/** The exporter knows names, the canvas ids. */
function findPlaces({ places = [] }: ExportResult, { index }: CodeView, rows: ProjectStore): readonly TablePlace[] {
  const ids = new Map<string, Id>(rows.all('table').map((table) => [nameKey(table), table.id]))
  for (const view of rows.all('view')) ids.set(nameKey(view), view.id)
  return places
    .flatMap((place) => {
      const tableId = ids.get(nameKey(place))
      return tableId ? [{ tableId, from: lineAt(index, place.start), to: lineAt(index, Math.max(place.start, place.end - 1)) + 1 }] : []
    })
    .toSorted((a, b) => a.from - b.from)
}
