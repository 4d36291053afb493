import type { Choice, Field, FormContext, Spec, Values } from '../fields.ts'
import { choices, columnNames, field, joined, named, short } from './words.ts'

// What hangs on tables and views.

const name = (placeholder?: string): Field => ({
  key: 'name',
  label: 'Name',
  control: { kind: 'text', mono: true, ...(placeholder === undefined ? {} : { placeholder }) },
})
const comment: Field = { key: 'comment', label: 'Comment', control: { kind: 'text', isOptional: true } }
/** What a list must hold before the object can be made. */
const lacks =
  (key: string, said: string) =>
  (values: Values): string | null => {
    const list: unknown = values[key]
    return Array.isArray(list) && list.length > 0 ? null : said
  }
const generated = 'as PostgreSQL would name it'
const onTable = (_: Values, { parent }: FormContext): boolean => parent?.kind === 'table'
const firing = choices(['origin', 'On'], ['disabled', 'Off'], ['replica', 'On replicas only'], ['always', 'Always'])

function keyText(context: FormContext, key: unknown): string {
  const columnId = field(key, 'columnId')
  const base =
    typeof columnId === 'string'
      ? columnNames(context, [columnId])
      : (field(key, 'viewColumn') ?? `(${String(field(key, 'expression') ?? '')})`)
  const order = field(key, 'order')
  return [base, field(key, 'opclass'), typeof order === 'string' ? order.toUpperCase() : null].filter(Boolean).join(' ')
}
const keysText = (context: FormContext, keys: unknown): string =>
  Array.isArray(keys) ? keys.map((key) => keyText(context, key)).join(', ') : ''

export const indexSpec: Spec = {
  id: 'index',
  kind: 'index',
  word: 'index',
  create: 'indexes.create',
  update: 'indexes.update',
  remove: 'indexes.delete',
  blank: () => ({ elements: [], method: 'btree', unique: false, predicate: null }),
  missing: lacks('elements', 'Add a column or expression'),
  about: (row, context) =>
    joined(
      row['unique'] === true && 'unique',
      row['method'] !== 'btree' && String(row['method']),
      keysText(context, row['elements']),
      row['predicate'] !== null && `where ${short(row['predicate'])}`,
    ),
  fields: [
    name(generated),
    { key: 'elements', label: 'Keys', control: { kind: 'keys' } },
    { key: 'unique', label: 'Unique', control: { kind: 'switch' } },
    {
      key: 'method',
      label: 'Method',
      control: {
        kind: 'choice',
        choices: choices(...(['btree', 'hash', 'gin', 'gist', 'spgist', 'brin'] as const).map((one) => [one, one] as const)),
      },
    },
    {
      key: 'predicate',
      label: 'Where',
      hint: 'Only rows for which this is true are in the index.',
      control: { kind: 'code', frame: 'expression', lines: 2, isOptional: true, placeholder: 'all rows' },
    },
    { key: 'includeIds', label: 'Include', control: { kind: 'columns' }, isShown: onTable },
    { key: 'nullsNotDistinct', label: 'Nulls are equal', control: { kind: 'switch' }, isShown: (values) => values['unique'] === true },
    { key: 'options', label: 'Options', control: { kind: 'options' }, isSeldom: true },
    { key: 'tablespace', label: 'Tablespace', control: { kind: 'text', mono: true, isOptional: true }, isSeldom: true },
    comment,
  ],
}

const deferral: readonly Field[] = [
  { key: 'deferrable', label: 'Deferrable', control: { kind: 'switch' } },
  { key: 'initiallyDeferred', label: 'Deferred at first', control: { kind: 'switch' }, isShown: (values) => values['deferrable'] === true },
]

