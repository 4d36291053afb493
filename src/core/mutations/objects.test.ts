import { beforeEach, describe, expect, test } from 'vitest'
import type { RowKind } from '../project/rows.ts'
import { rowsToSchema } from '../project/schema.ts'
import { ProjectStore } from '../project/store.ts'
import {
  aColumn,
  aDomain,
  anIndex,
  anIndexElement,
  aPolicy,
  aPrimaryKey,
  aRoutine,
  aSchema,
  aSequence,
  aTable,
  aTrigger,
  aView,
  type Schema,
} from '../schema/index.ts'
import { runMutation } from './run.ts'

// Objects that stand beside tables and columns: made, changed, deleted, and refused where PostgreSQL would refuse them.

const projectId = '0198f2b4-0000-7000-8000-000000000000'
const limits = { tablesPerProject: 50, columnsPerTable: 50 }
let store: ProjectStore
let ids = 0
const newId = () => `0198f2b4-0000-7000-8000-${((ids += 1) * 0x10000).toString(16).padStart(12, '0')}`
const must = (name: string, args: unknown) => {
  const result = runMutation(store, name, args, { projectId, limits })
  expect(result).toMatchObject({ kind: 'done' })
  return result.diagnostics.map(({ code }) => code)
}
/** The code of a refusal, which has changed nothing and says what to do. */
const refused = (name: string, args: unknown) => {
  const before = store.rows()
  const { kind, diagnostics } = runMutation(store, name, args, { projectId, limits })
  expect(kind).toBe('refused')
  expect(store.rows()).toEqual(before)
  return diagnostics[0]?.code
}
const idOf = (kind: RowKind, name: string): string => store.all(kind).find((row) => 'name' in row && row.name === name)?.id ?? ''
const columnId = (table: string, name: string) =>
  store.childrenOf('column', idOf('table', table)).find((column) => column.name === name)?.id
const schema = () => rowsToSchema(store)
const table = (name: string) => schema().tables.find((one) => one.name === name)
const inPublic = (name: string) => ({ namespace: 'public', name })

const column = (name: string, type = 'integer', more: object = {}) => aColumn({ name, type, ...more })
const first: Partial<Schema> = {
  domains: [aDomain({ name: 'amount', type: 'integer' })],
  sequences: [aSequence({ name: 'counter' })],
  routines: [
    aRoutine({ name: 'touch', returns: 'trigger', language: 'plpgsql', body: { kind: 'string', text: 'BEGIN END' } }),
    aRoutine({
      name: 'good',
      arguments: [{ mode: 'in', name: 'x', type: 'integer', default: null }],
      returns: 'boolean',
      language: 'sql',
      body: { kind: 'string', text: 'SELECT true' },
    }),
  ],
  tables: [
    aTable({
      name: 'bills',
      columns: [
        column('id', 'integer', { nullable: false }),
        column('total', 'amount'),
        column('number', 'integer', { default: "nextval('public.counter'::regclass)" }),
      ],
      constraints: [aPrimaryKey({ name: 'bills_pkey', columns: ['id'] })],
      indexes: [anIndex({ name: 'bills_total_idx', elements: [anIndexElement({ column: 'total' })], predicate: 'total > 0' })],
      triggers: [
        aTrigger({
          name: 'touch',
          timing: 'before',
          events: [{ kind: 'update', columns: ['total'] }],
          forEach: 'row',
          function: inPublic('touch'),
        }),
      ],
      policies: [aPolicy({ name: 'own', using: 'good(id)' })],
      clusteredOn: 'bills_pkey',
    }),
    aTable({ name: 'heirs', columns: [column('id'), column('total', 'amount')] }),
  ],
  views: [aView({ name: 'large', definition: 'SELECT bills.id FROM bills WHERE good(bills.id)' })],
}

beforeEach(() => {
  store = new ProjectStore()
  must('schema.import', { schema: aSchema(first as Parameters<typeof aSchema>[0]), idSeed: newId() })
})

describe('an index', () => {
  const id = () => idOf('index', 'bills_total_idx')

  test('gets another predicate, and loses it', () => {
    must('indexes.update', { id: id(), predicate: 'total > 10 -- large', comment: 'why' })
    expect(table('bills')?.indexes[0]).toMatchObject({ predicate: 'total > 10', comment: 'why' })
    must('indexes.update', { id: id(), predicate: '  ', comment: '' })
    expect(table('bills')?.indexes[0]).toMatchObject({ predicate: null, comment: null })
  })

  test.each([
    ['bad-expression', { predicate: "status = 'open" }],
    ['not-unique', { unique: true, method: 'gin' }],
    ['duplicate-name', { name: 'bills' }],
    ['bad-option', { nullsNotDistinct: true }],
    ['bad-arguments', { elements: [{ columnId: null }] }],
    ['name-too-long', { name: 'x'.repeat(64) }],
  ])('is refused as %s', (code, patch) => {
    expect(refused('indexes.update', { id: id(), ...patch })).toBe(code)
  })
})

