/** The files of a drop, those in dropped folders too, sorted by path: the order in which a folder of migrations is read. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  // Entries must be taken before the first await: the list is emptied when the event is over.
  const entries = [...data.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null)).filter((entry) => entry !== null)
  if (entries.length === 0) return [...data.files]
  const found = (await Promise.all(entries.map(filesIn))).flat()
  return found.toSorted((a, b) => comparePaths(a.path, b.path)).map(({ file }) => file)
}

/** True when the drag carries files, as opposed to text or links. */
export const carriesFiles = (data: DataTransfer | null): data is DataTransfer => data !== null && [...data.types].includes('Files')

interface Found {
  readonly path: string
  readonly file: File
}

async function filesIn(entry: FileSystemEntry): Promise<Found[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    return [{ path: entry.fullPath, file }]
  }
  if (!isDirectory(entry)) return []
  const reader = entry.createReader()
  const inside: FileSystemEntry[] = []
  for (;;) {
    // A directory is read in portions; an empty one is the end.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0) break
    inside.push(...portion.filter((it) => !it.name.startsWith('.')))
  }
  return (await Promise.all(inside.map(filesIn))).flat()
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const comparePaths = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
