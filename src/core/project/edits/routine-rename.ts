import { quoteName, quoteQualified } from '../../dialects/postgres-names.ts'
import type { ObjectName } from '../../schema/names.ts'
import { mentions, navigate } from './expression-rename.ts'

/** Renames a function where it is called: `name(…)` and `namespace.name(…)`. Strings, comments and columns stay. */
export function renameFunctionCalls(sql: string, from: ObjectName, to: ObjectName): string {
  if (!mentions(sql, from.name)) return sql
  const { tokens, at } = navigate(sql)
  const replaced = tokens.map(({ text }) => text)
  tokens.forEach((token, index) => {
    if (token.kind !== 'name' || token.name !== from.name || at(index, 1)?.text !== '(') return
    if (at(index, -1)?.text === '.') {
      const qualifier = at.position(index, -2)
      if (tokens[qualifier]?.name !== from.namespace) return
      for (let between = qualifier; between < index; between += 1) replaced[between] = ''
      replaced[index] = quoteQualified(to, { always: true })
    } else replaced[index] = from.namespace === to.namespace ? quoteName(to.name) : quoteQualified(to)
  })
  return replaced.join('')
}
