import type { Node } from 'libpg-query'
import type { ViewDraft } from './draft.ts'
import type { Parser } from './parser.ts'

/** The tree of a view's query: the one kept when the view was made, or else read again. */
export function queryOf(parse: Parser, view: ViewDraft): Node | undefined {
  const { definition } = view
  const known = queries.get(view)
  if (known?.definition === definition) return known.query
  const parsed = parse(definition)
  return parsed.ok ? parsed.stmts[0]?.stmt : undefined
}

/** Keeps the tree of a new view's query for as long as its stars may have to be written out. */
export function keepQuery(view: ViewDraft, query: Node | undefined): void {
  if (query && star.test(view.definition)) queries.set(view, { definition: view.definition, query })
  else queries.delete(view)
}

/** `SELECT *`, `, *` or `t.*`: `count(*)` and products are no stars. Looked for first, because it saves reading the query. */
export const star = /(?:\b(?:select|distinct|all)|,)\s*\*|\.\s*\*/i

/** Queries with stars, as they were read when their view was made: they need not be read again. */
const queries = new WeakMap<ViewDraft, { readonly definition: string; readonly query: Node }>()
