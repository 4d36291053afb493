import { nameKey, type ObjectName } from './names.ts'
import type { Privilege } from './privilege.ts'
import type { Routine } from './routine.ts'
import type { Schema, SchemaList } from './schema.ts'

// What makes an object of one schema the same thing as an object of another: PostgreSQL's own identity, as `COMMENT ON` names it.

type Identity<T> = (item: T) => string
const key = (...parts: readonly (string | null)[]): string => parts.map((part) => part ?? '\u0001').join('\u0000')
const byName = ({ name }: { readonly name: string }): string => name
const byQualifiedName = (name: ObjectName): string => nameKey(name)

const identities: { readonly [L in SchemaList]: Identity<Schema[L][number]> } = {
  namespaces: byName,
  extensions: byName,
  enums: byQualifiedName,
  domains: byQualifiedName,
  compositeTypes: byQualifiedName,
  rangeTypes: byQualifiedName,
  baseTypes: byQualifiedName,
  collations: byQualifiedName,
  sequences: byQualifiedName,
  tables: byQualifiedName,
  views: byQualifiedName,
  routines: (routine) => key(nameKey(routine), routineSignature(routine)),
  eventTriggers: byName,
  statistics: byQualifiedName,
  operators: (operator) => key(nameKey(operator), operator.left, operator.right),
  operatorFamilies: (family) => key(nameKey(family), family.method),
  operatorClasses: (opclass) => key(nameKey(opclass), opclass.method),
  casts: ({ source, target }) => key(source, target),
  textSearch: (object) => key(object.kind, nameKey(object)),
  languages: byName,
  transforms: ({ type, language }) => key(type, language),
  conversions: byQualifiedName,
  accessMethods: byName,
  foreignDataWrappers: byName,
  foreignServers: byName,
  userMappings: ({ user, server }) => key(user, server),
  publications: byName,
  privileges: privilegeText,
  opaque: ({ sql }) => sql,
}

/** A key that two objects of a list share exactly when they are the same thing, in the same schema or in two. */
export const identityOf = <L extends SchemaList>(list: L, item: Schema[L][number]): string => identities[list](item)

/** What tells overloads apart: the types of the input arguments. An aggregate and a function may not share it either, but are told apart. */
export const routineSignature = ({ kind, arguments: all }: Pick<Routine, 'kind' | 'arguments'>): string =>
  `${kind === 'aggregate' ? 'aggregate' : ''}(${all
    .filter(({ mode }) => mode !== 'out' && mode !== 'table')
    .map(({ type }) => type)
    .join(', ')})`

/** A privilege is what it says. */
function privilegeText({ kind, defaults, privileges, grantOption, on, objects, allIn, roles, grantedBy, cascade }: Privilege): string {
  const lists = [
    defaults && [defaults.roles, defaults.namespaces],
    privileges.map(({ name, columns }) => [name, columns]),
    objects.map(({ namespace, name, arguments: types }) => [namespace, name, types]),
  ]
  return JSON.stringify([kind, on, roles, grantedBy, grantOption, allIn, cascade, lists])
}
