// `npm run soak`: the property tests, broken files and the kill -9 test, run for long. SOAK_RUNS (default 20,000) and SOAK_KILLS (default 100) say how long.
// It draws other cases each time; SCHEMAFLOW_SEED draws those of one seed.
import { startPostgres } from './lib/machine.mjs'
import { ensureBuilt, ensureInstalled } from './lib/prepare.mjs'
import { bin, say, show } from './lib/run.mjs'

await ensureInstalled()
await ensureBuilt()
const postgres = await startPostgres()
if (!postgres) say('SKIPPED: no PostgreSQL server: what it would judge is left out')
const runs = process.env.SOAK_RUNS ?? '20000'
const env = {
  ...process.env,
  SCHEMAFLOW_SEED: process.env.SCHEMAFLOW_SEED ?? String(Date.now() % 2 ** 31),
  ...(postgres && { SCHEMAFLOW_TEST_PG: postgres.url }),
  SCHEMAFLOW_SYNC_RUNS: runs,
  SCHEMAFLOW_TEST_RUNS: runs,
  SCHEMAFLOW_FUZZ_FILES: runs,
  SCHEMAFLOW_FUZZ_JOINS: String(Math.ceil(Number(runs) / 10)),
  SCHEMAFLOW_KILLS: process.env.SOAK_KILLS ?? '100',
}
const files = ['tests/sync', 'tests/fuzz', 'tests/conformance', 'tests/server/collaboration', 'src/formats/postgres-sql/export/exporter.pg']
say(`The seed is ${env.SCHEMAFLOW_SEED}.`)
try {
  const args = ['run', '--project', 'unit', '--project', 'integration', '--testTimeout', '36000000', ...files]
  process.exitCode = await show(process.execPath, [bin('vitest'), ...args], { env })
} finally {
  postgres?.stop()
}
