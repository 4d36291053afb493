import { GripVertical, X } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { cn } from '../../ui/cn.ts'
import type { EnumValue } from './enum-values.ts'

/** Height of a value's line in CSS pixels. */
export const ENUM_ROW = 28

interface EnumValueLineProps {
  readonly value: EnumValue
  /** From 0. */
  readonly place: number
  readonly isLocked: boolean
  /** Where the value that is being dragged would go. */
  readonly mark: 'above' | 'below' | null
  readonly isHeld: boolean
  readonly onText: (text: string) => void
  readonly onDone: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  /** How far the grip was pulled, in CSS pixels. */
  readonly onDrag: (distance: number) => void
  readonly onDrop: () => void
  readonly onRemove: () => void
}

const marks = { above: 'shadow-[0_-1.5px_0_var(--accent-blue)]', below: 'shadow-[0_1.5px_0_var(--accent-blue)]' }

export function EnumValueLine({
  value,
  place,
  isLocked,
  mark,
  isHeld,
  onText,
  onDone,
  onKeyDown,
  onDrag,
  onDrop,
  onRemove,
}: EnumValueLineProps) {
  return (
    <li className={cn('group/value flex h-7 items-center gap-1', mark && marks[mark], isHeld && 'opacity-40')}>
      {isLocked ? null : <Grip label={`Move ${value.text}`} onDrag={onDrag} onDrop={onDrop} />}
      <input
        aria-label={`Value ${place + 1}`}
        spellCheck={false}
        readOnly={isLocked}
        value={value.text}
        onChange={(event) => onText(event.target.value)}
        onBlur={onDone}
        onKeyDown={onKeyDown}
        className="h-6 min-w-0 flex-1 rounded-sm bg-transparent px-1.5 font-mono text-xs outline-none hover:bg-hover focus:bg-canvas focus:shadow-[inset_0_0_0_1.5px_var(--accent-blue)]"
      />
      {isLocked ? null : (
        <Button
          variant="ghost"
          size="icon-sm"
          className="opacity-0 group-hover/value:opacity-100 focus-visible:opacity-100"
          aria-label={`Remove ${value.text}`}
          onClick={onRemove}
        >
          <X aria-hidden="true" />
        </Button>
      )}
    </li>
  )
}

interface GripProps {
  readonly label: string
  readonly onDrag: (distance: number) => void
  readonly onDrop: () => void
}

/** Pulled by mouse or finger; with the keyboard, Alt and the arrow keys do the same in the field beside it. */
function Grip({ label, onDrag, onDrop }: GripProps) {
  const start = useRef<number | null>(null)
  const take = (event: PointerEvent<HTMLButtonElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = event.clientY
    onDrag(0)
  }
  const end = () => {
    if (start.current === null) return
    start.current = null
    onDrop()
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      onPointerDown={take}
      onPointerMove={(event) => start.current !== null && onDrag(event.clientY - start.current)}
      onPointerUp={end}
      onPointerCancel={end}
      className="grid h-6 w-5 shrink-0 cursor-grab touch-none place-items-center text-mark active:cursor-grabbing"
    >
      <GripVertical className="size-3" aria-hidden="true" />
    </button>
  )
}
