// `npm run bench [name…]`: the figures of our promises, as ratios measured in one run. Exit code 1 when one is not reached.
import { ensureBuilt, ensureInstalled } from './lib/prepare.mjs'
import { findChromium, startPostgres } from './lib/machine.mjs'
import { bin, say, show } from './lib/run.mjs'

await ensureInstalled()
await ensureBuilt()
const chromium = await findChromium()
if (!chromium) say('SKIPPED: no Chromium: the canvas is not measured')
const postgres = await startPostgres()
if (!postgres) say('SKIPPED: no PostgreSQL server: introspection is not measured')
const env = {
  ...process.env,
  ...(chromium && { CHROMIUM_PATH: chromium }),
  ...(postgres && { SCHEMAFLOW_TEST_PG: postgres.url }),
  SCHEMAFLOW_BENCH: process.argv.slice(2).join(','),
}
try {
  process.exitCode = await show(process.execPath, [bin('vitest'), 'run', '--config', 'vitest.bench.config.ts'], { env })
} finally {
  postgres?.stop()
}
