import { type VariantProps, cva } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

/** How buttons look, for links that look like one too. */
export const buttonStyle = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 border font-[550] whitespace-nowrap select-none transition-colors focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-ring disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        default: 'border-line bg-raised text-fg hover:bg-elevated',
        primary: 'border-transparent bg-blue text-on-accent hover:bg-[color-mix(in_srgb,var(--accent-blue)_88%,white)]',
        danger: 'border-transparent bg-red text-on-accent hover:bg-[color-mix(in_srgb,var(--accent-red)_88%,white)]',
        ghost: 'border-transparent bg-transparent text-muted hover:bg-hover hover:text-fg aria-expanded:bg-hover aria-expanded:text-fg',
        outline: 'border-line bg-transparent text-fg hover:bg-hover',
        link: 'h-auto border-transparent bg-transparent p-0 text-blue underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-6 rounded-sm px-2 text-xs [&_svg]:size-3.5',
        md: 'h-7 rounded-md px-3 text-[12.5px] [&_svg]:size-3.5',
        lg: 'h-9 rounded-lg px-4 text-body [&_svg]:size-4',
        xl: 'h-10 rounded-lg px-[18px] text-sm font-semibold [&_svg]:size-4',
        icon: 'size-7 rounded-md [&_svg]:size-4',
        'icon-sm': 'size-6 rounded-sm [&_svg]:size-3.5',
      },
    },
    defaultVariants: { variant: 'default', size: 'md' },
  },
)

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {
  /** Hand the look to the only child (a link, say) instead of making a `<button>`. */
  readonly asChild?: boolean
}

/** A button. `type` is `button` unless said otherwise, so that none submits a form by accident. */
export function Button({ className, variant, size, asChild = false, type = 'button', ...props }: ButtonProps) {
  const classes = cn(buttonStyle({ variant, size }), className)
  return asChild ? <Slot.Root className={classes} {...props} /> : <button type={type} className={classes} {...props} />
}
