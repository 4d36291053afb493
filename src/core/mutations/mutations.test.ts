import { beforeEach, describe, expect, test } from 'vitest'
import { foreignKeysOf, primaryKeyOf, relationshipsOf } from '../project/relationships.ts'
import { rowsToSchema, schemaToRows } from '../project/schema.ts'
import { ProjectStore } from '../project/store.ts'
import { aCheck, aColumn, anIndex, anIndexElement, aPolicy, aSchema, aTable, aTrigger, aView } from '../schema/index.ts'
import { mutations } from './all.ts'
import { runMutation } from './run.ts'

const projectId = '0198f2b4-0000-7000-8000-000000000000'
const limits = { tablesPerProject: 20, columnsPerTable: 5 }
const idOf = (n: number) => `0198f2b4-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const [users, posts, userId, postId, email, author] = [1, 2, 3, 4, 5, 6].map((n) => idOf(n * 0x100)) as [
  string,
  string,
  string,
  string,
  string,
  string,
]

let store: ProjectStore
const run = (name: string, args: unknown) => runMutation(store, name, args, { projectId, limits })
const must = (name: string, args: unknown) => {
  const result = run(name, args)
  expect(result).toMatchObject({ kind: 'done' })
  return result.diagnostics
}
const refusal = (name: string, args: unknown) => {
  const before = store.rows()
  const result = run(name, args)
  expect(result.kind).toBe('refused')
  expect(store.rows()).toEqual(before)
  return result.diagnostics[0]
}
const table = (name: string) => rowsToSchema(store).tables.find((one) => one.name === name)

beforeEach(() => {
  store = new ProjectStore()
  must('tables.create', {
    id: users,
    projectId,
    name: 'users',
    positionX: 0,
    positionY: 0,
    columns: [
      { id: userId, name: 'id', dataType: 'uuid', isPrimaryKey: true },
      { id: email, name: 'email', dataType: 'varchar(255)', isNullable: false },
    ],
  })
  must('tables.create', { id: posts, name: 'posts', positionX: 10, positionY: 0 })
  must('columns.create', { id: postId, tableId: posts, name: 'id', dataType: 'bigserial', isPrimaryKey: true })
  must('columns.create', { id: author, tableId: posts, name: 'author_id', dataType: 'uuid' })
})

const link = (more: object = {}) => ({
  id: idOf(0x900),
  sourceTableId: posts,
  sourceColumnId: author,
  targetTableId: users,
  targetColumnId: userId,
  relationType: 'one-to-many',
  ...more,
})

test('every mutation has a name of its own, refuses nonsense and unknown keys, and changes nothing then', () => {
  for (const [name] of mutations) {
    for (const args of [undefined, null, 7, [], {}, { id: 'x' }, { __proto__: 1, surprise: true }]) refusal(name, args)
  }
  for (const name of ['__proto__', 'constructor', '', 'tables.createX']) expect(refusal(name, {})?.code).toBe('unknown-mutation')
})

describe('tables', () => {
  test('are made with their columns, types spelled as PostgreSQL does, names generated as PostgreSQL does', () => {
    expect(table('users')).toMatchObject({
      columns: [
        { name: 'id', type: 'uuid', nullable: false },
        { name: 'email', type: 'character varying(255)', nullable: false },
      ],
      constraints: [{ kind: 'primaryKey', name: 'users_pkey', columns: ['id'] }],
    })
    expect(table('posts')?.columns[0]).toMatchObject({
      type: 'bigint',
      nullable: false,
      default: `nextval('public.posts_id_seq'::regclass)`,
    })
    expect(rowsToSchema(store).sequences).toMatchObject([
      { name: 'posts_id_seq', ownedBy: { namespace: 'public', table: 'posts', column: 'id' } },
    ])
  })

  test('share their names with views, sequences, indexes and types', () => {
    for (const name of ['users', 'posts_id_seq', 'users_pkey']) {
      expect(refusal('tables.create', { id: idOf(99), name, positionX: 0, positionY: 0 })?.code).toBe('duplicate-name')
    }
    must('tables.create', { id: idOf(99), name: 'users', namespace: 'app', positionX: 0, positionY: 0 })
    expect(store.all('namespace').map(({ name }) => name)).toEqual(['app'])
  })

  test.each([
    ['', 'empty-name'],
    ['é'.repeat(32), 'name-too-long'],
    ['a\0b', 'bad-arguments'],
    ['\ud800', 'bad-arguments'],
  ])('cannot be called %j', (name, code) => {
    expect(refusal('tables.update', { id: users, name })?.code).toBe(code)
  })

  test('stay within the limits of the project', () => {
    for (let n = 0; n < 18; n += 1) must('tables.create', { id: idOf(2000 + n), name: `t${n}`, positionX: 0, positionY: 0 })
    expect(refusal('tables.create', { id: idOf(99), name: 'one_more', positionX: 0, positionY: 0 })?.code).toBe('too-many-tables')
    expect(refusal('tables.duplicate', { id: users, newId: idOf(99), offsetX: 1, offsetY: 1 })?.code).toBe('too-many-tables')
  })

  test('that are deleted take their columns, keys, sequences and the foreign keys to them along', () => {
    must('relationships.create', link())
    must('tables.delete', { id: users })
    expect(table('posts')?.constraints.map(({ kind }) => kind)).toEqual(['primaryKey'])
    must('tables.delete', { ids: [posts, users] })
    expect(store.rows()).toEqual({})
  })

  test('move together, and those that are gone are passed over', () => {
    must('tables.move', {
      moves: [
        { id: users, positionX: 5, positionY: -6.5 },
        { id: idOf(77), positionX: 1, positionY: 1 },
      ],
    })
    expect(store.get('table', users)).toMatchObject({ positionX: 5, positionY: -6.5 })
    expect(refusal('tables.move', { moves: [{ id: users, positionX: Infinity, positionY: 0 }] })?.code).toBe('bad-arguments')
  })

  test('are duplicated with names of their own', () => {
    must('relationships.create', link({ onDelete: 'cascade' }))
    must('tables.duplicate', { id: posts, newId: idOf(0x9900), offsetX: 20, offsetY: 30 })
    expect(table('posts_copy')).toMatchObject({
      columns: [{ name: 'id', default: `nextval('public.posts_copy_id_seq'::regclass)` }, { name: 'author_id' }],
      constraints: [
        { name: 'posts_copy_pkey' },
        { name: 'posts_copy_author_id_fkey', references: { table: 'users' }, onDelete: 'cascade' },
      ],
    })
    expect(store.get('table', idOf(0x9900))).toMatchObject({ positionX: 30, positionY: 30 })
    must('tables.duplicate', { id: posts, newId: idOf(0x9800), offsetX: 20, offsetY: 30 })
    expect(table('posts_copy_2')?.constraints[0]?.name).toBe('posts_copy_2_pkey')
  })

  test('of another project are refused', () => {
    expect(refusal('tables.update', { id: users, projectId: idOf(1), name: 'x' })?.code).toBe('other-project')
  })
})

describe('columns', () => {
  test('are unique in their table and within the limits', () => {
    expect(refusal('columns.create', { id: idOf(50), tableId: users, name: 'email', dataType: 'text' })?.code).toBe('duplicate-column')
    expect(refusal('columns.create', { id: idOf(50), tableId: users, name: 'ctid', dataType: 'text' })?.code).toBe('system-column-name')
    for (let n = 0; n < 3; n += 1) must('columns.create', { id: idOf(50 + n), tableId: users, name: `c${n}`, dataType: 'text' })
    expect(refusal('columns.create', { id: idOf(60), tableId: users, name: 'more', dataType: 'text' })?.code).toBe('too-many-columns')
  })

  test.each(['', 'text; drop table users', "text default 'x'", 'text)', 'text /*', '"x'])('cannot be of type %j', (dataType) => {
    expect(refusal('columns.update', { id: email, dataType })?.code).toBe('bad-type')
  })

  test.each(["'x", '1); drop table users', 'f(', '/* */', '$$x', "e'x\\'"])('cannot have the default %j', (defaultValue) => {
    expect(refusal('columns.update', { id: email, defaultValue })?.code).toBe('bad-expression')
  })

  test('ask for quotes when a default reads as a name', () => {
    expect(refusal('columns.update', { id: email, defaultValue: 'active' })).toMatchObject({
      code: 'default-is-a-name',
      hint: "Did you mean 'active' in quotes?",
    })
    must('columns.update', { id: email, defaultValue: "'active' -- note" })
    expect(store.get('column', email)?.default).toBe("'active'")
    must('columns.update', { id: email, defaultValue: null })
    expect(store.get('column', email)?.default).toBe(null)
  })

  test('in the primary key are NOT NULL, and a key that is referred to stays', () => {
    expect(refusal('columns.update', { id: userId, isNullable: true })?.code).toBe('primary-key-not-null')
    must('relationships.create', link())
    expect(refusal('columns.update', { id: userId, isPrimaryKey: false })?.code).toBe('key-in-use')
    must('relationships.delete', { id: idOf(0x900) })
    must('columns.update', { id: userId, isPrimaryKey: false, isNullable: true })
    expect(table('users')?.constraints).toEqual([])
  })

  test('may be typed with aliases and comments', () => {
    must('columns.update', { id: email, dataType: ' timestamptz (3) -- when' })
    expect(store.get('column', email)?.type).toBe('timestamp(3) with time zone')
  })

  test('become unique under the name that PostgreSQL gives', () => {
    must('columns.update', { id: email, isUnique: true })
    expect(table('users')?.constraints[1]).toMatchObject({ kind: 'unique', name: 'users_email_key', columns: ['email'] })
    must('columns.update', { id: email, isUnique: false })
    expect(table('users')?.constraints).toHaveLength(1)
  })

  test('are one of default, identity and generated', () => {
    expect(refusal('columns.update', { id: postId, identity: 'always' })?.code).toBe('default-conflict')
    must('columns.update', { id: postId, identity: 'always', defaultValue: null })
    expect(store.get('column', postId)?.identity?.kind).toBe('always')
    expect(refusal('columns.update', { id: email, identity: 'always' })?.code).toBe('identity-type')
  })

  test('that are deleted take keys and foreign keys of both ends along', () => {
    must('relationships.create', link())
    must('columns.update', { id: author, isUnique: true })
    must('columns.delete', { id: userId })
    expect(table('users')?.constraints).toEqual([])
    expect(table('posts')?.constraints.map(({ kind }) => kind)).toEqual(['primaryKey', 'unique'])
    must('columns.delete', { id: author })
    must('columns.delete', { id: postId })
    expect(rowsToSchema(store).sequences).toEqual([])
  })

  test('are put in order; those that somebody just added come last', () => {
    must('columns.create', { id: idOf(50), tableId: users, name: 'new', dataType: 'text' })
    must('columns.reorder', { tableId: users, columnIds: [email, userId] })
    expect(table('users')?.columns.map(({ name }) => name)).toEqual(['email', 'id', 'new'])
    expect(refusal('columns.reorder', { tableId: users, columnIds: [author] })?.code).toBe('other-table')
  })

  test('of a project type are quoted where needed', () => {
    must('enumTypes.create', { id: idOf(50), name: 'Mood', values: ['sad'] })
    must('columns.update', { id: email, dataType: 'Mood[]' })
    expect(store.get('column', email)?.type).toBe('"Mood"[]')
  })
})

describe('relationships', () => {
  test('are foreign keys, drawn from uniqueness and nullability', () => {
    must('relationships.create', link())
    expect(relationshipsOf(store)).toMatchObject([
      {
        relationType: 'one-to-many',
        source: { tableId: posts, many: true, optional: true },
        target: { tableId: users, many: false, optional: true },
      },
    ])
    must('relationships.update', { id: idOf(0x900), relationType: 'one-to-one', onDelete: 'cascade' })
    must('columns.update', { id: author, isNullable: false })
    expect(table('posts')?.constraints).toMatchObject([
      {},
      { name: 'posts_author_id_fkey', onDelete: 'cascade' },
      { name: 'posts_author_id_key' },
    ])
    expect(relationshipsOf(store)).toMatchObject([{ relationType: 'one-to-one', source: { many: false }, target: { optional: false } }])
    must('relationships.update', { id: idOf(0x900), relationType: 'one-to-many' })
    expect(relationshipsOf(store)).toMatchObject([{ relationType: 'one-to-many' }])
  })

  test('between types that PostgreSQL does not compare, or to columns that are no key, are refused', () => {
    expect(refusal('relationships.create', link({ sourceColumnId: postId }))?.code).toBe('incompatible-types')
    must('columns.create', { id: idOf(50), tableId: posts, name: 'mail', dataType: 'text' })
    expect(refusal('relationships.create', link({ sourceColumnId: idOf(50), targetColumnId: email }))?.code).toBe('no-unique-key')
    must('columns.update', { id: email, isUnique: true })
    must('relationships.create', link({ sourceColumnId: idOf(50), targetColumnId: email }))
    expect(must('columns.update', { id: email, dataType: 'integer' })).toMatchObject([{ code: 'incompatible-types', severity: 'warning' }])
  })

  test('make the column that they need', () => {
    must('relationships.create', link({ sourceColumnId: null, newColumnId: idOf(50), relationType: 'one-to-one' }))
    expect(table('posts')?.columns[2]).toMatchObject({ name: 'user_id', type: 'uuid' })
    expect(table('posts')?.constraints[2]).toMatchObject({ name: 'posts_user_id_key' })
  })

  test('many-to-many make a junction table', () => {
    must('relationships.create', link({ relationType: 'many-to-many', junctionTableId: idOf(70) }))
    expect(table('posts_users')).toMatchObject({
      columns: [
        { name: 'post_id', type: 'bigint', nullable: false },
        { name: 'user_id', type: 'uuid', nullable: false },
      ],
      constraints: [
        { kind: 'primaryKey', name: 'posts_users_pkey', columns: ['post_id', 'user_id'] },
        { kind: 'foreignKey', name: 'posts_users_post_id_fkey', onDelete: 'cascade' },
        { kind: 'foreignKey', name: 'posts_users_user_id_fkey' },
      ],
    })
    expect(relationshipsOf(store).map(({ junctionTableId }) => junctionTableId)).toEqual([idOf(70), idOf(70)])
  })

  test('of several columns need a key of just those', () => {
    const pairs = { sourceColumnId: undefined, targetColumnId: undefined }
    must('columns.create', { id: idOf(51), tableId: posts, name: 'mail', dataType: 'text' })
    const columnPairs = [
      { sourceColumnId: author, targetColumnId: userId },
      { sourceColumnId: idOf(51), targetColumnId: email },
    ]
    expect(refusal('relationships.create', link({ ...pairs, columnPairs }))?.code).toBe('no-unique-key')
    must('columns.update', { id: email, isPrimaryKey: true })
    must('relationships.create', link({ ...pairs, columnPairs }))
    expect(foreignKeysOf(store, posts)[0]?.columnIds).toEqual([author, idOf(51)])
    expect(primaryKeyOf(store, users)?.columnIds).toEqual([userId, email])
    expect(refusal('relationships.create', link({ ...pairs, columnPairs, id: idOf(0x901) }))?.code).toBe('duplicate-relationship')
  })
})

describe('indexes', () => {
  const onEmail = (more: object = {}) => ({ id: idOf(60), tableId: users, elements: [{ columnId: email }], ...more })

  test('are named as PostgreSQL names them, and may be partial, on expressions and unique', () => {
    must('indexes.create', onEmail())
    must(
      'indexes.create',
      onEmail({
        id: idOf(61),
        unique: true,
        elements: [{ expression: 'lower(email)' }, { columnId: userId, order: 'desc' }],
        predicate: 'email <> $$ $$',
      }),
    )
    expect(table('users')?.indexes).toMatchObject([
      { name: 'users_email_idx', elements: [{ column: 'email' }] },
      {
        name: 'users_expr_id_idx',
        unique: true,
        elements: [{ expression: 'lower(email)' }, { column: 'id', order: 'desc' }],
        predicate: 'email <> $$ $$',
      },
    ])
  })

  test.each([
    [{ elements: [{}] }, 'bad-arguments'],
    [{ elements: [{ columnId: author }] }, 'other-table'],
    [{ name: 'posts' }, 'duplicate-name'],
    [{ predicate: 'x; drop' }, 'bad-expression'],
    [{ unique: true, method: 'gin' }, 'not-unique'],
  ])('as %j are refused', (more, code) => {
    expect(refusal('indexes.create', onEmail(more))?.code).toBe(code)
  })

  test('that a foreign key relies on stay', () => {
    must('columns.update', { id: email, dataType: 'uuid' })
    must('indexes.create', onEmail({ unique: true }))
    must('relationships.create', link({ targetColumnId: email }))
    expect(refusal('indexes.delete', { id: idOf(60) })?.code).toBe('key-in-use')
    must('relationships.delete', { id: idOf(0x900) })
    must('indexes.delete', { id: idOf(60) })
  })
})

describe('enum types', () => {
  const mood = idOf(80)
  beforeEach(() => {
    must('enumTypes.create', { id: mood, name: 'mood', values: ['sad', 'ok'] })
    must('columns.create', { id: idOf(81), tableId: posts, name: 'mood', dataType: 'mood', defaultValue: "'ok'::mood" })
  })

  test('are followed by columns and defaults', () => {
    must('enumTypes.update', { id: mood, name: 'feeling', renameValue: { from: 'ok', to: "o'k" } })
    expect(store.get('column', idOf(81))).toMatchObject({ type: 'feeling', default: "'o''k'::feeling" })
    expect(store.get('enumType', mood)?.values).toEqual(['sad', "o'k"])
  })

  test('are kept while something is of their type', () => {
    expect(refusal('enumTypes.delete', { id: mood })?.message).toContain('"posts.mood"')
    expect(refusal('enumTypes.update', { id: mood, values: ['sad'] })?.code).toBe('value-in-use')
    must('columns.delete', { id: idOf(81) })
    must('enumTypes.delete', { id: mood })
  })

  test('have each value once, and a name that no table has', () => {
    expect(refusal('enumTypes.update', { id: mood, values: ['a', 'a'] })?.code).toBe('duplicate-value')
    expect(refusal('enumTypes.create', { id: idOf(90), name: 'users', values: [] })?.code).toBe('duplicate-name')
  })
})

test('a renamed column and table are followed by everything that names them', () => {
  const people = aTable({
    name: 'people',
    columns: [aColumn({ name: 'mail', type: 'text' })],
    constraints: [aCheck({ name: 'c', expression: "people.mail ~ '@'" })],
    indexes: [anIndex({ name: 'i', elements: [anIndexElement({ expression: 'lower(mail)' })], predicate: 'mail IS NOT NULL' })],
    policies: [aPolicy({ name: 'p', using: 'mail = current_user' })],
    triggers: [
      aTrigger({
        name: 't',
        timing: 'before',
        events: [{ kind: 'update', columns: ['mail'] }],
        function: { namespace: 'public', name: 'f' },
        when: '(new.mail <> old.mail)',
      }),
    ],
  })
  let next = 0
  store = ProjectStore.from(
    schemaToRows(aSchema({ tables: [people], views: [aView({ name: 'v', definition: 'SELECT people.mail FROM public.people' })] }), () =>
      idOf((next += 1)),
    ),
  )
  const [row] = store.all('table')
  const [column] = store.all('column')
  expect(must('columns.update', { id: column?.id, name: 'E-Mail' })).toMatchObject([
    { code: 'check-by-hand', message: '"people.mail" is mentioned in view "v".' },
  ])
  must('tables.update', { id: row?.id, name: 'humans', namespace: 'app' })
  const schema = rowsToSchema(store)
  expect(schema.tables[0]).toMatchObject({
    namespace: 'app',
    constraints: [{ expression: `humans."E-Mail" ~ '@'` }],
    indexes: [{ elements: [{ expression: 'lower("E-Mail")' }], predicate: '"E-Mail" IS NOT NULL' }],
    policies: [{ using: '"E-Mail" = current_user' }],
    triggers: [{ events: [{ columns: ['E-Mail'] }], when: '(new."E-Mail" <> old."E-Mail")' }],
  })
  expect(schema.views[0]?.definition).toBe('SELECT people."E-Mail" AS mail FROM app.humans people')
})

test('viewers change nothing', () => {
  expect(runMutation(store, 'tables.delete', { id: users }, { projectId, limits, role: 'viewer' })).toMatchObject({
    kind: 'refused',
    diagnostics: [{ code: 'forbidden' }],
  })
})
