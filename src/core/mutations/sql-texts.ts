import { storedExpression } from '../project/edits/types.ts'
import { refuse } from './trouble.ts'

/** An expression as it is stored, or the mutation ends: it is empty, holds several statements, or ends inside a quote or bracket. */
export function requireExpression(what: string, sql: string): string {
  const stored = storedExpression(sql)
  return stored ?? refuse('bad-expression', `${what} is not complete: ${sql.slice(0, 80)}`, 'Close its quotes and brackets.')
}

/** The same for one that may be left out: null, or nothing but blanks, is none. */
export const maybeExpression = (what: string, sql: string | null): string | null =>
  sql === null || sql.trim() === '' ? null : requireExpression(what, sql)

/** A query as it stands, comments and all, without semicolons at its end. */
export function requireQuery(what: string, sql: string): string {
  const query = sql.replace(/[\s;]+$/, '').trimStart()
  if (!/^(?:select|with|values|table)\b|^\(/i.test(withoutComments(query))) {
    refuse('bad-query', `${what} is not a query: ${sql.trim().slice(0, 80)}`, 'Begin with SELECT, WITH, VALUES or TABLE.')
  }
  requireExpression(what, query)
  return query
}

/** What a rule does: NOTHING, one command, or several in brackets. */
export function requireCommands(what: string, sql: string): string {
  const commands = sql.replace(/[\s;]+$/, '').trimStart()
  requireExpression(what, commands.startsWith('(') ? commands.replaceAll(';', ' ') : commands)
  return commands
}

const withoutComments = (sql: string): string => sql.replace(/^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '')
