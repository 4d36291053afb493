import { beforeEach, describe, expect, test } from 'vitest'
import { rowsToSchema } from '../project/schema.ts'
import { ProjectStore } from '../project/store.ts'
import {
  aCheck,
  aColumn,
  aDomain,
  aGenerated,
  aRoutine,
  aSchema,
  aSequence,
  aStatistics,
  aTable,
  aTrigger,
  aView,
  anEnum,
  anExclusion,
  anIndex,
  anIndexElement,
  anOpaque,
  aPolicy,
  aPrimaryKey,
  aRule,
  aUnique,
  type Schema,
  type Table,
} from '../schema/index.ts'
import { runMutation } from './run.ts'

// What belongs to a table or column and has to go, move or change its name along with it.

const projectId = '0198f2b4-0000-7000-8000-000000000000'
const limits = { tablesPerProject: 50, columnsPerTable: 50 }
let store: ProjectStore
let seeds = 0
const run = (name: string, args: unknown) => runMutation(store, name, args, { projectId, limits })
const must = (name: string, args: unknown) => {
  const result = run(name, args)
  expect(result).toMatchObject({ kind: 'done' })
  return result.diagnostics
}
const bring = (schema: Partial<Schema>) => {
  store = new ProjectStore()
  seeds += 1
  must('schema.import', {
    schema: aSchema(schema as Parameters<typeof aSchema>[0]),
    idSeed: `0198f2b4-0000-7000-8000-${(seeds * 0x10000).toString(16).padStart(12, '0')}`,
  })
}
const tableId = (name: string) => store.all('table').find((table) => table.name === name)?.id
const columnId = (table: string, name: string) =>
  store.childrenOf('column', tableId(table) ?? '').find((column) => column.name === name)?.id
const table = (name: string) => rowsToSchema(store).tables.find((one) => one.name === name)
const codes = (diagnostics: readonly { readonly code: string }[]) => diagnostics.map(({ code }) => code)
const inSchema = (name: string) => ({ namespace: 'public', name })

const text = (name: string, more: object = {}) => aColumn({ name, type: 'text', ...more })
const people: Table = aTable({
  name: 'people',
  columns: [
    aColumn({ name: 'id', type: 'integer', nullable: false, default: "nextval('public.people_id_seq'::regclass)" }),
    text('email'),
    text('name'),
    text('label', { generated: aGenerated({ expression: 'upper(name)' }) }),
  ],
  constraints: [
    aPrimaryKey({ name: 'people_pkey', columns: ['id'], include: ['email'] }),
    aUnique({ name: 'people_email_key', columns: ['email'] }),
    aCheck({ name: 'c', expression: 'length(email) > 1' }),
    anExclusion({
      name: 'x',
      method: 'gist',
      elements: [{ element: anIndexElement({ expression: 'lower(email)' }), operator: '=' }],
      predicate: 'name IS NOT NULL',
    }),
  ],
  indexes: [
    anIndex({ name: 'i', elements: [anIndexElement({ column: 'name' })], include: ['email'] }),
    anIndex({ name: 'j', elements: [anIndexElement({ column: 'name' })] }),
  ],
  triggers: [
    aTrigger({ name: 't1', timing: 'before', events: [{ kind: 'update', columns: ['email'] }], function: inSchema('f') }),
    aTrigger({
      name: 't2',
      timing: 'before',
      events: [{ kind: 'update', columns: ['email', 'name'] }, { kind: 'insert' }],
      function: inSchema('f'),
      when: '(new.email IS NOT NULL)',
    }),
  ],
  policies: [aPolicy({ name: 'own', using: 'email = current_user' })],
  rules: [aRule({ name: 'r', event: 'update', where: 'old.email IS NULL', commands: 'NOTHING' })],
})
const around = {
  sequences: [aSequence({ name: 'people_id_seq', type: 'integer', ownedBy: { namespace: 'public', table: 'people', column: 'id' } })],
  statistics: [aStatistics({ name: 's', elements: ['email', 'name'], table: inSchema('people') })],
  views: [aView({ name: 'v', definition: 'SELECT people.email FROM people' }), aView({ name: 'w', definition: 'SELECT v.email FROM v' })],
  routines: [
    aRoutine({
      name: 'f',
      returns: 'SETOF people',
      language: 'sql',
      body: { kind: 'string', text: 'SELECT * FROM people WHERE email IS NOT NULL' },
    }),
  ],
  opaque: [anOpaque({ sql: "DO $$ BEGIN EXECUTE 'ANALYZE people'; END $$", reason: 'DO', position: { statement: 1, line: 1 } })],
}