test('an index or key whose method knows nothing of the type is warned of, whichever of the two comes later', () => {
  const bills = idOf('table', 'bills')
  must('columns.create', { id: newId(), tableId: bills, name: 'doc', dataType: 'json' })
  const doc = columnId('bills', 'doc')
  expect(must('indexes.create', { id: newId(), tableId: bills, elements: [{ columnId: doc }] })).toEqual(['no-operator-class'])
  expect(must('columns.update', { id: doc, dataType: 'jsonb' })).toEqual([])
  expect(must('columns.update', { id: doc, isUnique: true })).toEqual([])
  expect(must('columns.update', { id: doc, dataType: 'xml' })).toEqual(['no-operator-class', 'no-operator-class'])
  must('domains.create', { id: newId(), name: 'papers', type: 'jsonb' })
  expect(must('columns.update', { id: doc, dataType: 'papers' })).toEqual([])
  expect(must('domains.update', { id: idOf('domain', 'papers'), type: 'json' })).toEqual(['no-operator-class', 'no-operator-class'])
  const elements = [{ columnId: doc, opclass: 'xml_ops' }]
  expect(must('indexes.create', { id: newId(), tableId: bills, elements })).toEqual([])
})

describe('keys and checks', () => {
  test('a primary key moves to another column, which becomes NOT NULL; CLUSTER ON follows its name', () => {
    const id = idOf('constraint', 'bills_pkey')
    must('keys.update', { id, name: 'bills_key', columnIds: [columnId('bills', 'number')] })
    expect(table('bills')).toMatchObject({ clusteredOn: 'bills_key', constraints: [{ name: 'bills_key', columns: ['number'] }] })
    expect(table('bills')?.columns[2]?.nullable).toBe(false)
    expect(must('keys.delete', { id })).toEqual(['option-reset'])
    expect(table('bills')?.clusteredOn).toBeNull()
  })

  test('a check is named as PostgreSQL names it and goes to the heirs, changes and all', () => {
    must('tables.configure', { id: idOf('table', 'heirs'), inherits: [idOf('table', 'bills')] })
    expect(table('heirs')?.columns.map(({ name, inherited }) => [name, inherited])).toEqual([
      ['id', true],
      ['total', true],
      ['number', true],
    ])
    const id = newId()
    must('checks.create', { id, tableId: idOf('table', 'bills'), expression: 'total > 0' })
    expect(table('heirs')?.constraints).toMatchObject([{ name: 'bills_total_check', inherited: true }])
    const [inherited] = store.childrenOf('constraint', idOf('table', 'heirs'))
    expect(refused('checks.update', { id: inherited?.id, expression: 'true' })).toBe('inherited-column')
    must('checks.update', { id, expression: 'total > 1' })
    expect(table('heirs')?.constraints).toMatchObject([{ expression: 'total > 1' }])
    must('checks.delete', { id })
    expect(table('heirs')?.constraints).toEqual([])
  })

  test('an exclusion constraint needs operators', () => {
    const args = {
      id: newId(),
      tableId: idOf('table', 'bills'),
      elements: [{ element: { columnId: columnId('bills', 'total') }, operator: '=' }],
    }
    expect(refused('exclusions.create', { ...args, elements: [{ ...args.elements[0], operator: 'equals' }] })).toBe('bad-option')
    must('exclusions.create', args)
    expect(table('bills')?.constraints[1]).toMatchObject({ kind: 'exclusion', name: 'bills_total_excl' })
  })
})

