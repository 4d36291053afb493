// `npm run check`: format, lint, types, borders, unused code, generated docs. Says everything that is wrong, not only the first thing.
import { ensureInstalled } from './lib/prepare.mjs'
import { bin, quiet, root, say } from './lib/run.mjs'

await ensureInstalled()
const node = (name, ...args) => [process.execPath, [bin(name), ...args]]
const checks = [
  ['format', ...node('oxfmt', '--check')],
  ['lint', ...node('oxlint', '--deny-warnings')],
  // Two TypeScripts are installed (see scripts/lib/typescript-6.mjs); the compiler is 7.
  ['types', process.execPath, ['node_modules/typescript/bin/tsc', '-b']],
  [
    'borders',
    process.execPath,
    ['--import', './scripts/lib/typescript-6.mjs', bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'src', 'tests'],
  ],
  ['unused code', ...node('knip')],
  ['generated docs', process.execPath, ['scripts/docs.mjs', '--check']],
]
let failed = 0
for (const [name, command, args] of checks) {
  const started = Date.now()
  try {
    await quiet(command, args, { cwd: root })
    say(`ok      ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failed += 1
    say(`FAILED  ${name}\n${error.message}`)
  }
}
process.exitCode = failed ? 1 : 0
