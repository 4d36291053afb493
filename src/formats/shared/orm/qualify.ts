import { quoteName } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import { Tokens } from '../sql/tokens.ts'
import { searchPathOf, type Catalog } from './catalog.ts'

/**
 * Says the namespace of what a text finds through its search path, because the output is read with another one: called functions, types after
 * `::`, relations after FROM and JOIN, and sequences in `nextval('…')`. A text for the default path comes back as it is.
 */
export function qualify(catalog: Catalog, sql: string, searchPath: string | null): string {
  if (searchPath === null) return sql
  const path = searchPathOf(searchPath)
  if (path[0] === DEFAULT_NAMESPACE) return sql
  const tokens = new Tokens(sql)
  let result = ''
  let at = 0
  tokens.list.forEach((token, index) => {
    const namespace = namespaceFor(catalog, path, tokens, index)
    if (namespace === undefined) return
    const start = token.kind === 'string' ? token.start + 1 : token.start
    result += `${sql.slice(at, start)}${quoteName(namespace)}.`
    at = start
  })
  return result + sql.slice(at)
}

function namespaceFor({ namespaces }: Catalog, path: readonly string[], tokens: Tokens, index: number): string | undefined {
  const token = tokens.list[index]
  if (!token) return undefined
  if (token.kind === 'string') {
    const name = tokens.text.slice(token.start + 1, token.end - 1)
    const isSequence = tokens.word(index - 1) === '(' && ['nextval', 'currval', 'setval'].includes(tokens.word(index - 2))
    return isSequence && /^\w+$/.test(name) ? find(namespaces.sequences, path, name) : undefined
  }
  if ((token.kind !== 'word' && token.kind !== 'name') || tokens.word(index - 1) === '.') return undefined
  const name = token.kind === 'name' ? tokens.text.slice(token.start + 1, token.end - 1).replaceAll('""', '"') : token.word
  if (tokens.word(index + 1) === '(' && find(namespaces.routines, path, name)) return find(namespaces.routines, path, name)
  if (tokens.word(index - 1) === ':') return find(namespaces.types, path, name)
  const isRelation = ['from', 'join', ','].includes(tokens.word(index - 1)) && tokens.word(index + 1) !== '('
  return isRelation ? find(namespaces.relations, path, name) : undefined
}

/** The namespace in which a name is found, when that is not the default one. */
function find(namespaces: ReadonlyMap<string, ReadonlySet<string>>, path: readonly string[], name: string): string | undefined {
  const having = namespaces.get(name)
  const namespace = having && path.find((candidate) => having.has(candidate))
  return namespace === DEFAULT_NAMESPACE ? undefined : namespace
}
