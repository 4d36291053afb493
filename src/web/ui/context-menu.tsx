import { Check, ChevronRight } from 'lucide-react'
import { ContextMenu as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { MenuShortcut } from './kbd.tsx'
import { dangerItem, floating, menuItem, menuLabel } from './overlay.ts'

export const ContextMenu = Radix.Root
export const ContextMenuTrigger = Radix.Trigger
export const ContextMenuGroup = Radix.Group
export const ContextMenuRadioGroup = Radix.RadioGroup
export const ContextMenuSub = Radix.Sub

/** The list that opens where the pointer is. */
export function ContextMenuContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        collisionPadding={8}
        className={cn(floating, 'max-h-(--radix-context-menu-content-available-height) min-w-44 overflow-y-auto p-1', className)}
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
export function ContextMenuItem({ className, danger = false, shortcut, children, ...props }: ItemProps) {
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

/** A thing that is on or off. */
export function ContextMenuCheckboxItem({ className, children, ...props }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cn(menuItem, 'pl-7', className)} {...props}>
      <Radix.ItemIndicator className="absolute left-2">
        <Check aria-hidden="true" />
      </Radix.ItemIndicator>
      {children}
    </Radix.CheckboxItem>
  )
}

/** One of several. */
export function ContextMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(menuItem, 'pl-7', className)} {...props}>
      <Radix.ItemIndicator className="absolute left-2">
        <Check aria-hidden="true" />
      </Radix.ItemIndicator>
      {children}
    </Radix.RadioItem>
  )
}

export function ContextMenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn(menuLabel, className)} {...props} />
}

export function ContextMenuSeparator({ className, ...props }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator className={cn('-mx-1 my-1 h-px bg-line-muted', className)} {...props} />
}

export function ContextMenuSubTrigger({ className, children, ...props }: ComponentProps<typeof Radix.SubTrigger>) {
  return (
    <Radix.SubTrigger className={cn(menuItem, 'data-[state=open]:bg-hover', className)} {...props}>
      {children}
      <ChevronRight className="ml-auto" aria-hidden="true" />
    </Radix.SubTrigger>
  )
}

export function ContextMenuSubContent({ className, ...props }: ComponentProps<typeof Radix.SubContent>) {
  return (
    <Radix.Portal>
      <Radix.SubContent collisionPadding={8} className={cn(floating, 'min-w-40 p-1', className)} {...props} />
    </Radix.Portal>
  )
}
