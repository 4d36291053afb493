import { mkdtemp, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openDurablePGlite } from './durable-pglite.ts'
import { packFolder } from './folder-archive.ts'
import { migrate } from './migrate.ts'
import { wrap } from './open-pglite.ts'

/**
 * Makes a PGlite data folder with all our tables, packed (see folder-archive.ts). Part of the build: a first start that unpacks it takes a second
 * instead of the four that initdb and the migrations take.
 */
export async function buildSeed(outFile: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'schemaflow-seed-'))
  try {
    const { db } = await openDurablePGlite(join(folder, 'pglite'))
    await migrate(wrap(db))
    // Two calls: several statements in one are one transaction, and VACUUM refuses that.
    await db.exec('VACUUM FULL')
    // Closed, so that whoever unpacks it finds nothing to recover.
    await db.close()
    await mkdir(dirname(outFile), { recursive: true })
    await writeFile(`${outFile}.new`, await packFolder(join(folder, 'pglite')))
    await rename(`${outFile}.new`, outFile)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
