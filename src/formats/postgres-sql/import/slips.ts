import { quoteName } from '#core/dialects/postgres.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { nearest } from '../../shared/sql/nearest.ts'
import { Tokens } from '../../shared/sql/tokens.ts'

/** A slip that one small edit mends: the edit is offered only when the grammar takes the result. Offsets count from the statement. */
export interface Slip {
  readonly code: DiagnosticCode
  readonly message: string
  readonly hint: string
  readonly title: string
  readonly at: number
  readonly length: number
  readonly edit: { readonly start: number; readonly end: number; readonly text: string }
}

/** So many characters are looked at: a longer statement with a slip in it is told as it is. */
const MOST = 200_000

/** What an error at `offset` may be, likeliest first. */
export function slipsAt(sql: string, offset: number): readonly Slip[] {
  if (sql.length > MOST) return []
  const tokens = new Tokens(sql)
  const at = tokens.at(offset)
  const slips = [
    extraComma(tokens, at),
    misspeltWord(tokens, at),
    misspeltWord(tokens, at - 1),
    reservedWord(tokens, at),
    missingComma(tokens, at),
  ]
  return slips.filter((slip) => slip !== undefined)
}

function extraComma(tokens: Tokens, at: number): Slip | undefined {
  const comma = tokens.list[tokens.word(at) === ',' ? at : at - 1]
  if (!comma || comma.word !== ',' || ![')', ',', ''].includes(tokens.word(at))) return undefined
  return {
    code: 'extra-comma',
    message: 'There is a comma too many here.',
    hint: 'Remove it.',
    title: 'Remove the comma',
    at: comma.start,
    length: 1,
    edit: { start: comma.start, end: comma.end, text: '' },
  }
}

const statementWords = 'create alter drop insert update delete select comment grant revoke truncate begin commit'.split(' ')
const objectWords =
  `table view index sequence type domain schema function procedure trigger policy extension materialized unique temporary role
  or rule event`.split(/\s+/)
const clauseWords =
  `primary key foreign references unique not null default check constraint cascade restrict delete update on using index table
  column add exists replace returns language trigger before after instead each row execute function where values into from inherits partition by
  range list hash generated always identity deferrable deferred collate column rename owner enable disable security exclude type set drop with
  as sequence schema view only for if to of in is`.split(/\s+/)

/** A word of SQL with a letter wrong. */
function misspeltWord(tokens: Tokens, at: number): Slip | undefined {
  const token = tokens.list[at]
  if (token?.kind !== 'word' || token.word.length < 3 || quoteName(token.word) !== token.word) return undefined
  const makes = at === 1 && /^(?:create|alter|drop)$/.test(tokens.word(0))
  const meant = nearest(token.word, at === 0 ? statementWords : makes ? objectWords : clauseWords)
  if (meant === undefined) return undefined
  const written = tokens.text.slice(token.start, token.end)
  const word = written === written.toLowerCase() ? meant : meant.toUpperCase()
  return {
    code: 'misspelt-word',
    message: `"${written}" is no word of SQL here.`,
    hint: `Did you mean ${word}?`,
    title: `Write ${word}`,
    at: token.start,
    length: token.end - token.start,
    edit: { start: token.start, end: token.end, text: word },
  }
}

function reservedWord(tokens: Tokens, at: number): Slip | undefined {
  const token = tokens.list[at]
  if (token?.kind !== 'word' || quoteName(token.word) === token.word) return undefined
  const quoted = quoteName(token.word)
  return {
    code: 'reserved-word',
    message: `"${token.word}" is a word of SQL itself: as a name it needs quotes.`,
    hint: `Write ${quoted}, or choose another name.`,
    title: `Write ${quoted}`,
    at: token.start,
    length: token.end - token.start,
    edit: { start: token.start, end: token.end, text: quoted },
  }
}

/** Two definitions on two lines with no comma between them. */
function missingComma(tokens: Tokens, at: number): Slip | undefined {
  for (const index of [at, at - 1, at - 2]) {
    const token = tokens.list[index]
    const before = tokens.list[index - 1]
    if (!token || !before || !tokens.text.slice(before.end, token.start).includes('\n') || before.word === ',' || before.word === '(')
      continue
    return {
      code: 'missing-comma',
      message: 'A comma is missing before this.',
      hint: 'Write , at the end of the line above.',
      title: 'Add the comma',
      at: token.start,
      length: token.end - token.start,
      edit: { start: before.end, end: before.end, text: ',' },
    }
  }
  return undefined
}
