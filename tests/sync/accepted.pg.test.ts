import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limitProfiles } from '#core/limits.ts'
import { runMutation } from '#core/mutations/run.ts'
import { rowsToSchema } from '#core/project/schema.ts'
import type { ProjectStore } from '#core/project/store.ts'
import { exportPostgresSql } from '#formats/postgres-sql/export/exporter.ts'
import { argumentsOf, mutationNames, type AnyEdit } from './edits.ts'
import { Simulation } from './simulation.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
const projectId = '0198f2b4-0000-7000-8000-000000000000'
const client = new Client({ connectionString: url })
const runs = Number(process.env['SCHEMAFLOW_SYNC_RUNS'] ?? 150)

// Says so on standard error, because a skipped test is easily taken for one that passed.
if (!url) process.emitWarning('SKIPPED: no PostgreSQL to try the edits on (set SCHEMAFLOW_TEST_PG)')
beforeAll(async () => void (url && (await client.connect())))
afterAll(async () => void (url && (await client.end())))

const anEdit: fc.Arbitrary<AnyEdit> = fc.record({
  name: fc.constantFrom(...mutationNames),
  picks: fc.array(fc.nat(20), { minLength: 6, maxLength: 6 }),
})

/** What we warn of, PostgreSQL refuses: such an edit is taken back here. */
const warned = new Set([
  'incompatible-types',
  'no-operator-class',
  'unknown-type',
  'no-unique-key',
  'still-mentioned',
  'unknown-function',
  'unknown-option',
])

test.skipIf(!url)('what any sequence of edits leads to, PostgreSQL accepts', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anEdit, { minLength: 1, maxLength: 40, size: 'max' }), async (edits) => {
      const simulation = new Simulation(1)
      const store: ProjectStore = simulation.storage.replay()
      const done: string[] = []
      for (const edit of edits) {
        const args = argumentsOf(store, edit, simulation.newId, [null])
        const result = runMutation(store, edit.name, args, { projectId, limits: limitProfiles.default })
        if (result.kind === 'refused') continue
        if (result.diagnostics.some(({ code }) => warned.has(code))) store.revert(result.changes)
        else done.push(`${edit.name} ${JSON.stringify(args)}`)
      }
      const sql = exportPostgresSql(rowsToSchema(store)).files[0]?.text ?? ''
      await client.query('BEGIN; CREATE SCHEMA IF NOT EXISTS public; DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      const problem = await client.query(sql).then(
        () => null,
        (error: unknown) => `${String(error)}\nafter ${done.join('\n')}\nin ${sql}`,
      )
      await client.query('ROLLBACK')
      expect(problem).toBe(null)
    }),
    { numRuns: runs },
  )
})
