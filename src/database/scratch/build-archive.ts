import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { archiveName, workerName, workerSource } from './files.ts'
import { WorkerDatabase } from './worker-database.ts'

/** Part of the build: makes what scratch databases begin with (an empty data folder, packed, and the thread's program) in `dist`. */
export async function buildScratchArchive(dist: string): Promise<void> {
  await mkdir(dist, { recursive: true })
  await copyFile(workerSource, join(dist, workerName))
  const database = new WorkerDatabase({ archive: null })
  try {
    const file = join(dist, archiveName)
    await writeFile(`${file}.new`, await database.pack())
    await rename(`${file}.new`, file)
  } finally {
    await database.close()
  }
}
