import { isSpace, Scanner } from './scanner.ts'

/** A piece of a script as psql sees it. Offsets are UTF-16; white space, comments and final semicolons belong to no piece. */
export interface Piece {
  readonly kind: 'statement' | 'meta' | 'copyData'
  readonly start: number
  readonly end: number
  /** The quote, comment or parenthesis that was never closed: what it is and where it begins. */
  readonly open?: { readonly what: 'quote' | 'comment' | 'parenthesis'; readonly at: number }
  /** A backslash command in the middle of the statement, to be blanked out before it is parsed. */
  readonly blanks?: readonly (readonly [start: number, end: number])[]
  /** The dollar-quoted body of a CREATE FUNCTION or PROCEDURE, marks included, when it is long and said by `AS`. */
  readonly body?: readonly [start: number, end: number]
}

/** A body shorter than this is not worth knowing. */
const LONG_BODY = 64

/** After so many unclosed quotes the rest of the text is one piece: keeps the work linear for any text. */
const MAX_RESUMES = 20

/**
 * Splits a script into statements by psql's rules: quotes, dollar quotes, nested comments, parentheses, `BEGIN ATOMIC … END` bodies,
 * backslash commands and the data after `COPY … FROM stdin`. Every character that is not white space, comment or semicolon is in exactly one
 * piece, in order. A quote that is never closed ends its statement at the next line that begins a new one.
 */
export function* splitScript(text: string): Generator<Piece, void> {
  let at = 0
  let resumes = 0
  while (at < text.length) {
    const piece = readPiece(text, at)
    if (!piece) return
    if (piece.kind === 'statement' && piece.open && piece.open.what !== 'parenthesis' && resumes < MAX_RESUMES) {
      resumes += 1
      const end = nextLineStart(text, piece.open.at + 1)
      yield { ...piece, end: end === undefined ? trimEnd(text, piece.start, text.length) : trimEnd(text, piece.start, end) }
      at = end ?? text.length
      continue
    }
    yield {
      kind: piece.kind,
      start: piece.start,
      end: piece.end,
      ...(piece.open && { open: piece.open }),
      ...(piece.blanks && { blanks: piece.blanks }),
      ...(piece.body && { body: piece.body }),
    }
    at = piece.next
    if (!piece.copies) continue
    const data = copyData(text, at)
    if (data.end > data.start) yield { kind: 'copyData', start: data.start, end: data.end }
    at = data.next
  }
}

/** The first line from `from` on that begins with a word no statement goes on with. */
export function nextLineStart(text: string, from: number): number | undefined {
  lineStart.lastIndex = from
  return lineStart.exec(text)?.index
}
const lineStart = /^(?:CREATE|ALTER|DROP|COMMENT ON|GRANT|REVOKE|INSERT INTO|COPY)\b/gim

interface Read extends Piece {
  /** Where the next piece may begin. */
  readonly next: number
  /** Data follows: `COPY … FROM stdin`. */
  readonly copies: boolean
}

function readPiece(text: string, from: number): Read | undefined {
  const scanner = new Scanner(text, from)
  const words = new OpeningWords()
  const blanks: (readonly [number, number])[] = []
  let start = -1
  let last = from
  let depth = 0
  let openedAt = from
  let body = 0
  let quoted: Piece['body']
  const done = (next: number, open?: Piece['open']): Read => {
    const read = { kind: 'statement', start, end: last, next, copies: words.copies } as const
    return open || quoted || blanks.length > 0 ? { ...read, ...noticed(open, blanks, quoted) } : read
  }
  while (scanner.next()) {
    if (scanner.open) {
      if (start < 0) start = scanner.start
      last = text.length
      return done(text.length, { what: scanner.kind === 'comment' ? 'comment' : 'quote', at: scanner.start })
    }
    if (scanner.kind === 'comment') continue
    if (scanner.kind === 'backslash') {
      const end = lineEnd(text, scanner.start)
      if (start < 0) return { kind: 'meta', start: scanner.start, end: trimEnd(text, scanner.start, end), next: end, copies: false }
      if (sendsBuffer(text, scanner.start)) return done(scanner.start)
      blanks.push([scanner.start, end])
      scanner.end = end
      last = end
      continue
    }
    const code = text.charCodeAt(scanner.start)
    if (scanner.kind === 'symbol' && code === 0x3b) {
      if (start < 0) continue
      if (depth === 0 && body === 0) return done(scanner.end)
      if (depth > 0 && beginsStatement(text, scanner.end)) return done(scanner.end, { what: 'parenthesis', at: openedAt })
    }
    if (start < 0) start = scanner.start
    if (words.mayHoldBody && scanner.kind === 'dollar' && depth === 0 && body === 0) quoted = longBody(scanner, last)
    last = scanner.end
    if (scanner.kind === 'symbol') {
      if (code === 0x28) {
        if (depth === 0) openedAt = scanner.start
        depth += 1
      } else if (code === 0x29 && depth > 0) depth -= 1
    }
    if (words.settled) {
      // Behind its first words, few characters of a statement matter.
      if (scanner.skipPlain()) last = scanner.end
      continue
    }
    if (scanner.kind !== 'word') {
      words.other()
      continue
    }
    const word = words.take(text, scanner.start, scanner.end, depth)
    if (words.mayHoldBody && depth === 0) body = nextBody(body, word)
  }
  if (start < 0) return undefined
  return done(text.length, depth > 0 ? { what: 'parenthesis', at: openedAt } : undefined)
}

