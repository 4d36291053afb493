import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { cn } from './cn.ts'

interface ResizeHandleProps {
  /** What it makes wider: "code panel". */
  readonly label: string
  /** Which side of the handle the panel lies on. */
  readonly panel: 'left' | 'right'
  /** In CSS pixels. */
  readonly width: number
  readonly min: number
  readonly max: number
  /** Called while it moves. */
  readonly onResize: (width: number) => void
  readonly className?: string
}

/** The edge between two panels: drag it, or focus it and use the arrow keys. */
export function ResizeHandle({ label, panel, width, min, max, onResize, className }: ResizeHandleProps) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const set = (next: number) => onResize(Math.round(Math.min(max, Math.max(min, next))))
  const sign = panel === 'right' ? -1 : 1
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) set(start.current.width + sign * (event.clientX - start.current.x))
  }
  const onPointerEnd = () => {
    start.current = null
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    set(width + sign * step)
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Resize the ${label}`}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
      className={cn(
        'absolute inset-y-0 z-20 w-2 cursor-col-resize touch-none outline-none after:absolute after:inset-y-0 after:left-1/2 after:w-0.5 after:-translate-x-1/2 after:transition-colors hover:after:bg-blue/50 focus-visible:after:bg-blue active:after:bg-blue',
        panel === 'right' ? '-left-1' : '-right-1',
        className,
      )}
    />
  )
}
