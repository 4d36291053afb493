import { nameKey } from '#core/schema/index.ts'
import type { CommentStmt } from 'libpg-query'
import { as, items, kindOf, strings } from './ast.ts'
import type { Item } from './draft.ts'
import { notNullNamed } from './not-null.ts'
import { keepVerbatim } from './opaque.ts'
import { plainObject } from './plain-objects.ts'
import { findRoutine } from './routine-names.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { findType } from './user-types.ts'

/** COMMENT ON: the comment goes to its object; on what has no typed place it is kept, to be said again at the end. */
export function comment(st: Statement, node: CommentStmt): Handled {
  const text = node.comment === undefined || node.comment === '' ? null : node.comment
  const names = node.object
    ? kindOf(node.object) === 'List'
      ? strings(items(node.object))
      : kindOf(node.object) === 'String'
        ? [as(node.object, 'String')?.sval ?? '']
        : []
    : []
  const last = names.at(-1) ?? ''
  switch (node.objtype) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
    case 'OBJECT_INDEX':
      return onRelation(st, node, names, text)
    case 'OBJECT_COLUMN':
      return onColumn(st, names, last, text)
    case 'OBJECT_TABCONSTRAINT':
      return onConstraint(st, names, last, text)
    case 'OBJECT_DOMCONSTRAINT':
      return onDomainConstraint(st, node, text)
    case 'OBJECT_TRIGGER':
    case 'OBJECT_RULE':
    case 'OBJECT_POLICY':
      return onPartOfTable(st, node.objtype, names, text)
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return onType(st, strings(as(node.object, 'TypeName')?.names), text)
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE': {
      const routine = findRoutine(st, as(node.object, 'ObjectWithArgs'), node.objtype)
      routine.comment = text
      return undefined
    }
    case 'OBJECT_SCHEMA':
      return set(namespace(st, last), text)
    case 'OBJECT_EXTENSION':
      return set(st.catalog.extensions.get(last) ?? missing('extension', last), text)
    case 'OBJECT_EVENT_TRIGGER':
      return set(st.catalog.eventTriggers.get(last) ?? missing('event-trigger', last), text)
    case 'OBJECT_STATISTIC_EXT':
      return onStatistics(st, names, last, text)
    case 'OBJECT_DATABASE':
    case 'OBJECT_ROLE':
    case 'OBJECT_TABLESPACE':
    case 'OBJECT_LARGEOBJECT':
      return 'ignored'
    default:
      return onPlain(st, node, text)
  }
}

/** On an operator, a collation, a publication …: those that the server or an extension brings are known to PostgreSQL only. */
function onPlain(st: Statement, node: CommentStmt, text: string | null): Handled {
  const found = plainObject(st, node.objtype, node.object)
  return found && 'comment' in found.item ? set(found.item, text) : keepVerbatim(st, 'COMMENT', { late: true })
}

/** Sets the comment; an object without a typed place for one is never asked. */
function set(object: { comment: string | null }, text: string | null): Handled {
  object.comment = text
  return undefined
}

type Commentable =
  | 'column'
  | 'constraint'
  | 'event-trigger'
  | 'extension'
  | 'index'
  | 'namespace'
  | 'sequence'
  | 'statistics'
  | 'table'
  | 'type'

function missing(what: Commentable, name: string): never {
  throw new Refusal(`unknown-${what}`, `${what.replace('-', ' ')} "${name}" does not exist`)
}

/** `public` is there without being created. */
export function namespace(st: Statement, name: string): Item<'namespaces'> {
  const found = st.catalog.namespaces.get(name)
  if (found) return found
  if (name !== 'public') missing('namespace', name)
  const made = { name, owner: null, comment: null }
  st.catalog.namespaces.set(name, made)
  st.catalog.note(made)
  return made
}

function onRelation(st: Statement, node: CommentStmt, names: readonly string[], text: string | null): Handled {
  const name = st.findOf(names)
  const relation = name && st.catalog.relation(name)
  switch (relation?.kind) {
    case 'table':
      return set(relation.table, text)
    case 'view':
      return set(relation.view, text)
    case 'sequence':
      return set(relation.sequence, text)
    case 'index':
      return set(relation.index, text)
    case 'constraintIndex':
    case 'identity':
    case 'opaque':
      // On the index behind a constraint, or on what is kept verbatim: no place of its own.
      return keepVerbatim(st, 'COMMENT', { late: true })
    default:
      return missing(node.objtype === 'OBJECT_INDEX' ? 'index' : node.objtype === 'OBJECT_SEQUENCE' ? 'sequence' : 'table', names.join('.'))
  }
}

