import { randomUUID } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  aBaseType,
  aCast,
  aCheck,
  aCollation,
  aColumn,
  aCompositeType,
  aConversion,
  aDomain,
  aForeignDataWrapper,
  aForeignKey,
  aForeignServer,
  aLanguage,
  aNamespace,
  aPolicy,
  aPrimaryKey,
  aPrivilege,
  aPublication,
  aRangeType,
  aRoutine,
  aRule,
  aSequence,
  aStatistics,
  aTable,
  aTextSearchConfiguration,
  aTransform,
  aTrigger,
  aUserMapping,
  aView,
  anAccessMethod,
  anEnum,
  anEventTrigger,
  anExtension,
  anIndex,
  anOpaque,
  anOperator,
  anOperatorClass,
  anOperatorFamily,
} from '#core/schema/index.ts'
import { rowKinds, type Change, type Row, type RowKind } from '#core/project/rows.ts'
import { ProjectStore } from '#core/project/store.ts'
import type { LogEntry } from '#sync/types.ts'
import type { Database } from './database.ts'
import { isTooMuchToCatchUp, readLog } from './change-log.ts'
import { readClient } from './client-state.ts'
import { commitBatch } from './commit-batch.ts'
import { migrate } from './migrate.ts'
import { wrap } from './open-pglite.ts'
import { openPostgres } from './open-postgres.ts'
import { readProject } from './read-rows.ts'

const pgUrl = process.env['SCHEMAFLOW_TEST_PG']

/** On both engines; on a PostgreSQL server when there is one (SCHEMAFLOW_TEST_PG). */
describe.skipIf(!pgUrl)('storage on a PostgreSQL server', () => {
  storageTests('postgres')
})
describe('storage on the embedded database', () => {
  storageTests('pglite')
})

