import type { Span } from '#core/diagnostic.ts'
import type { ImportResult } from '#formats/format.ts'
import type { CodeLine, Mark } from '../../panels/lines/code-line.ts'
import { highlight } from '../../panels/lines/highlight.ts'
import { indexLines, lineAt, lineStart, lineText, type LineIndex } from '../../panels/lines/line-index.ts'

/** A source that was read, ready to be shown a few lines at a time. */
export interface SourceView {
  readonly lineCount: number
  readonly width: number
  /** Lines from 0, `to` exclusive, coloured and with the places of the diagnostics marked. */
  read(from: number, to: number): Promise<readonly CodeLine[]>
}

/** Beyond this many characters back to the start of a statement (COPY data, mostly) lines are shown without colour. */
const FARTHEST_START = 20_000

export function createSourceView(
  text: string,
  language: string,
  { statements, diagnostics }: Pick<ImportResult, 'statements' | 'diagnostics'>,
): SourceView {
  const index = indexLines(text)
  const starts = Uint32Array.from(statements, ({ span }) => span.start).sort()
  const spans = diagnostics.flatMap(({ span, severity }) => (span ? [{ start: span.start, end: shownEnd(index, span), severity }] : []))

  const marksOf = (line: number, shown: string): readonly Mark[] => {
    const start = lineStart(index, line)
    const marks: Mark[] = []
    for (const span of spans) {
      const from = Math.max(0, span.start - start)
      const to = Math.min(shown.length, span.end - start)
      const begin = from + indentAfter(shown, from)
      if (begin < to) marks.push({ start: begin, end: to, severity: span.severity })
    }
    return marks
  }

  return {
    lineCount: index.starts.length,
    width: index.width,
    async read(from, to) {
      const begin = lineStart(index, from)
      const start = startBefore(starts, begin)
      const isNear = begin - start <= FARTHEST_START
      const end = lineStart(index, to)
      const first = isNear ? lineAt(index, start) : from
      const runs = isNear ? await highlight(blank(text, index.starts[first] ?? 0, start, end), language) : []
      const lines: CodeLine[] = []
      for (let line = from; line < Math.min(to, index.starts.length); line++) {
        const shown = lineText(index, line)
        const marks = marksOf(line, shown)
        lines.push({ text: shown, runs: runs[line - first] ?? [], ...(marks.length > 0 ? { marks } : {}) })
      }
      return lines
    },
  }
}

/** Where a span's underline ends: a span of many lines is told by its first. */
function shownEnd(index: LineIndex, { start, end }: Span): number {
  const line = lineAt(index, start)
  if (lineAt(index, end) - line > LONGEST_UNDERLINE) return lineStart(index, line + 1)
  // A place without a length is shown as the word that begins there.
  return end > start + 1 ? end : start + (/^[\p{L}\p{N}_$]+|^./u.exec(index.text.slice(start, start + 63))?.[0].length ?? 1)
}
const LONGEST_UNDERLINE = 2

/** The text from a line's start, with what stands before the statement blanked: it may be the end of a string. */
const blank = (text: string, lineBegin: number, start: number, end: number): string =>
  ' '.repeat(start - lineBegin) + text.slice(start, end)

/** Multi-line spans are underlined where words are, not where lines are indented. */
const indentAfter = (text: string, from: number): number => /^\s*/.exec(text.slice(from))?.[0].length ?? 0

/** The last statement that begins at or before an offset; the text's start when there is none. */
function startBefore(starts: Uint32Array, offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : (starts[low - 1] ?? 0)
}
