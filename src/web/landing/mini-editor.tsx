import { useState } from 'react'
import { MiniCode } from './mini-code.tsx'
import { MiniEdges } from './mini-edges.tsx'
import { MiniTable } from './mini-table.tsx'
import { type Showcase, tableHeight, tableSize } from './showcase.ts'
import type { useShowcase } from './use-showcase.ts'

/** A small live canvas beside its code: drag a table, rename a column, point at one to find its text. */
export function MiniEditor({ live }: { readonly live: ReturnType<typeof useShowcase> }) {
  const { showcase, place, prepare, rename } = live
  const [active, setActive] = useState<string | null>(null)
  const move = (name: string, dx: number, dy: number) =>
    place((table) => (table.name === name ? within({ ...table, x: table.x + dx, y: table.y + dy }) : table))
  return (
    <div onFocus={prepare} className="grid h-[560px] overflow-hidden rounded-2xl border bg-canvas shadow-lg lg:grid-cols-[1fr_376px]">
      <div className="overflow-x-auto overflow-y-hidden">
        <div className="relative h-full min-w-[838px] overflow-hidden bg-dotted">
          <div
            className="absolute top-5 rounded-2xl border border-dashed border-yellow/45 bg-yellow/5 text-xs font-semibold text-yellow"
            style={areaStyle}
          >
            <span className="absolute top-2 left-3.5">billing</span>
          </div>
          <MiniEdges links={showcase.links} tables={showcase.tables} active={active} />
          {showcase.tables.map((table) => (
            <MiniTable key={table.name} table={table} active={table.name === active} onActive={setActive} onMove={move} onRename={rename} />
          ))}
        </div>
      </div>
      <div className="hidden min-h-0 lg:block">
        <MiniCode code={showcase.code} active={active} />
      </div>
    </div>
  )
}

const canvas = { width: 848, height: 560 }
const areaStyle = { left: 560, width: tableSize.width + 36, height: 470 }

/** Tables stay where they can be fetched back. */
const within = <T extends Showcase['tables'][number]>(table: T): T => ({
  ...table,
  x: Math.min(canvas.width - tableSize.width, Math.max(0, table.x)),
  y: Math.min(canvas.height - tableHeight(table), Math.max(0, table.y)),
})
