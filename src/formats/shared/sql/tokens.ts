import { Scanner, type TokenKind } from './scanner.ts'

export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** Words in lower case, symbols as they are, '' for the rest: what comparisons need. */
  readonly word: string
}

/** The tokens of one statement without its comments, with the few searches that cutting out its parts needs. Indexes count tokens. */
export class Tokens {
  readonly text: string
  readonly list: readonly Token[]

  constructor(text: string) {
    this.text = text
    const list: Token[] = []
    const scanner = new Scanner(text)
    while (scanner.nextSignificant()) {
      const { kind, start, end } = scanner
      list.push({
        kind,
        start,
        end,
        word: kind === 'word' ? text.slice(start, end).toLowerCase() : kind === 'symbol' ? text.slice(start, end) : '',
      })
    }
    this.list = list
  }

  get length(): number {
    return this.list.length
  }

  word(index: number): string {
    return this.list[index]?.word ?? ''
  }

  /** The first token that begins at or after an offset. */
  at(offset: number): number {
    let low = 0
    let high = this.list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.list[middle]?.start ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The bracket that closes the one at `open`, or the end of the tokens. */
  close(open: number): number {
    let depth = 0
    for (let index = open; index < this.list.length; index += 1) {
      const word = this.word(index)
      if (word === '(' || word === '[') depth += 1
      else if ((word === ')' || word === ']') && (depth -= 1) === 0) return index
    }
    return this.list.length
  }

  /** The first of some words from `from` on (up to `to`), outside brackets that open on the way; -1 when there is none. */
  find(words: string | readonly string[], from: number, to = this.list.length): number {
    for (let index = from; index < to; index += 1) {
      const word = this.word(index)
      if (typeof words === 'string' ? word === words : words.includes(word)) return index
      if (word === '(' || word === '[') index = this.close(index)
    }
    return -1
  }

  /** Where an element of a list ends: the next comma or closing bracket outside brackets, or `to`. */
  elementEnd(from: number, to = this.list.length): number {
    for (let index = from; index < to; index += 1) {
      const word = this.word(index)
      if (word === ',' || word === ')' || word === ']') return index
      if (word === '(' || word === '[') index = this.close(index)
    }
    return to
  }

  /** The elements of the bracketed list that opens at `open`, as token ranges. */
  elements(open: number): readonly (readonly [from: number, to: number])[] {
    const close = this.close(open)
    const ranges: (readonly [number, number])[] = []
    for (let from = open + 1; from < close;) {
      const to = this.elementEnd(from, close)
      ranges.push([from, to])
      from = to + 1
    }
    return ranges
  }

  /** The source of a range of tokens, comments inside it included. */
  slice(from: number, to: number): string {
    const first = this.list[from]
    const last = this.list[to - 1]
    return first && last && to > from ? this.text.slice(first.start, last.end) : ''
  }
}
