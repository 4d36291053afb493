import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aCheck,
  aColumn,
  aDomain,
  aForeignKey,
  aGenerated,
  anEnum,
  anExtension,
  anIdentity,
  anIndex,
  anIndexElement,
  aPrimaryKey,
  aSchema,
  aSequence,
  aTable,
  aUnique,
  aView,
  type Schema,
  type Table,
} from '#core/schema/index.ts'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import { arbitrarySchema } from '#tests/support/arbitrary-schema.ts'
import { formatPrisma, validatePrisma } from '#tests/support/tools.ts'
import { exportPrisma } from './exporter.ts'

/** The output, after Prisma has accepted it and found nothing to format. */
function textOf(schema: Schema): string {
  const text = exportPrisma(schema).files[0]?.text ?? ''
  validatePrisma(text)
  expect(formatPrisma(text)).toBe(text)
  return text
}
const bodyOf = (schema: Schema): string => textOf(schema).split('}\n\n').slice(2).join('}\n\n')
const lossesOf = (schema: Schema): readonly string[] => exportPrisma(schema).losses.map(({ code, object }) => `${code} ${object}`)
const lineOf = (text: string, start: string): string =>
  text
    .split('\n')
    .find((line) => line.trim().startsWith(`${start} `))
    ?.trim()
    .replace(/ +/g, ' ') ?? ''

const id = aColumn({ name: 'id', type: 'integer', nullable: false })
const key = (table: string) => aPrimaryKey({ name: `${table}_pkey`, columns: ['id'] })
const users = aTable({ name: 'users', columns: [id], constraints: [key('users')] })
const refers = (name: string, column: string, table: string, namespace = 'public') =>
  aForeignKey({ name, columns: [column], references: { namespace, table, columns: ['id'] } })
const fieldFor = (column: Parameters<typeof aColumn>[0], rest: Partial<Schema> = {}): string =>
  lineOf(textOf(aSchema({ ...rest, tables: [{ ...users, columns: [id, aColumn({ ...column, name: 'a' })] }] })), 'a')

test('GEN-3 a schema reads as a person would write it', () => {
  const posts = aTable({
    name: 'blog_posts',
    comment: 'What people\nwrite',
    columns: [
      id,
      aColumn({ name: 'author_id', type: 'integer', nullable: false }),
      aColumn({ name: 'title', type: 'character varying(80)', comment: 'shown' }),
    ],
    constraints: [
      key('blog_posts'),
      aForeignKey({ ...refers('blog_posts_author_id_fkey', 'author_id', 'users'), onDelete: 'cascade', onUpdate: 'cascade' }),
    ],
    indexes: [anIndex({ name: 'by_title', elements: [anIndexElement({ column: 'title' })] })],
  })
  expect(textOf(aSchema({ tables: [users, posts] }))).toBe(`generator client {
  provider = "prisma-client"
  output   = "../generated/prisma"
}

datasource db {
  provider = "postgresql"
}

model User {
  id Int @id

  blogPosts BlogPost[]

  @@map("users")
}

/// What people
/// write
model BlogPost {
  id       Int     @id
  authorId Int     @map("author_id")
  /// shown
  title    String? @db.VarChar(80)

  author User @relation(fields: [authorId], references: [id], onDelete: Cascade)

  @@index([title], map: "by_title")
  @@map("blog_posts")
}
`)
})

test.each([
  ['text', 'String?'],
  ['bigint', 'BigInt?'],
  ['numeric', 'Decimal? @db.Decimal'],
  ['numeric(12,2)', 'Decimal? @db.Decimal(12, 2)'],
  ['timestamp(3) without time zone', 'DateTime?'],
  ['timestamp with time zone', 'DateTime? @db.Timestamptz'],
  ['bit varying(5)', 'String? @db.VarBit(5)'],
  ['public.citext', 'String? @db.Citext'],
  ['text[]', 'String[]'],
  ['tsvector', 'Unsupported("tsvector")?'],
  ['time(3) with time zone', 'DateTime? @db.Timetz(3)'],
  ['billing."Odd one"', 'Unsupported("billing.\\"Odd one\\"")?'],
])('GEN-3 the type %s becomes %s', (type, code) => {
  expect(fieldFor({ name: 'a', type })).toBe(`a ${code}`)
})

test.each([
  ['integer', "'-1'::integer", '@default(-1)'],
  ['text', "'it''s'::text", '@default("it\'s")'],
  ['jsonb', `'{"a": 1}'::jsonb`, '@default("{\\"a\\": 1}")'],
  ['text[]', "'{}'::text[]", '@default([])'],
  ['timestamp with time zone', 'CURRENT_TIMESTAMP', '@default(now())'],
  ['uuid', 'gen_random_uuid()', '@default(dbgenerated("gen_random_uuid()"))'],
  ['text', "'a' || E'\\n\"'", "@default(dbgenerated(\"'a' || E'\\\\n\\\"'\"))"],
])('GEN-3 a %s default of %s becomes %s', (type, text, code) => {
  expect(fieldFor({ name: 'a', type, default: text })).toContain(code)
})

