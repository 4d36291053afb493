import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { build } from 'vite'
import type { Figure } from '#formats/bench/formats-bench.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** The figures of the formats, measured on the code as it is built for people: a test runner's module loader slows ours and not the packages'. */
export async function run(): Promise<readonly Figure[]> {
  const outDir = path.join(root, '.cache/formats-bench')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.join(import.meta.dirname, 'formats-in-node.ts'),
      outDir,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'run.mjs' } },
    },
  })
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(outDir, 'run.mjs')], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  if (status !== 0) throw new Error(stderr)
  // What our own program has just written.
  return JSON.parse(stdout) as readonly Figure[]
}
