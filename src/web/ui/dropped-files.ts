/** The files of a drop, those in dropped folders too, sorted by path: the order in which a folder of migrations is read. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  // Entries must be taken before the first await: the list is emptied when the event is over.
  const entries = [...data.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null)).filter((entry) => entry !== null)
  if (entries.length === 0) return [...data.files]
  const found = (await Promise.all(entries.map(filesIn))).flat()
  return found.toSorted((a, b) => comparePaths(a.path, b.path)).map(named)
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

/** Gives a file out of a folder its path, as files chosen in a folder dialog have it. */
function named({ path, file }: Found): File {
  const relative = path.replace(/^\//, '')
  if (relative !== file.name) Object.defineProperty(file, 'webkitRelativePath', { value: relative })
  return file
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const comparePaths = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
