import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aColumn, aPrimaryKey, aSchema, aTable, type Schema } from '#core/schema/index.ts'
import { formats, detectFormat } from '#formats/all.ts'
import { outcomes } from '#formats/format.ts'
import { privileges } from '#tests/support/arbitrary-objects.ts'
import { arbitrarySchema } from '#tests/support/arbitrary-schema.ts'
import { Chooser } from '#tests/support/chooser.ts'

// What every format keeps to, whichever it is. A new line in formats/all.ts is tested here unasked.

const small = aSchema({
  tables: [
    aTable({
      name: 'users',
      columns: [aColumn({ name: 'id', type: 'bigint', nullable: false })],
      constraints: [aPrimaryKey({ name: 'users_pkey', columns: ['id'] })],
    }),
  ],
})
const runs = Number(process.env['SCHEMAFLOW_TEST_RUNS'] ?? 40)

test('ids are unique and in kebab-case', () => {
  const ids = formats.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
})

describe.each(formats)('$id', (entry) => {
  test('keeps what its entry promises', async () => {
    const { format } = await entry.load()
    expect({ reads: format.importer !== undefined, writes: format.exporter !== undefined }).toEqual({
      reads: entry.reads,
      writes: entry.writes,
    })
    expect(entry.title).not.toBe('')
    expect(entry.extension).toMatch(/^[a-z0-9]+$/)
  })

  test('is sure of a text between 0 and 1, and never of nothing', () => {
    for (const text of ['', 'CREATE TABLE a (b int);', '{"format":"schemaflow"}', '\u0000\uFFFD', 'a'.repeat(8192)]) {
      const score = entry.detect('unknown', text)
      expect(score >= 0 && score <= 1).toBe(true)
    }
    expect(entry.detect('unknown', '')).toBe(0)
  })

  if (entry.writes)
    test('writes any schema, the same text for the same schema, and changes nothing in it', async () => {
      const { format } = await entry.load()
      fc.assert(
        fc.property(fc.gen(), (g) => {
          const schema = deepFreeze(arbitrarySchema(g, { everything: true }))
          const first = format.exporter?.(schema)
          expect(format.exporter?.(schema)).toEqual(first)
          for (const { path } of first?.files ?? []) expect(path).toMatch(/^[^/\\][^\\]*$/)
          for (const loss of first?.losses ?? []) {
            expect(loss.code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
            expect(loss.object).not.toBe('')
            expect(loss.message).not.toBe('')
          }
        }),
        { numRuns: runs },
      )
    })

  if (entry.writes)
    test('writes at least one file, also for an empty schema, and tells where each table is', async () => {
      const { format } = await entry.load()
      expect(format.exporter?.(aSchema({})).files.length).toBeGreaterThan(0)
      const result = format.exporter?.(small)
      for (const { name, start, end } of result?.places ?? [])
        expect(result?.files[0]?.text.slice(start, end).toLowerCase()).toContain(name)
      if (result?.places) expect(result.places.map(({ name }) => name)).toEqual(['users'])
    })

  if (entry.reads)
    test('reads any text without throwing, and accounts for it', async () => {
      const { format } = await entry.load()
      const nonsense = fc.oneof(
        fc.string({ maxLength: 200 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.array(fc.constantFrom(...scraps), { maxLength: 30 }).map((parts) => parts.join(' ')),
      )
      await fc.assert(
        fc.asyncProperty(nonsense, async (text) => {
          const result = await format.importer?.([{ file: 'a.txt', text }])
          for (const { outcome, span } of result?.statements ?? []) {
            expect(outcomes).toContain(outcome)
            expect(span.start >= 0 && span.end <= text.length && span.start <= span.end).toBe(true)
          }
          for (const { code, message, span } of result?.diagnostics ?? []) {
            expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
            expect(message).not.toBe('')
            if (span) expect(span.line >= 1 && span.column >= 1 && span.start <= text.length).toBe(true)
          }
        }),
        { numRuns: runs * 3 },
      )
    })

  if (entry.reads)
    test('stops when it is told to', async () => {
      const { format } = await entry.load()
      const reason = new Error('enough')
      await expect(format.importer?.([{ file: 'a', text: 'x' }], { signal: { aborted: true, reason } })).rejects.toBe(reason)
    })

  if (entry.reads && entry.writes)
    test('reads back what it writes: every object, every field', async () => {
      const { format } = await entry.load()
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (g) => {
          const schema = arbitrarySchema(g, { everything: true })
          const text = format.exporter?.(schema).files[0]?.text ?? ''
          const back = await format.importer?.([{ file: `a.${entry.extension}`, text }])
          expect({ text, schema: back?.schema, diagnostics: back?.diagnostics }).toEqual({ text, schema, diagnostics: [] })
        }),
        { numRuns: runs * 3 },
      )
    })

  if (entry.reads && entry.writes)
    test('keeps owners and privileges when it is asked to, and only then', async () => {
      const { format } = await entry.load()
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (g) => {
          const plain = arbitrarySchema(g, { everything: true })
          const schema = withPrivileges(plain, new Chooser(g(fc.nat)))
          const read = async (written: boolean) => {
            const text = format.exporter?.(schema, { privileges: written }).files[0]?.text ?? ''
            return (await format.importer?.([{ file: `a.${entry.extension}`, text }], { privileges: true }))?.schema
          }
          expect(await read(true)).toEqual(schema)
          expect(await read(false)).toEqual(plain)
        }),
        { numRuns: runs },
      )
    })

  if (entry.reads && entry.writes)
    test('recognises what it writes', async () => {
      const { format } = await entry.load()
      const text = format.exporter?.(small).files[0]?.text ?? ''
      expect(detectFormat('unknown', text)?.id).toBe(entry.id)
    })
})

/** The same schema with owners and grants. */
function withPrivileges(schema: Schema, chooser: Chooser): Schema {
  const owned = <T extends { readonly owner: string | null }>(items: readonly T[]): readonly T[] =>
    items.map((item) => ({ ...item, owner: chooser.pick([null, 'postgres', 'a "b"', 'Order']) }))
  return {
    ...schema,
    namespaces: owned(schema.namespaces),
    tables: owned(schema.tables),
    views: owned(schema.views),
    enums: owned(schema.enums),
    baseTypes: owned(schema.baseTypes),
    operators: owned(schema.operators),
    operatorClasses: owned(schema.operatorClasses),
    operatorFamilies: owned(schema.operatorFamilies),
    collations: owned(schema.collations),
    routines: owned(schema.routines),
    foreignServers: owned(schema.foreignServers),
    publications: owned(schema.publications),
    languages: owned(schema.languages),
    privileges: privileges(chooser, schema),
  }
}

const scraps = [
  'CREATE',
  'TABLE',
  'a',
  '"b',
  "'",
  '$$',
  '(',
  ')',
  ',',
  ';',
  '--',
  '/*',
  '*/',
  'int',
  '{',
  '}',
  '[',
  ']',
  ':',
  '"format": "schemaflow"',
  '"version": 1',
  '\\.',
  'ALTER',
  'COMMENT ON',
  'é',
  '\n',
]

function deepFreeze(schema: Schema): Schema {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  freeze(schema)
  return schema
}
