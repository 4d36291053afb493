import type { AlterDefaultPrivilegesStmt, GrantStmt, Node, ObjectWithArgs } from 'libpg-query'
import { aPrivilege, nameKey, type Privilege, type PrivilegeTarget } from '#core/schema/index.ts'
import { all, as, items, strings } from './ast.ts'
import { madeOf } from './kept-privileges.ts'
import type { Target } from './relation.ts'
import { storedName } from './naming.ts'
import { keepVerbatim } from './opaque.ts'
import { lookUpRoutine } from './routine-names.ts'
import type { Handled, Statement } from './statement.ts'
import { typeText } from './type-names.ts'
import { roleName } from './values.ts'

/** What the grammar calls the things that privileges are on. */
const targets: Readonly<Record<string, PrivilegeTarget>> = {
  OBJECT_TABLE: 'table',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'procedure',
  OBJECT_ROUTINE: 'routine',
  OBJECT_SCHEMA: 'namespace',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'domain',
  OBJECT_LANGUAGE: 'language',
  OBJECT_FDW: 'foreignDataWrapper',
  OBJECT_FOREIGN_SERVER: 'foreignServer',
  OBJECT_DATABASE: 'database',
  OBJECT_TABLESPACE: 'tablespace',
  OBJECT_PARAMETER_ACL: 'parameter',
  OBJECT_LARGEOBJECT: 'largeObject',
}

/** GRANT and REVOKE: kept when asked for. */
export function grant(st: Statement, node: GrantStmt): Handled {
  return keep(st, node, null)
}

/** ALTER DEFAULT PRIVILEGES: kept when asked for. */
export function defaultPrivileges(st: Statement, node: AlterDefaultPrivilegesStmt): Handled {
  const options = all(node.options, 'DefElem')
  const listOf = (name: string): readonly Node[] => items(options.find(({ defname }) => defname === name)?.arg)
  const roles = all(listOf('roles'), 'RoleSpec').map(roleName)
  return node.action ? keep(st, node.action, { roles, namespaces: [...strings(listOf('schemas'))] }) : 'ignored'
}

function keep(st: Statement, node: GrantStmt, defaults: Privilege['defaults']): Handled {
  if (!st.session.privileges) return 'ignored'
  const on = targets[node.objtype ?? '']
  if (!on) return keepVerbatim(st, node.is_grant ? 'GRANT' : 'REVOKE', { late: true })
  const inSchema =
    node.targtype === 'ACL_TARGET_ALL_IN_SCHEMA' ? (node.objects ?? []).map((object) => storedName(as(object, 'String')?.sval ?? '')) : []
  // Of a namespace that is not in the script nothing is known: it is meant whole.
  const allIn = inSchema.some((name) => !st.catalog.hasNamespace(name))
  const privilege = aPrivilege({
    kind: node.is_grant ? 'grant' : 'revoke',
    defaults,
    privileges: all(node.privileges, 'AccessPriv').map(({ priv_name, cols }) => ({
      name: (priv_name ?? 'ALL').toUpperCase(),
      columns: strings(cols).map(storedName),
    })),
    grantOption: node.grant_option === true,
    on,
    objects: [],
    allIn,
    roles: all(node.grantees, 'RoleSpec').map(roleName),
    grantedBy: node.grantor ? roleName(node.grantor) : null,
    cascade: node.behavior === 'DROP_CASCADE',
  })
  st.catalog.privileges.push({ privilege, targets: targetsOf(st, node, { on, inSchema, allIn }), made: st.catalog.madeCount })
  return undefined
}

/** What a statement names. ALL TABLES IN SCHEMA and its like mean those that are there now, as PostgreSQL takes them. */
function targetsOf(
  st: Statement,
  node: GrantStmt,
  { on, inSchema, allIn }: { on: PrivilegeTarget; inSchema: readonly string[]; allIn: boolean },
): readonly Target[] {
  if (allIn) return inSchema.map((name) => ({ kind: 'name', name: { namespace: null, name, arguments: null } }))
  if (inSchema.length === 0) return (node.objects ?? []).map((object) => target(st, object, on))
  const known = new Set(inSchema)
  return madeOf(st.catalog, on).flatMap(({ name, target: found }) => (known.has(name.namespace ?? '') ? [found] : []))
}

/** What privileges are on; by name where the script did not make it. */
function target(st: Statement, object: Node, on: PrivilegeTarget): Target {
  const relation = as(object, 'RangeVar')
  if (relation) {
    const name = st.find(relation)
    const found = name && st.catalog.relation(name)
    return found ? { kind: 'relation', relation: found } : byName(relation.schemaname ?? null, relation.relname ?? '')
  }
  const routine = as(object, 'ObjectWithArgs')
  if (routine) return routineTarget(st, routine, on)
  const parts = strings(items(object))
  if (parts.length > 0) return typeTarget(st, parts)
  const number = as(object, 'Integer') ?? as(object, 'Float')
  const text = number
    ? String('ival' in number ? (number.ival ?? 0) : ((number as { fval?: string }).fval ?? '0'))
    : (as(object, 'String')?.sval ?? '')
  const namespace = on === 'namespace' ? st.catalog.namespaces.get(storedName(text)) : undefined
  return namespace ? { kind: 'namespace', namespace } : byName(null, number || on === 'parameter' ? text : storedName(text))
}

const byName = (namespace: string | null, name: string, types: string | null = null): Target => ({
  kind: 'name',
  name: { namespace, name: storedName(name), arguments: types },
})

function typeTarget(st: Statement, parts: readonly string[]): Target {
  const found = st.catalog.resolveType(st.session.path.names, parts.at(-2), storedName(parts.at(-1) ?? ''))
  const type = found && st.catalog.types.get(nameKey(found))
  const relation = found && st.catalog.relation(found)
  if (type && type.kind !== 'opaque') return { kind: 'type', type: type.type, of: type.type }
  if (relation?.kind === 'composite') return { kind: 'type', type: relation.type, of: relation.type }
  return byName(found?.namespace ?? parts.at(-2) ?? null, parts.at(-1) ?? '')
}

/** Aggregates and window functions are granted as functions. */
function routineTarget(st: Statement, object: ObjectWithArgs, on: PrivilegeTarget): Target {
  const kinds = on === 'procedure' ? ['OBJECT_PROCEDURE'] : on === 'routine' ? ['OBJECT_ROUTINE'] : ['OBJECT_FUNCTION', 'OBJECT_AGGREGATE']
  const routine = kinds.map((kind) => lookUpRoutine(st, object, kind)).find((found) => found !== undefined)
  if (routine) return { kind: 'routine', routine }
  const parts = strings(object.objname)
  const types = object.args_unspecified ? null : (object.objargs ?? []).map((type) => typeText(st, as(type, 'TypeName'))).join(', ')
  return byName(parts.at(-2) ?? null, parts.at(-1) ?? '', types)
}
