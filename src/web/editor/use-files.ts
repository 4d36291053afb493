import { useEffect, useState } from 'react'
import { handedOver, handOver } from './handover.ts'

export interface Files {
  /** What the import dialog begins with; null = the dialog is closed. */
  readonly dropped: readonly File[] | null
  readonly open: (files: readonly File[]) => void
  readonly close: () => void
}

/** The files to import: dropped here, or on the page from which we came. */
export function useFiles(): Files {
  const [dropped, setDropped] = useState(() => {
    const brought = handedOver()
    return brought.length > 0 ? brought : null
  })
  useEffect(() => handOver([]), [])
  return { dropped, open: setDropped, close: () => setDropped(null) }
}
