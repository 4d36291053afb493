// `npm run soak`: the property tests and the kill -9 test, run for long. SOAK_RUNS sets how long (default 100,000 property runs).
import { ensureBuilt, ensureInstalled } from './lib/prepare.mjs'
import { bin, show } from './lib/run.mjs'

await ensureInstalled()
await ensureBuilt()
const env = { ...process.env, FAST_CHECK_RUNS: process.env.SOAK_RUNS ?? '100000', SOAK_KILLS: process.env.SOAK_KILLS ?? '100' }
process.exitCode = await show(
  process.execPath,
  [bin('vitest'), 'run', '--project', 'unit', '--project', 'integration', '--testTimeout', '7200000', '-t', 'property|kill -9'],
  { env },
)
