import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

/** Yes, no, or some. The hit area is 24 px although the drawing is smaller. */
export function Checkbox({ className, checked, ...props }: ComponentProps<typeof Radix.Root>) {
  const Mark = checked === 'indeterminate' ? Minus : Check
  return (
    <Radix.Root
      {...(checked === undefined ? {} : { checked })}
      className={cn(
        'relative grid size-4 shrink-0 place-items-center rounded-xs border border-mark bg-canvas text-on-accent transition-colors after:absolute after:-inset-1 focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-ring disabled:opacity-50 data-[state=checked]:border-blue data-[state=checked]:bg-blue data-[state=indeterminate]:border-blue data-[state=indeterminate]:bg-blue',
        className,
      )}
      {...props}
    >
      <Radix.Indicator>
        <Mark className="size-3" strokeWidth={3} aria-hidden="true" />
      </Radix.Indicator>
    </Radix.Root>
  )
}
