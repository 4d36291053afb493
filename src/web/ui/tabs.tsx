import { Tabs as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

export const Tabs = Radix.Root

/** The row in which tabs stand, with a line below; for rows that hold more than tabs. */
export const tabsRow = 'flex h-[41px] shrink-0 items-end gap-0.5 border-b border-line-muted px-2.5'

/** The row of tabs. Nothing but tabs may stand in it: a screen reader counts them. */
export function TabsList({ className, ...props }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={cn(tabsRow, className)} {...props} />
}

/** One tab. */
export function TabsTrigger({ className, ...props }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={cn(
        'relative h-full px-2.5 text-[12.5px] font-medium text-muted transition-colors hover:text-fg focus-visible:-outline-offset-4 data-[state=active]:text-fg data-[state=active]:after:absolute data-[state=active]:after:inset-x-0 data-[state=active]:after:-bottom-px data-[state=active]:after:h-0.5 data-[state=active]:after:bg-blue',
        className,
      )}
      {...props}
    />
  )
}

export function TabsContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn('min-h-0 flex-1 focus-visible:-outline-offset-2', className)} {...props} />
}
