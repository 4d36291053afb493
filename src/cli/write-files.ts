import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { wrongUse } from './exit-code.ts'

/** Writes one file to `out`, or several into the directory `out`. */
export async function writeFiles(files: readonly { readonly path: string; readonly text: string }[], out: string): Promise<void> {
  const [only] = files
  try {
    if (only && files.length === 1) return await writeFile(out, only.text)
    for (const file of files) {
      const target = path.join(out, file.path)
      await mkdir(path.dirname(target), { recursive: true })
      await writeFile(target, file.text)
    }
  } catch (error) {
    throw wrongUse(`cannot write ${out}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
