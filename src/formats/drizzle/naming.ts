import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import type { ObjectName, Schema, Table, View } from '#core/schema/index.ts'
import { allocateNames, camelCase, type Names, type Alphabet } from '../shared/names.ts'
import { importable } from './imports.ts'

// What everything in the generated module is called.

export const alphabet: Alphabet = { unicode: true, prefix: '_' }

/** Members that Drizzle's tables and views bring along. */
export const reservedFields = ['_', '$inferSelect', '$inferInsert', 'enableRLS', 'getSQL', 'shouldOmitSQLParens', 'constructor', 'then']

export const reservedExports = [
  ...importable,
  ...['table', 'one', 'many', 'exports', 'module', 'require', 'then', 'undefined', 'Uint8Array'],
  ...`abstract any arguments as async await bigint boolean break case catch class const continue debugger declare default delete do else enum
    eval export extends false finally for from function get if implements import in infer instanceof interface is keyof let module namespace
    never new null number object of package private protected public readonly return set static string super switch symbol this throw true
    try type typeof undefined unique unknown var void while with yield`.split(/\s+/),
]

/** Tables first, those outside `public` with their namespace where two are called alike. */
export function nameRelations(relations: readonly (Table | View)[], exported: Names, ids: Map<object, string>): void {
  const plain = relations.map(({ name }) => camelCase(name, alphabet))
  const count = new Map<string, number>()
  for (const name of plain) count.set(name, (count.get(name) ?? 0) + 1)
  const long = ({ namespace, name }: ObjectName): string => camelCase(`${namespace}_${name}`, alphabet)
  // Who has the name to itself, or lives in public, is asked first; source order otherwise.
  const isFirst = (at: number): boolean => count.get(plain[at] ?? '') === 1 || relations[at]?.namespace === DEFAULT_NAMESPACE
  const order = relations.map((_, at) => at).sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
  for (const at of order) {
    const relation = relations[at]
    if (!relation) continue
    const short = plain[at] ?? ''
    const kind = 'definition' in relation ? 'View' : 'Table'
    ids.set(
      relation,
      isFirst(at) ? exported.take(short, `${short}${kind}`) : exported.take(long(relation), short, `${long(relation)}${kind}`),
    )
  }
}

export const enumName = (name: string): string => camelCase(/enum$/i.test(name) ? name : `${name}_enum`, alphabet)

/** The namespaces that the schema declares or something lives in. */
export function namespacesIn(schema: Schema, relations: readonly ObjectName[]): readonly string[] {
  const used = [...relations, ...schema.enums, ...schema.sequences].map(({ namespace }) => namespace)
  const all = [...schema.namespaces.map(({ name }) => name), ...used]
  return [...new Set(all)].filter((name) => name !== DEFAULT_NAMESPACE)
}

export function fieldsOf(table: Table): ReadonlyMap<string, string> {
  const names = table.columns.map(({ name }) => name)
  const fields = allocateNames(names, { toIdentifier: (name) => camelCase(name, alphabet), reserved: reservedFields })
  return new Map(names.map((name, at) => [name, fields[at] ?? '']))
}
