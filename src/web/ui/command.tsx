import { Command as Cmdk } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { MenuShortcut } from './kbd.tsx'
import { menuItem } from './overlay.ts'

/** A list to type into: filter, arrow keys, Enter. */
export function Command({ className, ...props }: ComponentProps<typeof Cmdk>) {
  return <Cmdk className={cn('flex min-h-0 flex-col overflow-hidden', className)} {...props} />
}

interface CommandDialogProps extends ComponentProps<typeof Cmdk> {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** What it is, for those who hear the page. */
  readonly title: string
}

/** The palette: a command list over the page. */
export function CommandDialog({ open, onOpenChange, title, children, ...props }: CommandDialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-scrim duration-120 data-[state=open]:animate-in data-[state=open]:fade-in-0" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-50 flex max-h-[60vh] w-[calc(100vw-32px)] max-w-[600px] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-lg outline-none duration-120 data-[state=open]:animate-in data-[state=open]:fade-in-0"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          <Command label={title} loop {...props}>
            {children}
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Where one types. */
export function CommandInput({ className, ...props }: ComponentProps<typeof Cmdk.Input>) {
  return (
    <div className="flex h-11 shrink-0 items-center gap-2.5 border-b border-line-muted px-3.5">
      <Search className="size-4 shrink-0 text-faint" aria-hidden="true" />
      <Cmdk.Input
        className={cn('h-full min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-faint', className)}
        {...props}
      />
    </div>
  )
}

export function CommandList({ className, ...props }: ComponentProps<typeof Cmdk.List>) {
  return <Cmdk.List className={cn('min-h-0 overflow-y-auto overscroll-contain p-1.5', className)} {...props} />
}

export function CommandEmpty({ className, ...props }: ComponentProps<typeof Cmdk.Empty>) {
  return <Cmdk.Empty className={cn('px-3 py-6 text-center text-body text-muted', className)} {...props} />
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Cmdk.Group>) {
  return (
    <Cmdk.Group
      className={cn(
        '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-faint',
        className,
      )}
      {...props}
    />
  )
}

/** One thing to go to or to do. */
export function CommandItem({
  className,
  shortcut,
  children,
  ...props
}: ComponentProps<typeof Cmdk.Item> & { readonly shortcut?: string | undefined }) {
  return (
    <Cmdk.Item className={cn(menuItem, 'h-8 data-[selected=true]:bg-blue/14', className)} {...props}>
      {children}
      {shortcut ? <MenuShortcut keys={shortcut} /> : null}
    </Cmdk.Item>
  )
}
