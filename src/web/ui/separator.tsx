import { Separator as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

export function Separator({ className, orientation = 'horizontal', decorative = true, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      orientation={orientation}
      decorative={decorative}
      className={cn(
        'shrink-0 bg-line-muted data-[orientation=horizontal]:h-px data-[orientation=horizontal]:w-full data-[orientation=vertical]:w-px data-[orientation=vertical]:self-stretch',
        className,
      )}
      {...props}
    />
  )
}
