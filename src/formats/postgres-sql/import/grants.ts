import type { AlterDefaultPrivilegesStmt, GrantStmt, Node, ObjectWithArgs } from 'libpg-query'
import { aPrivilege, type PrivilegeTarget } from '#core/schema/index.ts'
import { all, as, items, strings } from './ast.ts'
import type { Item } from './draft.ts'
import { keepVerbatim } from './opaque.ts'
import { lookUpRoutine } from './routine-names.ts'
import type { Handled, Statement } from './statement.ts'
import { typeText } from './type-names.ts'
import { roleName } from './values.ts'

type Grantable = Item<'privileges'>['objects'][number]

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

function keep(st: Statement, node: GrantStmt, defaults: Item<'privileges'>['defaults']): Handled {
  if (!st.session.privileges) return 'ignored'
  const on = targets[node.objtype ?? '']
  if (!on) return keepVerbatim(st, node.is_grant ? 'GRANT' : 'REVOKE', { late: true })
  const allIn = node.targtype === 'ACL_TARGET_ALL_IN_SCHEMA'
  const privilege = aPrivilege({
    kind: node.is_grant ? 'grant' : 'revoke',
    defaults,
    privileges: all(node.privileges, 'AccessPriv').map(({ priv_name, cols }) => ({
      name: (priv_name ?? 'ALL').toUpperCase(),
      columns: strings(cols),
    })),
    grantOption: node.grant_option === true,
    on,
    objects: (node.objects ?? [])
      .map((object) => (allIn ? { name: as(object, 'String')?.sval ?? '' } : named(st, object, node.objtype)))
      .map(full),
    allIn,
    roles: all(node.grantees, 'RoleSpec').map(roleName),
    grantedBy: node.grantor ? roleName(node.grantor) : null,
    cascade: node.behavior === 'DROP_CASCADE',
  })
  st.catalog.privileges.push(privilege as Item<'privileges'>)
  return undefined
}

const full = ({ namespace = null, name, arguments: types = null }: Partial<Grantable> & { name: string }): Grantable => ({
  namespace,
  name,
  arguments: types,
})

/** The name of what privileges are on: relations and types where the search path finds them. */
function named(st: Statement, object: Node, kind: string | undefined): Partial<Grantable> & { name: string } {
  const relation = as(object, 'RangeVar')
  if (relation) return st.find(relation) ?? { namespace: relation.schemaname ?? null, name: relation.relname ?? '' }
  const routine = as(object, 'ObjectWithArgs')
  if (routine) return routineNamed(st, routine, kind ?? '')
  const parts = strings(items(object))
  if (parts.length > 0) {
    const name = parts.at(-1) ?? ''
    return st.catalog.resolveType(st.session.path.names, parts.at(-2), name) ?? { namespace: parts.at(-2) ?? null, name }
  }
  const number = as(object, 'Integer')
  return { name: number ? String(number.ival ?? 0) : (as(object, 'String')?.sval ?? '') }
}

function routineNamed(st: Statement, object: ObjectWithArgs, kind: string): Partial<Grantable> & { name: string } {
  const parts = strings(object.objname)
  const found = lookUpRoutine(st, object, kind)
  const types = (object.objargs ?? []).map((type) => typeText(st, as(type, 'TypeName'))).join(', ')
  return {
    namespace: found?.namespace ?? parts.at(-2) ?? null,
    name: found?.name ?? parts.at(-1) ?? '',
    arguments: object.args_unspecified ? null : types,
  }
}
