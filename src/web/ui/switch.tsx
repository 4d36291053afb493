import { Switch as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

/** On or off, at once. The hit area is 24 px high although the drawing is smaller. */
export function Switch({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        'relative inline-flex h-4 w-7 shrink-0 items-center rounded-full border border-transparent bg-elevated transition-colors after:absolute after:-inset-1 focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-ring disabled:opacity-50 data-[state=checked]:bg-blue',
        className,
      )}
      {...props}
    >
      <Radix.Thumb className="size-3 translate-x-px rounded-full bg-white shadow-sm transition-transform data-[state=checked]:translate-x-[13px]" />
    </Radix.Root>
  )
}