describe('triggers, policies and rules', () => {
  const trigger = () => idOf('trigger', 'touch')

  test.each([
    ['INSTEAD OF is for views', { timing: 'insteadOf' }],
    ['only UPDATE has columns', { events: [{ kind: 'insert', columnIds: ['0198f2b4-0000-7000-8000-0000000000aa'] }] }],
    ['a constraint trigger is AFTER', { constraint: { deferrable: true, initiallyDeferred: false, from: null } }],
    ['TRUNCATE is for statements', { events: [{ kind: 'truncate' }] }],
    ['events are named once', { events: [{ kind: 'insert' }, { kind: 'insert' }] }],
  ])('a trigger is refused: %s', (_, patch) => {
    expect(refused('triggers.update', { id: trigger(), ...patch })).toBe('bad-trigger')
  })

  test('a trigger that calls what is not a trigger function is refused; one that nobody knows is told', () => {
    expect(refused('triggers.update', { id: trigger(), function: inPublic('good') })).toBe('unknown-function')
    expect(must('triggers.update', { id: trigger(), function: inPublic('elsewhere') })).toEqual(['unknown-function'])
  })

  test('a policy for INSERT has only a check', () => {
    expect(refused('policies.update', { id: idOf('policy', 'own'), command: 'insert' })).toBe('bad-policy')
    must('policies.update', { id: idOf('policy', 'own'), command: 'insert', using: null, check: 'total > 0' })
    must('tables.configure', { id: idOf('table', 'bills'), rowSecurity: true })
    expect(table('bills')).toMatchObject({ rowSecurity: true, policies: [{ command: 'insert', using: null, check: 'total > 0' }] })
  })

  test('a rule says what it does; rules for SELECT are views', () => {
    const args = { id: newId(), tableId: idOf('table', 'bills'), name: 'r', event: 'update', commands: '(NOTIFY a; NOTIFY b);' }
    expect(refused('rules.create', { ...args, event: 'select' })).toBe('bad-rule')
    expect(refused('rules.create', { ...args, commands: 'NOTIFY a; NOTIFY b' })).toBe('bad-expression')
    must('rules.create', args)
    expect(table('bills')?.rules).toMatchObject([{ commands: '(NOTIFY a; NOTIFY b)' }])
  })
})

describe('functions', () => {
  test('triggers, policies and views follow a new name', () => {
    must('routines.update', { id: idOf('routine', 'touch'), name: 'stamp' })
    must('routines.update', { id: idOf('routine', 'good'), name: 'B c' })
    expect(table('bills')?.triggers[0]?.function).toEqual(inPublic('stamp'))
    expect(table('bills')?.policies[0]?.using).toBe('"B c"(id)')
    expect(schema().views[0]?.definition).toBe('SELECT bills.id FROM bills WHERE "B c"(bills.id)')
  })

  test('one that a trigger calls stays what it is', () => {
    const id = idOf('routine', 'touch')
    expect(refused('routines.delete', { id })).toBe('object-in-use')
    expect(refused('routines.update', { id, returns: 'integer' })).toBe('object-in-use')
    expect(refused('routines.update', { id, body: null })).toBe('bad-routine')
  })

  test('one that expressions name is deleted, and they are told', () => {
    expect(must('routines.delete', { id: idOf('routine', 'good') })).toEqual(['still-mentioned', 'still-mentioned'])
  })
})

describe('types', () => {
  test('columns follow a domain’s new name; one that is used is not deleted', () => {
    const id = idOf('domain', 'amount')
    must('domains.update', { id, name: 'Money', type: 'bigint' })
    expect(table('bills')?.columns[1]?.type).toBe('"Money"')
    expect(refused('domains.delete', { id })).toBe('type-in-use')
  })

  test('nothing is made of itself', () => {
    const pair = newId()
    must('compositeTypes.create', { id: pair, name: 'pair', attributes: [{ name: 'x', type: 'amount', collation: null, comment: null }] })
    expect(refused('domains.update', { id: idOf('domain', 'amount'), type: 'pair' })).toBe('made-of-itself')
    expect(
      refused('compositeTypes.update', { id: pair, attributes: [{ name: 'x', type: 'pair[]', collation: null, comment: null }] }),
    ).toBe('made-of-itself')
  })

  test('a table whose row type is used stays', () => {
    must('compositeTypes.create', { id: newId(), name: 'pair', attributes: [{ name: 'x', type: 'bills', collation: null, comment: null }] })
    expect(refused('tables.delete', { id: idOf('table', 'bills') })).toBe('type-in-use')
  })
})

test('an exclusion cannot compare a domain of an enum, and is warned of', () => {
  must('enumTypes.create', { id: newId(), name: 'mood', values: ['ok'] })
  must('domains.create', { id: newId(), name: 'feeling', type: 'integer' })
  const held = newId()
  must('columns.create', { id: held, tableId: idOf('table', 'bills'), name: 'held', dataType: 'feeling' })
  const elements = [{ element: { columnId: held }, operator: '=' }]
  expect(must('exclusions.create', { id: newId(), tableId: idOf('table', 'bills'), elements, method: 'btree' })).toEqual([])
  expect(must('domains.update', { id: idOf('domain', 'feeling'), type: 'mood' })).toContain('no-operator-class')
})

