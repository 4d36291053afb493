import { useRef, useState } from 'react'
import { renameInShowcase } from '../bridge/showcase.ts'
import { toast } from '../ui/toast.tsx'
import type { Rename, Showcase, ShowcaseTable } from './showcase.ts'

/** The showcase and what one may do to it: move tables, rename columns. The code that comes back is written anew by the exporters. */
export function useShowcase(initial: Showcase) {
  const [showcase, setShowcase] = useState(initial)
  const [renames, setRenames] = useState<readonly Rename[]>([])
  const isReady = useRef(false)
  /** Lets the server load parser and exporters while the visitor is still typing. */
  const prepare = () => {
    if (isReady.current) return
    isReady.current = true
    renameInShowcase({ data: [] }).catch(() => undefined)
  }
  const place = (move: (table: ShowcaseTable) => ShowcaseTable) => setShowcase((now) => ({ ...now, tables: now.tables.map(move) }))

  const rename = async (wanted: Rename) => {
    const next = [...renames.filter(({ id }) => id !== wanted.id), wanted]
    const before = showcase
    // On the canvas at once; the code follows when it is written.
    place((table) => renamed(table, wanted))
    try {
      const { showcase: after, refused } = await renameInShowcase({ data: next })
      for (const message of refused) toast.error(message)
      if (refused.length === 0) setRenames(next)
      setShowcase((now) => inPlace(after, now.tables))
    } catch {
      toast.error('The code could not be written just now', { description: 'The column keeps its name. Try again in a moment.' })
      setShowcase((now) => inPlace(before, now.tables))
    }
  }
  return { showcase, place, prepare, rename: (wanted: Rename) => void rename(wanted) }
}

const renamed = (table: ShowcaseTable, { id, name }: Rename): ShowcaseTable => ({
  ...table,
  columns: table.columns.map((column) => (column.id === id ? { ...column, name } : column)),
})

/** A showcase with its tables where the visitor has put them. */
function inPlace(showcase: Showcase, now: readonly ShowcaseTable[]): Showcase {
  const places = new Map(now.map(({ name, x, y }) => [name, { x, y }]))
  return { ...showcase, tables: showcase.tables.map((table) => ({ ...table, ...places.get(table.name) })) }
}