export const keySpec: Spec = {
  id: 'key',
  kind: 'constraint',
  word: 'key',
  create: 'keys.create',
  update: 'keys.update',
  remove: 'keys.delete',
  blank: () => ({ kind: 'unique', columnIds: [] }),
  missing: lacks('columnIds', 'Add a column'),
  about: (row, context) =>
    joined(
      row['kind'] === 'primaryKey' ? 'primary' : 'unique',
      columnNames(context, row['columnIds']),
      row['deferrable'] === true && 'deferrable',
    ),
  fields: [
    name(generated),
    {
      key: 'kind',
      label: 'Kind',
      control: { kind: 'choice', choices: choices(['unique', 'Unique'], ['primaryKey', 'Primary key']) },
      isShown: (values) => values['id'] === undefined,
    },
    { key: 'columnIds', label: 'Columns', control: { kind: 'columns' } },
    { key: 'includeIds', label: 'Include', control: { kind: 'columns' } },
    { key: 'nullsNotDistinct', label: 'Nulls are equal', control: { kind: 'switch' }, isShown: (values) => values['kind'] === 'unique' },
    ...deferral,
    comment,
  ],
}

/** Whether a foreign key is of several columns. */
function isComposite(values: Values): boolean {
  const columns: unknown = values['columnIds'] ?? field(values['reference'], 'columnPairs')
  return Array.isArray(columns) && columns.length > 1
}

const actions = choices(
  ['noAction', 'No action'],
  ['restrict', 'Restrict'],
  ['cascade', 'Cascade'],
  ['setNull', 'Set null'],
  ['setDefault', 'Set default'],
)

export const foreignKeySpec: Spec = {
  id: 'foreignKey',
  kind: 'constraint',
  word: 'foreign key',
  create: 'relationships.create',
  update: 'relationships.update',
  remove: 'relationships.delete',
  blank: () => ({ reference: { targetTableId: null, columnPairs: [] }, onDelete: 'noAction', onUpdate: 'noAction', validated: true }),
  missing: ({ reference }) => {
    if (typeof field(reference, 'targetTableId') !== 'string') return 'Choose the table it refers to'
    const pairs: unknown = field(reference, 'columnPairs')
    const isWhole = Array.isArray(pairs) && pairs.every((pair: unknown) => field(pair, 'sourceColumnId') && field(pair, 'targetColumnId'))
    return isWhole ? null : 'Choose both columns of each pair'
  },
  toCreate: ({ reference, ...values }, { parent }) => ({
    sourceTableId: parent?.id,
    targetTableId: field(reference, 'targetTableId'),
    columnPairs: field(reference, 'columnPairs'),
    ...values,
  }),
  about: (row, context) => {
    const tableId = field(row['references'], 'tableId')
    const target = typeof tableId === 'string' ? context.view.get('table', tableId) : undefined
    const deletes =
      row['onDelete'] === 'noAction'
        ? null
        : `on delete ${actions.find(({ value }) => value === row['onDelete'])?.label.toLowerCase() ?? ''}`
    return joined(`${columnNames(context, row['columnIds'])} → ${target ? named(target) : '?'}`, deletes)
  },
  fields: [
    name(generated),
    { key: 'reference', label: 'Refers to', control: { kind: 'reference' } },
    { key: 'onDelete', label: 'On delete', control: { kind: 'choice', choices: actions } },
    {
      key: 'onDeleteColumnIds',
      label: 'Only columns',
      hint: 'Which of its columns a delete changes. None: all.',
      control: { kind: 'columns' },
      isShown: (values) => values['onDelete'] === 'setNull' || values['onDelete'] === 'setDefault',
      isSeldom: true,
    },
    { key: 'onUpdate', label: 'On update', control: { kind: 'choice', choices: actions } },
    {
      key: 'match',
      label: 'Match',
      hint: 'Full: all of its columns are null, or none.',
      control: { kind: 'choice', choices: choices(['simple', 'Simple'], ['full', 'Full']) },
      isShown: isComposite,
    },
    { key: 'validated', label: 'Holds for old rows', hint: 'Off: NOT VALID. Only new rows are looked at.', control: { kind: 'switch' } },
    ...deferral,
    comment,
  ],
}