describe('a table with belongings', () => {
  beforeEach(() => bring({ tables: [people], ...around }))

  test('loses with a column what uses it, and says what still names it', () => {
    const diagnostics = must('columns.delete', { id: columnId('people', 'email') })
    expect(table('people')).toMatchObject({
      constraints: [],
      indexes: [{ name: 'j' }],
      triggers: [
        {
          name: 't2',
          events: [
            { kind: 'update', columns: ['name'] },
            { kind: 'insert', columns: [] },
          ],
        },
      ],
      policies: [{ name: 'own' }],
    })
    expect(rowsToSchema(store).statistics).toEqual([])
    expect(diagnostics.map(({ message }) => message.split(' is mentioned in ')[1])).toEqual([
      'the trigger "t2".',
      'the policy "own".',
      'view "v".',
      'function "f".',
    ])
    expect(new Set(codes(diagnostics))).toEqual(new Set(['still-mentioned']))
  })

  test('keeps a column that another is computed from', () => {
    expect(run('columns.delete', { id: columnId('people', 'name') })).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'column-in-use' }],
    })
  })

  test('goes with everything, and says what still names it', () => {
    const diagnostics = must('tables.delete', { id: tableId('people') })
    const { tables, sequences, statistics, views } = rowsToSchema(store)
    expect([tables, sequences, statistics, views.length]).toEqual([[], [], [], 2])
    expect(diagnostics.map(({ message }) => message.split(' is mentioned in ')[1])).toEqual([
      'view "v".',
      'function "f".',
      'the statement DO.',
    ])
  })

  test('cannot be called in another namespace what its own index is called, which comes along', () => {
    const [column] = store.childrenOf('column', tableId('people') ?? '')
    must('indexes.create', {
      id: '0198f2b4-0000-7000-8000-00000000abcd',
      tableId: tableId('people'),
      name: 'folk',
      elements: [{ columnId: column?.id }],
    })
    expect(run('tables.update', { id: tableId('people'), namespace: 'app', name: 'folk' })).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'duplicate-name' }],
    })
  })

  test('takes its sequence, statistics, types and views along to another name and namespace', () => {
    must('tables.update', { id: tableId('people'), namespace: 'app', name: 'folk' })
    const { sequences, statistics, views, routines, tables, namespaces } = rowsToSchema(store)
    expect(namespaces).toMatchObject([{ name: 'app' }])
    expect(sequences).toMatchObject([{ namespace: 'app', name: 'people_id_seq', ownedBy: { namespace: 'app', table: 'folk' } }])
    expect(tables[0]?.columns[0]?.default).toBe("nextval('app.people_id_seq'::regclass)")
    expect(statistics).toMatchObject([{ table: { namespace: 'app', name: 'folk' } }])
    expect(views[0]?.definition).toBe('SELECT people.email FROM folk people'.replace('folk', 'app.folk'))
    expect(routines[0]?.returns).toBe('SETOF app.folk')
  })

  test('does not move to where one of its names is taken', () => {
    must('tables.create', { id: projectId, namespace: 'app', name: 'i', positionX: 0, positionY: 0 })
    expect(run('tables.update', { id: tableId('people'), namespace: 'app' })).toMatchObject({ diagnostics: [{ code: 'duplicate-name' }] })
    expect(run('tables.update', { id: tableId('people'), namespace: 'pg_mine' })).toMatchObject({
      diagnostics: [{ code: 'reserved-name' }],
    })
  })

  test('is copied with all that hangs on it', () => {
    must('tables.duplicate', { id: tableId('people'), newId: '0198f2b4-0000-7000-8000-700000000000', offsetX: 0, offsetY: 0 })
    expect(table('people_copy')).toMatchObject({
      constraints: [
        { name: 'people_copy_pkey', include: ['email'] },
        { name: 'people_copy_email_key' },
        { name: 'c_2' },
        { elements: [{ element: { expression: 'lower(email)' } }] },
      ],
      indexes: [{ name: 'i_2', include: ['email'] }, { name: 'j_2' }],
      triggers: [{ name: 't1', events: [{ columns: ['email'] }] }, { name: 't2' }],
      policies: [{ name: 'own' }],
      rules: [{ name: 'r' }],
    })
  })

  test('views follow a renamed view, and a deleted one is missed', () => {
    const view = store.all('view')[0]?.id
    expect(codes(must('views.update', { id: view, name: 'V', comment: 'mine' }))).toEqual(['check-by-hand'])
    expect(rowsToSchema(store).views).toMatchObject([{ name: 'V', comment: 'mine' }, { definition: 'SELECT v.email FROM "V" v' }])
    must('tables.move', { moves: [{ id: view, positionX: 3, positionY: 4 }] })
    expect(store.get('view', view ?? '')).toMatchObject({ positionX: 3, positionY: 4 })
    expect(codes(must('views.delete', { id: view }))).toEqual(['still-mentioned'])
  })
})

