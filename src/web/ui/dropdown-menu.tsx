import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { MenuShortcut } from './kbd.tsx'
import { dangerItem, floating, menuItem } from './overlay.ts'

export const DropdownMenu = Radix.Root
export const DropdownMenuTrigger = Radix.Trigger
export const DropdownMenuRadioGroup = Radix.RadioGroup

/** The list that opens. */
export function DropdownMenuContent({ className, sideOffset = 6, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(floating, 'max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto p-1', className)}
        {...props}
      />
    </Radix.Portal>
  )
}

interface ItemProps extends ComponentProps<typeof Radix.Item> {
  readonly danger?: boolean
  /** The keys that do the same, as people write them: `⌘D`. */
  readonly shortcut?: string | undefined
}

/** One thing to do. */
export function DropdownMenuItem({ className, danger = false, shortcut, children, ...props }: ItemProps) {
  return (
    <Radix.Item className={cn(menuItem, danger && dangerItem, className)} {...props}>
      {/* With `asChild` there must be one child only. */}
      {shortcut ? (
        <>
          {children}
          <MenuShortcut keys={shortcut} />
        </>
      ) : (
        children
      )}
    </Radix.Item>
  )
}

/** One of several. */
export function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(menuItem, 'pl-7', className)} {...props}>
      <Radix.ItemIndicator className="absolute left-2">
        <Check aria-hidden="true" />
      </Radix.ItemIndicator>
      {children}
    </Radix.RadioItem>
  )
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator className={cn('-mx-1 my-1 h-px bg-line-muted', className)} {...props} />
}