test('a table cannot hold a type that is made of the table', () => {
  must('compositeTypes.create', { id: newId(), name: 'bill_pair', attributes: [{ name: 'one', type: 'bills[]' }] })
  expect(refused('columns.create', { id: newId(), tableId: idOf('table', 'bills'), name: 'pair', dataType: 'bill_pair' })).toBe(
    'made-of-itself',
  )
  expect(refused('columns.update', { id: columnId('bills', 'total'), dataType: 'bill_pair' })).toBe('made-of-itself')
})

describe('sequences and schemas', () => {
  test('defaults follow a sequence; one that is drawn from stays', () => {
    const id = idOf('sequence', 'counter')
    must('sequences.update', { id, name: 'bill_numbers', start: '5', cycle: true })
    expect(table('bills')?.columns[2]?.default).toBe("nextval('public.bill_numbers'::regclass)")
    expect(refused('sequences.delete', { id })).toBe('object-in-use')
  })

  test.each([
    { increment: '0' },
    { start: '0' },
    { type: 'smallint', max: '40000' },
    { min: '7', max: '7' },
    { cache: '0' },
    { start: 'many' },
  ])('numbers that do not go together are refused: %j', (patch) => {
    expect(refused('sequences.update', { id: idOf('sequence', 'counter'), ...patch })).toBe('bad-sequence')
  })

  test('everything in a schema follows its new name; one that is not empty stays', () => {
    const id = newId()
    must('namespaces.create', { id, name: 'app' })
    must('routines.update', { id: idOf('routine', 'good'), namespace: 'app' })
    must('tables.update', { id: idOf('table', 'bills'), namespace: 'app' })
    must('namespaces.update', { id, name: 'api' })
    expect(table('bills')).toMatchObject({ namespace: 'api', policies: [{ using: 'api.good(id)' }] })
    expect(schema().views[0]?.definition).toContain('api.good(')
    expect(refused('namespaces.delete', { id })).toBe('not-empty')
    expect(refused('namespaces.update', { id, name: 'pg_own' })).toBe('reserved-name')
  })
})

describe('partitions', () => {
  const bills = () => idOf('table', 'bills')

  test('a table is partitioned by its key, and another becomes a part of it', () => {
    must('keys.delete', { id: idOf('constraint', 'bills_pkey') })
    must('tables.configure', { id: bills(), partitionBy: { strategy: 'list', keys: [{ columnId: columnId('bills', 'id') }] } })
    const part = { parentId: bills(), bound: 'FOR VALUES IN (1)' }
    expect(refused('tables.configure', { id: idOf('table', 'heirs'), partitionOf: part })).toBe('bad-partition')
    must('columns.create', { id: newId(), tableId: idOf('table', 'heirs'), name: 'number', dataType: 'integer' })
    must('tables.configure', { id: idOf('table', 'heirs'), partitionOf: part })
    expect(table('heirs')).toMatchObject({ partitionOf: { parent: inPublic('bills'), bound: 'FOR VALUES IN (1)' } })
    expect(refused('tables.configure', { id: bills(), partitionBy: null })).toBe('bad-partition')
    const created = { id: newId(), name: 'more', dataType: 'text' }
    expect(refused('columns.create', { ...created, tableId: idOf('table', 'heirs') })).toBe('inherited-column')
    must('columns.create', { ...created, tableId: bills() })
    expect(table('heirs')?.columns.at(-1)).toMatchObject({ name: 'more', inherited: true })
    must('tables.configure', { id: idOf('table', 'heirs'), partitionOf: null })
    expect(table('heirs')?.columns.every(({ inherited }) => !inherited)).toBe(true)
  })

  test.each([
    [
      'a key that does not hold what it is partitioned by',
      () => ({ partitionBy: { strategy: 'hash', keys: [{ columnId: columnId('bills', 'total') }] } }),
    ],
    [
      'a list of two',
      () => ({
        partitionBy: { strategy: 'list', keys: [{ columnId: columnId('bills', 'id') }, { columnId: columnId('bills', 'total') }] },
      }),
    ],
  ])('is refused: %s', (_, patch) => {
    expect(refused('tables.configure', { id: bills(), ...patch() })).toBe('bad-partition')
  })

  test('what inherits follows its parent: new columns with all that is said of them, and NOT NULL', () => {
    const heir = idOf('table', 'heirs')
    must('tables.configure', { id: heir, inherits: [bills()] })
    const made = { id: newId(), tableId: bills(), name: 'twice', dataType: 'integer', isNullable: false, defaultValue: '2' }
    must('columns.create', made)
    expect(table('heirs')?.columns.at(-1)).toMatchObject({ name: 'twice', nullable: false, default: '2', inherited: true })
    must('columns.update', { id: made.id, isNullable: true })
    expect(table('heirs')?.columns.at(-1)).toMatchObject({ nullable: true })
    must('columns.update', { id: made.id, isPrimaryKey: true })
    expect(table('heirs')?.columns.at(-1)).toMatchObject({ nullable: false })
    expect(table('heirs')?.constraints.some(({ kind }) => kind === 'primaryKey')).toBe(false)
  })

  test('a typed table inherits nothing', () => {
    store = new ProjectStore()
    const typed = aTable({ name: 'typed', ofType: inPublic('pair'), columns: [column('x', 'integer', { inherited: true })] })
    must('schema.import', { schema: aSchema({ tables: [typed, aTable({ name: 'base' })] }), idSeed: newId() })
    expect(refused('tables.configure', { id: idOf('table', 'typed'), inherits: [idOf('table', 'base')] })).toBe('bad-partition')
    must('tables.configure', { id: idOf('table', 'typed'), inherits: [], unlogged: true })
    expect(table('typed')?.columns).toMatchObject([{ inherited: true }])
  })

  test('nothing inherits from itself', () => {
    must('tables.configure', { id: idOf('table', 'heirs'), inherits: [bills()] })
    expect(refused('tables.configure', { id: bills(), inherits: [idOf('table', 'heirs')] })).toBe('made-of-itself')
  })
})

