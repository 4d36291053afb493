// `npm test`: installs what is missing (a Chromium and a PostgreSQL server too), builds, runs every test and closes with `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureBuilt, ensureInstalled } from './lib/prepare.mjs'
import { findChromium, startPostgres } from './lib/machine.mjs'
import { bin, root, say, show } from './lib/run.mjs'

const isCi = process.env.CI === 'true'
await ensureInstalled()
await ensureBuilt()
const chromium = await findChromium()
const postgres = await startPostgres()

const lacking = []
if (!chromium) lacking.push('no Chromium: the browser tests are skipped (set CHROMIUM_PATH, or install chromium)')
if (!postgres) lacking.push('no PostgreSQL server: the tests against one are skipped (set SCHEMAFLOW_TEST_PG, or install postgresql)')
for (const line of lacking) say(`SKIPPED: ${line}`)

const env = {
  ...process.env,
  ...(chromium && { CHROMIUM_PATH: chromium }),
  ...(postgres && { SCHEMAFLOW_TEST_PG: postgres.url, PG_URL: postgres.url }),
}
const report = path.join(root, '.cache', 'test-report.json')
mkdirSync(path.dirname(report), { recursive: true })
let code = 1
try {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, '--coverage', ...process.argv.slice(2)]
  code = await show(process.execPath, [bin('vitest'), ...args], { env })
} finally {
  postgres?.stop()
}

const counted = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numFailedTestSuites: 0 }
const skipped = counted.numPendingTests + (counted.numTodoTests ?? 0)
const unmet = isCi ? lacking.length + skipped : 0
if (unmet > 0) say(`With CI=true a skip is a failure: ${unmet} skipped.`)
// A file that cannot even be loaded, or a floor not reached, fails the run without failing a test: it counts as one.
const failed = counted.numFailedTests + unmet || (code === 0 ? 0 : 1)
console.log(`${counted.numPassedTests} passed, ${failed} failed${skipped && !isCi ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed === 0 ? 0 : 1
