// Part of the build: what the server would otherwise do at its first start. `node dist/server/prepare.js`.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { buildScratchArchive } from '#database/scratch/build-archive.ts'
import { buildSeed } from '#server/storage/build-seed.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

await Promise.all([buildSeed(here('../pglite-seed.gz')), buildScratchArchive(here('..')), compressFiles(here('../client'))])

/** Puts a `.br` and a `.gz` beside every file that gets smaller by it. */
async function compressFiles(folder: string): Promise<void> {
  const compressible = new Set(['.js', '.css', '.json', '.svg', '.wasm', '.txt', '.html', '.webmanifest'])
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !compressible.has(extname(path)) || (await stat(path)).size < 1_400) continue
    const content = await readFile(path)
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }
    const [br, gz] = await Promise.all([promisify(brotliCompress)(content, quality), promisify(gzip)(content, { level: 9 })])
    if (br.length < content.length) await writeFile(`${path}.br`, br)
    if (gz.length < content.length) await writeFile(`${path}.gz`, gz)
  }
}
