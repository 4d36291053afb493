import { unreachable } from '#core/unreachable.ts'
import { nameKey, type ObjectName, type Privilege } from '#core/schema/index.ts'
import { routineSignature } from '#core/schema/identity.ts'
import type { Catalog } from './catalog.ts'
import type { Item } from './draft.ts'
import type { Grantable, KeptPrivilege, Relation, Target } from './relation.ts'

/** The privileges as they stand at the end: on the objects that are still there, by the names they have now. */
export function finishPrivileges(catalog: Catalog): Privilege[] {
  return catalog.privileges.flatMap((kept) => {
    const { privilege, targets } = kept
    if (privilege.defaults) return [privilege, ...granted(catalog, kept)]
    const objects = targets.map((target) => nameOf(catalog, target)).filter((name) => name !== undefined)
    return objects.length > 0 ? [{ ...privilege, objects }] : []
  })
}

const plain = ({ namespace, name }: ObjectName): Grantable => ({ namespace, name, arguments: null })

/** What an object is called now; undefined when it is gone. */
function nameOf(catalog: Catalog, target: Target): Grantable | undefined {
  switch (target.kind) {
    case 'relation': {
      const name = relationName(target.relation)
      return name && catalog.relation(name) && sameRelation(catalog.relation(name), target.relation) ? plain(name) : undefined
    }
    case 'routine': {
      const { routine } = target
      const there = catalog.routines.get(nameKey(routine))?.includes(routine)
      return there ? { namespace: routine.namespace, name: routine.name, arguments: inputTypes(routine) } : undefined
    }
    case 'type': {
      const { type } = target
      const found = catalog.types.get(nameKey(type))
      const relation = catalog.relation(type)
      const there =
        (found?.kind !== 'opaque' && found?.type === target.of) || (relation?.kind === 'composite' && relation.type === target.of)
      return there ? plain(type) : undefined
    }
    case 'namespace': {
      const { name } = target.namespace
      return catalog.hasNamespace(name) ? { namespace: null, name, arguments: null } : undefined
    }
    case 'name':
      return target.name
    default:
      return unreachable(target)
  }
}

const inputTypes = (routine: Item<'routines'>): string => {
  const all = routineSignature({ kind: 'function', arguments: [...routine.arguments, ...routine.orderBy] })
  return all.slice(1, -1)
}

export function relationName(relation: Relation): ObjectName | undefined {
  switch (relation.kind) {
    case 'table':
      return relation.table
    case 'view':
      return relation.view
    case 'sequence':
      return relation.sequence
    case 'identity': {
      const name = relation.column.identity?.sequenceName
      return name == null ? undefined : { namespace: relation.table.namespace, name }
    }
    case 'composite':
      return relation.type
    case 'opaque':
      return relation.name
    case 'index':
    case 'constraintIndex':
      return undefined
    default:
      return unreachable(relation)
  }
}

function sameRelation(a: Relation | undefined, b: Relation): boolean {
  if (a?.kind !== b.kind) return false
  const [first, second] = [a, b].map((relation) => {
    switch (relation.kind) {
      case 'table':
        return relation.table
      case 'view':
        return relation.view
      case 'sequence':
        return relation.sequence
      case 'identity':
        return relation.column
      default:
        return relation
    }
  })
  return first === second || b.kind === 'opaque'
}

/** What default privileges gave to the objects made after them: said object by object, as the export sets defaults last. */
function granted(catalog: Catalog, { privilege, made }: KeptPrivilege): readonly Privilege[] {
  const { defaults, on } = privilege
  // Of other roles than the one that reads the script we do not know what they made.
  if (!defaults || defaults.roles.length > 0) return []
  const objects = madeOf(catalog, on)
    .filter(
      ({ object, name }) =>
        catalog.age(object) >= made && (defaults.namespaces.length === 0 || defaults.namespaces.includes(name.namespace ?? '')),
    )
    .map(({ name }) => name)
  return objects.length > 0 ? [{ ...privilege, defaults: null, objects }] : []
}

/** All objects of a kind that privileges can be on. */
export function madeOf(
  catalog: Catalog,
  on: Privilege['on'],
): readonly { readonly object: object; readonly name: Grantable; readonly target: Target }[] {
  const relations = [...catalog.relations.values()]
  const found = (relation: Relation, object: object, name: ObjectName) => ({
    object,
    name: plain(name),
    target: { kind: 'relation', relation } as const,
  })
  switch (on) {
    case 'table':
      return relations.flatMap((relation) =>
        relation.kind === 'table'
          ? [found(relation, relation.table, relation.table)]
          : relation.kind === 'view'
            ? [found(relation, relation.view, relation.view)]
            : [],
      )
    case 'sequence':
      return relations.flatMap((relation) => {
        const name = relation.kind === 'sequence' || relation.kind === 'identity' ? relationName(relation) : undefined
        return name ? [found(relation, relation.kind === 'sequence' ? relation.sequence : relation, name)] : []
      })
    case 'function':
    case 'procedure':
    case 'routine':
      return [...catalog.routines.values()].flat().flatMap((routine) => {
        const fits = on === 'routine' || (on === 'procedure') === (routine.kind === 'procedure')
        const name = { namespace: routine.namespace, name: routine.name, arguments: inputTypes(routine) }
        return fits ? [{ object: routine, name, target: { kind: 'routine', routine } as const }] : []
      })
    case 'type':
    case 'domain':
      return [...catalog.types.values()].flatMap((type) =>
        type.kind === 'opaque'
          ? []
          : [{ object: type.type, name: plain(type.type), target: { kind: 'type', type: type.type, of: type.type } as const }],
      )
    case 'namespace':
      return [...catalog.namespaces.values()].map((namespace) => ({
        object: namespace,
        name: { namespace: null, name: namespace.name, arguments: null },
        target: { kind: 'namespace', namespace } as const,
      }))
    default:
      return []
  }
}