export const checkSpec: Spec = {
  id: 'check',
  kind: 'constraint',
  word: 'check',
  create: 'checks.create',
  update: 'checks.update',
  remove: 'checks.delete',
  blank: () => ({ expression: '' }),
  about: (row) => joined(short(row['expression']), row['validated'] === false && 'not validated', row['inherited'] === true && 'inherited'),
  fields: [
    name(generated),
    { key: 'expression', label: 'Check', control: { kind: 'code', frame: 'expression', lines: 3, placeholder: 'price > 0' } },
    { key: 'noInherit', label: 'Not inherited', control: { kind: 'switch' } },
    { key: 'validated', label: 'Holds for old rows', hint: 'Off: NOT VALID. Only new rows are looked at.', control: { kind: 'switch' } },
    comment,
  ],
}

export const exclusionSpec: Spec = {
  id: 'exclusion',
  kind: 'constraint',
  word: 'exclusion',
  create: 'exclusions.create',
  update: 'exclusions.update',
  remove: 'exclusions.delete',
  blank: () => ({ elements: [], method: 'gist', predicate: null }),
  missing: lacks('elements', 'Add a column or expression'),
  about: (row, context) => {
    const elements: readonly unknown[] = Array.isArray(row['elements']) ? row['elements'] : []
    const keys = elements.map((one) => `${keyText(context, field(one, 'element'))} ${String(field(one, 'operator'))}`)
    return joined(
      typeof row['method'] === 'string' && row['method'],
      keys.join(', '),
      row['predicate'] !== null && `where ${short(row['predicate'])}`,
    )
  },
  fields: [
    name(generated),
    {
      key: 'elements',
      label: 'Never all at once',
      hint: 'No two rows may have all of these true between them.',
      control: { kind: 'keys', operators: true },
    },
    {
      key: 'method',
      label: 'Method',
      control: {
        kind: 'choice',
        choices: choices(['gist', 'gist'], ['spgist', 'spgist'], ['btree', 'btree'], ['hash', 'hash'], [null, 'default']),
      },
    },
    {
      key: 'predicate',
      label: 'Where',
      control: { kind: 'code', frame: 'expression', lines: 2, isOptional: true, placeholder: 'all rows' },
    },
    ...deferral,
    comment,
  ],
}

const eventsText = (row: Values): string =>
  Array.isArray(row['events']) ? row['events'].map((event: unknown) => String(field(event, 'kind'))).join(' or ') : ''

/** Functions of the project that a trigger can call. */
function triggerFunctions({ view }: FormContext, values: Values): readonly Choice[] {
  const fitting = view.all('routine').filter(({ returns }) => returns === 'trigger')
  const offered = fitting.map(({ namespace, name: own }) => ({ value: { namespace, name: own }, label: named({ namespace, name: own }) }))
  const now = values['function']
  const isOffered = offered.some(({ label }) => label === named(now))
  return isOffered || named(now) === '' ? offered : [{ value: now, label: named(now) }, ...offered]
}

export const triggerSpec: Spec = {
  id: 'trigger',
  kind: 'trigger',
  word: 'trigger',
  create: 'triggers.create',
  update: 'triggers.update',
  remove: 'triggers.delete',
  blank: ({ parent }) => ({
    name: '',
    timing: parent?.kind === 'view' ? 'insteadOf' : 'before',
    events: [{ kind: 'insert', columnIds: [], viewColumns: [] }],
    forEach: 'row',
    when: null,
    function: { namespace: 'public', name: '' },
  }),
  about: (row) =>
    joined(
      `${row['timing'] === 'insteadOf' ? 'instead of' : String(row['timing'])} ${eventsText(row)}`,
      `${named(row['function'])}()`,
      row['enabled'] === 'disabled' && 'off',
    ),
  fields: [
    name(),
    {
      key: 'timing',
      label: 'When',
      control: { kind: 'choice', choices: choices(['before', 'Before'], ['after', 'After'], ['insteadOf', 'Instead of']) },
    },
    { key: 'events', label: 'Events', control: { kind: 'events' } },
    { key: 'forEach', label: 'For each', control: { kind: 'choice', choices: choices(['row', 'Row'], ['statement', 'Statement']) } },
    {
      key: 'when',
      label: 'Condition',
      hint: 'Rows are NEW and OLD.',
      control: { kind: 'code', frame: 'expression', lines: 2, isOptional: true, placeholder: 'always' },
    },
    { key: 'function', label: 'Function', control: { kind: 'choice', choices: triggerFunctions } },
    { key: 'arguments', label: 'Arguments', control: { kind: 'words' }, isSeldom: true },
    { key: 'enabled', label: 'Fires', control: { kind: 'choice', choices: firing } },
    {
      key: 'oldTable',
      label: 'Old rows as',
      control: { kind: 'text', mono: true, isOptional: true },
      isSeldom: true,
      isShown: (values) => values['timing'] === 'after',
    },
    {
      key: 'newTable',
      label: 'New rows as',
      control: { kind: 'text', mono: true, isOptional: true },
      isSeldom: true,
      isShown: (values) => values['timing'] === 'after',
    },
    comment,
  ],
}

