import { Popover as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { floating } from './overlay.ts'

export const Popover = Radix.Root
export const PopoverTrigger = Radix.Trigger
export const PopoverAnchor = Radix.Anchor

/** A small surface tied to what opened it. Give it an `aria-label`. */
export function PopoverContent({ className, sideOffset = 6, align = 'start', ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={sideOffset}
        align={align}
        collisionPadding={8}
        className={cn(floating, 'w-64 p-3', className)}
        {...props}
      />
    </Radix.Portal>
  )
}