test('GEN-3 what the database fills: serial, identity, sequences, generated columns', () => {
  const owned = { namespace: 'public', table: 'users', column: 'a' }
  const nextval = "nextval('users_a_seq'::regclass)"
  const serial = aSequence({ name: 'users_a_seq', type: 'integer', ownedBy: owned })
  expect(fieldFor({ name: 'a', type: 'integer', nullable: false, default: nextval }, { sequences: [serial] })).toBe(
    'a Int @default(autoincrement())',
  )
  expect(fieldFor({ name: 'a', type: 'integer', default: nextval })).toBe('a Int? @default(autoincrement())')
  expect(fieldFor({ name: 'a', type: 'integer', identity: anIdentity({ kind: 'always' }) })).toBe('a Int @default(autoincrement())')
  expect(fieldFor({ name: 'a', type: 'text', generated: aGenerated({ expression: 'lower(b)' }) })).toBe('a String? @default(dbgenerated())')
})

test('GEN-3 enums map values that are no identifiers', () => {
  const schema = aSchema({
    enums: [anEnum({ name: 'state', values: ['ok', 'in-progress', 'in_progress', '1x', ''] })],
    tables: [{ ...users, columns: [id, aColumn({ name: 's', type: 'state', default: "'in-progress'::state" })] }],
  })
  const text = textOf(schema)
  expect(text).toContain('s  State? @default(in_progress2)')
  for (const line of ['in_progress2 @map("in-progress")', 'value1x @map("1x")', 'EMPTY @map("")'])
    expect(text.replace(/ +/g, ' ')).toContain(line)
})

test('GEN-3 several relations between two models are told apart, one-to-one ones are single', () => {
  const columns = ['author_id', 'editor_id'].map((name) => aColumn({ name, type: 'integer' }))
  const posts = aTable({
    name: 'posts',
    columns: [id, ...columns],
    constraints: [key('posts'), refers('f1', 'author_id', 'users'), refers('f2', 'editor_id', 'users')],
  })
  const profile = aTable({ name: 'profile', columns: [id], constraints: [key('profile'), refers('profile_id_fkey', 'id', 'users')] })
  const node = aTable({
    name: 'nodes',
    columns: [id, aColumn({ name: 'parent_id', type: 'integer' })],
    constraints: [key('nodes'), refers('nodes_parent_id_fkey', 'parent_id', 'nodes')],
  })
  const text = textOf(aSchema({ tables: [users, posts, profile, node] }))
  expect(lineOf(text, 'author')).toBe(
    'author User? @relation("f1", fields: [authorId], references: [id], onDelete: NoAction, onUpdate: NoAction, map: "f1")',
  )
  expect(lineOf(text, 'postsByEditor')).toBe('postsByEditor Post[] @relation("f2")')
  expect(text).toContain('Profile?')
  expect(lineOf(text, 'children')).toBe('children Node[] @relation("nodes_parent_id_fkey")')
})

test('GEN-3 composite keys: the order of the unique key decides a one-to-one relation', () => {
  const pair = (names: readonly string[]) => names.map((name) => aColumn({ name, type: 'integer', nullable: false }))
  const a = aTable({ name: 'a', columns: pair(['x', 'y']), constraints: [aPrimaryKey({ name: 'odd', columns: ['x', 'y'] })] })
  const foreignKey = aForeignKey({
    name: 'b_fkey',
    columns: ['p', 'q'],
    references: { namespace: 'public', table: 'a', columns: ['x', 'y'] },
  })
  const b = aTable({
    name: 'b',
    columns: [id, ...pair(['p', 'q'])],
    constraints: [key('b'), aUnique({ name: 'b_q_p_key', columns: ['q', 'p'] }), foreignKey],
  })
  const text = textOf(aSchema({ tables: [a, b] }))
  expect(text).toContain('@@id([x, y], map: "odd")')
  expect(text).toContain('fields: [q, p], references: [y, x]')
})

test('GEN-3 namespaces, names alike in two of them, and tables without a key', () => {
  const far = aTable({ ...users, namespace: 'billing', constraints: [key('users'), refers('users_id_fkey', 'id', 'log')] })
  const log = aTable({
    name: 'log',
    columns: [aColumn({ name: 'id', type: 'integer' })],
    constraints: [aUnique({ name: 'log_id_key', columns: ['id'] })],
  })
  const schema = aSchema({ tables: [users, far, log] })
  const text = textOf(schema)
  expect(text).toContain('schemas  = ["public", "billing"]')
  expect(text).toContain('model BillingUser {')
  expect(lineOf(text, 'log')).toContain('@ignore')
  expect(lossesOf(schema)).toContain('ignored-model public.log')
})