function storageTests(engine: 'pglite' | 'postgres'): void {
  let database: Database
  let dispose = async () => {}
  const projectId = randomUUID()
  const clientId = randomUUID()
  const entryOf = (seq: number, changes: readonly Change[]): LogEntry => ({
    seq,
    clientId,
    mutationId: seq,
    author: { id: 'ada', name: 'Ada' },
    at: '2026-01-02T03:04:05.678Z',
    name: 'test.edit',
    changes,
  })

  beforeAll(async () => {
    ;({ database, dispose } = engine === 'pglite' ? await inMemory() : await onServer(pgUrl ?? ''))
    await database.sql(`INSERT INTO "user" (id, name, email) VALUES ('ada', 'Ada', 'ada@example.org')`)
    await database.sql(`INSERT INTO projects (id, owner_id, name) VALUES ($1, 'ada', 'Shop')`, [projectId])
  })
  afterAll(() => dispose())

  const store = new ProjectStore()
  const commit = (changes: readonly Change[], seq: number, aclVersion = 0) =>
    commitBatch(
      database,
      {
        projectId,
        seqBefore: seq - 1,
        seqAfter: seq,
        entries: [{ ...entryOf(seq, changes), args: { seq } }],
        clients: [
          { clientId, authorId: 'ada', lastMutationId: seq, recent: [{ mutationId: seq, result: { kind: 'ok', seq, diagnostics: [] } }] },
        ],
      },
      aclVersion,
      () => 'socket',
    )
  const edit = (work: () => void): readonly Change[] => {
    const recording = store.record()
    work()
    return recording.keep()
  }

  test('a row of every kind comes back as it was', async () => {
    const rows = oneOfEach()
    const changes = edit(() => rowKinds.forEach((kind) => rows[kind].forEach((row) => store.insert(kind, row as Row))))
    expect(await commit(changes, 1)).toBe('committed')
    const read = await readProject(database.sql, projectId)
    expect(read).toEqual({ seq: 1, rows: store.rows() })
    expect(rowKinds.map((kind) => [kind, read?.rows[kind]?.length])).toEqual(rowKinds.map((kind) => [kind, rows[kind].length]))
  })

  test('a changed row keeps what was not changed, in its columns and in its data', async () => {
    const [users] = store.all('table')
    const [column] = store.all('column')
    const changes = edit(() => {
      store.update('table', users?.id ?? '', { name: 'people', positionX: 12.5, comment: 'who they are' })
      store.update('column', column?.id ?? '', { order: 7, type: 'bigint', default: null })
    })
    expect(await commit(changes, 2)).toBe('committed')
    expect((await readProject(database.sql, projectId))?.rows).toEqual(store.rows())
  })

  test('a foreign key that points elsewhere does so in the database too', async () => {
    const key = store.all('constraint').find((row) => row.kind === 'foreignKey')
    const [, target] = store.all('table')
    const changes = edit(() => store.update('constraint', key?.id ?? '', { references: { tableId: target?.id ?? '', columnIds: [] } }))
    expect(await commit(changes, 3)).toBe('committed')
    const rows = await database.sql('SELECT references_table_id AS id FROM constraints WHERE project_id = $1 AND id = $2', [
      projectId,
      key?.id,
    ])
    expect(rows).toEqual([{ id: target?.id }])
  })

  test('a batch made on another state of the project is a conflict and writes nothing', async () => {
    expect(await commit(insertionOf('namespace', { id: randomUUID(), order: 9, ...aNamespace({ name: 'late' }) }), 3)).toBe('conflict')
    expect(await commit(insertionOf('namespace', { id: randomUUID(), order: 9, ...aNamespace({ name: 'early' }) }), 9)).toBe('conflict')
    expect(await commit(insertionOf('namespace', { id: randomUUID(), order: 9, ...aNamespace({ name: 'other' }) }), 4, 1)).toBe('conflict')
    expect(await readProject(database.sql, projectId)).toEqual({ seq: 3, rows: store.rows() })
  })

  test('what the database cannot hold is rejected whole: NUL, half characters, dangling parents, rows that are not there', async () => {
    const row = { id: randomUUID(), order: 9 }
    const orphan = { ...row, tableId: randomUUID(), ...aColumn({ name: 'x', type: 'text' }) }
    for (const changes of [
      insertionOf('namespace', { ...row, ...aNamespace({ name: 'a\u0000b' }) }),
      insertionOf('namespace', { ...row, ...aNamespace({ name: 'x', comment: 'half \ud800' }) }),
      insertionOf('column', orphan),
      [{ kind: 'table', id: randomUUID(), before: { name: 'a' }, after: { name: 'b' } }] as const,
    ]) {
      expect(await commit(changes, 4)).toBe('rejected')
    }
    expect(await readProject(database.sql, projectId)).toEqual({ seq: 3, rows: store.rows() })
  })

  test('deleting a table with all that hangs on it leaves no row behind', async () => {
    const changes = edit(() => {
      for (const kind of [...rowKinds].reverse()) for (const row of store.all(kind)) store.delete(kind, row.id)
    })
    expect(await commit(changes, 4)).toBe('committed')
    expect(await readProject(database.sql, projectId)).toEqual({ seq: 4, rows: {} })
  })

  test('the log gives back what was done, and what a client was told', async () => {
    const log = await readLog(database.sql, projectId, 1)
    expect(log.map(({ seq }) => seq)).toEqual([2, 3, 4])
    expect(log[0]).toMatchObject({
      clientId,
      mutationId: 2,
      author: { id: 'ada', name: 'Ada' },
      name: 'test.edit',
      at: '2026-01-02T03:04:05.678Z',
    })
    const replayed = new ProjectStore()
    for (const { changes } of await readLog(database.sql, projectId, 0)) replayed.apply(changes)
    expect(replayed.rows()).toEqual(store.rows())
    expect(await isTooMuchToCatchUp(database.sql, projectId, 3)).toBe(false)
    expect(await readClient(database.sql, projectId, clientId)).toMatchObject({
      authorId: 'ada',
      lastMutationId: 4,
      recent: [{ mutationId: 4 }],
    })
    expect(await readClient(database.sql, projectId, randomUUID())).toBeUndefined()
  })

  test('deleting the project deletes everything of it', async () => {
    expect(await commit(insertionOf('namespace', { id: randomUUID(), order: 1, ...aNamespace({ name: 'again' }) }), 5)).toBe('committed')
    await database.sql('DELETE FROM projects WHERE id = $1', [projectId])
    expect(await readProject(database.sql, projectId)).toBeUndefined()
    expect(await database.sql('SELECT FROM change_log')).toEqual([])
    expect(await database.sql('SELECT FROM namespaces')).toEqual([])
  })

  test('servers that start together bring the database up to date once', async () => {
    await Promise.all([migrate(database), migrate(database), migrate(database)])
    expect(await database.sql('SELECT name FROM migrations ORDER BY name')).toEqual([
      { name: '0000_initial' },
      { name: '0001_more-kinds-of-objects' },
      { name: '0002_not-null-details' },
    ])
  })

  test('columns that an older version stored get what they lacked, and keep what they have', async () => {
    const [project, table] = [randomUUID(), randomUUID()]
    await database.sql("INSERT INTO projects (id, owner_id, name) VALUES ($1, 'ada', 'Old')", [project])
    await database.sql(
      "INSERT INTO tables (project_id, id, \"order\", data, namespace, name, position_x, position_y) VALUES ($1, $2, 0, '{}', 'public', 't', 0, 0)",
      [project, table],
    )
    await database.sql('INSERT INTO columns (project_id, id, "order", data, table_id, name) VALUES ($1, $2, 0, $3, $2, \'a\')', [
      project,
      table,
      '{"nullable": false, "notNullName": "must"}',
    ])
    await database.sql("DELETE FROM migrations WHERE name = '0002_not-null-details'")
    await migrate(database)
    expect(await database.sql('SELECT data FROM columns WHERE project_id = $1', [project])).toEqual([
      { data: { nullable: false, notNullName: 'must', notNullNoInherit: false, notNullNotValid: false, notNullComment: null } },
    ])
  })
}

