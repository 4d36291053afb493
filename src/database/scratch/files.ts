import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Where the worker and the packed data folder are. This file is part of several bundles (command line, server) and runs from the sources in tests,
// so it looks from the package's own folder, the nearest one above with a package.json.

const root = packageRoot(dirname(fileURLToPath(import.meta.url)))

export const archiveName = 'pglite-scratch.gz'
export const workerName = 'pglite-scratch-worker.mjs'

/** Made by the build (src/main/prepare.ts). Without it the first opening takes seconds more. */
export const archiveFile = join(root, 'dist', archiveName)

/** The thread's program: beside us in the sources, copied into dist/ by the build. */
export const workerSource = join(root, 'src/database/scratch/worker.mjs')
export const workerFile = existsSync(workerSource) ? workerSource : join(root, 'dist', workerName)

function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(folder)
  return above === folder ? process.cwd() : packageRoot(above)
}
