import { nameKey, type ObjectName } from '#core/schema/index.ts'
import type { AlterObjectSchemaStmt, Node, RenameStmt } from 'libpg-query'
import { as, items, kindOf, strings } from './ast.ts'
import type { Relation } from './relation.ts'
import type { TableDraft, ViewDraft } from './draft.ts'
import { viewColumns } from './infer-columns.ts'
import { storedName } from './naming.ts'
import { keepVerbatim } from './opaque.ts'
import { family } from './partitions.ts'
import { renameColumnEverywhere, moveRelation, moveType } from './references.ts'
import { moveNamespaceOfPlain, movePlain, renameFunctionInPlain } from './plain-changes.ts'
import { plainObject, type Plain } from './plain-objects.ts'
import { lookUpRoutine } from './routine-names.ts'
import { extensionSchema } from './schema-statements.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'

/** ALTER … RENAME. What refers to the object follows, as in PostgreSQL, which stores references and not names. */
export function rename(st: Statement, node: RenameStmt): Handled {
  const to = storedName(node.newname ?? '')
  switch (node.renameType) {
    case 'OBJECT_COLUMN':
    case 'OBJECT_ATTRIBUTE':
      return renameColumnStatement(st, node, to)
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
    case 'OBJECT_INDEX': {
      const found = existing(st, node)
      return found && move(st, found.name, found.relation, { namespace: found.name.namespace, name: to })
    }
    case 'OBJECT_TABCONSTRAINT':
      return renameConstraint(st, node, to)
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return renameType(st, strings(items(node.object)), (name) => ({ namespace: name.namespace, name: to }))
    case 'OBJECT_DOMCONSTRAINT': {
      const names = strings(items(node.object))
      const name = st.catalog.resolveType(st.session.path.names, names.at(-2), names.at(-1) ?? '')
      const domain = name && st.catalog.types.get(nameKey(name))
      const check = domain?.kind === 'domain' ? domain.type.constraints.find((constraint) => constraint.name === node.subname) : undefined
      if (!check) throw new Refusal('unknown-constraint', `constraint "${node.subname ?? ''}" does not exist`)
      check.name = to
      return undefined
    }
    case 'OBJECT_TRIGGER':
    case 'OBJECT_RULE':
    case 'OBJECT_POLICY':
      return renamePart(st, node, to)
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return moveRoutine(st, node.object, node.renameType, (routine) => ({ namespace: routine.namespace, name: to }))
    case 'OBJECT_SCHEMA':
      return renameNamespace(st, node.subname ?? '', to)
    case 'OBJECT_STATISTIC_EXT':
      return moveStatistics(st, strings(items(node.object)), { name: to })
    case 'OBJECT_EVENT_TRIGGER':
      return renameEventTrigger(st, as(node.object, 'String')?.sval ?? '', to)
    default:
      return renameOther(st, plainObject(st, node.renameType, node.object), { name: to }, 'ALTER RENAME')
  }
}

/** ALTER … SET SCHEMA. */
export function setSchema(st: Statement, node: AlterObjectSchemaStmt): Handled {
  const namespace = storedName(node.newschema ?? '')
  switch (node.objectType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE': {
      const found = existing(st, node)
      return found && move(st, found.name, found.relation, { namespace, name: found.name.name })
    }
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return renameType(st, strings(items(node.object)), (name) => ({ namespace, name: name.name }))
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return moveRoutine(st, node.object, node.objectType, (routine) => ({ namespace, name: routine.name }))
    case 'OBJECT_EXTENSION':
      return extensionSchema(st, node)
    case 'OBJECT_STATISTIC_EXT':
      return moveStatistics(st, strings(items(node.object)), { namespace })
    default:
      return renameOther(st, plainObject(st, node.objectType, node.object), { namespace }, 'ALTER SET SCHEMA')
  }
}

function moveStatistics(st: Statement, names: readonly string[], to: { namespace?: string; name?: string }): Handled {
  const { statistics } = st.catalog
  const namespaces = names.length > 1 ? names.slice(-2, -1) : st.session.path.names
  const found = namespaces
    .map((namespace) => statistics.get(nameKey({ namespace, name: names.at(-1) ?? '' })))
    .find((each) => each !== undefined)
  if (!found) throw new Refusal('unknown-statistics', `statistics object "${names.join('.')}" does not exist`)
  statistics.delete(nameKey(found))
  Object.assign(found, to)
  statistics.set(nameKey(found), found)
  return undefined
}

