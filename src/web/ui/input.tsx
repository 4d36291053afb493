import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

const field =
  'border border-line bg-canvas text-fg placeholder:text-faint transition-colors hover:border-mark/70 focus-visible:border-blue focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-ring disabled:opacity-50 aria-invalid:border-red aria-invalid:outline-red/50'

interface InputProps extends Omit<ComponentProps<'input'>, 'size'> {
  readonly size?: 'sm' | 'md' | 'lg'
}

/** A line of text. Give it a label: `<Field>`, `<label htmlFor>` or `aria-label`. */
export function Input({ className, size = 'md', ...props }: InputProps) {
  const sizes = { sm: 'h-6 rounded-sm px-1.5 text-xs', md: 'h-7 rounded-md px-2.5 text-[12.5px]', lg: 'h-9 rounded-lg px-3 text-sm' }
  return <input spellCheck={false} autoComplete="off" className={cn('min-w-0', field, sizes[size], className)} {...props} />
}

/** Several lines of text. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea spellCheck={false} className={cn('min-h-16 rounded-md px-2.5 py-1.5 text-[12.5px]', field, className)} {...props} />
}
