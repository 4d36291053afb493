import { quoteName, quoteQualified } from '#core/dialects/postgres.ts'
import { routineSignature, type Schema, type SchemaList } from '#core/schema/index.ts'

type Drop<T> = (item: T) => string
const named =
  (kind: string) =>
  ({ name }: { readonly name: string }): string =>
    `${kind} IF EXISTS ${quoteName(name)} CASCADE`
const qualified =
  (kind: string) =>
  (item: { readonly namespace: string; readonly name: string }): string =>
    `${kind} IF EXISTS ${quoteQualified(item, { always: true })} CASCADE`

/** How each kind of object is taken away, with all that stands on it. Kinds that are missing cannot be tried out. */
const drops: { readonly [L in SchemaList]?: Drop<Schema[L][number]> } = {
  namespaces: named('SCHEMA'),
  enums: qualified('TYPE'),
  domains: qualified('DOMAIN'),
  compositeTypes: qualified('TYPE'),
  rangeTypes: qualified('TYPE'),
  collations: qualified('COLLATION'),
  sequences: qualified('SEQUENCE'),
  tables: (table) => qualified(table.foreign ? 'FOREIGN TABLE' : 'TABLE')(table),
  views: (view) => qualified(view.materialized ? 'MATERIALIZED VIEW' : 'VIEW')(view),
  routines: (routine) =>
    `ROUTINE IF EXISTS ${quoteQualified(routine, { always: true })}${routineSignature({ ...routine, kind: 'function' })} CASCADE`,
  eventTriggers: named('EVENT TRIGGER'),
  statistics: qualified('STATISTICS'),
  publications: named('PUBLICATION'),
}

/** The statement that takes an object away; null when that kind cannot be tried out. */
export function dropSql<L extends SchemaList>(list: L, item: Schema[L][number]): string | null {
  const drop = drops[list] as Drop<Schema[L][number]> | undefined
  return drop ? `DROP ${drop(item)}` : null
}
