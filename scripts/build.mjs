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
  await step('Building the server and the command line', () => quiet(process.execPath, [bin('vite'), 'build', '--config', 'vite.node.config.ts'], { env }))
  markBuilt()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureInstalled()
  await build()
}
