import { useState } from 'react'
import { renameInShowcase } from '../bridge/showcase.ts'
import { toast } from '../ui/toast.tsx'
import type { Rename, Showcase, ShowcaseTable } from './showcase.ts'

/** The showcase and what one may do to it: move tables, rename columns. The code that comes back is written anew by the exporters. */
export function useShowcase(initial: Showcase) {
  const [showcase, setShowcase] = useState(initial)
  const [renames, setRenames] = useState<readonly Rename[]>([])
  const place = (move: (table: ShowcaseTable) => ShowcaseTable) => setShowcase((before) => ({ ...before, tables: before.tables.map(move) }))

  const rename = async (wanted: Rename) => {
    const next = [...renames.filter(({ id }) => id !== wanted.id), wanted]
    try {
      const { showcase: after, refused } = await renameInShowcase({ data: next })
      for (const message of refused) toast.error(message)
      if (refused.length === 0) setRenames(next)
      setShowcase((before) => ({ ...after, tables: after.tables.map((table) => keepPlace(table, before.tables)) }))
    } catch {
      toast.error('The server cannot be reached', { description: 'The column keeps its name. Check the connection and try again.' })
    }
  }
  return { showcase, place, rename: (wanted: Rename) => void rename(wanted) }
}

function keepPlace(table: ShowcaseTable, before: readonly ShowcaseTable[]): ShowcaseTable {
  const known = before.find(({ name }) => name === table.name)
  return known ? { ...table, x: known.x, y: known.y } : table
}
