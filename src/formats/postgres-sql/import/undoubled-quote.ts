import { reservedWords } from '#core/dialects/postgres.ts'
import { Scanner } from '../../shared/sql/scanner.ts'

/** So many characters are looked at. */
const MOST = 200_000

/**
 * Where a quote inside a string ends it too early, as in `'it's'`: the offset of that quote. A word that may well stand behind a string without a
 * space (`'x'AS y`) is no sign of it. Asked for only when a statement is not SQL.
 */
export function undoubledQuote(sql: string): number | undefined {
  const scanner = new Scanner(sql.slice(0, MOST))
  let end = -1
  while (scanner.nextSignificant()) {
    const { kind, start } = scanner
    if (kind === 'word' && start === end && !isKeyword(sql.slice(start, scanner.end))) return end - 1
    end = kind === 'string' && sql[scanner.end - 1] === "'" ? scanner.end : -1
  }
  return undefined
}

const isKeyword = (word: string): boolean =>
  reservedWords.has(word.toLowerCase()) || /^(?:is|like|ilike|between|escape|set|by)$/i.test(word)
