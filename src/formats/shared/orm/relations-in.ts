import { unquoteNames } from '#core/dialects/postgres.ts'
import { Tokens } from '../sql/tokens.ts'

/** A table or view as a query names it. */
export interface NamedRelation {
  readonly namespace: string | null
  readonly name: string
}

/** What a query reads from: the names in its FROM clauses, at any depth, without its own WITH queries. */
export function relationsIn(sql: string): readonly NamedRelation[] {
  const tokens = new Tokens(sql)
  const own = withNames(tokens)
  const found = new Map<string, NamedRelation>()
  const outer: boolean[] = []
  let inFrom = false
  for (let at = 0; at < tokens.length; at += 1) {
    const word = tokens.word(at)
    if (word === '(') outer.push(inFrom)
    else if (word === ')') inFrom = outer.pop() ?? false
    else if (word === 'from' || word === 'join') inFrom = true
    else if (enders.has(word)) inFrom = false
    else if (inFrom && isName(tokens, at) && leaders.has(tokens.word(at - 1)) && !leaders.has(word)) {
      let end = at + 1
      while (tokens.word(end) === '.' && isName(tokens, end + 1)) end += 2
      const parts = unquoteNames(tokens.slice(at, end))
      const relation = { namespace: parts.at(-2) ?? null, name: parts.at(-1) ?? '' }
      const isCall = tokens.word(end) === '('
      if (!isCall && !(relation.namespace === null && own.has(relation.name))) found.set(JSON.stringify(relation), relation)
      at = isCall ? end : end - 1
      if (!isCall) continue
      // Its arguments are no relations.
      outer.push(inFrom)
      inFrom = false
    }
  }
  return [...found.values()]
}

const enders = new Set(
  'where group having window order limit offset fetch union intersect except select on using set returning values'.split(' '),
)
/** What may stand before a relation. */
const leaders = new Set(['from', 'join', 'only', 'lateral', ',', '('])

const isName = (tokens: Tokens, at: number): boolean => ['word', 'name'].includes(tokens.list[at]?.kind ?? '')

/** `WITH name [(columns)] AS [NOT MATERIALIZED] (`: names that mean a query. */
function withNames(tokens: Tokens): ReadonlySet<string> {
  const names = new Set<string>()
  if (!tokens.list.some(({ word }) => word === 'with')) return names
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens.word(at) !== 'as') continue
    const isQuery = tokens.word(at + 1) === '(' || (['not', 'materialized'].includes(tokens.word(at + 1)) && isOpen(tokens, at))
    if (!isQuery) continue
    const before = tokens.word(at - 1) === ')' ? opening(tokens, at - 1) - 1 : at - 1
    names.add(unquoteNames(tokens.slice(before, before + 1))[0] ?? '')
  }
  return names
}

const isOpen = (tokens: Tokens, as: number): boolean => tokens.word(as + 2) === '(' || tokens.word(as + 3) === '('

/** The bracket that opens what closes at `close`. */
function opening(tokens: Tokens, close: number): number {
  let depth = 0
  for (let at = close; at >= 0; at -= 1) {
    if (tokens.word(at) === ')') depth += 1
    else if (tokens.word(at) === '(' && (depth -= 1) === 0) return at
  }
  return 0
}