describe('views', () => {
  test('a query is a query, and reads from nothing that reads from it', () => {
    const view = { name: 'small', positionX: 0, positionY: 0 }
    expect(refused('views.create', { id: newId(), ...view, definition: 'DELETE FROM bills' })).toBe('bad-query')
    must('views.create', { id: newId(), ...view, definition: '/* few */ SELECT * FROM large;' })
    expect(schema().views[1]?.definition).toBe('/* few */ SELECT * FROM large')
    expect(refused('views.update', { id: idOf('view', 'large'), definition: 'SELECT id FROM small' })).toBe('made-of-itself')
    expect(must('views.update', { id: idOf('view', 'large'), definition: 'SELECT 1 AS id' })).toEqual(['check-by-hand'])
  })
})

describe('rarer kinds', () => {
  test('are looked at by the shape of their kind', () => {
    const id = newId()
    expect(refused('objects.create', { id, kind: 'collation', fields: { name: 'de', deterministic: 'perhaps' } })).toBe('bad-arguments')
    expect(refused('objects.create', { id, kind: 'collation', fields: { name: 'de', colour: 'red' } })).toBe('bad-arguments')
    must('objects.create', { id, kind: 'collation', fields: { name: 'de', provider: 'icu', locale: 'de' } })
    expect(refused('objects.create', { id: newId(), kind: 'collation', fields: { name: 'de' } })).toBe('duplicate-name')
    must('objects.update', { id, kind: 'collation', fields: { deterministic: false } })
    expect(schema().collations).toMatchObject([{ name: 'de', locale: 'de', deterministic: false }])
    must('comments.set', { id, kind: 'collation', comment: 'sorts' })
    must('objects.delete', { id, kind: 'collation' })
    expect(schema().collations).toEqual([])
  })

  test('what another needs stays, and what names it follows', () => {
    const [wrapper, server] = [newId(), newId()]
    must('objects.create', { id: wrapper, kind: 'foreignDataWrapper', fields: { name: 'w' } })
    must('objects.create', { id: server, kind: 'foreignServer', fields: { name: 's', wrapper: 'w' } })
    expect(refused('objects.delete', { id: wrapper, kind: 'foreignDataWrapper' })).toBe('object-in-use')
    must('objects.update', { id: wrapper, kind: 'foreignDataWrapper', fields: { name: 'x' } })
    expect(schema().foreignServers).toMatchObject([{ wrapper: 'x' }])
  })

  test('a comment is kept on what PostgreSQL keeps comments on', () => {
    const id = newId()
    must('objects.create', { id, kind: 'opaque', fields: { sql: 'SELECT 1;', reason: 'call', position: { statement: 1, line: 1 } } })
    expect(schema().opaque[0]?.sql).toBe('SELECT 1')
    expect(refused('comments.set', { id, kind: 'opaque', comment: 'x' })).toBe('bad-option')
  })
})
