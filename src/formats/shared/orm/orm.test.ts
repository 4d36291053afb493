import { expect, test } from 'vitest'
import {
  aCast,
  aColumn,
  aDomain,
  aForeignKey,
  anArgument,
  anEnum,
  anOperator,
  aPrimaryKey,
  aPublication,
  aRoutine,
  aSchema,
  aSequence,
  aTable,
  aTextSearchDictionary,
  aUnique,
  aView,
  schemaLists,
  type SchemaList,
} from '#core/schema/index.ts'
import { catalogOf } from './catalog.ts'
import { defaultName, isOwnCast, parseDefault, serialFit } from './defaults.ts'
import { columnFinder } from './find-columns.ts'
import { Losses } from './losses.ts'
import { qualify } from './qualify.ts'
import { nameRelationships, relationshipsOf } from './relationships.ts'
import { relationsIn } from './relations-in.ts'
import { schemaLosses } from './schema-losses.ts'
import { viewColumns, withColumnNames } from './view-columns.ts'

const users = aTable({
  name: 'users',
  columns: [aColumn({ name: 'id', type: 'integer', nullable: false }), aColumn({ name: 'email', type: 'text' })],
  constraints: [aPrimaryKey({ name: 'users_pkey', columns: ['id'] })],
})
const posts = aTable({ name: 'posts', columns: [aColumn({ name: 'user_id', type: 'integer' }), aColumn({ name: 'Title', type: 'text' })] })

test.each([
  ['NULL::text', { kind: 'null' }],
  ['TRUE', { kind: 'boolean', value: true }],
  ['(0)', { kind: 'number', text: '0' }],
  ["'it''s'::character varying", { kind: 'string', value: "it's", cast: 'character varying' }],
  ["nextval('a.b_seq'::regclass)", { kind: 'nextval', sequence: 'a.b_seq' }],
  ["nextval(('b_seq'::text)::regclass)", { kind: 'nextval', sequence: 'b_seq' }],
  ["'a' || 'b'", { kind: 'expression', text: "'a' || 'b'" }],
  ['(a) + (b)', { kind: 'expression', text: '(a) + (b)' }],
])('the default %s is understood', (text, value) => {
  expect(parseDefault(text)).toEqual(value)
})

test('a cast to the own type says nothing, another one does', () => {
  expect(isOwnCast('character varying', 'character varying(20)')).toBe(true)
  expect(isOwnCast('bpchar', 'character(3)')).toBe(true)
  expect(isOwnCast('text', 'character varying(20)')).toBe(false)
  expect(isOwnCast('text', 'text[]')).toBe(false)
})

test('types are found by name, through the search path, down to a domain’s base', () => {
  const catalog = catalogOf(
    aSchema({
      enums: [anEnum({ namespace: 'app', name: 'state', values: ['a'] })],
      domains: [aDomain({ name: 'mail', type: 'varchar(9)' })],
    }),
  )
  expect(catalog.type('app.state[]')).toMatchObject({ kind: 'enum', dimensions: 1 })
  expect(catalog.type('state', 'app, public')).toMatchObject({ kind: 'enum' })
  expect(catalog.type('mail')).toMatchObject({ kind: 'domain', base: { kind: 'builtin', name: 'character varying', modifier: '9' } })
  expect(catalog.type('geography(Point,4326)')).toMatchObject({ kind: 'other', name: 'geography', modifier: 'Point,4326' })
})

test('a table has the columns of its parents', () => {
  const child = aTable({
    name: 'child',
    columns: [aColumn({ name: 'own', type: 'text' })],
    inherits: [{ namespace: 'public', name: 'users' }],
  })
  const { tables } = catalogOf(aSchema({ tables: [users, child] }))
  expect(tables[1]?.columns.map(({ name }) => name)).toEqual(['id', 'email', 'own'])
})

test('a column counts serially only with the sequence it owns', () => {
  const column = aColumn({ name: 'id', type: 'integer', nullable: false, default: "nextval('t_id_seq'::regclass)" })
  const table = aTable({ name: 't', columns: [column] })
  const of = (init: Partial<Parameters<typeof aSequence>[0]>) =>
    serialFit(
      catalogOf(aSchema({ tables: [table], sequences: [aSequence({ name: 't_id_seq', type: 'integer', ...init })] })),
      table,
      column,
    )
  const ownedBy = { namespace: 'public', table: 't', column: 'id' }
  expect(of({})).toBeUndefined()
  expect(of({ ownedBy })).toMatchObject({ differences: [], otherType: null })
  expect(of({ ownedBy, type: 'bigint', cycle: true })).toMatchObject({ differences: ['cycles'], otherType: 'bigint' })
})

