import { Tooltip as Radix } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.ts'
import { Kbd } from './kbd.tsx'

/** Round the app once: after the first, neighbouring tips open at once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  )
}

interface TooltipProps {
  readonly text: ReactNode
  /** The keys that do the same: `⌘K`. */
  readonly shortcut?: string | undefined
  readonly side?: ComponentProps<typeof Radix.Content>['side']
  readonly className?: string
  /** What it is about: one element that takes a ref. */
  readonly children: ReactNode
}

/** A short word on what a control does. Controls that show only an icon need an `aria-label` besides. */
export function Tooltip({ text, shortcut, side = 'bottom', className, children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'z-50 flex max-w-72 items-center gap-2 rounded-md border border-line bg-elevated px-2 py-1 text-xs text-fg shadow-md duration-120 select-none data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=delayed-open]:animate-in data-[state=delayed-open]:fade-in-0',
            className,
          )}
        >
          {text}
          {shortcut ? <Kbd className="border-mark/60 text-muted">{shortcut}</Kbd> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
