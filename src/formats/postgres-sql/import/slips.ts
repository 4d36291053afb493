import { quoteName } from '#core/dialects/postgres.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
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
  return [extraComma(tokens, at), reservedWord(tokens, at), missingComma(tokens, at)].filter((slip) => slip !== undefined)
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
