import { afterAll, expect, test } from 'vitest'

/** A figure measured in one run: `ratio` must not pass `limit` (or must reach it, for `atLeast`). */
interface Figure {
  readonly name: string
  readonly ratio: number
  readonly limit: number
  readonly atLeast?: boolean
  readonly detail: string
}

const suites: Readonly<Record<string, () => Promise<{ run: () => Promise<readonly Figure[]> }>>> = {
  formats: () => import('./formats.ts'),
  latency: () => import('../server/bench-latency.ts'),
  introspect: () => import('#database/introspect/bench/introspect.bench.ts'),
  truth: () => import('#database/truth/bench/truth-bench.ts'),
  memory: () => import('./memory.ts'),
  start: () => import('./start-time.ts'),
  canvas: () => import('#web/canvas/bench/run.ts'),
}
const wanted = (process.env['SCHEMAFLOW_BENCH'] ?? '').split(',').filter(Boolean)
const lines: string[] = []

for (const [name, load] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  test(`the figures of ${name}`, async () => {
    const { run } = await load()
    const figures = await run()
    for (const figure of figures) lines.push(describe(figure))
    expect(figures.filter((figure) => !holds(figure)).map(describe)).toEqual([])
  })
}

afterAll(() => {
  process.stdout.write(`\n${lines.join('\n')}\n`)
})

const holds = ({ ratio, limit, atLeast }: Figure): boolean => (atLeast ? ratio >= limit : ratio <= limit)
const describe = (figure: Figure): string =>
  `${holds(figure) ? 'reached ' : 'MISSED  '} ${figure.name}: ${figure.ratio.toFixed(2)} (${figure.atLeast ? 'at least' : 'at most'} ${figure.limit}) ${figure.detail}`
