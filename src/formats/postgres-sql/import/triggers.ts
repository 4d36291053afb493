import { anEventTrigger, aPolicy, aTrigger, type ObjectName } from '#core/schema/index.ts'
import type {
  AlterEventTrigStmt,
  AlterPolicyStmt,
  CreateEventTrigStmt,
  CreatePolicyStmt,
  CreateTrigStmt,
  Node,
  RangeVar,
} from 'libpg-query'
import { all, items, strings } from './ast.ts'
import type { Draft, Item, TableDraft, ViewDraft } from './draft.ts'
import { storedName } from './naming.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { roleName } from './values.ts'

const BEFORE = 2
const INSTEAD = 64
const EVENTS = [
  ['insert', 4],
  ['delete', 8],
  ['update', 16],
  ['truncate', 32],
] as const
type Trigger = TableDraft['triggers'][number]

export function createTrigger(st: Statement, node: CreateTrigStmt): Handled {
  const owner = tableOrView(st, node.relation)
  const columns = strings(node.columns).map(storedName)
  const timing = node.timing ?? 0
  const when = node.whenClause ? st.tokens.find('when', st.token(node.relation?.location)) : -1
  const transitions = all(node.transitionRels, 'TriggerTransition')
  const trigger = {
    ...aTrigger({
      name: storedName(node.trigname ?? ''),
      timing: timing & INSTEAD ? 'insteadOf' : timing & BEFORE ? 'before' : 'after',
      events: EVENTS.filter(([, bit]) => (node.events ?? 0) & bit).map(([kind]) => ({ kind, columns: kind === 'update' ? columns : [] })),
      forEach: node.row ? 'row' : 'statement',
      when: when < 0 ? null : st.inside(when + 1),
      function: routineName(st, node.funcname),
      arguments: strings(node.args),
      constraint: node.isconstraint
        ? {
            deferrable: node.deferrable === true,
            initiallyDeferred: node.initdeferred === true,
            from: node.constrrel ? tableOrView(st, node.constrrel) && plain(st, node.constrrel) : null,
          }
        : null,
      oldTable: transitions.find(({ isNew }) => !isNew)?.name ?? null,
      newTable: transitions.find(({ isNew }) => isNew)?.name ?? null,
    }),
    searchPath: st.searchPath,
  } as Trigger
  const at = owner.triggers.findIndex(({ name }) => name === trigger.name)
  if (at >= 0 && !node.replace)
    throw new Refusal('duplicate-object', `trigger "${trigger.name}" for relation "${owner.name}" already exists`)
  if (at >= 0) owner.triggers[at] = trigger
  else owner.triggers.push(trigger)
  return undefined
}

const plain = (st: Statement, relation: RangeVar): ObjectName | null => st.find(relation) ?? null

/** The function a trigger calls: where it is known, else where an unqualified one would most likely be. */
function routineName(st: Statement, parts: readonly Node[] | undefined): ObjectName {
  const names = strings(parts)
  const name = storedName(names.at(-1) ?? '')
  if (certainlyMissing(st, name)) throw new Refusal('unknown-routine', `function ${names.join('.')}() does not exist`)
  if (names.length > 1) return { namespace: names.at(-2) ?? '', name }
  const known = st.session.path.names.find((namespace) => st.catalog.routines.has(`${namespace}\u0000${name}`))
  return { namespace: known ?? (builtin.test(name) ? 'pg_catalog' : 'public'), name }
}
const builtin = /^(?:tsvector_update_trigger(?:_column)?|suppress_redundant_updates_trigger|RI_FKey_\w+)$/

/** No function of that name was made, and nothing we cannot see into (an extension, dynamic SQL) may have made one. */
function certainlyMissing(st: Statement, name: string): boolean {
  const { strict, dynamic, catalog } = st.session
  return (
    strict &&
    !dynamic &&
    !catalog.routines.hasName(name) &&
    !builtin.test(name) &&
    [...catalog.extensions.keys()].every((extension) => withoutTriggers.has(extension))
  )
}
const withoutTriggers = new Set([
  'plpgsql',
  'uuid-ossp',
  'pgcrypto',
  'citext',
  'pg_trgm',
  'hstore',
  'btree_gin',
  'btree_gist',
  'unaccent',
  'ltree',
  'intarray',
  'fuzzystrmatch',
  'pg_stat_statements',
])

