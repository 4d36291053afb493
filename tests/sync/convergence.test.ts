import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProjectStore } from '#core/project/store.ts'
import { mutationNames, type AnyEdit } from './edits.ts'
import { brokenInvariants, Simulation, type Step } from './simulation.ts'

const anEdit = (names: readonly string[]): fc.Arbitrary<AnyEdit> =>
  fc.record({
    name: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('tables.create', 'columns.create', 'relationships.create') },
      { weight: 5, arbitrary: fc.constantFrom(...names) },
    ),
    picks: fc.array(fc.nat(20), { minLength: 6, maxLength: 6 }),
  })
const client = fc.nat(2)
const aStep = (names: readonly string[]): fc.Arbitrary<Step> =>
  fc.oneof({ weight: 8, arbitrary: fc.record({ kind: fc.constant('edit' as const), client, edit: anEdit(names) }) }, ...trouble)
const trouble: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 10, arbitrary: fc.record({ kind: fc.constantFrom('up' as const, 'down' as const, 'down' as const), client }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'twice' as const,
        'swap' as const,
        'lose' as const,
        'drop' as const,
        'connect' as const,
        'connect' as const,
        'reload' as const,
      ),
      client,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('trouble' as const),
      trouble: fc.constantFrom('conflict' as const, 'failsBefore' as const, 'failsAfter' as const, 'rejected' as const),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'settle' as const }) },
]
const aRun = (names: readonly string[]) =>
  fc.record({ nodes: fc.integer({ min: 1, max: 2 }), steps: fc.array(aStep(names), { minLength: 1, maxLength: 60, size: 'max' }) })

/** The mutations that came through: all must, or this test says little. */
const committed = new Set<string>()
const missing = () => mutationNames.filter((name) => !committed.has(name))

async function check({ nodes, steps }: { readonly nodes: number; readonly steps: readonly Step[] }): Promise<void> {
  const simulation = new Simulation(nodes)
  for (const step of steps) {
    await simulation.step(step)
    const problems = 'client' in step ? brokenInvariants(simulation.viewOf(step.client)) : []
    if (problems.length > 0) throw new Error(problems.join('; '))
  }
  await simulation.finish()
  const { storage, tabs, outcomes } = simulation
  const truth = storage.replay()
  const rows = truth.rows()
  expect(brokenInvariants(truth)).toEqual([])
  for (const [number, { replica }] of tabs.entries()) {
    expect(replica.state).toEqual({ kind: 'saved' })
    expect(replica.seq).toBe(storage.log.length)
    expect(replica.view).toBeInstanceOf(ProjectStore)
    expect((replica.view as ProjectStore).rows()).toEqual(rows)
    expect(await simulation.roomOf(number).read((view) => view.rows())).toEqual(rows)
  }
  expect(new Set(storage.log.map(({ clientId, mutationId }) => `${clientId} ${mutationId}`)).size).toBe(storage.log.length)
  expect(storage.log.map(({ seq }) => seq)).toEqual(storage.log.map((_, index) => index + 1))
  const codes = outcomes.flatMap(({ result }) => result.diagnostics.map(({ code }) => code))
  expect(codes).not.toContain('internal-error')
  // Nobody is forgotten here, and what people are told is what happened.
  expect(codes).not.toContain('unknown-client')
  for (const { clientId, mutationId, result } of outcomes) {
    const at = storage.log.findIndex((entry) => entry.clientId === clientId && entry.mutationId === mutationId)
    // Closed with its tab: it is sent at the next visit, and comes true or not.
    if (result.diagnostics.some(({ code }) => code === 'closed')) continue
    expect(at).toBe(result.kind === 'ok' ? result.seq - 1 : -1)
  }
  for (const { changes } of storage.log.toReversed()) truth.revert(changes)
  expect(truth.rows()).toEqual({})
  for (const { name } of storage.log) committed.add(name)
}

test(
  'whatever people do and whatever the network does, all replicas and servers end up equal to the log',
  { timeout: 300_000 },
  async () => {
    const runs = Number(process.env['SCHEMAFLOW_SYNC_RUNS'] ?? 1_200)
    await fc.assert(fc.asyncProperty(aRun(mutationNames), check), { numRuns: runs })
    // What chance has left out is asked for, with what it needs to have something to work on.
    for (let more = 0; more < 20 && missing().length > 0; more += 1) {
      const nouns = new Set(missing().map((name) => name.split('.')[0]))
      const names = mutationNames.filter((name) => nouns.has(name.split('.')[0] ?? ''))
      await fc.assert(fc.asyncProperty(aRun(names), check), { numRuns: 100 })
    }
    expect(missing()).toEqual([])
  },
)
