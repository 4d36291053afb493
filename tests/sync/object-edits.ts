import { quoteName } from '#core/dialects/postgres-names.ts'
import type { ProjectView, Row, RowKind } from '#core/project/rows.ts'

/** What the generators of arguments choose by: numbers, and the project as it is now. */
export interface Picks {
  readonly view: ProjectView
  readonly number: (at: number) => number
  readonly from: <T>(list: readonly T[], at: number) => T | undefined
  readonly newId: () => string
  /** Nothing that PostgreSQL would refuse and a mutation cannot know. */
  readonly careful: boolean
}

const nowhere = '0198f2b4-0000-7000-8000-ffffffffffff'
const childNames = ['a', 'B c', 'users', '']
const typeNames = ['a', 'B c', 'amount', 'users']

/** Arguments for the edits of everything that is not a table, column or relationship, by the edit's name. */
export const objectEdits: Readonly<Record<string, (picks: Picks) => unknown>> = {
  'tables.configure': configure,
  'keys.create': (it) => ({
    id: it.newId(),
    kind: it.from(['unique', 'unique', 'primaryKey'], 1),
    tableId: tableOf(it)?.id ?? nowhere,
    columnIds: columnIds(it, 2),
    deferrable: it.number(4) % 3 === 0,
    ...(it.number(3) % 2 ? { name: it.from(childNames, 5) } : {}),
  }),
  'keys.update': (it) => ({
    id: constraintOf(it, 'unique', 'primaryKey'),
    ...(it.number(1) % 3 ? { columnIds: columnIds(it, 2) } : { name: it.from(childNames, 5) }),
    ...(it.number(3) % 4 === 0 ? { comment: "it's" } : {}),
  }),
  'keys.delete': (it) => ({ id: constraintOf(it, 'unique', 'primaryKey') }),
  'checks.create': (it) => ({
    id: it.newId(),
    tableId: tableOf(it)?.id ?? nowhere,
    expression: condition(it, 1),
    noInherit: it.number(3) % 4 === 0,
    validated: it.number(4) % 3 > 0,
    ...(it.number(2) % 2 ? { name: it.from(childNames, 5) } : {}),
  }),
  'checks.update': (it) => ({
    id: constraintOf(it, 'check'),
    ...(it.number(1) % 2 ? { expression: it.careful ? '1 > 0' : condition(it, 2) } : { name: it.from(childNames, 5) }),
    comment: it.from([null, '', 'why'], 3),
  }),
  'checks.delete': (it) => ({ id: constraintOf(it, 'check') }),
  'exclusions.create': (it) => ({
    id: it.newId(),
    tableId: tableOf(it)?.id ?? nowhere,
    elements: [{ element: { columnId: columnIds(it, 1)[0] ?? nowhere }, operator: it.careful ? '=' : it.from(['=', '&&', 'x'], 2) }],
    predicate: it.from([null, '1 > 0'], 3),
  }),
  'exclusions.update': (it) => ({
    id: constraintOf(it, 'exclusion'),
    ...(it.number(1) % 2 ? { predicate: '2 > 1' } : { name: it.from(childNames, 5) }),
  }),
  'exclusions.delete': (it) => ({ id: constraintOf(it, 'exclusion') }),
  'indexes.update': (it) => {
    const index = it.from(it.view.all('index'), 0)
    const change = [
      { name: it.from(childNames, 5) },
      { unique: it.number(2) % 2 === 0 },
      { predicate: it.from([null, '', '1 > 0'], 2) },
      { method: it.from(['btree', 'hash', 'brin'], 2) },
    ]
    return { id: index?.id ?? nowhere, ...it.from(change, 1) }
  },
  'triggers.create': (it) => ({
    id: it.newId(),
    tableId: tableOf(it)?.id ?? nowhere,
    name: it.from(childNames, 1),
    timing: it.from(['before', 'after', 'insteadOf'], 2),
    events: [{ kind: it.from(['insert', 'update', 'delete', 'truncate'], 3), columnIds: it.number(4) % 2 ? columnIds(it, 5) : [] }],
    forEach: it.from(['row', 'statement'], 4),
    when: it.from([null, '1 > 0'], 5),
    function: functionName(it, 3),
  }),
  'triggers.update': (it) => {
    const change = [
      { name: it.from(childNames, 2) },
      { forEach: it.from(['row', 'statement'], 2) },
      { events: [{ kind: 'insert' }, { kind: it.from(['update', 'delete', 'insert'], 2) }] },
      { enabled: it.from(['origin', 'disabled', 'always'], 2) },
      { constraint: { deferrable: true, initiallyDeferred: false, from: null } },
      { function: functionName(it, 2) },
    ]
    return { id: row(it, 'trigger', 0), ...it.from(change, 1) }
  },
  'triggers.delete': (it) => ({ id: row(it, 'trigger', 0) }),
  'policies.create': (it) => ({
    id: it.newId(),
    tableId: tableOf(it)?.id ?? nowhere,
    name: it.from(childNames, 1),
    command: it.from(['all', 'select', 'insert', 'update', 'delete'], 2),
    using: it.from([null, condition(it, 5)], 3),
    check: it.from([null, 'true'], 4),
    roles: it.from([[], ['current_user']], 5),
  }),
  'policies.update': (it) => ({
    id: row(it, 'policy', 0),
    ...it.from(
      [{ name: it.from(childNames, 2) }, { permissive: false }, { command: it.from(['all', 'select', 'insert'], 2) }, { using: 'true' }],
      1,
    ),
  }),
  'policies.delete': (it) => ({ id: row(it, 'policy', 0) }),
  'rules.create': (it) => ({
    id: it.newId(),
    tableId: tableOf(it)?.id ?? nowhere,
    name: it.from(childNames, 1),
    event: it.from(['insert', 'update', 'delete', 'select'], 2),
    instead: it.number(3) % 2 === 0,
    commands: it.careful ? 'NOTHING' : it.from(['NOTHING', '(NOTIFY a; NOTIFY b)', '('], 4),
  }),
  'rules.update': (it) => ({
    id: row(it, 'rule', 0),
    ...it.from([{ name: it.from(childNames, 2) }, { enabled: 'disabled' }, { commands: 'NOTHING;' }], 1),
  }),
  'rules.delete': (it) => ({ id: row(it, 'rule', 0) }),
  'sequences.create': (it) => ({
    id: it.newId(),
    name: it.from(typeNames, 0),
    type: it.from(['bigint', 'smallint', 'integer', 'text'], 1),
    start: it.from([null, '5', '-1', 'x'], 2),
    increment: it.from([null, '2', '0'], 3),
    ownedBy: it.number(4) % 2 ? null : { tableId: tableOf(it)?.id ?? nowhere, columnId: columnIds(it, 5)[0] ?? nowhere },
  }),
  'sequences.update': (it) => ({
    id: row(it, 'sequence', 0),
    ...it.from([{ name: it.from(typeNames, 2) }, { cycle: true }, { max: it.from(['100', '40000', null], 2) }, { comment: 'counts' }], 1),
  }),
  'sequences.delete': (it) => ({ id: row(it, 'sequence', 0) }),
  'namespaces.create': (it) => ({ id: it.newId(), name: it.from(['app', 'B c', 'pg_x', 'public'], 0) }),
  'namespaces.update': (it) => ({ id: row(it, 'namespace', 0), name: it.from(['app', 'api', 'B c'], 1) }),
  'namespaces.delete': (it) => ({ id: row(it, 'namespace', 0) }),
  'extensions.create': (it) => ({ id: it.newId(), name: it.from(['pg_trgm', 'citext', 'pgcrypto'], 0) }),
  'extensions.update': (it) => ({ id: row(it, 'extension', 0), comment: it.from([null, 'for search'], 1) }),
  'extensions.delete': (it) => ({ id: row(it, 'extension', 0) }),
  'domains.create': (it) => ({
    id: it.newId(),
    name: it.from(typeNames, 0),
    type: it.from(['integer', 'text', 'a', 'amount', 'nonsense('], 1),
    nullable: true,
    constraints: it.number(2) % 2 ? [] : [{ name: 'good', expression: 'VALUE IS NOT NULL', validated: true, comment: null }],
  }),
  'domains.update': (it) => ({
    id: row(it, 'domain', 0),
    ...it.from([{ name: it.from(typeNames, 2) }, { type: it.from(['integer', 'text', 'a', 'amount'], 2) }, { constraints: [] }], 1),
  }),
  'domains.delete': (it) => ({ id: row(it, 'domain', 0) }),
  'compositeTypes.create': (it) => ({
    id: it.newId(),
    name: it.from(typeNames, 0),
    attributes: [{ name: 'x', type: it.from(['integer', 'a', 'amount', 'users'], 1), collation: null, comment: null }],
  }),
  'compositeTypes.update': (it) => ({
    id: row(it, 'compositeType', 0),
    ...it.from(
      [
        { name: it.from(typeNames, 2) },
        { attributes: [{ name: 'y', type: it.from(['text', 'a', 'amount'], 2), collation: null, comment: 'why' }] },
      ],
      1,
    ),
  }),
  'compositeTypes.delete': (it) => ({ id: row(it, 'compositeType', 0) }),
  'rangeTypes.create': (it) => ({
    id: it.newId(),
    name: it.from(['span', 'B c', 'users'], 0),
    subtype: it.from(['integer', 'text', 'numeric'], 1),
  }),
  'rangeTypes.update': (it) => ({
    id: row(it, 'rangeType', 0),
    ...it.from([{ name: it.from(['span', 'stretch'], 2) }, { subtype: 'bigint' }], 1),
  }),
  'rangeTypes.delete': (it) => ({ id: row(it, 'rangeType', 0) }),
  'routines.create': (it) => ({
    id: it.newId(),
    name: it.from(['f', 'g', 'B c'], 0),
    ...(it.number(1) % 2 ? aTriggerFunction : { ...aFunction, arguments: [{ mode: 'in', name: 'x', type: 'integer', default: null }] }),
  }),
  'routines.update': (it) => ({
    id: row(it, 'routine', 0),
    ...it.from(
      [{ name: it.from(['f', 'g', 'h'], 2) }, { volatility: 'stable' }, { arguments: [] }, { comment: 'what for' }, { body: null }],
      1,
    ),
  }),
  'routines.delete': (it) => ({ id: row(it, 'routine', 0) }),
  'eventTriggers.create': (it) => ({
    id: it.newId(),
    name: it.from(childNames, 0),
    event: it.from(['ddl_command_end', 'sql_drop', 'whenever'], 1),
    function: functionName(it, 2),
  }),
  'eventTriggers.update': (it) => ({ id: row(it, 'eventTrigger', 0), enabled: 'disabled' }),
  'eventTriggers.delete': (it) => ({ id: row(it, 'eventTrigger', 0) }),
  'statistics.create': (it) => {
    const table = tableOf(it)
    const names = table ? it.view.childrenOf('column', table.id).map(({ name }) => quoteName(name)) : []
    return {
      id: it.newId(),
      name: it.from(childNames, 1),
      table: { namespace: table?.namespace ?? 'x', name: table?.name ?? 'x' },
      elements: names.slice(0, 2),
    }
  },
  'statistics.update': (it) => ({
    id: row(it, 'statistics', 0),
    ...it.from([{ name: it.from(childNames, 2) }, { kinds: ['mcv'] }, { kinds: ['x'] }, { target: 10 }], 1),
  }),
  'statistics.delete': (it) => ({ id: row(it, 'statistics', 0) }),
  'objects.create': (it) => ({ id: it.newId(), ...it.from(rare, 0) }),
  'objects.update': (it) => {
    const change = [
      { kind: 'collation', fields: { name: it.from(['C2', 'B c'], 2) } },
      { kind: 'publication', fields: { options: { publish: 'insert' } } },
      { kind: 'opaque', fields: { sql: 'SELECT 2;' } },
      { kind: 'foreignServer', fields: { wrapper: 5 } },
    ] as const
    const chosen = it.from(change, 1)
    return { id: chosen ? row(it, chosen.kind, 0) : nowhere, ...chosen }
  },
  'objects.delete': (it) => {
    const kind = it.from(['collation', 'publication', 'opaque'] as const, 1) ?? 'opaque'
    return { id: row(it, kind, 0), kind }
  },
  'comments.set': (it) => {
    const kind = it.from(['table', 'column', 'index', 'constraint', 'routine', 'opaque'] as const, 1) ?? 'table'
    return { id: row(it, kind, 0), kind, comment: it.from([null, '', "it's\nso"], 2) }
  },
  'views.create': (it) => ({
    id: it.newId(),
    name: it.from(['v', 'w', 'users', ''], 0),
    materialized: it.number(2) % 3 === 0,
    definition: query(it),
    positionX: 1,
    positionY: 2,
  }),
}

