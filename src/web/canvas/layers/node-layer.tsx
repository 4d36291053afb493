import type { ReactNode } from 'react'
import { useStore } from '#web/state/store.ts'
import { useCanvas } from '../kit.ts'
import { TableNode } from '../nodes/table-node.tsx'

/** The tables in sight, as elements. */
export function NodeLayer(): ReactNode {
  const ids = useStore(useCanvas().mounter.ids, (it) => it)
  return ids.map((id) => <TableNode key={id} id={id} />)
}
