import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityOf, schemaLists, type Schema } from '#core/schema/index.ts'
import { openScratch } from '#database/scratch/open-scratch.ts'
import type { Scratch } from '#database/scratch/types.ts'
import { readTruth } from '#database/truth/read-truth.ts'
import { format } from '#formats/postgres-sql/index.ts'
import { inputs } from './inputs.ts'
import { broken, Chance } from './mutate.ts'

const runs = Number(process.env['SCHEMAFLOW_FUZZ_JOINS'] ?? 25)
const seed = Number(process.env['SCHEMAFLOW_SEED'] ?? 20_261_120)
/** No file may take longer, running its statements included. Milliseconds. */
const HANG = 10_000

let scratch: Scratch
beforeAll(async () => {
  scratch = await openScratch({})
})
afterAll(() => scratch.close())

test(
  `IMP-1 broken files run in a scratch database and are joined without a crash, a hang or a loss (${runs} files)`,
  { timeout: 36_000_000 },
  async () => {
    const files = inputs()
    const tally = { ran: 0, refused: 0, skipped: 0, objects: 0, slowest: 0, slowestWas: '' }
    for (let run = 0; run < runs; run += 1) {
      const chance = new Chance(seed + run)
      const { text, mutation } = broken(files, chance, run, 4_000)
      const what = `seed ${seed + run}, ${mutation}`
      const sources = [{ file: 'broken.sql', text }]
      const begun = performance.now()
      const read = await format.importer?.(sources)
      if (!read) throw new Error('PostgreSQL has no importer')
      const { schema, executed, unverified } = await readTruth({ sources, read }, scratch)
      const took = performance.now() - begun
      await scratch.reset()
      if (took > HANG) throw new Error(`${what}: took ${took.toFixed(0)} ms`)
      expect({ what, tooMany: executed.ran + executed.refused + executed.skipped > read.statements.length }).toEqual({
        what,
        tooMany: false,
      })
      expect({ what, unsaid: unverified.filter(({ name, reason }) => name === '' || reason === '') }).toEqual({ what, unsaid: [] })
      expectAllThere(read.schema, schema, text, what)
      if (took > tally.slowest) Object.assign(tally, { slowest: took, slowestWas: what })
      for (const outcome of ['ran', 'refused', 'skipped'] as const) tally[outcome] += executed[outcome]
      tally.objects += schemaLists.reduce((sum, list) => sum + schema[list].length, 0)
    }
    const { slowest, slowestWas, ...counts } = tally
    process.stdout.write(`fuzz: ${runs} files joined, ${JSON.stringify(counts)}, slowest ${slowest.toFixed(0)} ms (${slowestWas})\n`)
  },
)

/** Every table that the grammar read is there, unless code of the file may have taken it away. */
function expectAllThere(read: Schema, joined: Schema, text: string, what: string): void {
  if (/\b(?:DO|EXECUTE|CALL|SELECT)\b/i.test(text)) return
  const there = new Set(joined.tables.map((table) => identityOf('tables', table)))
  expect({ what, gone: read.tables.filter((table) => !there.has(identityOf('tables', table))) }).toEqual({ what, gone: [] })
}
