import { Tokens } from '#formats/shared/sql/tokens.ts'
import { printed } from './printed.ts'

/** An expression as PostgreSQL prints it, without brackets around the whole of it. */
export function withoutBrackets(expression: string): string {
  const text = printed(expression)
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  const tokens = new Tokens(text)
  return tokens.close(0) === tokens.length - 1 ? tokens.slice(1, tokens.length - 1) : text
}
