import { quoteName } from '#core/dialects/postgres.ts'
import type { TypeName } from 'libpg-query'
import { nearest } from '../../shared/sql/nearest.ts'
import { strings } from './ast.ts'
import { foreignTypes } from './foreign-repairs.ts'
import { MOST_GUESSES } from './causes.ts'
import { storedName } from './naming.ts'
import { Refusal, type RefusalDetails, type Statement } from './statement.ts'
import { knownTypes } from './type-names.ts'

/** The types that well-known extensions bring, and those that bring none. With any other extension, a type may come from it. */
const extensionTypes: Readonly<Record<string, string>> = {
  citext: 'citext',
  cube: 'cube',
  earthdistance: 'earth',
  hstore: 'hstore',
  intarray: 'query_int',
  isn: 'ean13 isbn13 ismn13 issn13 isbn ismn issn upc',
  lo: 'lo',
  ltree: 'ltree lquery ltxtquery',
  postgis: 'geometry geography box2d box3d geometry_dump valid_detail raster',
  seg: 'seg',
  vector: 'vector halfvec sparsevec',
  btree_gin: '',
  btree_gist: '',
  dblink: '',
  fuzzystrmatch: '',
  pg_stat_statements: '',
  pg_trgm: 'gtrgm',
  pgcrypto: '',
  plpgsql: '',
  postgres_fdw: '',
  unaccent: '',
  'uuid-ossp': '',
}
const extensionOf = new Map(
  Object.entries(extensionTypes).flatMap(([name, types]) => types.split(' ').map((type) => [type, name] as const)),
)

/**
 * Looks at the types that a definition named and nobody made. Taken strictly, the first one that is certainly missing is refused as PostgreSQL
 * refuses it; else each is told at the end, unless it was made by then.
 */
export function checkTypes(st: Statement): void {
  const missing = st.unresolved.splice(0).filter((type) => isMissing(st, type))
  const [first] = missing
  if (first && st.session.strict) {
    const { message, ...details } = told(st, first)
    throw new Refusal('unknown-type', message, details)
  }
  for (const type of missing) {
    st.session.later.push(() => {
      if (!isMissing(st, type)) return
      const { message, ...details } = told(st, type)
      st.tell('warning', 'unknown-type', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, details)
    })
  }
}

function isMissing(st: Statement, type: TypeName): boolean {
  const { catalog } = st
  const names = strings(type.names).map(storedName)
  const name = names.at(-1) ?? ''
  const namespace = names.at(-2)
  if (st.session.dynamic || (namespace !== undefined && !catalog.hasNamespace(namespace))) return false
  if (catalog.resolveType(st.session.path.names, namespace, name)) return false
  const brings = [...catalog.extensions.keys()].map((extension) => extensionTypes[extension]?.split(' '))
  return foreignTypes.has(name) || brings.every((types) => types !== undefined && !types.includes(name))
}

function told(st: Statement, type: TypeName): RefusalDetails & { readonly message: string } {
  const names = strings(type.names)
  const name = names.at(-1) ?? ''
  const location = type.location
  const message = `type "${names.join('.')}" does not exist`
  const other = foreignTypes.get(name)
  if (other !== undefined && names.length === 1 && location !== undefined) {
    const start = st.base + st.offset(location)
    const size = /^(?:varchar|char|numeric|timestamp|timestamptz)$/.test(other)
      ? 0
      : (modifiers.exec(st.sql.slice(st.offset(location) + name.length))?.[0].length ?? 0)
    const edits = [{ start, end: start + name.length + size, text: other }]
    return { message, location, hint: `PostgreSQL calls it ${other}.`, fix: { title: `Write ${other}`, edits } }
  }
  const extension = extensionOf.get(name)
  if (extension !== undefined) {
    const create = `CREATE EXTENSION IF NOT EXISTS ${quoteName(extension)};`
    const edits = [{ start: st.base, end: st.base, text: `${create}\n` }]
    return { message, location, hint: `It comes with an extension: ${create}`, fix: { title: `Add ${create.slice(0, -1)}`, edits } }
  }
  const near = (st.session.guesses += 1) > MOST_GUESSES ? undefined : nearest(name, knownTypes(st.catalog))
  return { message, location, hint: near === undefined ? 'Create the type first, or check its name.' : `Did you mean ${near}?` }
}

const modifiers = /^\s*\([^)]*\)/