export function tableOrView(st: Statement, relation: RangeVar | undefined): TableDraft | ViewDraft {
  const name = st.find(relation)
  const found = name && st.catalog.relation(name)
  if (found?.kind === 'table') return found.table
  if (found?.kind === 'view') return found.view
  throw new Refusal('unknown-table', `relation "${relation?.relname ?? ''}" does not exist`, { location: relation?.location })
}

function policyTable(st: Statement, relation: RangeVar | undefined): TableDraft {
  const owner = tableOrView(st, relation)
  if ('policies' in owner) return owner
  throw new Refusal('wrong-object', `"${relation?.relname ?? ''}" is not a table`, { location: relation?.location })
}

export function createPolicy(st: Statement, node: CreatePolicyStmt): Handled {
  const table = policyTable(st, node.table)
  const name = storedName(node.policy_name ?? '')
  if (table.policies.some((policy) => policy.name === name))
    throw new Refusal('duplicate-object', `policy "${name}" for table "${table.name}" already exists`)
  const from = st.token(node.table?.location)
  const command = node.cmd_name
  const policy = aPolicy({
    name,
    permissive: node.permissive === true,
    command: command === 'select' || command === 'insert' || command === 'update' || command === 'delete' ? command : 'all',
    roles: roles(node.roles),
    ...policyTexts(st, node, from),
    searchPath: st.searchPath,
  })
  table.policies.push({ ...policy, searchPath: st.searchPath } as Draft<typeof policy>)
  return undefined
}

export function alterPolicy(st: Statement, node: AlterPolicyStmt): Handled {
  const table = policyTable(st, node.table)
  const policy = table.policies.find(({ name }) => name === node.policy_name)
  if (!policy) throw new Refusal('unknown-part', `policy "${node.policy_name ?? ''}" for table "${table.name}" does not exist`)
  const { using, check } = policyTexts(st, node, st.token(node.table?.location))
  if (node.qual) policy.using = using
  if (node.with_check) policy.check = check
  if (node.roles) policy.roles = roles(node.roles)
  return undefined
}

function policyTexts(st: Statement, node: AlterPolicyStmt, from: number): { using: string | null; check: string | null } {
  const { tokens } = st
  const using = node.qual ? tokens.find('using', from) : -1
  const check = node.with_check ? tokens.find('check', from) : -1
  return { using: using < 0 ? null : st.inside(using + 1), check: check < 0 ? null : st.inside(check + 1) }
}

/** No role, or PUBLIC, means everybody: an empty list. */
function roles(nodes: readonly Node[] | undefined): string[] {
  const specs = all(nodes, 'RoleSpec')
  return specs.some(({ roletype }) => roletype === 'ROLESPEC_PUBLIC') ? [] : specs.map(roleName)
}

export function createEventTrigger(st: Statement, node: CreateEventTrigStmt): Handled {
  const name = storedName(node.trigname ?? '')
  if (st.catalog.eventTriggers.has(name)) throw new Refusal('duplicate-object', `event trigger "${name}" already exists`)
  const tags = all(node.whenclause, 'DefElem').flatMap(({ arg }) => strings(items(arg)))
  const trigger = anEventTrigger({
    name,
    event: node.eventname ?? '',
    tags,
    function: routineName(st, node.funcname),
  }) as Item<'eventTriggers'>
  st.catalog.note(trigger)
  st.catalog.eventTriggers.set(name, trigger)
  return undefined
}

export function alterEventTrigger(st: Statement, node: AlterEventTrigStmt): Handled {
  const trigger = st.catalog.eventTriggers.get(node.trigname ?? '')
  if (!trigger) throw new Refusal('unknown-event-trigger', `event trigger "${node.trigname ?? ''}" does not exist`)
  trigger.enabled = node.tgenabled === 'D' ? 'disabled' : node.tgenabled === 'R' ? 'replica' : node.tgenabled === 'A' ? 'always' : 'origin'
  return undefined
}
