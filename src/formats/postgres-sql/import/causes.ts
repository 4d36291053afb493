import { quoteName } from '#core/dialects/postgres.ts'
import { nearest } from '../../shared/sql/nearest.ts'
import type { Refusal, Statement } from './statement.ts'
import { knownTypes } from './type-names.ts'

/** What can be added to a refusal from the statement and the catalog: the exact place, and the name that was probably meant. */
export interface Cause {
  readonly start: number | undefined
  readonly length: number
  readonly hint: string | undefined
}

/** The name that a refusal is about. */
export const nameIn = ({ message }: Refusal): string | undefined =>
  /"([^"]+)"/.exec(message)?.[1]?.split('.').at(-1) ?? /^\S+ ([\w.$]+)\(/.exec(message)?.[1]

/** Finds the name that a refusal is about in the statement, and the nearest one that is there. */
export function causeOf(st: Statement, refusal: Refusal): Cause {
  const name = nameIn(refusal)
  const token = name === undefined ? undefined : tokenOf(st, name, refusal.location)
  const suggestion = name === undefined ? undefined : suggest(st, refusal, name)
  return {
    start: token && st.base + token.start,
    length: token ? token.end - token.start : 0,
    hint: refusal.hint ?? (suggestion === undefined ? undefined : `Did you mean ${quoteName(suggestion)}?`),
  }
}

/** The token that bears the name: from the place that the parser gave, or anywhere. */
function tokenOf(st: Statement, name: string, location: number | undefined): { start: number; end: number } | undefined {
  const { tokens } = st
  const from = location === undefined ? 0 : st.token(location)
  const lower = name.toLowerCase()
  // A qualified name is at most a few tokens long.
  const to = location === undefined ? tokens.length : Math.min(tokens.length, from + 5)
  for (let at = from; at < to; at += 1) {
    const token = tokens.list[at]
    if (!token) continue
    const text = token.kind === 'name' ? tokens.text.slice(token.start + 1, token.end - 1).replaceAll('""', '"') : token.word
    if (text === name || text.toLowerCase() === lower) return token
  }
  return undefined
}

/** So many guesses are made in one import: each looks at every name there is. */
export const MOST_GUESSES = 200

function suggest(st: Statement, { code, candidates }: Refusal, name: string): string | undefined {
  if ((st.session.guesses += 1) > MOST_GUESSES) return undefined
  if (candidates) return nearest(name, candidates)
  const { catalog } = st
  switch (code) {
    case 'unknown-table':
    case 'unknown-sequence':
    case 'unknown-index': {
      const kinds = code === 'unknown-table' ? ['table', 'view'] : code === 'unknown-index' ? ['index'] : ['sequence', 'identity']
      const names = function* () {
        for (const [key, relation] of catalog.relations) if (kinds.includes(relation.kind)) yield key.slice(key.indexOf('\u0000') + 1)
      }
      return nearest(name, names())
    }
    case 'unknown-type':
      return nearest(name, knownTypes(catalog))
    case 'unknown-routine':
      return nearest(
        name,
        [...catalog.routines.keys()].map((key) => key.slice(key.indexOf('\u0000') + 1)),
      )
    case 'unknown-namespace':
      return nearest(name, catalog.namespaces.keys())
    case 'unknown-extension':
      return nearest(name, catalog.extensions.keys())
    default:
      return undefined
  }
}
