import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { Button } from './button.tsx'
import { cn } from './cn.ts'

export const Dialog = Radix.Root
export const DialogClose = Radix.Close

interface DialogContentProps extends Omit<ComponentProps<typeof Radix.Content>, 'title'> {
  readonly title: ReactNode
  /** What it is about. Without one the dialog has no description, which is told to assistive technology too. */
  readonly description?: ReactNode
  /** Beside the title: figures, a file's name. */
  readonly aside?: ReactNode
  /** The buttons, at the bottom right; anything before them sits at the left with `mr-auto`. */
  readonly footer?: ReactNode
  /** Take away the inner padding: the content draws to the edges. */
  readonly flush?: boolean
}

/** A dialog: title bar, content, footer. Closes on Escape and on a click beside it; the focus returns to where it was. */
export function DialogContent({ title, description, aside, footer, flush = false, className, children, ...props }: DialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-50 bg-scrim duration-150 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0" />
      <Radix.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-48px)] w-[calc(100vw-32px)] max-w-[440px] -translate-x-1/2 -translate-y-1/2 flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-lg outline-none',
          'duration-150 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:slide-in-from-bottom-1',
          className,
        )}
        {...props}
      >
        <div className={cn('flex items-start gap-3 py-3.5 pr-3 pl-5', flush && 'border-b border-line-muted')}>
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline gap-3">
              <Radix.Title className="truncate text-base font-semibold tracking-[-0.01em]">{title}</Radix.Title>
              {aside ? <span className="min-w-0 truncate text-body text-muted">{aside}</span> : null}
            </div>
            {description ? <Radix.Description className="mt-1 text-body text-muted">{description}</Radix.Description> : null}
          </div>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon" aria-label="Close">
              <X aria-hidden="true" />
            </Button>
          </Radix.Close>
        </div>
        <div className={cn('min-h-0 flex-1', flush ? 'flex flex-col overflow-hidden' : 'overflow-auto px-5 pt-1 pb-5')}>{children}</div>
        {footer ? (
          <div className="flex items-center justify-end gap-2.5 border-t border-line-muted px-5 py-3 text-muted">{footer}</div>
        ) : null}
      </Radix.Content>
    </Radix.Portal>
  )
}
