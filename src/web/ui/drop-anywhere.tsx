import { FileDown } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { carriesFiles, droppedFiles } from './dropped-files.ts'

interface DropAnywhereProps {
  readonly onFiles: (files: readonly File[]) => void
  /** False while a dialog takes the drops itself. A file that misses it still does not replace the page. */
  readonly enabled?: boolean
}

/** Makes the whole page a place to drop files on, and says so while something hovers over it. */
export function DropAnywhere({ onFiles, enabled = true }: DropAnywhereProps) {
  const [over, setOver] = useState(false)
  const give = useEffectEvent((files: readonly File[]) => enabled && files.length > 0 && onFiles(files))
  useEffect(() => {
    const leaving = new AbortController()
    const listen = (name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) =>
      window.addEventListener(name, (event) => carriesFiles(event.dataTransfer) && listener(event), { signal: leaving.signal })
    listen('dragenter', () => setOver(true))
    listen('dragover', (event) => event.preventDefault())
    listen('dragleave', (event) => event.relatedTarget === null && setOver(false))
    listen('drop', (event) => {
      event.preventDefault()
      setOver(false)
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then((files) => give(files))
    })
    return () => leaving.abort()
  }, [])
  if (!over || !enabled) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim p-6 backdrop-blur-[2px] animate-in fade-in-0 duration-120">
      <div className="grid size-full place-items-center rounded-2xl border-2 border-dashed border-blue bg-blue/5">
        <div className="flex flex-col items-center gap-2 text-center">
          <FileDown className="size-8 text-blue" aria-hidden="true" />
          <p className="text-xl font-semibold tracking-tight">Let go to read it</p>
          <p className="text-sm text-muted">
            SQL files, a pg_dump, or a folder of migrations. Nothing is kept until you have seen the report.
          </p>
        </div>
      </div>
    </div>
  )
}