const aFunction = { returns: 'integer', language: 'sql', body: { kind: 'string', text: 'SELECT 1' } }
const aTriggerFunction = { returns: 'trigger', language: 'plpgsql', body: { kind: 'string', text: 'BEGIN RETURN NEW; END' } }

const rare = [
  { kind: 'collation', fields: { name: 'C2', provider: 'libc', locale: 'C' } },
  { kind: 'publication', fields: { name: 'news' } },
  { kind: 'opaque', fields: { sql: 'SELECT 1;', reason: 'call', position: { statement: 1, line: 1 } } },
  { kind: 'collation', fields: { name: 'C2', deterministic: 'perhaps' } },
] as const

function configure(it: Picks): unknown {
  const table = tableOf(it)
  const index = table && it.from(it.view.childrenOf('index', table.id), 2)?.name
  const [columnId = nowhere] = columnIds(it, 2)
  const parentId = it.from(it.view.all('table'), 3)?.id ?? nowhere
  const change = [
    { rowSecurity: true, forceRowSecurity: it.number(2) % 2 === 0 },
    { unlogged: it.number(2) % 3 > 0 },
    { options: { fillfactor: '70' } },
    { replicaIdentity: it.from([{ kind: 'full', index: null }, { kind: 'index', index: index ?? 'x' }, null], 3) },
    { clusteredOn: index ?? null },
    { partitionBy: it.from([{ strategy: it.from(['range', 'list', 'hash'], 4), keys: [{ columnId }] }, null], 3) },
    { inherits: it.number(4) % 3 ? [parentId] : [] },
    { partitionOf: it.number(4) % 3 ? { parentId, bound: 'DEFAULT' } : null },
  ]
  return { id: table?.id ?? nowhere, ...it.from(change, 1) }
}