function renameEventTrigger(st: Statement, from: string, to: string): Handled {
  const { eventTriggers } = st.catalog
  const found = eventTriggers.get(from)
  if (!found) throw new Refusal('unknown-event-trigger', `event trigger "${from}" does not exist`)
  eventTriggers.delete(from)
  found.name = to
  eventTriggers.set(to, found)
  return undefined
}

/** What the script did not make is known to PostgreSQL only. */
function renameOther(st: Statement, found: Plain | undefined, to: { namespace?: string; name?: string }, reason: string): Handled {
  if (!found) return keepVerbatim(st, reason)
  movePlain(st, found, to)
  return undefined
}

function existing(st: Statement, node: RenameStmt | AlterObjectSchemaStmt): { name: ObjectName; relation: Relation } | undefined {
  const name = st.find(node.relation)
  const relation = name && st.catalog.relation(name)
  if (name && relation) return { name, relation }
  if (node.missing_ok) return undefined
  throw new Refusal('unknown-table', `relation "${node.relation?.relname ?? ''}" does not exist`, { location: node.relation?.location })
}

function move(st: Statement, from: ObjectName, relation: Relation, to: ObjectName): Handled {
  if (st.catalog.relation(to)) throw new Refusal('duplicate-object', `relation "${to.name}" already exists`)
  if (relation.kind === 'opaque') return keepVerbatim(st, 'ALTER RENAME')
  moveRelation(st, from, relation, to)
  return undefined
}

function renameColumnStatement(st: Statement, node: RenameStmt, to: string): Handled {
  const found = existing(st, node)
  if (!found) return undefined
  const { relation } = found
  const from = node.subname ?? ''
  if (relation.kind === 'composite') {
    for (const attribute of relation.type.attributes) if (attribute.name === from) attribute.name = to
    return undefined
  }
  if (relation.kind === 'view' && renameViewColumn(st, relation.view, from, to)) return undefined
  // The columns of other views are known to PostgreSQL only.
  if (relation.kind !== 'table') return keepVerbatim(st, 'ALTER VIEW RENAME COLUMN', { late: true })
  if (!relation.table.columns.some(({ name }) => name === from))
    throw new Refusal('unknown-column', `column "${from}" of relation "${relation.table.name}" does not exist`, {
      candidates: relation.table.columns.map(({ name }) => name),
    })
  if (relation.table.columns.some(({ name }) => name === to))
    throw new Refusal('duplicate-column', `column "${to}" of relation "${relation.table.name}" already exists`)
  for (const member of family(st, relation.table)) renameColumnEverywhere(st, member, from, to)
  return undefined
}

/** A view whose columns we know gets a list of their names. */
function renameViewColumn(st: Statement, view: ViewDraft, from: string, to: string): boolean {
  const columns = viewColumns(st, view)
  if (!columns?.some(({ name }) => name === from)) return false
  const changed = columns.map((column) => (column.name === from ? { ...column, name: to } : column))
  st.catalog.viewColumns.set(view, changed)
  view.columnNames = changed.map(({ name }) => name)
  for (const column of view.columns) if (column.name === from) column.name = to
  return true
}

function renameConstraint(st: Statement, node: RenameStmt, to: string): Handled {
  const found = existing(st, node)
  if (!found) return undefined
  const table = tableOf(found.relation)
  const constraint = table?.constraints.find(({ name }) => name === node.subname)
  if (!table || !constraint) throw new Refusal('unknown-constraint', `constraint "${node.subname ?? ''}" does not exist`)
  const index = st.catalog.relation({ namespace: table.namespace, name: constraint.name })
  if (index?.kind === 'constraintIndex' && index.constraint === constraint)
    moveRelation(st, { namespace: table.namespace, name: constraint.name }, index, { namespace: table.namespace, name: to })
  else {
    const before = constraint.name
    for (const member of constraint.kind === 'check' ? family(st, table) : [table]) {
      for (const own of member.constraints) {
        if (own.name !== before || (member !== table && !(own.kind === 'check' && own.inherited))) continue
        st.catalog.countConstraintName(member.namespace, before, -1)
        st.catalog.countConstraintName(member.namespace, to, 1)
        own.name = to
      }
    }
  }
  return undefined
}

