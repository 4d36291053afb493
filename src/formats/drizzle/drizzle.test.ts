import { readFileSync } from 'node:fs'
import { format } from 'oxfmt'
import { expect, test } from 'vitest'
import {
  aCheck,
  aColumn,
  aDomain,
  aForeignKey,
  aGenerated,
  anEnum,
  anIdentity,
  anIndex,
  anIndexElement,
  aPolicy,
  anArgument,
  aPrimaryKey,
  aRoutine,
  aSchema,
  aSequence,
  aSequenceOptions,
  aTable,
  aTrigger,
  aUnique,
  aView,
  type Column,
  type Schema,
  type Table,
} from '#core/schema/index.ts'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import { exportDrizzle } from './exporter.ts'

const codeOf = (schema: Schema): string => exportDrizzle(schema).files[0]?.text ?? ''
/** Without the layout: neither space nor trailing commas. */
const squeezed = (code: string): string => code.replace(/\s+/g, '').replace(/,([)\]}]|$)/g, '$1')
const lossesOf = (schema: Schema): readonly string[] => exportDrizzle(schema).losses.map(({ code, object }) => `${code} ${object}`)
const ofTable = (table: Parameters<typeof aTable>[0]): Schema => aSchema({ tables: [aTable(table)] })
const lineOf = (column: Parameters<typeof aColumn>[0], rest: Partial<Schema> = {}): string => {
  const table = aTable({ name: 't', columns: [aColumn(column)] })
  const lines = codeOf(aSchema({ ...rest, tables: [table] })).match(/pgTable\('t', \{\n {2}([^]*?),\n\}/)?.[1] ?? ''
  return lines.replace(/\n\s+(?=\.)/g, '')
}
const id: Column = aColumn({ name: 'id', type: 'integer', nullable: false })
const users: Table = aTable({ name: 'users', columns: [id], constraints: [aPrimaryKey({ name: 'users_pkey', columns: ['id'] })] })
const to = (table: string, columns = ['id'], namespace = 'public') => ({ namespace, table, columns })

test('GEN-2 a table reads as a person would write it', () => {
  const email = aColumn({ name: 'email', type: 'character varying(255)', nullable: false, comment: 'login' })
  const created = aColumn({ name: 'created_at', type: 'timestamp with time zone', nullable: false, default: 'now()' })
  const table = aTable({
    ...users,
    columns: [id, email, created],
    constraints: [...users.constraints, aUnique({ name: 'users_email_key', columns: ['email'] })],
  })
  expect(codeOf(aSchema({ tables: [table] }))).toBe(`import { integer, pgTable, timestamp, varchar } from 'drizzle-orm/pg-core';

export const users = pgTable('users', {
  id: integer().primaryKey(),
  /** login */
  email: varchar({ length: 255 }).notNull().unique('users_email_key'),
  createdAt: timestamp('created_at', { withTimezone: true }).defaultNow().notNull(),
});
`)
})

test.each([
  ['bigint', "bigint({ mode: 'bigint' })"],
  ['numeric(12,2)', 'numeric({ precision: 12, scale: 2 })'],
  ['timestamp(3) without time zone', 'timestamp({ precision: 3 })'],
  ['time(0) with time zone', 'time({ precision: 0, withTimezone: true })'],
  ['interval day to second(3)', "interval({ fields: 'day to second', precision: 3 })"],
  ['character(7)', 'char({ length: 7 })'],
  ['bit(3)', 'bit({ dimensions: 3 })'],
  ['integer[][]', 'integer().array().array()'],
  ['vector(3)', 'vector({ dimensions: 3 })'],
  ['citext', 'citext()'],
  ['bit varying(5)', 'bitVarying5()'],
  ['"char"', 'pgChar()'],
  ['interval(0)', 'interval0()'],
])('GEN-2 %s becomes %s', (type, code) => {
  expect(lineOf({ name: 'a', type })).toBe(`a: ${code}`)
})

test.each([
  ['text', 'text COLLATE "C"'],
  ['character varying(9)', 'varchar(9) COLLATE "C"'],
  // drizzle-kit puts quotes around the whole.
  ['citext', 'citext" COLLATE "C'],
])('GEN-2 a collation is part of the type %s', (type, dataType) => {
  expect(codeOf(ofTable({ name: 't', columns: [aColumn({ name: 'a', type, collation: '"C"' })] }))).toContain(
    `dataType: () => '${dataType}'`,
  )
  expect(lossesOf(ofTable({ name: 't', columns: [aColumn({ name: 'a', type: `${type}[]`, collation: '"C"' })] }))).toEqual([
    'collation public.t.a',
  ])
})

test('GEN-2 types Drizzle lacks are declared once, with the quotes where drizzle-kit needs them', () => {
  const columns = ['citext', 'citext', 'billing.money_t', 'bytea', 'tsvector[]'].map((type, at) => aColumn({ name: `c${at}`, type }))
  const code = codeOf(ofTable({ name: 't', columns }))
  expect(code.match(/'citext'/g)).toHaveLength(1)
  expect(code).toContain(`dataType: () => 'billing"."money_t'`)
  expect(code).toContain('customType<{ data: Uint8Array }>')
  expect(code).toContain('c4: tsvector().array()')
})

test.each([
  ['integer', "'-1'::integer", '.default(-1)'],
  ['integer', '0', '.default(0)'],
  ['numeric', '0', '.default(sql`0`)'],
  ['text', "'it''s'::text", `.default("it's")`],
  ['character varying(9)', "'x'::text", ".default(sql`'x'::text`)"],
  ['boolean', 'true', '.default(true)'],
  ['text[]', "'{}'::text[]", '.default([])'],
  ['text[]', 'ARRAY[]::text[]', '.default(sql`ARRAY[]::text[]`)'],
  ['jsonb', `'{"a":[1]}'::jsonb`, '.default({ a: [1] })'],
  ['jsonb', `'{"a": 1}'::jsonb`, '.default(sql`\'{"a": 1}\'::jsonb`)'],
  ['uuid', 'gen_random_uuid()', '.defaultRandom()'],
  ['timestamp with time zone', 'CURRENT_TIMESTAMP', '.default(sql`CURRENT_TIMESTAMP`)'],
  ['text', "'a`${b}\\c' || 'd'", ".default(sql`'a\\`\\${b}\\\\c' || 'd'`)"],
  ['boolean', '1 IN (1, 2)', '.default(sql`(1 IN (1, 2))`)'],
])('GEN-2 a %s default of %s is a literal only where it means the very same', (type, text, code) => {
  expect(lineOf({ name: 'a', type, default: text })).toMatch(new RegExp(`${code.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`))
})

test('GEN-2 an enum default is checked against the enum', () => {
  const enums = [anEnum({ name: 'status', values: ['new', 'old'] })]
  expect(lineOf({ name: 's', type: 'status', default: "'new'::public.status" }, { enums })).toBe("s: statusEnum().default('new')")
  expect(lineOf({ name: 's', type: 'status', default: "'gone'::status" }, { enums })).toContain('sql`')
})

test('GEN-2 serial, identity and sequences keep what they are', () => {
  const owned = { namespace: 'public', table: 't', column: 'id' }
  const serial = aColumn({ name: 'id', type: 'bigint', nullable: false, default: "nextval('public.t_id_seq'::regclass)" })
  expect(lineOf(serial, { sequences: [aSequence({ name: 't_id_seq', ownedBy: owned })] })).toBe("id: bigserial({ mode: 'bigint' })")
  const odd = aSchema({
    sequences: [aSequence({ name: 't_id_seq', start: '10', ownedBy: owned })],
    tables: [aTable({ name: 't', columns: [serial] })],
  })
  expect(codeOf(odd)).toContain("pgSequence('t_id_seq', { startWith: 10 })")
  expect(lossesOf(odd)).toEqual(['sequence-owner public.t_id_seq'])
  const identity = anIdentity({ kind: 'byDefault', sequence: aSequenceOptions({ max: '9223372036854775806' }) })
  expect(lineOf({ name: 'n', type: 'bigint', identity })).toBe(
    "n: bigint({ mode: 'bigint' }).generatedByDefaultAsIdentity({ maxValue: '9223372036854775806' })",
  )
})

test('GEN-2 generated columns and checks are written as they stand', () => {
  const generated = aColumn({ name: 'low', type: 'text', generated: aGenerated({ expression: 'lower(name)' }) })
  const code = codeOf(ofTable({ name: 't', columns: [generated], constraints: [aCheck({ name: 'c', expression: "low <> 'a;b'" })] }))
  expect(code).toContain('.generatedAlwaysAs(sql`lower(name)`)')
  // drizzle-kit would cut the text at the semicolon.
  expect(code).toContain("check('c', sql`low <> E'a\\\\x3bb'`)")
})

test('GEN-2 foreign keys: named, forward, circular, to the same table, to a table of the same name elsewhere', () => {
  const fk = (name: string, table: string, namespace = 'public') =>
    aForeignKey({ name, columns: ['x'], references: to(table, ['id'], namespace), onDelete: 'setNull' })
  const x = aColumn({ name: 'x', type: 'integer' })
  const make = (name: string, constraints: Table['constraints'], namespace = 'public') =>
    aTable({ namespace, name, columns: [id, x], constraints: [aPrimaryKey({ name: `${name}_pkey`, columns: ['id'] }), ...constraints] })
  const code = codeOf(
    aSchema({ tables: [make('a', [fk('a_b', 'b')]), make('b', [fk('b_a', 'a'), fk('b_b', 'b')]), make('a', [fk('far', 'a')], 'billing')] }),
  )
  expect(squeezed(code)).toContain(
    squeezed("foreignKey({ name: 'a_b', columns: [table.x], foreignColumns: [b.id] }).onDelete('set null'),"),
  )
  expect(squeezed(code)).toContain(squeezed("foreignKey({ name: 'b_b', columns: [table.x], foreignColumns: [table.id] })"))
  expect(squeezed(code)).toContain(squeezed("export const billingA = billingSchema.table('a', "))
  expect(squeezed(code)).toContain(squeezed("foreignKey({ name: 'far', columns: [table.x], foreignColumns: [a.id] })"))
  // Without the type, TypeScript gives up on the circle.
  expect(code.match(/\(table\): PgTableExtraConfigValue\[\] =>/g)).toHaveLength(2)
})

test('GEN-2 relations have both ends under names that do not clash', () => {
  const fk = (column: string, isUnique = false) => [
    aForeignKey({ name: `posts_${column}_fkey`, columns: [column], references: to('users') }),
    ...(isUnique ? [aUnique({ name: `posts_${column}_key`, columns: [column] })] : []),
  ]
  const columns = ['author_id', 'editor_id', 'author'].map((name) => aColumn({ name, type: 'integer' }))
  const posts = aTable({ name: 'posts', columns, constraints: [...fk('author_id'), ...fk('editor_id')] })
  const code = codeOf(aSchema({ tables: [users, posts] }))
  expect(squeezed(code)).toContain(
    squeezed(
      "authorUser: one(users, {\n    fields: [posts.authorId],\n    references: [users.id],\n    relationName: 'posts_author_id_fkey',",
    ),
  )
  expect(squeezed(code)).toContain(squeezed("postsByEditor: many(posts, { relationName: 'posts_editor_id_fkey' })"))
  const single = aTable({
    name: 'profiles',
    columns: [aColumn({ name: 'user_id', type: 'integer' })],
    constraints: [aForeignKey({ name: 'f', columns: ['user_id'], references: to('users') }), aUnique({ name: 'u', columns: ['user_id'] })],
  })
  expect(codeOf(aSchema({ tables: [users, single] }))).toContain('profile: one(profiles),')
})

test('GEN-2 indexes keep method, order, operator class, predicate and options', () => {
  const on = (...elements: Parameters<typeof anIndexElement>[0][]) => elements.map(anIndexElement)
  const columns = ['a', 'b'].map((name) => aColumn({ name, type: 'text' }))
  const indexes = [
    anIndex({
      name: 'i1',
      elements: on({ column: 'a', order: 'desc' }, { column: 'b', order: 'desc', nulls: 'last' }, { column: 'b', nulls: 'first' }),
    }),
    anIndex({ name: 'i2', method: 'gin', elements: on({ column: 'a', opclass: 'gin_trgm_ops' }), options: { fastupdate: 'off' } }),
    anIndex({ name: 'i3', unique: true, elements: on({ expression: 'lower(a)' }, { expression: 'a || b' }), predicate: "b <> ''" }),
    anIndex({ name: 'i4', elements: on({ column: 'a', order: 'desc', opclass: 'text_pattern_ops', collation: '"C"' }) }),
    anIndex({ name: 'i5', unique: true, nullsNotDistinct: true, elements: on({ column: 'a' }) }),
    anIndex({ name: 'i6', elements: on({ column: 'a' }), include: ['b'] }),
  ]
  const schema = ofTable({ name: 't', columns, indexes })
  const code = codeOf(schema)
  expect(squeezed(code)).toContain(
    squeezed("index('i1').on(table.a.desc().nullsFirst(), table.b.desc().nullsLast(), table.b.asc().nullsFirst()),"),
  )
  expect(squeezed(code)).toContain(squeezed("index('i2').using('gin', table.a.op('gin_trgm_ops')).with({ fastupdate: 'off' }),"))
  expect(squeezed(code)).toContain(squeezed("uniqueIndex('i3').on(sql`lower(a)`, sql`(a || b)`).where(sql`b <> ''`),"))
  expect(squeezed(code)).toContain(squeezed('index(\'i4\').on(sql`a COLLATE "C" text_pattern_ops DESC`),'))
  expect(squeezed(code)).toContain(squeezed("unique('i5').on(table.a).nullsNotDistinct(),"))
  expect(lossesOf(schema)).toEqual(['index-as-constraint public.t.i5', 'index-include public.t.i6'])
})

test('GEN-2 policies and row security', () => {
  const policies = [aPolicy({ name: 'p', permissive: false, command: 'select', roles: ['app', 'current_user'], using: 'id > 0' })]
  expect(squeezed(codeOf(ofTable({ ...users, rowSecurity: true, policies })))).toContain(
    squeezed("pgPolicy('p', { as: 'restrictive', for: 'select', to: [app, 'current_user'], using: sql`id > 0` }),"),
  )
  expect(squeezed(codeOf(ofTable({ ...users, rowSecurity: true, policies })))).toContain(
    squeezed("export const app = pgRole('app').existing();"),
  )
  expect(codeOf(ofTable({ ...users, rowSecurity: true }))).toContain('}).enableRLS();')
})

test('GEN-2 views have the columns their query shows; drizzle-kit is spared those it cannot create', () => {
  const view = (name: string, definition: string) => aView({ name, definition })
  const views = [
    view('v', 'SELECT u.id, count(*) AS n, u.id + 1 AS m FROM users u GROUP BY u.id'),
    view('a', 'SELECT n FROM v'),
    aView({ name: 'm', definition: 'SELECT n FROM a', materialized: true }),
    view('b', 'SELECT n FROM m'),
  ]
  const schema = aSchema({ tables: [users], views })
  const code = codeOf(schema)
  // drizzle-kit creates views by the names of their exports.
  expect(code).toContain(
    "export const _v = pgView('v', {\n  id: integer().notNull(),\n  n: bigint({ mode: 'bigint' }),\n  m: unknownType(),\n}).as(sql`SELECT u.id",
  )
  expect(code).toContain("export const a = pgView('a', {\n  n: bigint({ mode: 'bigint' }),\n}).as(sql`SELECT n FROM v`);")
  expect(code).toContain("export const m = pgMaterializedView('m', {\n  n: bigint({ mode: 'bigint' }),\n}).as(sql`SELECT n FROM a`);")
  expect(code).toContain("export const b = pgView('b', {\n  n: bigint({ mode: 'bigint' }),\n}).existing();")
  expect(lossesOf(schema)).toEqual(['view-existing public.b'])
})

test('GEN-2 what the tables need stands at the head, what needs a table itself is left out', () => {
  const routine = (name: string, argument: string, body: string) =>
    aRoutine({
      name,
      arguments: [anArgument({ type: argument })],
      returns: 'boolean',
      language: 'sql',
      body: { kind: 'string', text: body },
    })
  const routines = [
    routine('first', 'text', 'SELECT true'),
    routine('ok', 'text', 'SELECT first($1)'),
    routine('row_ok', 'users', 'SELECT true'),
  ]
  const constraints = [aCheck({ name: 'c1', expression: "ok('a')" }), aCheck({ name: 'c2', expression: 'row_ok(users)' })]
  const schema = aSchema({ tables: [{ ...users, constraints }], routines: [...routines, routine('unused', 'text', 'SELECT false')] })
  const code = codeOf(schema)
  for (const name of ['first', 'ok']) expect(code).toContain(`// CREATE FUNCTION ${name}(text) RETURNS boolean`)
  for (const name of ['row_ok', 'unused']) expect(code).not.toContain(`CREATE FUNCTION ${name}`)
  expect(code).toContain("check('c1', sql`ok('a')`)")
  expect(lossesOf(schema)).toContain('after-tables public.users.c2')
  const hints = exportDrizzle(schema).losses.filter(({ code: kind }) => kind === 'routine')
  expect(hints.map(({ object, hint }) => [object, hint?.includes('head of the file')])).toEqual([
    ['public.first(text)', true],
    ['public.ok(text)', true],
    ['public.row_ok(users)', false],
    ['public.unused(text)', false],
  ])
})

test('GEN-2 names: colliding columns, imported helpers, keywords, digits, namespaces', () => {
  const column = (name: string) => aColumn({ name, type: 'text' })
  const code = codeOf(
    aSchema({
      enums: [anEnum({ name: 'text', values: ['a'] })],
      tables: [
        aTable({ name: 'text', columns: ['_x', 'x', 'class', '2nd', 'enableRLS', 'ünï'].map(column) }),
        aTable({ name: 'class', columns: [column('a')] }),
        aTable({ name: 'Text_', columns: [column('a')] }),
      ],
    }),
  )
  for (const line of [
    "x2: text('_x'),",
    'x: text(),',
    'class: text(),',
    "_2nd: text('2nd'),",
    "enableRLS2: text('enableRLS'),",
    'ünï: text(),',
  ]) {
    expect(code).toContain(`\n  ${line}\n`)
  }
  expect(code).toContain("export const textTable = pgTable('text', {")
  expect(code).toContain("export const classTable = pgTable('class', {")
  expect(code).toContain("export const textEnum = pgEnum('text', ['a']);")
})

test('columns that drizzle-kit would put in another order are reported', () => {
  const table = (...names: readonly string[]) => ofTable({ name: 't', columns: names.map((name) => aColumn({ name, type: 'text' })) })
  expect(lossesOf(table('a', '12'))).toEqual(['column-order public.t'])
  expect(lossesOf(table('12', 'a', '012', '-1'))).toEqual([])
})

test('what Drizzle cannot hold is reported, object by object', () => {
  const table = aTable({
    ...users,
    unlogged: true,
    columns: [aColumn({ name: 'id', type: 'email_t', comment: 'about' })],
    constraints: [aForeignKey({ name: 'f', columns: ['id'], references: to('gone'), deferrable: true })],
    triggers: [
      aTrigger({ name: 'tr', timing: 'before', events: [{ kind: 'insert', columns: [] }], function: { namespace: 'public', name: 'f' } }),
    ],
  })
  const schema = aSchema({ domains: [aDomain({ name: 'email_t', type: 'text' })], tables: [table] })
  expect(lossesOf(schema)).toEqual([
    'domain public.email_t',
    'unlogged public.users',
    'trigger public.users.tr',
    'comment public.users.id',
    'deferrable public.users.f',
    'foreign-key-target public.users.f',
  ])
  expect(codeOf(schema)).toContain('// CREATE DOMAIN email_t AS text;')
})

test('GEN-8 places are where the tables are', () => {
  const { files, places } = exportDrizzle(aSchema({ tables: [users, aTable({ name: 'posts', columns: [id] })] }))
  expect(places?.map(({ start, end }) => files[0]?.text.slice(start, end).split('\n')[0])).toEqual([
    "export const users = pgTable('users', {",
    "export const posts = pgTable('posts', {",
  ])
})

test('GEN-2 a formatter finds nothing to change in the code', async () => {
  const text = readFileSync(new URL('fixtures/everything.sql', import.meta.url), 'utf8')
  const imported = await postgresSql.importer?.([{ file: 'everything.sql', text }])
  const code = codeOf(imported?.schema ?? aSchema({}))
  expect(code).toContain('export const shopPeople')
  expect((await format('schema.ts', code, { printWidth: 100, singleQuote: true })).code).toBe(code)
})
