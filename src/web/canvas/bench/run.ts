import type { Browser, CDPSession } from 'playwright-core'
import { openBench } from './open-bench.ts'

/** A figure of the bench: `ratio` must not exceed `limit`. */
export interface Figure {
  readonly name: string
  readonly ratio: number
  readonly limit: number
  readonly detail: string
}

const WIDTH = 1440
const HEIGHT = 900
const TABLES = 1000
const REPETITIONS = Number(process.env['SCHEMAFLOW_BENCH_REPETITIONS'] ?? 3)
const LIMIT = 1 / 5
/** A cell that is very slow is cut short after this long, in ms; its step count is told. */
const CAP = 12_000

type Variant = 'blank' | 'naive' | 'product'
type Scene = 'near' | 'fit'
const acts = ['wheel pan', 'wheel zoom', 'hover', 'drag pan', 'drag a table'] as const
type Act = (typeof acts)[number]
/** Far out the plain canvas cannot be measured fairly at dragging: its tables are too small to hit. */
const actsOf = (scene: Scene): readonly Act[] => (scene === 'near' ? acts : acts.filter((act) => act !== 'drag a table'))

/**
 * Measures the product canvas against a plain React Flow canvas of the same schema: main-thread CPU per input event at 1,000 tables of 12
 * columns, at near zoom and with everything in sight. CPU, not wall time, so that a busy machine does not matter much; both in one run, in
 * mixed order, from one build.
 */
export async function run(): Promise<Figure[]> {
  const bench = await openBench()
  try {
    return await measureAll(bench.browser, bench.address)
  } finally {
    await bench.close()
  }
}

async function measureAll(browser: Browser, address: string): Promise<Figure[]> {
  const samples = new Map<string, number[]>()
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const seed = [7, 101, 202][repetition % 3] ?? 7
    for (const scene of ['near', 'fit'] as const) {
      const order = rotate<Variant>(['naive', 'product', 'blank'], repetition)
      for (const variant of order) {
        const costs = await measure(browser, `${address}/?variant=${variant}&tables=${TABLES}&seed=${seed}&view=${scene}`)
        for (const act of actsOf(scene))
          samples.set(key(scene, variant, act), [...(samples.get(key(scene, variant, act)) ?? []), costs[act] ?? 0])
      }
    }
  }
  return (['near', 'fit'] as const).flatMap((scene) =>
    actsOf(scene).map((act): Figure => {
      const cost = (variant: Variant): number => median(samples.get(key(scene, variant, act)) ?? [])
      const [naive, product, blank] = [cost('naive'), cost('product'), cost('blank')]
      return {
        name: `canvas, ${TABLES} tables, ${scene === 'near' ? 'near zoom' : 'everything in sight'}, ${act}`,
        ratio: product / naive,
        limit: LIMIT,
        detail: `main-thread CPU per event: product ${product.toFixed(2)} ms, plain React Flow ${naive.toFixed(2)} ms, ${blank > 0 ? `empty React Flow ${blank.toFixed(2)} ms` : 'no tables in the empty one'}; median of ${REPETITIONS}`,
      }
    }),
  )
}

/** One page of one variant: the cost of each act in ms per input event. */
async function measure(browser: Browser, address: string): Promise<Partial<Record<Act, number>>> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } })
  try {
    await page.goto(address, { timeout: 180_000 })
    await page.waitForFunction('window.isReady === true', undefined, { timeout: 180_000 })
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    // Everything that is loaded lazily has settled.
    await page.evaluate('new Promise((done) => requestIdleCallback(done, { timeout: 2000 }))')
    const wheel = await cost(session, 60, (step) => wheelStep(session, step))
    const hover = await cost(session, 40, (step) =>
      mouse(session, 'mouseMoved', { x: 200 + step * 24, y: 150 + (step % 20) * 29, buttons: 0 }),
    )
    const pan = await dragCost(session, { x: 20, y: 20 })
    const zoom = await cost(session, 40, (step) => wheelStep(session, step, true))
    const table = await page.evaluate(findTable)
    const drag = table ? { 'drag a table': await dragCost(session, table) } : {}
    return { 'wheel pan': wheel, 'wheel zoom': zoom, hover, 'drag pan': pan, ...drag }
  } finally {
    await page.close()
  }
}

/** Runs steps until they are done or the cap is reached; main-thread CPU in ms per step. */
async function cost(session: CDPSession, steps: number, act: (step: number) => Promise<unknown>): Promise<number> {
  const before = await busy(session)
  const start = Date.now()
  let done = 0
  while (done < steps && (done < 5 || Date.now() - start < CAP)) await act(done++)
  return ((await busy(session)) - before) / done
}

/** Main-thread CPU so far, in ms. */
async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

/** Wheel to and fro; with Ctrl it zooms a little in and out. */
function wheelStep(session: CDPSession, step: number, isZoom = false): Promise<unknown> {
  const direction = Math.floor(step / (isZoom ? 10 : 30)) % 2 === 0 ? 1 : -1
  const deltas = isZoom ? { deltaX: 0, deltaY: 12 * direction, modifiers: 2 } : { deltaX: 40 * direction, deltaY: 24 * direction }
  return session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: WIDTH / 2, y: HEIGHT / 2, ...deltas })
}

/** Presses, drags to and fro, lets go. */
async function dragCost(session: CDPSession, { x, y }: { readonly x: number; readonly y: number }): Promise<number> {
  await mouse(session, 'mousePressed', { x, y, buttons: 1 })
  const place = (step: number): MousePlace => ({ x: x + zigzag(step, 25) * 9, y: y + zigzag(step, 25) * 5, buttons: 1 })
  const each = await cost(session, 50, (step) => mouse(session, 'mouseMoved', place(step)))
  await mouse(session, 'mouseReleased', { x, y, buttons: 0 })
  return each
}

/** The header of a table in the left upper part of the screen. Runs in the page. */
function findTable(): { x: number; y: number } | null {
  for (const element of document.querySelectorAll('.sf-table, .react-flow__node')) {
    const { left, top } = element.getBoundingClientRect()
    if (left > 60 && left < 900 && top > 60 && top < 600) return { x: left + 60, y: top + 14 }
  }
  return null
}

type MouseEventType = 'mouseMoved' | 'mousePressed' | 'mouseReleased'
interface MousePlace {
  readonly x: number
  readonly y: number
  readonly buttons: 0 | 1
}
function mouse(session: CDPSession, type: MouseEventType, { x, y, buttons }: MousePlace): Promise<unknown> {
  const button = type === 'mouseMoved' && buttons === 0 ? 'none' : 'left'
  return session.send('Input.dispatchMouseEvent', { type, x, y, button, buttons, clickCount: type === 'mouseMoved' ? 0 : 1 })
}

/** 0, 1 … n, n - 1 … 0, 1 … */
const zigzag = (step: number, n: number): number => n - Math.abs((step % (2 * n)) - n)
const key = (scene: Scene, variant: Variant, act: Act): string => `${scene} ${variant} ${act}`
const rotate = <T>(list: readonly T[], by: number): T[] => [...list.slice(by % list.length), ...list.slice(0, by % list.length)]
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