describe('partitions and heirs', () => {
  const inherited = text('email', { inherited: true })
  beforeEach(() =>
    bring({
      tables: [
        aTable({
          name: 'log',
          columns: [text('email'), text('day')],
          partitionBy: { strategy: 'list', keys: [anIndexElement({ column: 'day' })] },
        }),
        aTable({
          name: 'log_1',
          columns: [inherited, text('day', { inherited: true })],
          partitionOf: { parent: inSchema('log'), bound: "FOR VALUES IN ('1')" },
        }),
        aTable({ name: 'base', columns: [text('email')], constraints: [aCheck({ name: 'c', expression: 'true' })] }),
        aTable({
          name: 'heir',
          columns: [inherited],
          inherits: [inSchema('base')],
          constraints: [aCheck({ name: 'c', expression: 'true', inherited: true })],
        }),
      ],
    }),
  )

  test('have the columns of their parents: added, renamed, typed and deleted there', () => {
    must('columns.create', { id: projectId, tableId: tableId('log'), name: 'more', dataType: 'text' })
    must('columns.update', { id: columnId('log', 'email'), name: 'mail', dataType: 'citext' })
    expect(table('log_1')?.columns).toMatchObject([
      { name: 'mail', type: 'citext', inherited: true },
      { name: 'day' },
      { name: 'more', inherited: true },
    ])
    expect(run('columns.update', { id: columnId('log_1', 'mail'), name: 'x' })).toMatchObject({
      diagnostics: [{ code: 'inherited-column' }],
    })
    expect(run('columns.update', { id: columnId('log_1', 'mail'), dataType: 'uuid' })).toMatchObject({
      diagnostics: [{ code: 'inherited-column' }],
    })
    expect(run('columns.delete', { id: columnId('log_1', 'mail') })).toMatchObject({ diagnostics: [{ code: 'inherited-column' }] })
    must('columns.delete', { id: columnId('log', 'mail') })
    expect(table('log_1')?.columns.map(({ name }) => name)).toEqual(['day', 'more'])
    expect(run('columns.delete', { id: columnId('log', 'day') })).toMatchObject({ diagnostics: [{ code: 'column-in-use' }] })
  })

  test('a deleted column is missed by views of an heir, and needed by what an heir computes from it', () => {
    bring({
      tables: [
        aTable({ name: 'base', columns: [text('email')] }),
        aTable({
          name: 'heir',
          columns: [inherited, text('loud', { generated: aGenerated({ expression: 'upper(email)' }) })],
          inherits: [inSchema('base')],
        }),
      ],
      views: [aView({ name: 'mails', definition: 'SELECT heir.email FROM heir' })],
    })
    const email = { id: columnId('base', 'email') }
    expect(run('columns.delete', email)).toMatchObject({
      diagnostics: [{ code: 'column-in-use', message: expect.stringContaining('the generated column "heir.loud" is computed from it') }],
    })
    must('columns.delete', { id: columnId('heir', 'loud') })
    expect(must('columns.delete', email)).toMatchObject([{ code: 'still-mentioned', message: expect.stringContaining('"mails"') }])
    expect(table('heir')?.columns).toEqual([])
  })

  test('go with a partitioned table; heirs stay, on their own feet', () => {
    const diagnostics = must('tables.delete', { ids: [tableId('log'), tableId('base')] })
    expect(codes(diagnostics)).toEqual(['no-longer-inherits'])
    expect(rowsToSchema(store).tables).toMatchObject([
      { name: 'heir', inherits: [], columns: [{ inherited: false }], constraints: [{ inherited: false }] },
    ])
  })

  test('a copied partition is a table of its own', () => {
    must('tables.duplicate', { id: tableId('log_1'), newId: '0198f2b4-0000-7000-8000-700000000000', offsetX: 0, offsetY: 0 })
    expect(table('log_1_copy')).toMatchObject({ partitionOf: null, columns: [{ inherited: false }, { inherited: false }] })
  })
})

test('an enum is followed by domains, composites, signatures and views', () => {
  bring({
    enums: [anEnum({ name: 'mood', values: ['ok'] })],
    domains: [
      aDomain({
        name: 'feeling',
        type: 'mood',
        default: "'ok'::mood",
        constraints: [{ name: 'c', expression: "VALUE <> 'x'::mood", validated: true, comment: null }],
      }),
    ],
    compositeTypes: [
      {
        namespace: 'public',
        name: 'pair',
        attributes: [{ name: 'a', type: 'public.mood[]', collation: null, comment: null }],
        owner: null,
        comment: null,
      },
    ],
    routines: [aRoutine({ name: 'f', returns: 'SETOF mood', arguments: [{ mode: 'in', name: 'x', type: 'mood', default: "'ok'::mood" }] })],
    views: [aView({ name: 'v', definition: "SELECT 'ok'::mood AS mood" })],
  })
  const id = store.all('enumType')[0]?.id
  expect(run('enumTypes.delete', { id })).toMatchObject({
    diagnostics: [{ message: 'The enum "mood" is the type of domain "feeling", composite type "pair", function "f".' }],
  })
  must('enumTypes.update', { id, name: 'temper', comment: 'x' })
  expect(rowsToSchema(store)).toMatchObject({
    domains: [{ type: 'temper', default: "'ok'::temper", constraints: [{ expression: "VALUE <> 'x'::temper" }] }],
    compositeTypes: [{ attributes: [{ type: 'public.temper[]' }] }],
    routines: [{ returns: 'SETOF temper', arguments: [{ type: 'temper', default: "'ok'::temper" }] }],
    views: [{ definition: "SELECT 'ok'::temper AS mood" }],
  })
})