const insertionOf = <K extends RowKind>(kind: K, row: Row<K>): readonly Change[] => [{ kind, id: row.id, before: null, after: row as Row }]

async function inMemory() {
  const database = wrap(await PGlite.create())
  await migrate(database)
  return { database, dispose: () => database.close() }
}

async function onServer(maintenanceUrl: string) {
  const name = `schemaflow_storage_${randomUUID().slice(0, 8)}`
  const admin = new Pool({ connectionString: maintenanceUrl, max: 1 })
  await admin.query(`CREATE DATABASE ${name}`)
  const url = new URL(maintenanceUrl)
  url.pathname = `/${name}`
  const database = await openPostgres(url.href, () => undefined)
  const dispose = async () => {
    await database.close()
    await admin.query(`DROP DATABASE ${name}`)
    await admin.end()
  }
  return { database, dispose }
}

/** At least one row of every kind, with parents and children. */
function oneOfEach(): { readonly [K in RowKind]: readonly Row<K>[] } {
  const place = { positionX: 1.5, positionY: -20 }
  const base = (order: number) => ({ id: randomUUID(), order })
  const {
    columns: _c,
    constraints: _k,
    indexes: _i,
    triggers: _t,
    policies: _p,
    rules: _r,
    ...table
  } = aTable({ name: 'users', comment: 'naïve 🦆 "quoted"' })
  const users = { ...base(1), ...table, ...place, color: 'blue', partitionBy: null, partitionOf: null, inherits: [] }
  const orders = { ...users, ...base(2), name: 'orders', namespace: 'sales', color: null }
  const column = { ...base(1.25), tableId: users.id, ...aColumn({ name: 'id', type: 'integer', default: "nextval('users_id_seq')" }) }
  const { columns: _pc, include: _pi, ...primaryKey } = aPrimaryKey({ name: 'users_pkey', columns: [] })
  const {
    columns: _fc,
    references: _fr,
    onDeleteColumns: _fo,
    ...foreignKey
  } = aForeignKey({
    name: 'orders_user_id_fkey',
    columns: [],
    references: { namespace: 'public', table: 'users', columns: [] },
  })
  const { indexes: _vi, triggers: _vt, rules: _vr, ...view } = aView({ name: 'active', definition: 'SELECT 1' })
  const activeView = { ...base(1), ...view, ...place }
  const { elements: _e, include: _in, ...index } = anIndex({ name: 'users_id_idx', elements: [] })
  const { ownedBy: _o, ...sequence } = aSequence({ name: 'users_id_seq' })
  const { events: _ev, ...trigger } = aTrigger({
    name: 'touch',
    timing: 'before',
    events: [],
    function: { namespace: 'public', name: 'touch' },
  })
  return {
    namespace: [{ ...base(1), ...aNamespace({ name: 'sales' }) }],
    extension: [{ ...base(1), ...anExtension({ name: 'citext' }) }],
    enumType: [{ ...base(1), ...anEnum({ name: 'mood', values: ['ok', "isn't"] }) }],
    domain: [{ ...base(1), ...aDomain({ name: 'email', type: 'text' }) }],
    compositeType: [{ ...base(1), ...aCompositeType({ name: 'pair' }) }],
    rangeType: [{ ...base(1), ...aRangeType({ name: 'span', subtype: 'integer' }) }],
    baseType: [{ ...base(1), ...aBaseType({ name: 'box3', options: { input: 'box3_in' } }) }],
    collation: [{ ...base(1), ...aCollation({ name: 'german', provider: 'icu', locale: 'de' }) }],
    operator: [{ ...base(1), ...anOperator({ name: '===', left: 'text', right: 'text', function: 'same' }) }],
    operatorFamily: [{ ...base(1), ...anOperatorFamily({ name: 'f', method: 'btree' }) }],
    operatorClass: [{ ...base(1), ...anOperatorClass({ name: 'c', method: 'btree', type: 'text' }) }],
    cast: [{ ...base(1), ...aCast({ source: 'text', target: 'span', method: 'inout' }) }],
    textSearch: [{ ...base(1), ...aTextSearchConfiguration({ name: 'en', parser: 'pg_catalog."default"' }) }],
    language: [{ ...base(1), ...aLanguage({ name: 'plsample', handler: 'plsample_handler' }) }],
    transform: [{ ...base(1), ...aTransform({ type: 'span', language: 'plsample' }) }],
    conversion: [{ ...base(1), ...aConversion({ name: 'c', from: 'UTF8', to: 'LATIN1', function: 'f' }) }],
    accessMethod: [{ ...base(1), ...anAccessMethod({ name: 'm', kind: 'index', handler: 'h' }) }],
    foreignDataWrapper: [{ ...base(1), ...aForeignDataWrapper({ name: 'w' }) }],
    foreignServer: [{ ...base(1), ...aForeignServer({ name: 's', wrapper: 'w', options: { host: 'h' } }) }],
    userMapping: [{ ...base(1), ...aUserMapping({ user: 'public', server: 's' }) }],
    publication: [{ ...base(1), ...aPublication({ name: 'p', allTables: true }) }],
    routine: [{ ...base(1), ...aRoutine({ name: 'touch', returns: 'trigger', body: { kind: 'string', text: 'begin\nend' } }) }],
    table: [users, orders],
    column: [column, { ...column, ...base(2), name: 'email' }],
    sequence: [{ ...base(1), ...sequence, ownedBy: { tableId: users.id, columnId: column.id } }],
    constraint: [
      { ...base(1), ...primaryKey, tableId: users.id, columnIds: [column.id], includeIds: [] },
      {
        ...base(2),
        ...foreignKey,
        tableId: orders.id,
        columnIds: [],
        references: { tableId: users.id, columnIds: [column.id] },
        onDeleteColumnIds: [],
      },
      { ...base(3), ...aCheck({ name: 'positive', expression: 'id > 0' }), tableId: users.id },
    ],
    view: [activeView],
    index: [
      { ...base(1), ...index, tableId: users.id, viewId: null, elements: [], includeIds: [] },
      { ...base(2), ...index, name: 'active_idx', tableId: null, viewId: activeView.id, elements: [], includeIds: [] },
    ],
    trigger: [{ ...base(1), ...trigger, tableId: users.id, viewId: null, events: [{ kind: 'insert', columnIds: [], viewColumns: [] }] }],
    rule: [{ ...base(1), ...aRule({ name: 'r', event: 'insert', commands: 'NOTHING' }), tableId: null, viewId: activeView.id }],
    policy: [{ ...base(1), ...aPolicy({ name: 'own' }), tableId: users.id }],
    eventTrigger: [
      { ...base(1), ...anEventTrigger({ name: 'audit', event: 'ddl_command_end', function: { namespace: 'public', name: 'a' } }) },
    ],
    statistics: [{ ...base(1), ...aStatistics({ name: 's', elements: ['a', 'b'], table: { namespace: 'public', name: 'users' } }) }],
    privilege: [
      {
        ...base(1),
        ...aPrivilege({
          kind: 'grant',
          on: 'table',
          objects: [{ namespace: 'public', name: 'users', arguments: null }],
          roles: ['reader'],
        }),
      },
    ],
    opaque: [{ ...base(1), ...anOpaque({ sql: 'CREATE OPERATOR', reason: 'CREATE OPERATOR', position: { statement: 1, line: 1 } }) }],
  }
}
