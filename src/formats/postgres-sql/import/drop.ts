import { unreachable } from '#core/unreachable.ts'
import { nameKey, type ObjectName } from '#core/schema/index.ts'
import type { DropStmt, Node } from 'libpg-query'
import { as, items, kindOf, strings } from './ast.ts'
import type { Relation } from './relation.ts'
import { dropVerbatim, keepVerbatim } from './opaque.ts'
import { dropColumn, dropIndexTree, dropReferencing, dropTable, dropView } from './removal.ts'
import { dropPlain, dropPlainUsing, moveNamespaceOfPlain } from './plain-changes.ts'
import { plainListOf, plainObject } from './plain-objects.ts'
import { mentionsType } from './rewrite.ts'
import { lookUpRoutine } from './routine-names.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { userTypeText } from './type-names.ts'

/** DROP of anything. With CASCADE goes what rests on it, as far as the model knows. */
export function drop(st: Statement, node: DropStmt): Handled {
  const cascade = node.behavior === 'DROP_CASCADE'
  for (const object of node.objects ?? []) {
    const handled = dropOne(st, node, object, cascade)
    if (handled) return handled
  }
  return undefined
}

function dropOne(st: Statement, node: DropStmt, object: Node, cascade: boolean): Handled {
  const names = kindOf(object) === 'List' ? strings(items(object)) : kindOf(object) === 'String' ? [as(object, 'String')?.sval ?? ''] : []
  const last = names.at(-1) ?? ''
  switch (node.removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
    case 'OBJECT_INDEX':
      return dropRelation(st, node, names, cascade)
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return dropType(st, node, strings(as(object, 'TypeName')?.names), cascade)
    case 'OBJECT_SCHEMA':
      return dropNamespace(st, node, last, cascade)
    case 'OBJECT_EXTENSION':
      if (!st.catalog.extensions.delete(last) && !node.missing_ok)
        throw new Refusal('unknown-extension', `extension "${last}" does not exist`)
      return undefined
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return dropRoutine(st, node, object, cascade)
    case 'OBJECT_TRIGGER':
    case 'OBJECT_RULE':
    case 'OBJECT_POLICY':
      return dropPart(st, node, names, last)
    case 'OBJECT_EVENT_TRIGGER':
      if (!st.catalog.eventTriggers.delete(last) && !node.missing_ok)
        throw new Refusal('unknown-event-trigger', `event trigger "${last}" does not exist`)
      return undefined
    case 'OBJECT_STATISTIC_EXT': {
      for (const namespace of names.length > 1 ? names.slice(-2, -1) : st.session.path.names)
        if (st.catalog.statistics.delete(nameKey({ namespace, name: last }))) return undefined
      if (!node.missing_ok) throw new Refusal('unknown-statistics', `statistics object "${last}" does not exist`)
      return undefined
    }
    default:
      return dropOther(st, node, object, cascade)
  }
}

const last = (names: readonly string[]): string => names.at(-1) ?? ''

function dropRelation(st: Statement, node: DropStmt, names: readonly string[], cascade: boolean): Handled {
  if (names.length === 1 && st.session.temporary.delete(names[0] ?? '')) return undefined
  const name = st.findOf(names)
  const relation = name && st.catalog.relation(name)
  if (!name || !relation) {
    if (node.missing_ok) return undefined
    const what = node.removeType === 'OBJECT_INDEX' ? 'index' : node.removeType === 'OBJECT_SEQUENCE' ? 'sequence' : 'table'
    throw new Refusal(`unknown-${what}`, `${what} "${names.join('.')}" does not exist`)
  }
  switch (relation.kind) {
    case 'table':
      return dropTable(st, relation.table, cascade)
    case 'view':
      return dropView(st, relation.view)
    case 'sequence':
      st.catalog.relations.delete(nameKey(name))
      if (cascade) forgetDefaults(st, name)
      return undefined
    case 'index':
      if (cascade && 'constraints' in relation.owner) dropReferencing(st, relation.owner, relation.index)
      return dropIndexTree(st, relation)
    case 'constraintIndex':
      throw new Refusal('wrong-object', `cannot drop index ${last(names)} because a constraint on table ${relation.owner.name} requires it`)
    case 'opaque':
      return dropVerbatim(st, name)
    case 'identity':
    case 'composite':
      throw new Refusal('wrong-object', `"${names.join('.')}" is not what DROP names`)
    default:
      return unreachable(relation)
  }
}

function forgetDefaults(st: Statement, sequence: ObjectName): void {
  for (const table of st.catalog.tables()) {
    for (const column of table.columns)
      if (column.default && /nextval/i.test(column.default) && column.default.includes(sequence.name)) column.default = null
  }
}

function dropType(st: Statement, node: DropStmt, names: readonly string[], cascade: boolean): Handled {
  const name = st.catalog.resolveType(st.session.path.names, names.at(-2), names.at(-1) ?? '')
  if (!name) {
    if (node.missing_ok) return undefined
    throw new Refusal('unknown-type', `type "${names.join('.')}" does not exist`)
  }
  const type = st.catalog.types.get(nameKey(name))
  const relation = st.catalog.relation(name)
  if (type?.kind === 'opaque' || relation?.kind === 'opaque') return dropVerbatim(st, name)
  if (relation?.kind === 'composite') st.catalog.relations.delete(nameKey(name))
  st.catalog.types.delete(nameKey(name))
  if (!cascade) return undefined
  const text = userTypeText(name)
  dropPlainUsing(st, { type: text })
  dropRoutinesUsing(st, text)
  for (const table of [...st.catalog.tables()])
    for (const column of [...table.columns]) if (mentionsType(column.type, text)) dropColumn(st, table, column.name, true)
  return undefined
}

