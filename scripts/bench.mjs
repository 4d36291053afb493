// `npm run bench [name…]`: the figures of our promises, as ratios measured in one run. Exit code 1 when one is not reached.
import { ensureBuilt, ensureInstalled } from './lib/prepare.mjs'
import { findChromium } from './lib/machine.mjs'
import { bin, say, show } from './lib/run.mjs'

await ensureInstalled()
await ensureBuilt()
const chromium = await findChromium()
if (!chromium) say('SKIPPED: no Chromium: the canvas is not measured')
const env = { ...process.env, ...(chromium && { CHROMIUM_PATH: chromium }), SCHEMAFLOW_BENCH: process.argv.slice(2).join(',') }
process.exitCode = await show(process.execPath, [bin('vitest'), 'run', '--config', 'vitest.bench.config.ts'], { env })