const reads = (values: Values): boolean => values['command'] !== 'insert'
const writes = (values: Values): boolean => values['command'] !== 'select' && values['command'] !== 'delete'

export const policySpec: Spec = {
  id: 'policy',
  kind: 'policy',
  word: 'policy',
  create: 'policies.create',
  update: 'policies.update',
  remove: 'policies.delete',
  blank: () => ({ name: '', command: 'all', permissive: true, roles: [], using: null, check: null }),
  about: (row) =>
    joined(
      `for ${String(row['command'])}`,
      row['permissive'] === false && 'restrictive',
      Array.isArray(row['roles']) && row['roles'].length > 0 && `to ${row['roles'].join(', ')}`,
      short(row['using'] ?? row['check']),
    ),
  fields: [
    name(),
    {
      key: 'command',
      label: 'For',
      control: {
        kind: 'choice',
        choices: choices(['all', 'All'], ['select', 'Select'], ['insert', 'Insert'], ['update', 'Update'], ['delete', 'Delete']),
      },
    },
    {
      key: 'permissive',
      label: 'Permissive',
      hint: 'Off: restrictive. It narrows what other policies allow.',
      control: { kind: 'switch' },
    },
    { key: 'roles', label: 'Roles', control: { kind: 'words', placeholder: 'everybody' } },
    {
      key: 'using',
      label: 'Using',
      hint: 'Which rows are there for them.',
      control: { kind: 'code', frame: 'expression', lines: 3, isOptional: true, placeholder: 'true' },
      isShown: reads,
    },
    {
      key: 'check',
      label: 'With check',
      hint: 'Which rows they may write.',
      control: { kind: 'code', frame: 'expression', lines: 2, isOptional: true, placeholder: 'as Using' },
      isShown: writes,
    },
    comment,
  ],
}

export const ruleSpec: Spec = {
  id: 'rule',
  kind: 'rule',
  word: 'rule',
  create: 'rules.create',
  update: 'rules.update',
  remove: 'rules.delete',
  blank: () => ({ name: '', event: 'insert', instead: true, where: null, commands: 'NOTHING' }),
  about: (row) => joined(`on ${String(row['event'])}`, `${row['instead'] === true ? 'instead' : 'also'} ${short(row['commands'])}`),
  fields: [
    name(),
    {
      key: 'event',
      label: 'On',
      control: { kind: 'choice', choices: choices(['insert', 'Insert'], ['update', 'Update'], ['delete', 'Delete']) },
    },
    { key: 'instead', label: 'Instead', control: { kind: 'switch' } },
    { key: 'where', label: 'Where', control: { kind: 'code', frame: 'expression', lines: 2, isOptional: true, placeholder: 'always' } },
    { key: 'commands', label: 'Do', control: { kind: 'code', frame: 'commands', lines: 4, placeholder: 'NOTHING' } },
    { key: 'enabled', label: 'Fires', control: { kind: 'choice', choices: firing } },
    comment,
  ],
}
