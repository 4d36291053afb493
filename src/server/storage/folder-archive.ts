import { mkdir, open, readFile, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'

// A folder as one file: gzip of a length (4 bytes, little endian), so much JSON that lists the entries, and the contents in the same order.
// Not tar, because the unpacker has to force a thousand files to the disk at once, and that is most of what it does.

interface ArchiveEntry {
  /** Relative, with `/`. */
  readonly path: string
  readonly mode: number
  /** Bytes; null = a folder. */
  readonly size: number | null
}

/** Files written and forced to the disk at the same time: the file system then answers many with one write of its journal. */
const AT_ONCE = 64

/** Packs everything in a folder. */
export async function packFolder(folder: string): Promise<Buffer> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = found.map((entry) => join(entry.parentPath, entry.name)).sort()
  const entries: ArchiveEntry[] = []
  const contents: Buffer[] = []
  for (const path of paths) {
    const { mode } = await stat(path)
    const isFolder = found.some((entry) => entry.isDirectory() && join(entry.parentPath, entry.name) === path)
    const content = isFolder ? null : await readFile(path)
    entries.push({ path: relative(folder, path).split(sep).join('/'), mode: mode & 0o777, size: content?.length ?? null })
    if (content) contents.push(content)
  }
  const head = Buffer.from(JSON.stringify(entries))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  return promisify(gzip)(Buffer.concat([length, head, ...contents]))
}

/** Unpacks into a folder that is not there yet. All of it is on the disk when this returns. */
export async function unpackFolder(archive: Buffer, folder: string): Promise<void> {
  const data = await promisify(gunzip)(archive)
  const headEnd = 4 + data.readUInt32LE(0)
  const entries = JSON.parse(data.subarray(4, headEnd).toString()) as readonly ArchiveEntry[]
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files: { readonly path: string; readonly mode: number; readonly content: Buffer }[] = []
  let position = headEnd
  for (const { path, mode, size } of entries) {
    const target = join(folder, path)
    if (size === null) await mkdir(target, { recursive: true, mode })
    else files.push({ path: target, mode, content: data.subarray(position, (position += size)) })
  }
  for (let start = 0; start < files.length; start += AT_ONCE) await Promise.all(files.slice(start, start + AT_ONCE).map(writeThrough))
  const folders = [folder, ...entries.filter(({ size }) => size === null).map(({ path }) => join(folder, path))]
  await Promise.all([...folders, dirname(folder)].map(syncFolder))
}

async function writeThrough({
  path,
  mode,
  content,
}: {
  readonly path: string
  readonly mode: number
  readonly content: Buffer
}): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The names in a folder, forced to the disk. Windows does it by itself, and refuses to be told. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
