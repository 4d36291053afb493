import { Tokens } from '#formats/shared/sql/tokens.ts'

/** An expression without brackets around the whole of it. PostgreSQL begins some (CASE) on a line of their own. */
export function withoutBrackets(expression: string): string {
  const text = expression.trim()
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  const tokens = new Tokens(text)
  return tokens.close(0) === tokens.length - 1 ? tokens.slice(1, tokens.length - 1) : text
}