const tableOf = (relation: Relation): TableDraft | undefined => (relation.kind === 'table' ? relation.table : undefined)

function renamePart(st: Statement, node: RenameStmt, to: string): Handled {
  const found = existing(st, node)
  if (!found) return undefined
  const { relation } = found
  const owner = relation.kind === 'table' ? relation.table : relation.kind === 'view' ? relation.view : undefined
  const list: { name: string }[] = !owner
    ? []
    : node.renameType === 'OBJECT_TRIGGER'
      ? owner.triggers
      : node.renameType === 'OBJECT_RULE'
        ? owner.rules
        : 'policies' in owner
          ? owner.policies
          : []
  const part = list.find(({ name }) => name === node.subname)
  if (!part) throw new Refusal('unknown-part', `"${node.subname ?? ''}" does not exist`)
  part.name = to
  return undefined
}

function renameType(st: Statement, names: readonly string[], target: (name: ObjectName) => ObjectName): Handled {
  const name = st.catalog.resolveType(st.session.path.names, names.at(-2), names.at(-1) ?? '')
  if (!name) throw new Refusal('unknown-type', `type "${names.join('.')}" does not exist`)
  const relation = st.catalog.relation(name)
  if (relation?.kind === 'opaque' || st.catalog.types.get(nameKey(name))?.kind === 'opaque') return keepVerbatim(st, 'ALTER TYPE')
  const to = target(name)
  if (relation?.kind === 'composite') moveRelation(st, name, relation, to)
  else moveType(st, name, to)
  return undefined
}

function moveRoutine(st: Statement, object: Node | undefined, objtype: string, target: (name: ObjectName) => ObjectName): Handled {
  const routine = lookUpRoutine(st, object && kindOf(object) === 'ObjectWithArgs' ? as(object, 'ObjectWithArgs') : undefined, objtype)
  if (!routine) throw new Refusal('unknown-routine', 'function does not exist')
  const from = { namespace: routine.namespace, name: routine.name }
  const rest = (st.catalog.routines.get(nameKey(from)) ?? []).filter((other) => other !== routine)
  if (rest.length > 0) st.catalog.routines.set(nameKey(from), rest)
  else st.catalog.routines.delete(nameKey(from))
  Object.assign(routine, target(from))
  st.catalog.routines.set(nameKey(routine), [...(st.catalog.routines.get(nameKey(routine)) ?? []), routine])
  const calls = (trigger: { function: ObjectName }) => nameKey(trigger.function) === nameKey(from)
  const to = { namespace: routine.namespace, name: routine.name }
  renameFunctionInPlain(st, from, to)
  for (const owner of [...st.catalog.tables(), ...st.catalog.views()])
    for (const trigger of owner.triggers) if (calls(trigger)) trigger.function = to
  for (const trigger of st.catalog.eventTriggers.values()) if (calls(trigger)) trigger.function = to
  return undefined
}

/** A namespace takes everything in it along. */
function renameNamespace(st: Statement, from: string, to: string): Handled {
  const { catalog } = st
  const namespace = catalog.namespaces.get(from)
  if (!namespace && from !== 'public') throw new Refusal('unknown-namespace', `schema "${from}" does not exist`)
  const made = namespace ?? { name: to, owner: null, comment: null }
  made.name = to
  catalog.namespaces.delete(from)
  catalog.namespaces.set(to, made)
  catalog.note(made, namespace)
  for (const [key, relation] of [...catalog.relations]) {
    const [space, name] = key.split('\u0000')
    if (
      space === from &&
      relation.kind !== 'index' &&
      relation.kind !== 'constraintIndex' &&
      relation.kind !== 'identity' &&
      relation.kind !== 'opaque'
    )
      moveRelation(st, { namespace: from, name: name ?? '' }, relation, { namespace: to, name: name ?? '' })
  }
  for (const key of [...catalog.types.keys()]) {
    const [space, name] = key.split('\u0000')
    if (space === from) moveType(st, { namespace: from, name: name ?? '' }, { namespace: to, name: name ?? '' })
  }
  for (const [key, routines] of [...catalog.routines]) {
    if (!key.startsWith(`${from}\u0000`)) continue
    catalog.routines.delete(key)
    for (const routine of routines) routine.namespace = to
    catalog.routines.set(nameKey({ namespace: to, name: key.slice(from.length + 1) }), routines)
  }
  moveNamespaceOfPlain(st, from, to)
  return undefined
}
