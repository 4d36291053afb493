import { quoteQualified, unquoteNames } from '../dialects/postgres-names.ts'
import { typeParts } from '../dialects/postgres-types.ts'
import type { Draft } from '../project/rows.ts'
import { displayName, nameKey, type ObjectName } from '../schema/index.ts'
import { quoted, refuse } from './trouble.ts'

/** Whether a type as SQL writes it is this one: alone, as an array, or as a set. */
export function isOfType(sql: string, type: ObjectName): boolean {
  const { name: spelled } = typeParts(sql.replace(/^setof\s+/i, ''))
  return spelled === quoteQualified(type) || spelled === quoteQualified(type, { always: true })
}

/** Columns of a type. */
export const columnsOfType = (draft: Draft, type: ObjectName) => draft.all('column').filter((column) => isOfType(column.type, type))

/** What is of a type or made from it, said for people: columns, domains, composite and range types, routines, casts. */
export function typeUsers(draft: Draft, type: ObjectName): readonly string[] {
  const is = (sql: string | null) => sql !== null && isOfType(sql, type)
  const columns = columnsOfType(draft, type).map((column) => {
    const table = draft.get('table', column.tableId)
    return `"${table ? `${displayName(table)}.` : ''}${column.name}"`
  })
  const named = <T extends ObjectName>(word: string, rows: readonly T[], uses: (row: T) => boolean) =>
    rows.filter(uses).map((row) => `${word} ${quoted(row)}`)
  return [
    ...columns,
    ...named('domain', draft.all('domain'), (domain) => is(domain.type)),
    ...named('composite type', draft.all('compositeType'), ({ attributes }) => attributes.some((attribute) => is(attribute.type))),
    ...named('range type', draft.all('rangeType'), ({ subtype }) => is(subtype)),
    ...named('table', draft.all('table'), ({ ofType }) => ofType !== null && nameKey(ofType) === nameKey(type)),
    ...draft
      .all('routine')
      .filter(({ arguments: all, orderBy, returns }) => [...all, ...orderBy].some((one) => is(one.type)) || is(returns))
      .map((routine) => `${routine.kind} ${quoted(routine)}`),
    ...draft
      .all('cast')
      .filter(({ source, target }) => is(source) || is(target))
      .map(({ source, target }) => `the cast from ${source} to ${target}`),
    ...named('operator', draft.all('operator'), ({ left, right }) => is(left) || is(right)),
    ...named('operator class', draft.all('operatorClass'), (one) => is(one.type)),
  ]
}

/** Ends the mutation while anything is of this type. `word` is what people call the type. */
export function requireUnusedType(draft: Draft, word: string, type: ObjectName): void {
  const users = typeUsers(draft, type)
  if (users.length === 0) return
  const shown = users.slice(0, 5).join(', ') + (users.length > 5 ? ` and ${users.length - 5} more` : '')
  refuse('type-in-use', `The ${word} ${quoted(type)} is the type of ${shown}.`, 'Give them another type first.')
}

/** The same for the row types of tables or views that are gone: one look finds those that are missed. Signatures that name them are only told. */
export function requireUnusedRowTypes(draft: Draft, gone: readonly ObjectName[]): void {
  const types = new Set([
    ...draft.all('column').map(({ type }) => type),
    ...draft.all('domain').map(({ type }) => type),
    ...draft.all('compositeType').flatMap(({ attributes }) => attributes.map(({ type }) => type)),
    ...draft.all('rangeType').map(({ subtype }) => subtype),
    ...draft.all('table').flatMap(({ ofType }) => (ofType ? [quoteQualified(ofType)] : [])),
  ])
  const names = new Set([...types].map((type) => typeParts(type.replace(/^setof\s+/i, '')).name))
  for (const name of gone)
    if (names.has(quoteQualified(name)) || names.has(quoteQualified(name, { always: true }))) requireUnusedType(draft, 'table', name)
}

/** Ends the mutation when a type would be made of itself, however many steps away. */
export function requireNoTypeCycle(draft: Draft, type: ObjectName): void {
  const seen = new Set<string>()
  const visit = (name: ObjectName): boolean =>
    partsOf(draft, name).some((part) => {
      const key = nameKey(part)
      if (key === nameKey(type)) return true
      if (seen.has(key)) return false
      seen.add(key)
      return visit(part)
    })
  if (visit(type)) refuse('made-of-itself', `The type ${quoted(type)} would be made of itself.`, 'Choose another type inside it.')
}

/** The project's own types that a type is made of. Tables are types too. */
function partsOf(draft: Draft, type: ObjectName): readonly ObjectName[] {
  const spelled = draft.named(type.name).flatMap(({ kind, id }): readonly string[] => {
    if (kind === 'domain') return typeIn(type, draft.get('domain', id), ({ type: base }) => [base])
    if (kind === 'rangeType') return typeIn(type, draft.get('rangeType', id), ({ subtype }) => [subtype])
    if (kind === 'compositeType')
      return typeIn(type, draft.get('compositeType', id), ({ attributes }) => attributes.map((attribute) => attribute.type))
    if (kind === 'table') return typeIn(type, draft.get('table', id), () => draft.childrenOf('column', id).map((column) => column.type))
    return []
  })
  return spelled.flatMap((sql) => ownTypes(draft, sql))
}

function typeIn<T extends ObjectName>(
  { namespace }: ObjectName,
  row: T | undefined,
  types: (row: T) => readonly string[],
): readonly string[] {
  return row?.namespace === namespace ? types(row) : []
}

function ownTypes(draft: Draft, sql: string): readonly ObjectName[] {
  const last = unquoteNames(typeParts(sql).name).at(-1) ?? ''
  const candidates = draft.named(last).flatMap(({ kind, id }): readonly ObjectName[] => {
    if (kind !== 'domain' && kind !== 'rangeType' && kind !== 'compositeType' && kind !== 'table') return []
    const row = draft.get(kind, id)
    return row ? [{ namespace: row.namespace, name: row.name }] : []
  })
  return candidates.filter((candidate) => isOfType(sql, candidate))
}
