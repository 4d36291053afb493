import { quoteName, quoteQualified } from '#core/dialects/postgres.ts'
import { operatorName } from '#formats/postgres-sql/export/operator-sql.ts'
import { roleSql } from '#formats/postgres-sql/export/sql.ts'
import { routineSignature, type ObjectName, type Schema, type SchemaList } from '#core/schema/index.ts'

type Drop<T> = (item: T) => string
const named =
  (kind: string) =>
  ({ name }: { readonly name: string }): string =>
    `${kind} IF EXISTS ${quoteName(name)} CASCADE`
const qualified =
  (kind: string) =>
  (item: { readonly namespace: string; readonly name: string }): string =>
    `${kind} IF EXISTS ${quoteQualified(item, { always: true })} CASCADE`

const method = (kind: string) => (item: ObjectName & { readonly method: string }) =>
  `${kind} IF EXISTS ${quoteQualified(item, { always: true })} USING ${quoteName(item.method)} CASCADE`

type Untried = 'privileges' | 'opaque' | 'extensions'

/**
 * How each kind of object is taken away, with all that stands on it. Who may do what and statements kept word for word are not tried out, and
 * neither are extensions: the scratch server may not have them.
 */
const drops: { readonly [L in Exclude<SchemaList, Untried>]: Drop<Schema[L][number]> } & { readonly [L in Untried]?: undefined } = {
  baseTypes: qualified('TYPE'),
  operators: (operator) => `OPERATOR IF EXISTS ${operatorName(operator)} (${operator.left ?? 'NONE'}, ${operator.right ?? 'NONE'}) CASCADE`,
  operatorFamilies: method('OPERATOR FAMILY'),
  operatorClasses: method('OPERATOR CLASS'),
  casts: ({ source, target }) => `CAST IF EXISTS (${source} AS ${target}) CASCADE`,
  textSearch: (search) => qualified(`TEXT SEARCH ${search.kind.toUpperCase()}`)(search),
  languages: named('LANGUAGE'),
  transforms: ({ type, language }) => `TRANSFORM IF EXISTS FOR ${type} LANGUAGE ${quoteName(language)} CASCADE`,
  conversions: qualified('CONVERSION'),
  accessMethods: named('ACCESS METHOD'),
  foreignDataWrappers: named('FOREIGN DATA WRAPPER'),
  foreignServers: named('SERVER'),
  userMappings: ({ user, server }) => `USER MAPPING IF EXISTS FOR ${roleSql(user)} SERVER ${quoteName(server)}`,
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
