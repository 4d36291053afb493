// `npm run build`: the web app, the server and the command line, into dist/.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled, markBuilt } from './lib/prepare.mjs'
import { bin, quiet, root, step } from './lib/run.mjs'

/** Builds everything that runs from dist/ and remembers what it was built from. */
export async function build() {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true })
  const env = { ...process.env, NODE_ENV: 'production' }
  await step('Building the web app', () => quiet(process.execPath, [bin('vite'), 'build'], { env }))
  await step('Building the server', () => quiet(process.execPath, [bin('vite'), 'build', '--config', 'src/main/vite.config.ts'], { env }))
  await step('Building the command line', () =>
    quiet(process.execPath, [bin('vite'), 'build', '--config', 'src/cli/vite.config.ts'], { env }),
  )
  // What would otherwise be done at the first start: an initialised database to begin with, and compressed copies of the app's files.
  await step('Preparing the first start', () => quiet(process.execPath, ['dist/server/prepare.js'], { env }))
  markBuilt()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureInstalled()
  await build()
}