/** What few statements have. */
const noticed = (open: Piece['open'], blanks: NonNullable<Piece['blanks']>, body: Piece['body']) => ({
  ...(open && { open }),
  ...(blanks.length > 0 && { blanks }),
  ...(body && { body }),
})

/** The token, when it is long and the one before, which ends at `last`, is AS. */
const longBody = ({ text, start, end }: Scanner, last: number): Piece['body'] =>
  end - start > LONG_BODY && /^[\s)]as$/i.test(text.slice(last - 3, last)) ? [start, end] : undefined

/** psql's own rule: inside CREATE FUNCTION or PROCEDURE, BEGIN and CASE open and END closes. */
function nextBody(body: number, word: string): number {
  if (word === 'begin') return body + 1
  if (word === 'case' && body > 0) return body + 1
  if (word === 'end' && body > 0) return body - 1
  return body
}

/** What the first words of a statement say about where it ends. */
class OpeningWords {
  private readonly first: string[] = []
  private afterFrom = false
  private isCopy = false
  copies = false
  /** Nothing that follows can tell more: the words of most statements need not be looked at. */
  settled = false
  /** CREATE FUNCTION or PROCEDURE. */
  mayHoldBody = false

  /** Takes a word in and gives it back in lower case where it can matter, else ''. */
  take(text: string, start: number, end: number, depth: number): string {
    if (end - start > 9) {
      this.other()
      return ''
    }
    const word = text.slice(start, end).toLowerCase()
    if (this.first.length === 0) this.isCopy = word === 'copy'
    if (this.first.length < 4) this.add(word)
    if (this.isCopy && depth === 0) {
      if (this.afterFrom && (word === 'stdin' || word === 'pstdin')) this.copies = true
      this.afterFrom = word === 'from'
    }
    return word
  }

  other(): void {
    if (this.first.length < 4) this.add('')
    this.afterFrom = false
  }

  private add(word: string): void {
    this.first.push(word)
    this.mayHoldBody = this.isRoutine()
    this.settled = this.first.length === 4 && !this.isCopy && !this.mayHoldBody
  }

  private isRoutine(): boolean {
    const [create, second, third, fourth] = this.first
    if (create !== 'create') return false
    const routine = second === 'or' && third === 'replace' ? fourth : second
    return routine === 'function' || routine === 'procedure'
  }
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** `\g`, `\gexec`, `\gset`, `\crosstabview` and `\watch` end the statement before them. */
const sendsBuffer = (text: string, at: number): boolean => /^\\(?:g\b|gx|gexec|gset|gdesc|crosstabview|watch)/.test(text.slice(at, at + 16))

/** A semicolon inside open parentheses still ends the statement when the next line begins a new one: a parenthesis was forgotten. */
function beginsStatement(text: string, from: number): boolean {
  let at = from
  let newLine = false
  while (isSpace(text.charCodeAt(at))) {
    if (text.charCodeAt(at) === 0x0a) newLine = true
    at += 1
  }
  return newLine && /^(?:CREATE|ALTER|DROP|COMMENT ON|GRANT|REVOKE)\b/i.test(text.slice(at, at + 12))
}

/** The data after `COPY … FROM stdin;`: from the next line to `\.` or the end of the text. */
function copyData(text: string, from: number): { start: number; end: number; next: number } {
  const start = Math.min(lineEnd(text, from) + 1, text.length)
  for (let at = start; at < text.length;) {
    const end = lineEnd(text, at)
    if (text.startsWith('\\.', at) && text.slice(at + 2, end).trim() === '') return { start, end: at + 2, next: end }
    at = end + 1
  }
  return { start, end: trimEnd(text, start, text.length), next: text.length }
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && isSpace(text.charCodeAt(at - 1))) at -= 1
  return at
}