function onColumn(st: Statement, names: readonly string[], last: string, text: string | null): Handled {
  const name = st.findOf(names.slice(0, -1))
  const relation = name && st.catalog.relation(name)
  if (relation?.kind === 'opaque') return keepVerbatim(st, 'COMMENT', { late: true })
  if (relation?.kind === 'view') {
    const column = relation.view.columns.find((candidate) => candidate.name === last)
    if (column) column.comment = text
    else relation.view.columns.push({ name: last, default: null, comment: text })
    return undefined
  }
  const column =
    relation?.kind === 'table'
      ? relation.table.columns.find((candidate) => candidate.name === last)
      : relation?.kind === 'composite'
        ? relation.type.attributes.find((candidate) => candidate.name === last)
        : undefined
  if (!column && relation?.kind === 'table')
    throw new Refusal('unknown-column', `column "${last}" of relation "${relation.table.name}" does not exist`, {
      candidates: relation.table.columns.map((candidate) => candidate.name),
    })
  if (!column) return missing(relation ? 'column' : 'table', relation ? last : names.slice(0, -1).join('.'))
  return set(column, text)
}

function tableOf(st: Statement, names: readonly string[]) {
  const name = st.findOf(names.slice(0, -1))
  const relation = name && st.catalog.relation(name)
  return relation?.kind === 'table'
    ? relation.table
    : relation?.kind === 'view'
      ? relation.view
      : missing('table', names.slice(0, -1).join('.'))
}

function onConstraint(st: Statement, names: readonly string[], last: string, text: string | null): Handled {
  const table = tableOf(st, names)
  const constraint = 'constraints' in table ? table.constraints.find(({ name }) => name === last) : undefined
  if (constraint) return set(constraint, text)
  const column = 'constraints' in table ? notNullNamed(table, last) : undefined
  if (column) {
    column.notNullComment = text
    return undefined
  }
  // A constraint trigger is named as a constraint too.
  if (table.triggers.some((trigger) => trigger.name === last && trigger.constraint)) return keepVerbatim(st, 'COMMENT', { late: true })
  return missing('constraint', last)
}

function onDomainConstraint(st: Statement, node: CommentStmt, text: string | null): Handled {
  const [type, name] = items(node.object)
  const { type: domain } = findType(st, as(type, 'TypeName')?.names, 'domain')
  const last = as(name, 'String')?.sval ?? ''
  return set(domain.constraints.find((constraint) => constraint.name === last) ?? missing('constraint', last), text)
}

function onPartOfTable(
  st: Statement,
  kind: 'OBJECT_TRIGGER' | 'OBJECT_RULE' | 'OBJECT_POLICY',
  names: readonly string[],
  text: string | null,
): Handled {
  const last = names.at(-1) ?? ''
  const table = tableOf(st, names)
  const policies = 'policies' in table ? table.policies : []
  const parts: readonly { name: string; comment: string | null }[] =
    kind === 'OBJECT_TRIGGER' ? table.triggers : kind === 'OBJECT_RULE' ? table.rules : policies
  const part = parts.find(({ name }) => name === last)
  if (!part) throw new Refusal('unknown-part', `${kind.slice(7).toLowerCase()} "${last}" for table "${names.at(-2) ?? ''}" does not exist`)
  return set(part, text)
}

function onType(st: Statement, names: readonly string[], text: string | null): Handled {
  const name = st.catalog.resolveType(st.session.path.names, names.at(-2), names.at(-1) ?? '')
  const relation = name && st.catalog.relation(name)
  if (relation?.kind === 'composite') return set(relation.type, text)
  const type = name && st.catalog.types.get(nameKey(name))
  if (!type) return missing('type', names.join('.'))
  return type.kind === 'opaque' ? keepVerbatim(st, 'COMMENT', { late: true }) : set(type.type, text)
}

function onStatistics(st: Statement, names: readonly string[], last: string, text: string | null): Handled {
  const namespaces = names.length > 1 ? names.slice(-2, -1) : st.session.path.names
  const found = namespaces
    .map((name) => st.catalog.statistics.get(nameKey({ namespace: name, name: last })))
    .find((statistics) => statistics !== undefined)
  return set(found ?? missing('statistics', last), text)
}