test('default names are cut as PostgreSQL cuts them', () => {
  expect(defaultName('a'.repeat(40), 'b'.repeat(40), 'seq')).toBe(`${'a'.repeat(29)}_${'b'.repeat(29)}_seq`)
  expect(defaultName('t', 'c', 'seq')).toBe('t_c_seq')
})

test('a view’s columns are read off its query as far as that is certain', () => {
  const schema = aSchema({ tables: [users, posts], views: [aView({ name: 'base', definition: 'SELECT u.*, 1 AS one FROM users u' })] })
  const find = columnFinder(catalogOf(schema))
  const read = (definition: string, columnNames: readonly string[] = []) =>
    viewColumns(aView({ name: 'v', definition, columnNames: [...columnNames] }), find)?.map(
      ({ name, type, nullable }) => `${name} ${type}${nullable ? '' : '!'}`,
    )
  expect(read('SELECT id, email AS mail, lower(email) FROM users')).toEqual(['id integer!', 'mail text', 'lower null'])
  expect(read('SELECT p."Title" t, count(*) AS n FROM (users u JOIN posts p ON (p.user_id = u.id)) GROUP BY 1')).toEqual([
    't text',
    'n bigint',
  ])
  expect(read('SELECT * FROM base')).toEqual(['id integer!', 'email text', 'one integer!'])
  expect(read('WITH x AS (SELECT 1 AS a) SELECT (a)::text, now() AS at FROM x WHERE a IN (SELECT id FROM users)')).toEqual([
    'a text',
    'at timestamp with time zone',
  ])
  expect(read('SELECT id FROM users UNION SELECT user_id FROM posts')).toEqual(['id integer'])
  expect(read('SELECT id, 1 + 1 FROM users')).toBeUndefined()
  expect(read('SELECT id, 1 + 1 FROM users', ['a', 'b'])).toEqual(['a integer!', 'b null'])
  expect(
    read("SELECT sum(id) s, max(email) AS m, coalesce(email, '-') AS c, coalesce(id, 0.5) AS h, array_agg(id) AS l FROM users"),
  ).toEqual(['s bigint', 'm text', 'c text', 'h null', 'l integer[]'])
  expect(read('SELECT count(*) FILTER (WHERE id > 1) OVER (PARTITION BY id) AS n, true AS t, constructor(id) FROM users')).toEqual([
    'n bigint',
    't boolean!',
    'constructor null',
  ])
  expect(read('SELECT * FROM generate_series(1, 2)')).toBeUndefined()
  expect(read('VALUES (1)')).toBeUndefined()
})

test('a view’s columns have the types of the functions of the schema', () => {
  const routines = [
    aRoutine({ name: 'f', returns: 'numeric(6,2)' }),
    aRoutine({ name: 'g', returns: 'text' }),
    aRoutine({ name: 'g', returns: 'integer' }),
  ]
  const views = [aView({ name: 'v', definition: 'SELECT public.f(id), g(id), other.f(id) AS h FROM users' })]
  const find = columnFinder(catalogOf(aSchema({ tables: [users], routines, views })))
  expect(find({ namespace: 'public', name: 'v' })?.map(({ name, type }) => [name, type])).toEqual([
    ['f', 'numeric(6,2)'],
    ['g', null],
    ['h', null],
  ])
})

test('a column list moves into the query', () => {
  const named = (definition: string) => withColumnNames(aView({ name: 'v', definition, columnNames: ['a', 'B'] }))
  expect(named('SELECT id, count(*) AS n FROM users GROUP BY id')).toBe('SELECT id AS a, count(*) AS "B" FROM users GROUP BY id')
  expect(named('SELECT * FROM users')).toBeUndefined()
})