test('GEN-3 indexes: methods, operator classes, partial ones; extensions and views with their preview features', () => {
  const on = (...elements: Parameters<typeof anIndexElement>[0][]) => elements.map(anIndexElement)
  const table: Table = {
    ...users,
    columns: [id, aColumn({ name: 't', type: 'text' })],
    indexes: [
      anIndex({ name: 'i1', method: 'gin', elements: on({ column: 't', opclass: 'gin_trgm_ops' }) }),
      anIndex({ name: 'i2', method: 'gist', elements: on({ column: 'id' }) }),
      anIndex({ name: 'i3', unique: true, elements: on({ column: 't', order: 'desc' }), predicate: "t <> '\"'" }),
      anIndex({ name: 'i4', elements: on({ expression: 'lower(t)' }) }),
      anIndex({ name: 'i5', method: 'bloom', elements: on({ column: 't' }) }),
    ],
  }
  const views = [aView({ name: 'names', definition: 'SELECT t, upper(t) AS big FROM users' })]
  const schema = aSchema({ extensions: [anExtension({ name: 'pg_trgm' })], tables: [table], views })
  const text = textOf(schema)
  expect(text).toContain('previewFeatures = ["partialIndexes", "postgresqlExtensions", "views"]')
  expect(text).toContain('extensions = [pg_trgm]')
  expect(text).toContain('@@index([t(ops: raw("gin_trgm_ops"))], type: Gin, map: "i1")')
  expect(text).toContain('@@index([id(ops: raw("gist_int4_ops"))], type: Gist, map: "i2")')
  expect(text).toContain('@@unique([t(sort: Desc)], where: raw("t <> \'\\"\'::text"), map: "i3")')
  expect(text).toContain('view Name {\n  t   String?\n  big Unsupported("unknown")?\n')
  expect(lossesOf(schema)).toEqual([
    'expression-index public.users.i4',
    'index public.users.i5',
    'view-query public.names',
    'view-columns public.names.big',
  ])
})

test('GEN-3 a table with no columns is a model with no fields', () => {
  const schema = aSchema({ tables: [aTable({ name: 'empty_ones' })] })
  expect(bodyOf(schema)).toBe('model EmptyOne {\n\n  @@map("empty_ones")\n  @@ignore\n}\n')
  expect(lossesOf(schema)).toEqual(['ignored-model public.empty_ones'])
})

test('what Prisma cannot hold is reported, object by object', () => {
  const table: Table = {
    ...users,
    rowSecurity: true,
    columns: [
      id,
      aColumn({ name: 'b', type: 'bpchar' }),
      aColumn({ name: 'm', type: 'mail' }),
      aColumn({ name: 'l', type: 'text[]', nullable: false }),
    ],
    constraints: [key('users'), aCheck({ name: 'c', expression: 'id > 0' }), refers('f', 'm', 'users')],
  }
  const schema = aSchema({ domains: [aDomain({ name: 'mail', type: 'text' })], tables: [table] })
  expect(lossesOf(schema)).toEqual([
    'domain public.mail',
    'check public.users.c',
    'row-security public.users',
    'foreign-key-types public.users.f',
    'unbounded-char public.users.b',
    'domain-type public.users.m',
    'list-not-null public.users.l',
  ])
  expect(lineOf(bodyOf(schema), 'm')).toBe('m String?')
})

test('GEN-8 places are where the models are', () => {
  const { files, places } = exportPrisma(aSchema({ tables: [users, aTable({ ...users, name: 'posts' })] }))
  expect(places?.map(({ start, end }) => files[0]?.text.slice(start, end).split('\n')[0])).toEqual(['model User {', 'model Post {'])
})

test('GEN-3 Prisma accepts any schema, whatever the names, and finds it formatted', () => {
  fc.assert(
    fc.property(fc.gen(), (g) => {
      textOf(arbitrarySchema(g))
    }),
    { numRuns: 25 },
  )
})

const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus/postgres-dump')
const small = ['pagila.sql', 'guacamole.sql', 'kaguya.sql', 'philomena.sql', 'hatchet-v1.sql', 'musicbrainz.sql']
const present = existsSync(corpus) ? readdirSync(corpus).filter((file) => small.includes(file)) : []
if (present.length === 0) process.stderr.write(`SKIPPED: Prisma on real schemas, because ${corpus} is not there\n`)

test.each(present)('GEN-3 Prisma accepts %s', async (file) => {
  const imported = await postgresSql.importer?.([{ file, text: readFileSync(`${corpus}/${file}`, 'utf8') }])
  if (!imported) throw new Error('no importer')
  textOf(imported.schema)
})
