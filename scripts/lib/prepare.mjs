// Brings the checkout into a state where it can run: packages as in the lockfile, everything built. Does nothing when nothing changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { quiet, root, step } from './run.mjs'

const installStamp = path.join(root, 'node_modules', '.schemaflow-lock')
const buildStamp = path.join(root, 'dist', '.sources')

/** Installs the packages of the lockfile when it changed since the last time. */
export async function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update(process.version)
    .digest('hex')
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === lock) return
  // The build needs the development packages, also where NODE_ENV=production would leave them out.
  await step('Installing packages', () =>
    quiet('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' }),
  )
  writeFileSync(installStamp, lock)
}

/** Builds when a source changed since the last build. */
export async function ensureBuilt() {
  const sources = fingerprint()
  if (existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === sources) return
  const { build } = await import('../build.mjs')
  await build()
}

/** Remembers that `dist` was built from the sources as they are now. */
export function markBuilt() {
  mkdirSync(path.dirname(buildStamp), { recursive: true })
  writeFileSync(buildStamp, fingerprint())
}

// Path, size and time of every file that goes into the build: 2 ms where hashing the contents would take 50.
function fingerprint() {
  const hash = createHash('sha256')
  const add = (file) => {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`)
  }
  for (const file of ['package.json', 'package-lock.json', 'vite.config.ts', 'scripts/build.mjs']) add(path.join(root, file))
  const walk = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const full = path.join(dir, entry.name)
      if (entry.isDirectory()) walk(full)
      else if (!/\.(test|bench)\.tsx?$|routeTree\.gen\.ts$/.test(entry.name)) add(full)
    }
  }
  walk(path.join(root, 'src'))
  return hash.digest('hex')
}