test('what a search path found is said', () => {
  const catalog = catalogOf(
    aSchema({
      tables: [aTable({ namespace: 'app', name: 't' })],
      enums: [anEnum({ namespace: 'app', name: 'state', values: [] })],
      sequences: [aSequence({ namespace: 'app', name: 's' })],
      routines: [aRoutine({ namespace: 'app', name: 'f' })],
    }),
  )
  const sql = "SELECT f(x), 'a'::state, nextval('s'), lower(f) FROM t WHERE other.f(1) > 0"
  expect(qualify(catalog, sql, 'app')).toBe("SELECT app.f(x), 'a'::app.state, nextval('app.s'), lower(f) FROM app.t WHERE other.f(1) > 0")
  expect(qualify(catalog, sql, null)).toBe(sql)
})

test('relationships know whether they are single, optional and ambiguous, and get names of their own', () => {
  const fk = (name: string, column: string) =>
    aForeignKey({ name, columns: [column], references: { namespace: 'public', table: 'users', columns: ['id'] } })
  const profile = aTable({
    name: 'profiles',
    columns: [aColumn({ name: 'user_id', type: 'integer', nullable: false }), aColumn({ name: 'users', type: 'integer' })],
    constraints: [fk('a', 'user_id'), fk('b', 'users'), aUnique({ name: 'u', columns: ['user_id'] })],
  })
  const catalog = catalogOf(aSchema({ tables: [users, profile] }))
  const found = relationshipsOf(catalog)
  expect(found.map(({ isOneToOne, isOptional, isAmbiguous }) => [isOneToOne, isOptional, isAmbiguous])).toEqual([
    [true, false, true],
    [false, true, true],
  ])
  const names = nameRelationships(found, {
    table: ({ name }) => name,
    fields: ({ columns }) => columns.map(({ name }) => name),
    reserved: [],
    alphabet: { unicode: true, prefix: '_' },
  })
  expect([...names.values()]).toEqual([
    { forward: 'user', backward: 'profileByUser' },
    { forward: 'usersUser', backward: 'profilesByUsersUser' },
  ])
})

test('what a target does not write is reported, whatever list it is in', () => {
  const schema = aSchema({
    casts: [aCast({ source: 'text', target: 'mail', method: 'inout' })],
    operators: [anOperator({ name: '===', right: 'text', function: 'same' })],
    routines: [aRoutine({ name: 'f', arguments: [anArgument({ type: 'integer' })] }), aRoutine({ name: 'a', kind: 'aggregate' })],
    textSearch: [aTextSearchDictionary({ name: 'd', template: 'simple' })],
    publications: [aPublication({ name: 'p' })],
    enums: [anEnum({ name: 'e', values: ['a'], comment: 'kept' })],
  })
  const lossesFor = (writes: readonly SchemaList[]) => {
    const losses = new Losses()
    schemaLosses(catalogOf(schema), { name: 'X', commentsAs: 'a remark', writes }, losses)
    return losses.list.map(({ code, kind, object, message }) => `${code} ${kind} ${object}: ${message}`)
  }
  expect(lossesFor(['enums'])).toEqual([
    'routine function public.f(integer): X has no functions.',
    'routine aggregate public.a(): X has no aggregates.',
    'operator operator public.===(NONE, text): X has no operators.',
    'cast cast text AS mail: X has no casts.',
    'text-search text search dictionary public.d: X has no text search dictionaries.',
    'publication publication p: X has no publications.',
    'comment enum public.e: The comment is kept as a remark; X does not write it to the database.',
  ])
  expect(lossesFor(schemaLists)).toHaveLength(1)
  expect(lossesFor([])[0]).toBe('enum enum public.e: X has no enums.')
})

test('what a query reads is found in its FROM clauses, wherever they are', () => {
  const read = (sql: string) => relationsIn(sql).map(({ namespace, name }) => (namespace === null ? name : `${namespace}.${name}`))
  expect(
    read('SELECT a, b AS c, t.d FROM s."T" t, ONLY u LEFT JOIN (v JOIN w USING (x)) ON y = (SELECT max(z) FROM q) WHERE r = 1'),
  ).toEqual(['s.T', 'u', 'v', 'w', 'q'])
  expect(
    read('WITH one AS (SELECT 1 FROM a), two (x) AS MATERIALIZED (SELECT x FROM one) SELECT * FROM two, public.one, f(g) AS h'),
  ).toEqual(['a', 'public.one'])
})
