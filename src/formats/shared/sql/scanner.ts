/** What a token is. `open` strings, names, dollar quotes and comments reach the end of the text without their closing mark. */
export type TokenKind = 'word' | 'name' | 'string' | 'dollar' | 'number' | 'symbol' | 'comment' | 'backslash'

/**
 * Reads SQL token by token, by the rules of PostgreSQL's and psql's own lexers, with standard-conforming strings. It never throws, never goes
 * back, and allocates nothing per token: after `next()` the fields describe the token. Symbols are single characters.
 */
export class Scanner {
  readonly text: string
  kind: TokenKind = 'symbol'
  start = 0
  end = 0
  /** True when the token reaches the end of the text without being closed. */
  open = false

  constructor(text: string, from = 0) {
    this.text = text
    this.end = from
  }

  /** Moves to the next token, comments included. False at the end of the text. */
  next(): boolean {
    const { text } = this
    let at = this.end
    let code = text.charCodeAt(at)
    while (isSpace(code)) code = text.charCodeAt((at += 1))
    if (at >= text.length) return false
    this.start = at
    this.open = false
    if (isNameStart(code)) this.word(at, code)
    else if (code === 0x27) this.quoted('string', at, 0x27)
    else if (code === 0x22) this.quoted('name', at, 0x22)
    else if (isDigit(code) || (code === 0x2e && isDigit(text.charCodeAt(at + 1)))) this.number(at)
    else if (code === 0x2d && text.charCodeAt(at + 1) === 0x2d) this.lineComment(at)
    else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) this.blockComment(at)
    else if (code === 0x24) this.dollar(at)
    else this.finish(code === 0x5c ? 'backslash' : 'symbol', at + 1)
    return true
  }

  /** Moves to the next token that is not a comment. */
  nextSignificant(): boolean {
    while (this.next()) if (this.kind !== 'comment') return true
    return false
  }

  /**
   * Moves behind words, numbers and symbols that neither open nor close nor end anything, up to white space or a mark that may. True when there
   * were any; `end` is then the end of the last one. Outside quotes and comments, white space always stands between two tokens.
   */
  skipPlain(): boolean {
    const { text } = this
    let at = this.end
    let code = 0
    for (; at < text.length; at += 1) {
      code = text.charCodeAt(at)
      if (code >= 0x80 || plain[code] === 1) continue
      // One dash or stroke begins no comment.
      if (code === 0x2d ? text.charCodeAt(at + 1) !== 0x2d : code === 0x2f && text.charCodeAt(at + 1) !== 0x2a) continue
      break
    }
    // A name before a quote may belong to it (E'…', U&"…", a$…). No more than that: going back over everything would take the square of its length.
    if (code === 0x27 || code === 0x22 || code === 0x24) {
      if (at > this.end && text.charCodeAt(at - 1) === 0x26) at -= 1
      while (at > this.end && isNamePart(text.charCodeAt(at - 1))) at -= 1
    }
    while (at > this.end && isSpace(text.charCodeAt(at - 1))) at -= 1
    if (at === this.end) return false
    this.end = at
    return true
  }

  private finish(kind: TokenKind, end: number): void {
    this.kind = kind
    this.end = end
  }

  private word(at: number, first: number): void {
    const { text } = this
    const second = text.charCodeAt(at + 1)
    if (second === 0x27) {
      // e'…' reads backslashes; b'…', x'…' and n'…' do not.
      if (first === 0x65 || first === 0x45) return this.escaped(at, at + 1)
      if (first === 0x62 || first === 0x42 || first === 0x78 || first === 0x58 || first === 0x6e || first === 0x4e) {
        return this.quoted('string', at + 1, 0x27)
      }
    }
    if ((first === 0x75 || first === 0x55) && second === 0x26) {
      const third = text.charCodeAt(at + 2)
      if (third === 0x27) return this.quoted('string', at + 2, 0x27)
      if (third === 0x22) return this.quoted('name', at + 2, 0x22)
    }
    let end = at + 1
    while (isNamePart(text.charCodeAt(end))) end += 1
    this.finish('word', end)
  }

  /** `'…'` or `"…"`, where a doubled mark stands for itself. */
  private quoted(kind: TokenKind, at: number, mark: number): void {
    const { text } = this
    const quote = String.fromCharCode(mark)
    let end = text.indexOf(quote, at + 1)
    while (end >= 0 && text.charCodeAt(end + 1) === mark) end = text.indexOf(quote, end + 2)
    this.open = end < 0
    this.finish(kind, end < 0 ? text.length : end + 1)
  }

  private escaped(start: number, at: number): void {
    const { text } = this
    let end = at + 1
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end)
      if (code === 0x5c) end += 1
      else if (code === 0x27) {
        if (text.charCodeAt(end + 1) !== 0x27) break
        end += 1
      }
    }
    this.open = end >= text.length
    this.start = start
    this.finish('string', Math.min(end + 1, text.length))
  }

  private dollar(at: number): void {
    const { text } = this
    let end = at + 1
    let code = text.charCodeAt(end)
    if (isDigit(code)) {
      while (isDigit(text.charCodeAt(end))) end += 1
      return this.finish('symbol', end)
    }
    if (isNameStart(code)) while (isNamePart(code) && code !== 0x24) code = text.charCodeAt((end += 1))
    if (code !== 0x24) return this.finish('symbol', at + 1)
    const mark = text.slice(at, end + 1)
    const close = text.indexOf(mark, end + 1)
    this.open = close < 0
    this.finish('dollar', close < 0 ? text.length : close + mark.length)
  }

  private number(at: number): void {
    const { text } = this
    let end = at
    let code = text.charCodeAt(end)
    while (isDigit(code) || isLetter(code) || code === 0x2e || code === 0x5f) {
      // `1..2` is not a number with two points.
      if (code === 0x2e && text.charCodeAt(end + 1) === 0x2e) break
      const exponent = code === 0x65 || code === 0x45
      code = text.charCodeAt((end += 1))
      if (exponent && (code === 0x2b || code === 0x2d) && isDigit(text.charCodeAt(end + 1))) code = text.charCodeAt((end += 1))
    }
    this.finish('number', end)
  }

  private lineComment(at: number): void {
    const end = this.text.indexOf('\n', at)
    this.finish('comment', end < 0 ? this.text.length : end)
  }

  private blockComment(at: number): void {
    const { text } = this
    let depth = 1
    let end = at + 2
    while (depth > 0 && end < text.length) {
      const code = text.charCodeAt(end)
      const next = text.charCodeAt(end + 1)
      if (code === 0x2a && next === 0x2f) {
        depth -= 1
        end += 2
      } else if (code === 0x2f && next === 0x2a) {
        depth += 1
        end += 2
      } else end += 1
    }
    this.open = depth > 0
    this.finish('comment', depth > 0 ? text.length : end)
  }
}

export const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xfeff
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
const isNameStart = (code: number): boolean => isLetter(code) || code === 0x5f || (code >= 0x80 && code !== 0xfeff)
const isNamePart = (code: number): boolean => (code < 0x80 ? nameParts[code] === 1 : code >= 0x80 && code !== 0xfeff)
/** By ASCII code: looked up for every character of every word. */
const nameParts = Uint8Array.from({ length: 0x80 }, (_, code) => (isNameStart(code) || isDigit(code) || code === 0x24 ? 1 : 0))
/** By ASCII code: 0 for what opens, closes or ends something, or may. */
const plain = Uint8Array.from({ length: 0x80 }, (_, code) => ('\'"$-/\\;()'.includes(String.fromCharCode(code)) ? 0 : 1))
