import type { Span } from '#core/diagnostic.ts'

/** Turns offsets of a text (UTF-16) into lines and columns, both from 1. Built in one pass, each look-up a binary search. */
export class LineIndex {
  private readonly starts: Uint32Array
  private readonly length: number

  constructor(text: string) {
    let starts = new Uint32Array(1024)
    let count = 1
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (count === starts.length) {
        const grown = new Uint32Array(count * 2)
        grown.set(starts)
        starts = grown
      }
      starts[count] = at + 1
      count += 1
    }
    this.starts = starts.subarray(0, count)
    this.length = text.length
  }

  span(start: number, end: number = start): Span {
    const from = Math.max(0, Math.min(start, this.length))
    const line = this.line(from)
    return { start: from, end: Math.max(from, Math.min(end, this.length)), line, column: from - (this.starts[line - 1] ?? 0) + 1 }
  }

  /** The line of an offset, from 1. */
  line(offset: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}

const beyondAscii = /[^\0-\x7f]/

/** A function from offsets in UTF-8 bytes to offsets in UTF-16 units of the same text. */
export function byteOffsets(text: string): (byte: number) => number {
  if (!beyondAscii.test(text)) return (byte) => byte
  const units: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const paired = code >= 0xd800 && code < 0xdc00 && isLow(text.charCodeAt(at + 1))
    const width = code < 0x80 ? 1 : code < 0x800 ? 2 : paired ? 4 : 3
    for (let n = 0; n < width; n += 1) units.push(at)
    if (paired) at += 1
  }
  return (byte) => (byte < 0 ? 0 : (units[byte] ?? text.length))
}

/** An offset in code points (from 0) as an offset in UTF-16 units. */
export function codePointOffset(text: string, point: number): number {
  let at = 0
  for (let n = 0; n < point && at < text.length; n += 1) {
    const code = text.charCodeAt(at)
    at += code >= 0xd800 && code < 0xdc00 && isLow(text.charCodeAt(at + 1)) ? 2 : 1
  }
  return at
}

const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000
