import { type VariantProps, cva } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

const badgeStyle = cva('inline-flex h-[22px] shrink-0 items-center gap-1.5 rounded-full px-2 text-[11.5px] whitespace-nowrap', {
  variants: {
    tone: {
      neutral: 'bg-raised text-muted',
      blue: 'bg-blue/14 text-blue',
      green: 'bg-green/14 text-green',
      yellow: 'bg-yellow/16 text-yellow',
      red: 'bg-red/14 text-red',
      purple: 'bg-purple/16 text-purple',
    },
  },
  defaultVariants: { tone: 'neutral' },
})

/** A state or a figure in a pill. The colour repeats what the words say. */
export function Badge({ className, tone, ...props }: ComponentProps<'span'> & VariantProps<typeof badgeStyle>) {
  return <span className={cn(badgeStyle({ tone }), className)} {...props} />
}

const dots = { neutral: 'bg-mark', blue: 'bg-blue', green: 'bg-green', yellow: 'bg-yellow', red: 'bg-red', purple: 'bg-purple' }

/** The point at the start of a badge. */
export function Dot({ tone, className }: { readonly tone: keyof typeof dots; readonly className?: string }) {
  return <span aria-hidden="true" className={cn('size-1.5 rounded-full', dots[tone], className)} />
}
