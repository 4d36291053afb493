import { Minus, Plus } from 'lucide-react'
import { useCallback, useSyncExternalStore, type ReactNode } from 'react'
import { useEditor } from '#web/state/editor.tsx'
import { Tooltip } from '#web/ui/tooltip.tsx'
import { useCanvas } from '../kit.ts'

/** `84 %`, nearer and further. */
export function ZoomControl(): ReactNode {
  const { lens } = useCanvas()
  const { camera } = useEditor()
  const subscribe = useCallback((listener: () => void) => lens.onMove(listener), [lens])
  const read = useCallback(() => Math.round(lens.viewport.zoom * 100), [lens])
  const percent = useSyncExternalStore(subscribe, read, read)
  return (
    <div
      data-chrome
      className="absolute bottom-4 left-3.5 z-10 flex items-center rounded-lg border border-line bg-surface text-xs text-muted shadow-md max-sm:hidden"
    >
      <ZoomButton label="Zoom out" shortcut="-" onClick={() => camera.zoomOut()}>
        <Minus className="size-3.5" aria-hidden="true" />
      </ZoomButton>
      <Tooltip text="Zoom to 100 %" shortcut="0" side="top">
        <button
          type="button"
          aria-label={`Zoom ${percent} %, set to 100 %`}
          className="h-7 w-11 text-center tabular-nums hover:text-fg"
          onClick={() => camera.zoomTo(1)}
        >
          {percent} %
        </button>
      </Tooltip>
      <ZoomButton label="Zoom in" shortcut="+" onClick={() => camera.zoomIn()}>
        <Plus className="size-3.5" aria-hidden="true" />
      </ZoomButton>
    </div>
  )
}

interface ZoomButtonProps {
  readonly label: string
  readonly shortcut: string
  readonly onClick: () => void
  readonly children: ReactNode
}
function ZoomButton({ label, shortcut, onClick, children }: ZoomButtonProps): ReactNode {
  return (
    <Tooltip text={label} shortcut={shortcut} side="top">
      <button
        type="button"
        aria-label={label}
        className="grid size-7 place-items-center rounded-md hover:bg-hover hover:text-fg"
        onClick={onClick}
      >
        {children}
      </button>
    </Tooltip>
  )
}
