import { expect, test } from 'vitest'
import { identityOf, schemaLists, type Schema } from '#core/schema/index.ts'
import { isEqual } from '#core/project/equal.ts'
import type { Span } from '#core/diagnostic.ts'
import type { ImportResult } from '#formats/format.ts'
import { format } from '#formats/postgres-sql/index.ts'
import { inputs } from './inputs.ts'
import { broken, Chance } from './mutate.ts'

const runs = Number(process.env['SCHEMAFLOW_FUZZ_FILES'] ?? 150)
const seed = Number(process.env['SCHEMAFLOW_SEED'] ?? 20_261_120)
/** No file may take longer, on any machine that we care for. Milliseconds. */
const HANG = 10_000

test(
  `IMP-1 broken files are read without a crash or a hang, and every rejected statement says where (${runs} files)`,
  { timeout: 36_000_000 },
  async () => {
    const files = inputs()
    const tally = { statements: 0, rejected: 0, objects: 0, slowest: 0, slowestWas: '' }
    for (let run = 0; run < runs; run += 1) {
      const chance = new Chance(seed + run)
      const { text, mutation } = broken(files, chance, run, 8_000)
      const what = `seed ${seed + run}, ${mutation}`
      const begun = performance.now()
      const read = await readIt(text, what)
      examine(read, text, what)
      const took = performance.now() - begun
      if (took > HANG) throw new Error(`${what}: took ${took.toFixed(0)} ms`)
      if (took > tally.slowest) Object.assign(tally, { slowest: took, slowestWas: what })
      tally.statements += read.statements.length
      tally.rejected += read.statements.filter(({ outcome }) => outcome === 'rejected').length
      tally.objects += schemaLists.reduce((sum, list) => sum + read.schema[list].length, 0)
    }
    const { slowest, slowestWas, ...counts } = tally
    process.stdout.write(`fuzz: ${runs} files, ${JSON.stringify(counts)}, slowest ${slowest.toFixed(0)} ms (${slowestWas})\n`)
  },
)

async function readIt(text: string, what: string): Promise<ImportResult> {
  const { importer } = format
  if (!importer) throw new Error('PostgreSQL has no importer')
  try {
    return await importer([{ file: 'broken.sql', text }])
  } catch (error) {
    throw new Error(`${what}: ${String(error)}`, { cause: error })
  }
}

/** What must hold of any reading. */
function examine({ statements, diagnostics, schema }: ImportResult, text: string, what: string): void {
  const fits = ({ start, end, line, column }: Span) => start >= 0 && start <= end && end <= text.length && line >= 1 && column >= 1
  const astray = [...statements, ...diagnostics].filter(({ span }) => span && !fits(span))
  expect({ what, astray }).toEqual({ what, astray: [] })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const isTold = ({ span }: ImportResult['statements'][number]) =>
    errors.some((one) => one.span && one.span.start <= span.end && one.span.end >= span.start)
  const unsaid = statements.filter((statement) => statement.outcome === 'rejected' && !isTold(statement))
  // What fails only because something above it failed is counted there.
  const counted = errors.reduce((sum, { message }) => sum + followers(message), 0)
  expect(unsaid.length, `${what}: rejected without a word at lines ${unsaid.map(({ span }) => span.line).join()}`).toBeLessThanOrEqual(
    counted,
  )
  expectOneOfEach(schema, what)
  const again = format.exporter?.(schema)
  expect({ what, files: again?.files.length }).toEqual({ what, files: 1 })
}

/** "2 statements below need it and were left out too." */
function followers(message: string): number {
  const [, count] = /(One|\d+) statements? below needs? it/.exec(message) ?? []
  return count === undefined ? 0 : count === 'One' ? 1 : Number(count)
}

/** Two objects of one list are never the same thing, and what is equal is not there twice. */
function expectOneOfEach(schema: Schema, what: string): void {
  for (const list of schemaLists) {
    if (list === 'opaque' || list === 'privileges') continue
    const seen = new Map<string, unknown>()
    for (const item of schema[list]) {
      const identity = identityOf(list, item as never)
      if (isEqual(seen.get(identity), item)) throw new Error(`${what}: ${list} ${identity} twice`)
      seen.set(identity, item)
    }
  }
}
