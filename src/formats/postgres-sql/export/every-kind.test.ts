import { expect, test } from 'vitest'
import {
  aBaseType,
  aCollation,
  aForeignServer,
  aForeignDataWrapper,
  anArgument,
  anOperator,
  aPublication,
  aRoutine,
  aSchema,
  aTable,
  aTextSearchConfiguration,
  aView,
  aColumn,
  type Schema,
} from '#core/schema/index.ts'
import { exportPostgresSql } from './exporter.ts'

const sqlOf = (schema: Partial<Schema>): string => exportPostgresSql(aSchema(schema as Parameters<typeof aSchema>[0])).files[0]?.text ?? ''
/** The first words of the statements, in their order. */
const heads = (sql: string): readonly string[] => [...sql.matchAll(/^CREATE [^(\n]*?(?= \(|\(|;|\n)/gm)].map(([head]) => head)

const inner = (name: string, symbol: string, returns: string, ...types: readonly string[]) =>
  aRoutine({
    name,
    arguments: types.map((type) => anArgument({ type })),
    returns,
    language: 'internal',
    body: { kind: 'string', text: symbol },
  })

test('GEN-1 a type with functions of its own is announced, then its functions, then the type, then what it is compared by, then its tables', () => {
  const sql = sqlOf({
    baseTypes: [aBaseType({ name: 'box2', options: { input: 'public.box2_in', output: 'public.box2_out', internallength: '4' } })],
    routines: [
      inner('box2_eq', 'int4eq', 'boolean', 'box2', 'box2'),
      inner('box2_out', 'int4out', 'cstring', 'box2'),
      inner('box2_in', 'int4in', 'box2', 'cstring'),
    ],
    operators: [anOperator({ name: '===', left: 'box2', right: 'box2', function: 'public.box2_eq', commutator: 'OPERATOR(public.===)' })],
    tables: [aTable({ name: 't', columns: [aColumn({ name: 'a', type: 'box2' })] })],
  })
  const order = heads(sql)
  const at = (head: string): number => order.indexOf(head)
  expect(at('CREATE TYPE box2')).toBe(0)
  expect(order.lastIndexOf('CREATE TYPE box2')).toBeGreaterThan(at('CREATE FUNCTION box2_in'))
  expect(order.lastIndexOf('CREATE TYPE box2')).toBeGreaterThan(at('CREATE FUNCTION box2_out'))
  expect(at('CREATE OPERATOR public.===')).toBeGreaterThan(order.lastIndexOf('CREATE TYPE box2'))
  expect(at('CREATE TABLE t')).toBeGreaterThan(at('CREATE OPERATOR public.==='))
})

test('kinds of tokens that go to the same dictionaries share a statement', () => {
  const mapping = (token: string, ...dictionaries: readonly string[]) => ({ token, dictionaries })
  const sql = sqlOf({
    textSearch: [
      aTextSearchConfiguration({
        name: 'c',
        parser: '"default"',
        mappings: [mapping('word', 'simple'), mapping('asciiword', 'simple'), mapping('email', 'english_stem', 'simple')],
      }),
    ],
  })
  expect(sql).toContain('ADD MAPPING FOR word, asciiword WITH simple;')
  expect(sql).toContain('ADD MAPPING FOR email WITH english_stem, simple;')
})

test('servers come after their wrapper and before their tables, publications after their tables', () => {
  const sql = sqlOf({
    publications: [
      aPublication({ name: 'p', tables: [{ table: { namespace: 'public', name: 't' }, only: true, columns: ['a'], where: 'a > 0' }] }),
    ],
    tables: [
      aTable({ name: 'far', foreign: { server: 's', options: { 'it"s': "it's" } } }),
      aTable({ name: 't', columns: [aColumn({ name: 'a', type: 'integer' })] }),
    ],
    foreignServers: [aForeignServer({ name: 's', wrapper: 'w' })],
    foreignDataWrappers: [aForeignDataWrapper({ name: 'w' })],
  })
  expect(heads(sql).map((head) => head.split(' ').slice(1, 3).join(' '))).toEqual([
    'FOREIGN DATA',
    'SERVER s',
    'FOREIGN TABLE',
    'TABLE t',
    'PUBLICATION p',
  ])
  expect(sql).toContain(`OPTIONS ("it""s" 'it''s')`)
  expect(sql).toContain('FOR TABLE ONLY t (a) WHERE (a > 0)')
})

test("an object is not taken for one of PostgreSQL's own", () => {
  expect(sqlOf({ collations: [aCollation({ name: 'C', locale: 'C', comment: 'mine' })] })).toContain('COMMENT ON COLLATION public."C" IS')
})

test('ten thousand views, each of the one before it, come in an order that loads', () => {
  const chain = (length: number): Partial<Schema> => ({
    views: Array.from({ length }, (_, n) =>
      aView({ name: `v${n}`, definition: n === length - 1 ? 'SELECT 1 AS a' : `SELECT a FROM v${n + 1}` }),
    ),
  })
  const order = heads(sqlOf(chain(10_000)))
  expect(order.length).toBe(10_000)
  expect([order[0], order.at(-1)]).toEqual(['CREATE VIEW v9999 AS', 'CREATE VIEW v0 AS'])
})
