import { LONGEST_SHOWN_LINE } from './code-line.ts'

/** Where the lines of a text begin. A line ends at `\n`; a `\r` before it belongs to the end. */
export interface LineIndex {
  readonly text: string
  readonly starts: Uint32Array
  /** Characters in the longest line, at most `LONGEST_SHOWN_LINE`. */
  readonly width: number
}

export function indexLines(text: string): LineIndex {
  let count = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  const starts = new Uint32Array(count)
  let width = 0
  let line = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    width = Math.max(width, at - (starts[line] ?? 0))
    starts[++line] = at + 1
  }
  width = Math.max(width, text.length - (starts[line] ?? 0))
  return { text, starts, width: Math.min(width, LONGEST_SHOWN_LINE) }
}

export const lineStart = ({ starts, text }: LineIndex, line: number): number => starts[line] ?? text.length

/** A line's text without its end, cut at `LONGEST_SHOWN_LINE`. */
export function lineText(index: LineIndex, line: number): string {
  const start = lineStart(index, line)
  const next = index.starts[line + 1]
  let end = next === undefined ? index.text.length : next - 1
  if (index.text[end - 1] === '\r' && end > start) end--
  return index.text.slice(start, Math.min(end, start + LONGEST_SHOWN_LINE))
}

/** The line, counted from 0, that holds an offset. */
export function lineAt({ starts }: LineIndex, offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
