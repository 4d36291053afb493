import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { floating, menuItem } from './overlay.ts'
import { useNonce } from './use-nonce.ts'

export const Select = Radix.Root

/** How a closed control looks that opens a list. */
export const selectLook =
  'inline-flex h-7 min-w-0 items-center justify-between gap-2 rounded-md border border-line bg-canvas px-2.5 text-[12.5px] transition-colors hover:border-mark/70 focus-visible:border-blue focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-ring disabled:opacity-50 data-[placeholder]:text-faint [&>span]:truncate'

/** The closed control. Its placeholder is shown while nothing is chosen. */
export function SelectTrigger({
  className,
  placeholder,
  ...props
}: ComponentProps<typeof Radix.Trigger> & { readonly placeholder?: string }) {
  return (
    <Radix.Trigger className={cn(selectLook, className)} {...props}>
      <Radix.Value placeholder={placeholder} />
      <Radix.Icon asChild>
        <ChevronDown className="size-3.5 shrink-0 text-muted" aria-hidden="true" />
      </Radix.Icon>
    </Radix.Trigger>
  )
}

/** The list. */
export function SelectContent({ className, children, ...props }: ComponentProps<typeof Radix.Content>) {
  const nonce = useNonce()
  return (
    <Radix.Portal>
      <Radix.Content
        position="popper"
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          floating,
          'max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden',
          className,
        )}
        {...props}
      >
        <Radix.Viewport nonce={nonce} className="p-1">
          {children}
        </Radix.Viewport>
      </Radix.Content>
    </Radix.Portal>
  )
}

/** One choice. */
export function SelectItem({ className, children, ...props }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item className={cn(menuItem, 'pr-7', className)} {...props}>
      <Radix.ItemText>{children}</Radix.ItemText>
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden="true" />
      </Radix.ItemIndicator>
    </Radix.Item>
  )
}
