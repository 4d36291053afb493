import type { CodeLine } from '../../panels/lines/code-line.ts'
import { blockAt, blockText, findBlocks } from '../../panels/lines/blocks.ts'
import { indexLines, lineText, type LineIndex } from '../../panels/lines/line-index.ts'

/** Colours a text: runs per line (`highlight`). */
export type Highlight = (text: string, language: string) => Promise<readonly (readonly number[])[]>

/** Written code, ready to be shown a few lines at a time. */
export interface CodeView {
  readonly index: LineIndex
  read(from: number, to: number): Promise<readonly CodeLine[]>
}

/**
 * Colours only the blocks in sight, and keeps what it coloured by the block's text: after an edit, only the statement that changed is
 * coloured again.
 */
export class CodeColours {
  #known = new Map<string, Promise<readonly (readonly number[])[]>>()
  readonly #highlight: Highlight

  constructor(highlight: Highlight) {
    this.#highlight = highlight
  }

  view(text: string, language: string): CodeView {
    const index = indexLines(text)
    const blocks = findBlocks(index)
    const colour = (block: number): Promise<readonly (readonly number[])[]> => {
      const code = blockText(index, blocks, block)
      const key = `${language}\n${code}`
      const known = this.#known.get(key) ?? this.#highlight(code, language)
      // Seen again = young again: the oldest are forgotten first.
      this.#known.delete(key)
      this.#known.set(key, known)
      if (this.#known.size > MOST_BLOCKS) this.#known.delete(this.#known.keys().next().value ?? key)
      return known
    }
    return {
      index,
      async read(from, to) {
        const end = Math.min(to, index.starts.length)
        const lines: CodeLine[] = []
        for (let line = from; line < end;) {
          const block = blockAt(blocks, line)
          const first = blocks[block] ?? 0
          const next = Math.min(end, blocks[block + 1] ?? end)
          const runs = await colour(block)
          for (; line < next; line++) lines.push({ text: lineText(index, line), runs: runs[line - first] ?? [] })
        }
        return lines
      },
    }
  }
}

const MOST_BLOCKS = 4000
