import type { AlterOwnerStmt } from 'libpg-query'
import { nameKey } from '#core/schema/index.ts'
import { as, items, strings } from './ast.ts'
import { namespace } from './comments.ts'
import { plainObject } from './plain-objects.ts'
import { lookUpRoutine } from './routine-names.ts'
import type { Handled, Statement } from './statement.ts'
import { roleName } from './values.ts'

/** ALTER … OWNER TO of what is not a relation. */
export function alterOwner(st: Statement, node: AlterOwnerStmt): Handled {
  if (!st.session.privileges) return 'ignored'
  const object = owned(st, node)
  if (!object) return 'ignored'
  object.owner = roleName(node.newowner)
  return undefined
}

function owned(st: Statement, node: AlterOwnerStmt): { owner: string | null } | undefined {
  const { catalog } = st
  switch (node.objectType) {
    case 'OBJECT_SCHEMA':
      return catalog.hasNamespace(as(node.object, 'String')?.sval ?? '') ? namespace(st, as(node.object, 'String')?.sval ?? '') : undefined
    case 'OBJECT_EVENT_TRIGGER':
      return catalog.eventTriggers.get(as(node.object, 'String')?.sval ?? '')
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return lookUpRoutine(st, as(node.object, 'ObjectWithArgs'), node.objectType)
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN': {
      const names = strings(items(node.object))
      const name = catalog.resolveType(st.session.path.names, names.at(-2), names.at(-1) ?? '')
      const relation = name && catalog.relation(name)
      if (relation?.kind === 'composite') return relation.type
      const type = name && catalog.types.get(nameKey(name))
      return type && type.kind !== 'opaque' ? type.type : undefined
    }
    case 'OBJECT_STATISTIC_EXT': {
      const names = strings(items(node.object))
      const namespaces = names.length > 1 ? names.slice(-2, -1) : st.session.path.names
      return namespaces
        .map((namespace) => catalog.statistics.get(nameKey({ namespace, name: names.at(-1) ?? '' })))
        .find((each) => each !== undefined)
    }
    default: {
      const found = plainObject(st, node.objectType, node.object)?.item
      return found && 'owner' in found ? found : undefined
    }
  }
}
