import { Diamond, KeyRound, Link2 } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { cn } from '../ui/cn.ts'
import { InlineEdit } from '../ui/inline-edit.tsx'
import { type Rename, type ShowcaseColor, type ShowcaseColumn, type ShowcaseTable, tableSize } from './showcase.ts'

interface MiniTableProps {
  readonly table: ShowcaseTable
  readonly active: boolean
  readonly onActive: (name: string | null) => void
  /** Moved by so many CSS pixels. */
  readonly onMove: (name: string, dx: number, dy: number) => void
  readonly onRename: (rename: Rename) => void
}

/** A table that can be dragged, or moved with the arrow keys. */
export function MiniTable(props: MiniTableProps) {
  const { table, active, onRename } = props
  return (
    // A group that moves: no native element is one.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label={`Table ${table.name}, ${table.columns.length} columns. The arrow keys move it.`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      {...useMove(props)}
      style={{ width: tableSize.width, transform: `translate(${table.x}px, ${table.y}px)` }}
      className={cn(
        'absolute top-0 left-0 cursor-grab overflow-hidden rounded-lg border bg-surface shadow-md transition-[border-color,box-shadow] select-none active:cursor-grabbing',
        active && 'z-10 border-blue shadow-[0_0_0_3px_color-mix(in_srgb,var(--accent-blue)_20%,transparent),var(--shadow-md)]',
      )}
    >
      <div className="flex h-8 items-center gap-2 border-b border-line-muted px-2.5 text-[12.5px] font-semibold">
        <span className={cn('h-4 w-[3px] rounded-xs', bars[table.color])} />
        <span>
          {table.namespace ? <span className="text-[11.5px] font-normal text-faint">{table.namespace}.</span> : null}
          {table.name}
        </span>
      </div>
      {table.columns.map((column) => (
        <MiniColumn key={column.id} column={column} onRename={onRename} />
      ))}
      {table.foot ? (
        <div className="flex h-[22px] items-center border-t border-line-muted px-2.5 text-[10.5px] text-faint">{table.foot}</div>
      ) : (
        <div className="h-[4px]" />
      )}
    </div>
  )
}

/** What moves a table and says that it is the one pointed at. */
function useMove({ table, onActive, onMove }: MiniTableProps) {
  const last = useRef<{ readonly x: number; readonly y: number } | null>(null)
  const onPointerEnd = () => {
    last.current = null
  }
  return {
    onPointerEnter: () => onActive(table.name),
    onPointerLeave: () => onActive(null),
    onFocus: () => onActive(table.name),
    onBlur: () => onActive(null),
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      // A finger scrolls the page; a name in the table is there to be clicked.
      if (event.pointerType === 'touch' || (event.target instanceof Element && event.target.closest('button, input'))) return
      event.currentTarget.setPointerCapture(event.pointerId)
      last.current = { x: event.clientX, y: event.clientY }
    },
    onPointerMove: (event: PointerEvent) => {
      if (!last.current) return
      onMove(table.name, event.clientX - last.current.x, event.clientY - last.current.y)
      last.current = { x: event.clientX, y: event.clientY }
    },
    onPointerUp: onPointerEnd,
    onPointerCancel: onPointerEnd,
    onKeyDown: (event: KeyboardEvent) => {
      const step = arrowSteps[event.key]
      if (!step || event.target !== event.currentTarget) return
      event.preventDefault()
      onMove(table.name, step[0], step[1])
    },
  }
}

function MiniColumn({ column, onRename }: { readonly column: ShowcaseColumn } & Pick<MiniTableProps, 'onRename'>) {
  const [editing, setEditing] = useState(false)
  return (
    <div className="flex h-6 items-center gap-2 px-2.5 font-mono text-[11.5px]">
      <KeyMark column={column} />
      {editing ? (
        <InlineEdit
          label={`Name of ${column.name}`}
          value={column.name}
          maxLength={63}
          onChange={(name) => onRename({ id: column.id, name })}
          onDone={() => setEditing(false)}
          className="-ml-1.5 h-[22px] min-w-20 rounded-xs px-1 font-mono text-[11.5px]"
        />
      ) : (
        <button
          type="button"
          title="Rename"
          onClick={() => setEditing(true)}
          className="-mx-1 h-6 cursor-text rounded-xs px-1 hover:bg-hover hover:shadow-[inset_0_-1px_0_var(--accent-blue)]"
        >
          {column.name}
          {column.nullable ? <span className="text-faint"> ?</span> : null}
        </button>
      )}
      <span className="ml-auto truncate text-[11px] text-muted">{column.type}</span>
    </div>
  )
}

const arrowSteps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-10, 0],
  ArrowRight: [10, 0],
  ArrowUp: [0, -10],
  ArrowDown: [0, 10],
}
const bars: Readonly<Record<ShowcaseColor, string>> = { blue: 'bg-blue', green: 'bg-green', purple: 'bg-purple', yellow: 'bg-yellow' }

function KeyMark({ column }: { readonly column: ShowcaseColumn }) {
  if (column.primary)
    return <KeyRound aria-label="Primary key" className={cn('size-3 shrink-0', column.foreign ? 'text-blue' : 'text-yellow')} />
  if (column.foreign)
    return <Link2 aria-label="Foreign key" className={cn('size-3 shrink-0', column.unique ? 'text-purple' : 'text-blue')} />
  if (column.unique) return <Diamond aria-label="Unique" className="size-3 shrink-0 text-purple" />
  return <span className="size-3 shrink-0" />
}
