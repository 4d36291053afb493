import type { ReactNode } from 'react'
import { useEditor } from '#web/state/editor.tsx'
import { Popover, PopoverAnchor, PopoverContent } from '#web/ui/popover.tsx'

interface RowPopoverProps {
  readonly label: string
  readonly className?: string
  readonly side?: 'left' | 'right' | 'bottom'
  readonly children: ReactNode
}

/** A surface tied to the row it stands in; it follows the canvas. Closing it ends the edit. */
export function RowPopover({ label, className, side = 'right', children }: RowPopoverProps): ReactNode {
  const { ui } = useEditor()
  return (
    <Popover open onOpenChange={(open) => open || ui.patch({ editing: null })}>
      <PopoverAnchor asChild>
        <span className="sf-anchor" />
      </PopoverAnchor>
      <PopoverContent aria-label={label} side={side} align="start" className={className} updatePositionStrategy="always" data-chrome>
        {children}
      </PopoverContent>
    </Popover>
  )
}