const row = (it: Picks, kind: RowKind, at: number): string => it.from(it.view.all(kind), at)?.id ?? nowhere
const tableOf = (it: Picks): Row<'table'> | undefined => it.from(it.view.all('table'), 0)

function columnIds(it: Picks, at: number): readonly string[] {
  const table = tableOf(it)
  const column = table && it.from(it.view.childrenOf('column', table.id), at)
  return column ? [column.id] : []
}

function constraintOf(it: Picks, ...kinds: readonly string[]): string {
  const all = it.view.all('constraint').filter(({ kind }) => kinds.includes(kind))
  return it.from(all, 0)?.id ?? nowhere
}

/** A condition on a column of the table, so that renamed and deleted columns are met. */
function condition(it: Picks, at: number): string {
  const column = it.view.get('column', columnIds(it, at)[0] ?? '')
  if (!it.careful && it.number(at) % 5 === 0) return '('
  return column ? `${quoteName(column.name)} IS NOT NULL` : '1 > 0'
}

function functionName(it: Picks, at: number) {
  const routine = it.from(it.view.all('routine'), at)
  return { namespace: routine?.namespace ?? 'public', name: routine?.name ?? 'nobody has it' }
}

function query(it: Picks): string {
  const table = tableOf(it)
  if (!table || it.number(3) % 3 === 0)
    return it.careful ? 'SELECT 1 AS a' : (it.from(['SELECT 1 AS a;', 'DELETE FROM x', 'WITH q AS (SELECT 1) TABLE q', ''], 4) ?? '')
  const [columnId = ''] = columnIds(it, 4)
  const name = it.view.get('column', columnId)?.name
  if (name === undefined) return 'VALUES (1)'
  return `SELECT t.${quoteName(name)} FROM ${quoteName(table.namespace)}.${quoteName(table.name)} t`
}