/** Functions that take or give a type go with it. */
function dropRoutinesUsing(st: Statement, type: string): void {
  for (const [key, overloads] of [...st.catalog.routines]) {
    const rest = overloads.filter(
      ({ returns, arguments: all, orderBy }) =>
        !(returns !== null && mentionsType(returns, type)) && ![...all, ...orderBy].some((argument) => mentionsType(argument.type, type)),
    )
    if (rest.length === overloads.length) continue
    if (rest.length > 0) st.catalog.routines.set(key, rest)
    else st.catalog.routines.delete(key)
  }
}

function dropNamespace(st: Statement, node: DropStmt, name: string, cascade: boolean): Handled {
  const { catalog } = st
  if (!catalog.hasNamespace(name)) {
    if (node.missing_ok) return undefined
    throw new Refusal('unknown-namespace', `schema "${name}" does not exist`)
  }
  catalog.namespaces.delete(name)
  if (!cascade) return undefined
  moveNamespaceOfPlain(st, name, null)
  const inside = (relation: Relation) =>
    (relation.kind === 'table'
      ? relation.table.namespace
      : relation.kind === 'view'
        ? relation.view.namespace
        : relation.kind === 'sequence'
          ? relation.sequence.namespace
          : '') === name
  for (const relation of [...catalog.relations.values()]) {
    if (!inside(relation)) continue
    if (relation.kind === 'table') dropTable(st, relation.table, true)
    else if (relation.kind === 'view') dropView(st, relation.view)
  }
  for (const map of [catalog.relations, catalog.types, catalog.routines, catalog.statistics])
    for (const key of map.keys()) if (key.startsWith(`${name}\u0000`)) map.delete(key)
  return undefined
}

function dropRoutine(st: Statement, node: DropStmt, object: Node, cascade: boolean): Handled {
  const target = as(object, 'ObjectWithArgs')
  const routine = lookUpRoutine(st, target, node.removeType ?? '')
  if (!routine) {
    if (node.missing_ok) return undefined
    throw new Refusal('unknown-routine', `function ${strings(target?.objname).join('.')} does not exist`)
  }
  const key = nameKey(routine)
  const rest = (st.catalog.routines.get(key) ?? []).filter((other) => other !== routine)
  if (rest.length > 0) st.catalog.routines.set(key, rest)
  else st.catalog.routines.delete(key)
  if (!cascade) return undefined
  const calls = (trigger: { function: ObjectName }) => nameKey(trigger.function) === key
  if (rest.length === 0) dropPlainUsing(st, { routine })
  for (const table of [...st.catalog.tables(), ...st.catalog.views()])
    if (rest.length === 0) table.triggers = table.triggers.filter((trigger) => !calls(trigger))
  for (const [name, trigger] of st.catalog.eventTriggers) if (calls(trigger)) st.catalog.eventTriggers.delete(name)
  return undefined
}

function dropPart(st: Statement, node: DropStmt, names: readonly string[], last: string): Handled {
  const owner = st.findOf(names.slice(0, -1))
  const relation = owner && st.catalog.relation(owner)
  const table = relation?.kind === 'table' ? relation.table : relation?.kind === 'view' ? relation.view : undefined
  const list: readonly { readonly name: string }[] = !table
    ? []
    : node.removeType === 'OBJECT_TRIGGER'
      ? table.triggers
      : node.removeType === 'OBJECT_RULE'
        ? table.rules
        : 'policies' in table
          ? table.policies
          : []
  const found = list.some(({ name }) => name === last)
  if (!table || !found) {
    if (node.missing_ok) return undefined
    throw new Refusal(table ? 'unknown-part' : 'unknown-table', `"${last}" on "${names.slice(0, -1).join('.')}" does not exist`)
  }
  table.triggers = node.removeType === 'OBJECT_TRIGGER' ? table.triggers.filter(({ name }) => name !== last) : table.triggers
  table.rules = node.removeType === 'OBJECT_RULE' ? table.rules.filter(({ name }) => name !== last) : table.rules
  if ('policies' in table && node.removeType === 'OBJECT_POLICY') table.policies = table.policies.filter(({ name }) => name !== last)
  return undefined
}

/** An operator, a collation, a publication …; what the script did not make is known to PostgreSQL only, and the drop is kept in its place. */
function dropOther(st: Statement, node: DropStmt, object: Node, cascade: boolean): Handled {
  const found = plainObject(st, node.removeType, object)
  if (found) {
    dropPlain(st, found, cascade)
    return undefined
  }
  // IF EXISTS on what never came is nothing.
  if (node.missing_ok && plainListOf(node.removeType) !== undefined && st.catalog.extensions.size === 0) return undefined
  if (node.missing_ok && st.catalog.opaque.length === 0) return undefined
  return keepVerbatim(st, 'DROP')
}
