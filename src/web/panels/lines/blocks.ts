import { lineStart, lineText, type LineIndex } from './line-index.ts'

/** The first lines of stretches that can be coloured on their own, ascending; the first is always 0. */
export type Blocks = readonly number[]

/** A long list of short lines is cut as well: nobody waits for the colour of ten thousand lines to see forty. */
const LONGEST_BLOCK = 400

/**
 * Cuts written code where a new statement begins: a line at the left margin after an empty one, outside of dollar quotes, template literals
 * and block comments. What an exporter writes is laid out so; for anything else a wrong cut costs only some colour.
 */
export function findBlocks(index: LineIndex): Blocks {
  const blocks = [0]
  let quote: string | null = null
  let afterGap = false
  for (let line = 0; line < index.starts.length; line++) {
    const text = lineText(index, line)
    const startsHere = quote === null && afterGap && /^[^\s)}\];,]/.test(text)
    if (line > 0 && (startsHere || (quote === null && line - (blocks.at(-1) ?? 0) >= LONGEST_BLOCK))) blocks.push(line)
    quote = quoteAfter(text, quote)
    afterGap = text.trim() === ''
  }
  return blocks
}

/** The block that holds a line, as its place in the list. */
export function blockAt(blocks: Blocks, line: number): number {
  let low = 0
  let high = blocks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((blocks[middle] ?? 0) <= line) low = middle
    else high = middle - 1
  }
  return low
}

/** A block's text with its last line end. */
export const blockText = (index: LineIndex, blocks: Blocks, block: number): string => {
  const next = blocks[block + 1]
  return index.text.slice(lineStart(index, blocks[block] ?? 0), next === undefined ? index.text.length : lineStart(index, next))
}

const opening = /--|\/\/|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|\/\*|`|\$(?:[A-Za-z_]\w*)?\$/g

/** What a line leaves open: the text that closes it, or null. */
function quoteAfter(text: string, open: string | null): string | null {
  let quote = open
  let at = 0
  for (;;) {
    if (quote !== null) {
      const end = text.indexOf(quote, at)
      if (end === -1) return quote
      at = end + quote.length
      quote = null
    }
    opening.lastIndex = at
    const found = opening.exec(text)
    if (!found || found[0] === '--' || found[0] === '//') return null
    at = opening.lastIndex
    if (found[0] === '/*') quote = '*/'
    else if (found[0] === '`' || found[0].startsWith('$')) quote = found[0]
  }
}
