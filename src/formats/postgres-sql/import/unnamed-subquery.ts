import type { Diagnostic } from '#core/diagnostic.ts'
import type { Node } from 'libpg-query'
import { walk } from './ast.ts'
import { Refusal, type Statement } from './statement.ts'

/**
 * Subqueries in FROM without a name, which PostgreSQL takes from version 16 on. Taken strictly they are refused, as the versions before do: what
 * depends on the server is no schema that one could rely on.
 */
export function checkSubqueryNames(st: Statement, query: Node | undefined): void {
  const nameless: Readonly<Record<string, unknown>>[] = []
  walk(query, (kind, content) => {
    if (kind === 'RangeSubselect' && content['alias'] === undefined) nameless.push(content)
  })
  const ends = nameless.flatMap((subquery) => closing(st, subquery) ?? [])
  const [first] = ends
  if (first === undefined) return
  const edits = ends
    .toSorted((a, b) => a - b)
    .map((end, n) => ({ start: st.base + end, end: st.base + end, text: ` AS subquery${n === 0 ? '' : n + 1}` }))
  const fix: Diagnostic['fix'] = { title: 'Name the subquery', edits }
  const message = 'a subquery in FROM needs a name before PostgreSQL 16'
  const hint = 'Write AS name behind its closing bracket.'
  if (st.session.strict) throw new Refusal('unnamed-subquery', message, { hint, fix })
  st.tell('info', 'unnamed-subquery', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, {
    hint,
    fix,
    place: st.place(st.base + first - 1, 1),
  })
}

/** The end of the bracket that closes a subquery. */
function closing(st: Statement, subquery: Readonly<Record<string, unknown>>): number | undefined {
  let least = Infinity
  walk(subquery, (_, content) => {
    const { location } = content
    if (typeof location === 'number' && location < least) least = location
  })
  if (least === Infinity) return undefined
  const { tokens } = st
  let open = st.token(least)
  for (let depth = 0; open >= 0; open -= 1) {
    const word = tokens.word(open)
    if (word === ')') depth += 1
    else if (word === '(' && (depth -= 1) < 0) break
  }
  return open < 0 ? undefined : tokens.list[tokens.close(open)]?.end
}
