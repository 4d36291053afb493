import type { DiagnosticCode } from '#core/diagnostic-codes.ts'

/** A zero byte among the first so many characters means that the file is no text. */
const BINARY_HEAD = 8192

interface NoScript {
  readonly code: DiagnosticCode
  readonly message: string
  readonly hint: string
  /** Where it shows. */
  readonly at: number
}

/** Why a text is no script at all: a dump in custom format, UTF-16 read as something else, or a binary file. Undefined when it may be one. */
export function noScript(text: string): NoScript | undefined {
  const zero = text.indexOf('\0')
  const archive = text.startsWith('PGDMP')
  if (!archive && (zero < 0 || zero > BINARY_HEAD)) return undefined
  if (isWide(text.slice(0, 400)))
    return {
      code: 'encoding-utf16',
      message: 'The text is UTF-16 read as something else.',
      hint: 'Save the file as UTF-8 and import it again.',
      at: zero,
    }
  const hint = 'A dump in custom format becomes a script with: pg_restore --schema-only -f schema.sql FILE'
  const at = Math.max(0, zero)
  return archive
    ? { code: 'binary-dump', message: 'This is a dump in custom format, not an SQL script.', hint, at }
    : { code: 'not-text', message: 'The text holds zero bytes: this is a binary file, not an SQL script.', hint, at }
}

/** UTF-16 read byte by byte: a zero in every second place, and only there. A binary file has them anywhere. */
function isWide(head: string): boolean {
  const zeros = [...head].flatMap((character, at) => (character === '\0' ? [at % 2] : []))
  return zeros.length > head.length / 4 && new Set(zeros).size === 1
}
