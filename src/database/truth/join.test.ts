import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  aCheck,
  aColumn,
  aForeignKey,
  anExtension,
  anIndex,
  anIndexElement,
  anOpaque,
  aPrimaryKey,
  aRoutine,
  anArgument,
  aSchema,
  aSequence,
  aTable,
  aView,
  identityOf,
  schemaLists,
  type Schema,
} from '#core/schema/index.ts'
import { arbitrarySchema } from '#tests/support/arbitrary-schema.ts'
import type { Executed } from './execute.ts'
import { joinReadings } from './join.ts'
import { witnessOf } from './witness.ts'

// Issue 3, "Two readings, one model": joining is idempotent and loses nothing.

describe('whatever the schemas', () => {
  test('a schema joined with itself is that schema, without a word', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const schema = arbitrarySchema(g)
        expect(joinReadings(schema, schema)).toEqual({ schema, unverified: [], diagnostics: [] })
      }),
      { numRuns: 200 },
    )
  })

  test('nothing that either side has gets lost, and nothing is doubled', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const whole = arbitrarySchema(g)
        const grammar = thinned(whole, g(fc.nat))
        const truth = thinned(whole, g(fc.nat))
        const { schema } = joinReadings(grammar, truth)
        expect(namesIn(schema)).toEqual([...new Set([...namesIn(grammar), ...namesIn(truth)])].sort())
      }),
      { numRuns: 200 },
    )
  })

  test('joining what was joined with the same truth changes nothing', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const whole = arbitrarySchema(g)
        const truth = thinned(whole, g(fc.nat))
        const once = joinReadings(thinned(whole, g(fc.nat)), truth).schema
        expect(joinReadings(once, truth).schema).toEqual(once)
      }),
      { numRuns: 200 },
    )
  })
})

/** A schema without some of its objects and of their parts. */
function thinned(schema: Schema, seed: number): Schema {
  let state = seed
  const keeps = () => ((state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >> 8) % 4 !== 0
  const lists = schemaLists.map((list) => [list, schema[list].filter(keeps)] as const)
  const all = { ...schema, ...Object.fromEntries(lists) } as Schema
  const parts = ['columns', 'constraints', 'indexes', 'triggers', 'policies', 'rules'] as const
  return {
    ...all,
    tables: all.tables.map((table) => ({
      ...table,
      ...Object.fromEntries(parts.map((part) => [part, (table[part] as readonly object[]).filter(keeps)])),
    })),
  }
}

function namesIn(schema: Schema): string[] {
  const objects = schemaLists.flatMap((list) => schema[list].map((item) => `${list} ${identityOf(list, item)}`))
  const parts = schema.tables.flatMap((table) =>
    (['columns', 'constraints', 'indexes', 'triggers', 'policies', 'rules'] as const).flatMap((part) =>
      table[part].map(({ name }) => `${part} ${table.namespace}.${table.name}.${name}`),
    ),
  )
  return [...objects, ...parts].sort()
}

/** Statements as they ended. */
const witness = (...statements: readonly (readonly [kind: string, text: string, refusal?: string])[]) => {
  const executed = statements.map(([kind, , refusal], line): Executed => {
    const span = { start: 0, end: 0, line: line + 1, column: 1 }
    return {
      record: { kind, outcome: 'modelled', file: 'a.sql', span },
      outcome: refusal === undefined ? 'ran' : 'refused',
      reason: refusal ?? null,
      error: null,
    }
  })
  return witnessOf({ statements: executed, textOf: ({ span }) => statements[span.line - 1]?.[1] ?? '' })
}
const idColumn = aColumn({ name: 'id', type: 'integer', nullable: false })

describe('what differs', () => {
  test("PostgreSQL's text, names and types win; order comes from the sources", () => {
    const check = aCheck({ name: 't_check', expression: 'a > 0 AND b > 0' })
    const grammar = aSchema({
      tables: [
        aTable({ name: 'z', columns: [idColumn] }),
        aTable({
          name: 't',
          columns: [aColumn({ name: 'a', type: 'int', default: '1' }), aColumn({ name: 'b', type: 'integer' })],
          constraints: [check],
        }),
      ],
    })
    const truth = aSchema({
      tables: [
        aTable({
          name: 't',
          columns: [aColumn({ name: 'a', type: 'integer', default: '1' }), aColumn({ name: 'b', type: 'integer' })],
          constraints: [aCheck({ name: 't_check1', expression: '((a > 0) AND (b > 0))' })],
        }),
        aTable({ name: 'z', columns: [idColumn] }),
      ],
    })
    const joined = joinReadings(grammar, truth, { witness: witness(['CREATE TABLE', 'CREATE TABLE t (…)']) })
    expect(joined.schema.tables).toEqual(truth.tables.toReversed())
    expect(joined.diagnostics.map(({ message, span }) => [message, span?.line])).toEqual([
      ['t.a: its type is integer, not int.', 1],
      ['t.t_check: PostgreSQL names this constraint t_check1.', 1],
    ])
  })

  test('what PostgreSQL refused stays as it was read, with its words, under its own search path', () => {
    const key = aForeignKey({ name: 't_x_fkey', columns: ['x'], references: { namespace: 'auth', table: 'users', columns: ['id'] } })
    const grammar = aSchema({
      tables: [aTable({ name: 't', columns: [idColumn], constraints: [key], searchPath: 'app, public' })],
      views: [aView({ name: 'v', definition: 'SELECT 1' })],
    })
    const truth = aSchema({ tables: [aTable({ name: 't', columns: [idColumn] })] })
    const said = witness(
      ['ALTER TABLE', 'ALTER TABLE t ADD FOREIGN KEY (x) REFERENCES auth.users', 'schema "auth" does not exist'],
      ['CREATE VIEW', 'CREATE VIEW v AS SELECT 1', 'no'],
    )
    const { schema, unverified } = joinReadings(grammar, truth, { witness: said })
    expect(schema).toEqual(grammar)
    expect(unverified).toEqual([
      { list: 'tables', name: 't.t_x_fkey', reason: 'schema "auth" does not exist' },
      { list: 'views', name: 'v', reason: 'no' },
    ])
  })

  test('what code made comes in; what code took away goes, and only then', () => {
    const grammar = aSchema({
      tables: [aTable({ name: 'old' }), aTable({ name: 'kept' })],
      opaque: [anOpaque({ sql: 'DO $$ … $$', reason: 'DO block', position: { statement: 1, line: 1 } })],
    })
    const truth = aSchema({ tables: [aTable({ name: 'made' })] })
    const text = 'DO $$ … $$'
    const said = witness(['DO', text], ['CREATE PROCEDURE', 'CREATE PROCEDURE p() … DROP TABLE old CASCADE …'])
    const { schema, unverified, diagnostics } = joinReadings(grammar, truth, { witness: said })
    expect(schema.tables.map(({ name }) => name)).toEqual(['kept', 'made'])
    expect(unverified).toEqual([{ list: 'tables', name: 'kept', reason: 'PostgreSQL does not list it' }])
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'table made: only PostgreSQL knows of it: code that ran made it.',
      'table old: it is not there any more after all was run.',
    ])
  })

  test('a statement kept word for word goes once its effect is in the catalogs, and stays otherwise', () => {
    const opaque = (sql: string) => anOpaque({ sql, reason: '', position: { statement: 1, line: 1 } })
    const texts = [
      ['DO', 'DO $$ BEGIN EXECUTE format($f$CREATE TABLE %I ()$f$, 1); END $$'],
      ['DO', 'DO $$ BEGIN RAISE NOTICE $n$hello$n$; END $$'],
      ['DO', 'DO $$ BEGIN CREATE ROLE somebody; END $$'],
      ['SELECT', `SELECT create_parts('t')`],
      ['CREATE TRIGGER', 'CREATE TRIGGER a BEFORE INSERT ON made_by_code EXECUTE FUNCTION f()'],
      ['CREATE SUBSCRIPTION', 'CREATE SUBSCRIPTION s CONNECTION $$$$ PUBLICATION p'],
    ] as const
    const { schema } = joinReadings(aSchema({ opaque: texts.map(([, sql]) => opaque(sql)) }), aSchema({}), { witness: witness(...texts) })
    expect(schema.opaque.map(({ sql }) => sql)).toEqual([texts[1][1], texts[2][1], texts[5][1]])
    const refused = witness(['DO', texts[0][1], 'no such function'])
    expect(joinReadings(aSchema({ opaque: [opaque(texts[0][1])] }), aSchema({}), { witness: refused }).schema.opaque).toHaveLength(1)
  })

  test('types that only stand for an extension’s stay as the sources say them, and the extension too', () => {
    const table = (type: string) => aTable({ name: 'places', columns: [aColumn({ name: 'at', type })] })
    const postgis = anExtension({ name: 'postgis' })
    const { schema, unverified } = joinReadings(
      aSchema({ extensions: [postgis], tables: [table('geometry(Point,4326)')] }),
      aSchema({ tables: [table('geometry')] }),
      { standIns: new Set(['geometry']) },
    )
    expect(schema.tables).toEqual([table('geometry(Point,4326)')])
    expect(schema.extensions).toEqual([postgis])
    expect(unverified.map(({ list, name }) => [list, name])).toEqual([['extensions', 'postgis']])
  })

  test('one thing under two names is one thing', () => {
    const index = (name: string) => anIndex({ name, elements: [anIndexElement({ column: 'a' })] })
    const grammar = aSchema({
      tables: [
        aTable({ name: 't', constraints: [aPrimaryKey({ name: 'guess', columns: ['a'] })], indexes: [index('t_a_idx'), index('u')] }),
      ],
      sequences: [aSequence({ name: 't_a_seq', ownedBy: { namespace: 'public', table: 't', column: 'a' } })],
      routines: [
        aRoutine({ name: 'f', arguments: [anArgument({ name: 'x', type: 'plan' })] }),
        aRoutine({ name: 'g', arguments: [anArgument({ name: 'x', type: 'hstore' })] }),
      ],
    })
    const unique = { kind: 'unique', name: 'u', columns: ['a'] } as const
    const truth = aSchema({
      tables: [
        aTable({
          name: 't',
          constraints: [
            aPrimaryKey({ name: 't_pkey', columns: ['a'] }),
            { ...aPrimaryKey({ name: 'u', columns: ['a'] }), ...unique, nullsNotDistinct: false },
          ],
          indexes: [index('t_a_idx1')],
        }),
      ],
      sequences: [aSequence({ name: 't_a_seq1', ownedBy: { namespace: 'public', table: 't', column: 'a' } })],
      routines: [
        aRoutine({ name: 'f', arguments: [anArgument({ name: 'x', type: 'public.plan' })] }),
        aRoutine({ name: 'g', arguments: [anArgument({ name: 'x', type: 'ext.hstore' })] }),
      ],
    })
    const { schema, unverified } = joinReadings(grammar, truth)
    expect(schema).toEqual(truth)
    expect(unverified).toEqual([])
  })

  test('thousands of differences are a few lines', () => {
    const tables = (type: string) =>
      Array.from({ length: 3000 }, (_, n) => aTable({ name: `t${n}`, columns: [aColumn({ name: 'a', type, default: `${type}()` })] }))
    const { diagnostics } = joinReadings(aSchema({ tables: tables('a') }), aSchema({ tables: tables('b') }))
    expect(diagnostics.length).toBeLessThan(30)
    expect(diagnostics.at(-1)?.message).toBe("PostgreSQL's own text stands for what the sources say in 3000 defaults.")
  })
})
